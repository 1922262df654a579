/**
 * What motions are still good for: telling where a movement will end from its first 60 %.
 *
 * Learned from what a level leaves of some people's movements, asked about whole raw movements of others.
 */
import type { Random } from '../../../src/trace/random.ts';
import { movementsOf } from '../cohort/raw-fragments.ts';
import type { Cohort } from '../cohort/sessions.ts';
import type { SeenMovement } from '../identification/motion-features.ts';
import { quantiles } from '../identification/statistics.ts';
import { seenMovement, type AuditLevel, type Rules } from '../identification/seen-records.ts';
import { matrixOf, type Learner } from '../learning/open-learner.ts';
import { sampled } from './sampled.ts';

const SHOWN_SHARE = 0.6;
/** Places along what is shown, as shares of its time. */
const PLACES = [0.25, 0.5, 0.75, 0.9] as const;
const ROUNDS = 150;

/** The first part of a movement turned to point right, and what is missing to its end. */
export interface EndQuestion {
  features: number[];
  missing: [number, number];
}

/**
 * Median distance in px between told and true end.
 *
 * @returns the error after learning from the level, and that of one who goes on as far as most people's raw movements do.
 */
export async function movementEndError(
  cohort: Cohort,
  level: AuditLevel,
  rules: Rules,
  learner: Learner,
  random: Random,
  mostQuestions = 8000,
): Promise<{ errorPx: number; baselinePx: number }> {
  const people = [...new Set(cohort.pointers.map(({ person }) => person))];
  const isAsked = (person: number) => people.indexOf(person) % 2 === 1;
  const of = (shownLevel: AuditLevel, asked: boolean) =>
    sampled(
      cohort.pointers
        .filter(({ person }) => isAsked(person) === asked)
        .flatMap((session) => movementsOf(session))
        .map((movement) => seenMovement(movement, shownLevel, rules, random))
        .filter((movement) => movement !== undefined)
        .map(endQuestion)
        .filter((found) => found !== undefined),
      mostQuestions,
      random,
    );
  const [known, asked] = [of(level, false), of('raw', true)];
  const told = await toldEnds(known, asked, learner);
  const plain = of('raw', false);
  const middle = [0, 1].map(
    (axis) =>
      quantiles(
        plain.map(({ missing }) => missing[axis]!),
        [0.5],
      )[0]!,
  );
  const error = (told: (index: number) => readonly number[]) =>
    quantiles(
      asked.map((question, index) => missedPx(question, told(index))),
      [0.5],
    )[0]!;
  return { errorPx: error((index) => told[index]!), baselinePx: error(() => middle) };
}

/** What is missing to the end of each of the asked, told by who has learned from the known. */
export async function toldEnds(
  known: readonly EndQuestion[],
  asked: readonly EndQuestion[],
  learner: Learner,
): Promise<(readonly [number, number])[]> {
  const { predicted } = await learner.ask(
    'regress',
    { seed: 1, rounds: ROUNDS, loss: 'absolute_error' },
    {
      known: matrixOf(known.map(({ features }) => features)),
      targets: matrixOf(known.map(({ missing }) => missing)),
      asked: matrixOf(asked.map(({ features }) => features)),
    },
  );
  return asked.map((_question, index) => [predicted!.values[2 * index]!, predicted!.values[2 * index + 1]!]);
}

/** Px between the told and the true end. */
export function missedPx({ missing }: EndQuestion, [alongPx, besidePx]: readonly number[]): number {
  return Math.hypot(missing[0] - alongPx!, missing[1] - besidePx!);
}

/** Undefined where the first part does not go anywhere. */
export function endQuestion(movement: SeenMovement): EndQuestion | undefined {
  const { timeMs } = movement;
  const shownMs = SHOWN_SHARE * (timeMs.at(-1)! - timeMs[0]!);
  const placeAt = (share: number) => placeAfter(movement, share * shownMs);
  const turn = placeAt(1);
  const chordPx = Math.hypot(turn.xPx, turn.yPx);
  if (chordPx === 0 || shownMs === 0) return undefined;
  const [cosine, sine] = [turn.xPx / chordPx, turn.yPx / chordPx];
  const turned = ({ xPx, yPx }: Place) => [cosine * xPx + sine * yPx, cosine * yPx - sine * xPx] as const;
  const places = PLACES.map((share) => turned(placeAt(share)));
  const last = placeAfter(movement, timeMs.at(-1)! - timeMs[0]!);
  return {
    features: [
      Math.log(shownMs),
      Math.log(chordPx),
      ...places.flatMap(([along, beside]) => [along / chordPx, beside / chordPx]),
      ...places.map(([along]) => chordPx - along),
      cosine,
      sine,
    ],
    missing: turned({ xPx: last.xPx - turn.xPx, yPx: last.yPx - turn.yPx }) as [number, number],
  };
}

interface Place {
  xPx: number;
  yPx: number;
}

/** Relative to the start. */
function placeAfter({ timeMs, xPx, yPx }: SeenMovement, afterMs: number): Place {
  const wantedMs = timeMs[0]! + afterMs;
  const found = timeMs.findIndex((atMs) => atMs >= wantedMs);
  const above = found < 0 ? timeMs.length - 1 : Math.max(1, found);
  const spanMs = timeMs[above]! - timeMs[above - 1]!;
  const share = spanMs > 0 ? Math.min(1, (wantedMs - timeMs[above - 1]!) / spanMs) : 1;
  return {
    xPx: xPx[above - 1]! + share * (xPx[above]! - xPx[above - 1]!) - xPx[0]!,
    yPx: yPx[above - 1]! + share * (yPx[above]! - yPx[above - 1]!) - yPx[0]!,
  };
}

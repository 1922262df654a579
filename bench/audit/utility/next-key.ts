/**
 * What rhythms are still good for: telling the next interval, a pause to come, and a correction to come.
 *
 * Learned from what a level leaves of some people's typing, asked about raw typing of others, both in pieces as long
 * as a record. What a level hides of a key (its class) is hidden in the question too.
 */
import { LINKED_KEY_CLASSES } from '../../../src/trace/limits.ts';
import type { Random } from '../../../src/trace/random.ts';
import { typingRunsOf } from '../cohort/raw-fragments.ts';
import type { Cohort } from '../cohort/sessions.ts';
import type { SeenTyping } from '../identification/rhythm-features.ts';
import { mean } from '../identification/statistics.ts';
import { seenTyping, type AuditLevel, type Rules } from '../identification/seen-records.ts';
import { matrixOf, type Learner, type Matrix } from '../learning/open-learner.ts';
import { pieceStarts } from '../text/probes.ts';
import { sampled } from './sampled.ts';

/** Keys before the one that is asked about. */
const CONTEXT_KEYS = 8;
const PAUSE_MS = 500;
const ROUNDS = 120;

/** Keys up to some place, and what comes next. */
interface Question {
  features: number[];
  nextLogMs: number;
  isPause: number;
  isCorrection: number;
}

export interface NextKeyUtility {
  /** Share of the variance of the next interval's logarithm that is explained; below 0 is worse than the mean. */
  intervalR2: number;
  /** Area under the curve of telling that the next interval is a pause of 500 ms or more; 0.5 is chance. */
  pauseAuc: number;
  /** The same for telling that the next key takes something back. */
  correctionAuc: number;
}

export async function nextKeyUtility(
  cohort: Cohort,
  level: AuditLevel,
  rules: Rules,
  learner: Learner,
  random: Random,
  mostQuestions = 20_000,
): Promise<NextKeyUtility> {
  const people = [...new Set(cohort.keys.map(({ person }) => person))];
  const isAsked = (person: number) => people.indexOf(person) % 2 === 1;
  const of = (shownLevel: AuditLevel, asked: boolean) =>
    sampled(
      cohort.keys
        .filter(({ person }) => isAsked(person) === asked)
        .flatMap((session) => typingRunsOf(session))
        .flatMap((run) =>
          pieceStarts(run.keyClass.length, 'balanced', random).map(({ from, keys }) =>
            seenTyping(run, [from, from + keys], shownLevel, rules, random),
          ),
        )
        .flatMap((piece) => questions(piece, level)),
      mostQuestions,
      random,
    );
  const [known, asked] = [of(level, false), of('raw', true)];
  const arrays = {
    known: matrixOf(known.map(({ features }) => features)),
    asked: matrixOf(asked.map(({ features }) => features)),
  };
  const head = { seed: 1, rounds: ROUNDS };
  const { predicted } = await learner.ask(
    'regress',
    { ...head, loss: 'squared_error' },
    { ...arrays, targets: matrixOf(known.map(({ nextLogMs }) => [nextLogMs])) },
  );
  const auc = async (of: (question: Question) => number) => {
    const { probability } = await learner.ask('classify', head, {
      ...arrays,
      classes: matrixOf(known.map((question) => [of(question)])),
    });
    return areaUnderCurve(probability!, asked.map(of));
  };
  return {
    intervalR2: explained(
      predicted!,
      asked.map(({ nextLogMs }) => nextLogMs),
    ),
    pauseAuc: await auc(({ isPause }) => isPause),
    correctionAuc: await auc(({ isCorrection }) => isCorrection),
  };
}

/** One for each key that has enough before it. */
function questions({ keyClass, intervalMs }: SeenTyping, level: AuditLevel): Question[] {
  const classes = keyClass.map((name) => classNumber(name, level));
  const logs = intervalMs.map((ms) => Math.log(Math.max(8, ms)));
  return keyClass.slice(CONTEXT_KEYS + 1).map((name, index) => {
    const at = index + CONTEXT_KEYS + 1;
    const before = logs.slice(at - 1 - CONTEXT_KEYS, at - 1);
    return {
      features: [...before, mean(before), ...classes.slice(at - CONTEXT_KEYS, at)],
      nextLogMs: logs[at - 1]!,
      isPause: Number(intervalMs[at - 1]! >= PAUSE_MS),
      isCorrection: Number(name === 'backspace'),
    };
  });
}

/** Raw classes as the level would tell them. */
function classNumber(name: string, level: AuditLevel): number {
  const hidesSpaces = level === 'balanced' || level === 'strict';
  const known = (LINKED_KEY_CLASSES as readonly string[]).indexOf(name);
  return known < 0 || (hidesSpaces && name === 'space') ? 0 : known;
}

function explained({ values }: Matrix, truth: readonly number[]): number {
  const middle = mean(truth);
  const missed = mean(truth.map((value, index) => (value - values[index]!) ** 2));
  return 1 - missed / mean(truth.map((value) => (value - middle) ** 2));
}

/** How often one of class 1 is given more than one of class 0 (Mann and Whitney, 1947); equals count half. */
function areaUnderCurve({ values }: Matrix, truth: readonly number[]): number {
  const ordered = [...truth.keys()].sort((one, other) => values[one]! - values[other]!);
  const positives = truth.reduce((sum, value) => sum + value, 0);
  let rankSum = 0;
  for (let from = 0; from < ordered.length;) {
    let to = from;
    while (to < ordered.length && values[ordered[to]!] === values[ordered[from]!]) to += 1;
    for (let at = from; at < to; at += 1) rankSum += truth[ordered[at]!]! * ((from + 1 + to) / 2);
    from = to;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (truth.length - positives));
}

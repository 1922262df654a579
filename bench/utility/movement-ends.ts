/**
 * Where does a movement end? Told from its first 60 %, by who has learned from a dataset's movements of others.
 *
 * Runs in the utility benchmark. Learned from published records, asked about everything that happened of others' hands:
 * what a level's mapping makes regular must not be taken for knowledge.
 */
import type { Json } from '@duckdb/node-api';
import type { Dataset } from '../../dataset/open-dataset.ts';
import { isLinkedPurpose } from '../../src/trace/reading-purpose.ts';
import type { Random } from '../../src/trace/random.ts';
import { movementsOf } from '../audit/cohort/raw-fragments.ts';
import type { PointerSession } from '../audit/cohort/sessions.ts';
import { PRODUCT_RULES, seenMovement } from '../audit/identification/seen-records.ts';
import { quantiles } from '../audit/identification/statistics.ts';
import type { Learner } from '../audit/learning/open-learner.ts';
import { endQuestion, missedPx, toldEnds, type EndQuestion } from '../audit/utility/movement-end.ts';
import { sampled } from '../audit/utility/sampled.ts';
import { overPeople, type Interval } from './f1.ts';
import type { TruthOf } from './published-work.ts';

export interface MovementEndResult extends Interval {
  /** Median px between the last point that is shown and the end. */
  lastPoint: Interval;
  people: number;
  /** Movements that were learned from, by both halves of the people together. */
  learned: number;
  questions: number;
}

export interface MovementEndOptions {
  /** Those whose movements the dataset holds. */
  pointers: readonly PointerSession[];
  personOf: (session: PointerSession) => string;
  learner: Learner;
  random: Random;
  /** The same number is learned from at every level. */
  mostLearned?: number;
  mostAsked?: number;
}

/** Half of the people are learned from and the others asked, and the other way round. */
export async function movementEnds(
  dataset: Dataset,
  truthOf: TruthOf,
  options: MovementEndOptions,
): Promise<MovementEndResult> {
  const { pointers, personOf, learner, random, mostLearned = 1000, mostAsked = 3000 } = options;
  const published = await readMovements(dataset, truthOf);
  const people = [...new Set(pointers.map(personOf))].sort();
  const halfOf = new Map(people.map((person, index) => [person, index % 2]));
  const errors: { person: string; toldPx: number; lastPointPx: number }[] = [];
  let learned = 0;
  for (const half of [0, 1]) {
    const known = sampled(
      published.filter(({ person }) => halfOf.get(person) !== half),
      mostLearned,
      random,
    ).map(({ question }) => question);
    const asked = sampled(
      pointers
        .filter((session) => halfOf.get(personOf(session)) === half)
        .flatMap((session) =>
          movementsOf(session)
            .map((movement) => seenMovement(movement, 'raw', PRODUCT_RULES, random))
            .map((movement) => movement && endQuestion(movement))
            .filter((question) => question !== undefined)
            .map((question) => ({ person: personOf(session), question })),
        ),
      mostAsked,
      random,
    );
    const told = await toldEnds(
      known,
      asked.map(({ question }) => question),
      learner,
    );
    learned += known.length;
    asked.forEach(({ person, question }, index) =>
      errors.push({
        person,
        toldPx: missedPx(question, told[index]!),
        lastPointPx: missedPx(question, [0, 0]),
      }),
    );
  }
  const byPerson = [...Map.groupBy(errors, ({ person }) => person).values()];
  const medianOf = (what: 'toldPx' | 'lastPointPx') =>
    overPeople(
      byPerson.map((own) => own.map((error) => error[what])),
      (drawn) => quantiles(drawn.flat(), [0.5])[0]!,
      random,
    );
  return {
    ...medianOf('toldPx'),
    lastPoint: medianOf('lastPointPx'),
    people: byPerson.length,
    learned,
    questions: errors.length,
  };
}

/** Ordered by id, so that the same records give the same measures. */
async function readMovements(
  { manifest, query }: Dataset,
  truthOf: TruthOf,
): Promise<{ person: string; question: EndQuestion }[]> {
  const [table, id] = isLinkedPurpose(manifest.purpose)
    ? ['trace_motion_samples', 'trace_id, motion_index']
    : ['motion_samples', 'record_id'];
  const rows = await query(`
    SELECT ${id}, list(time_ms ORDER BY sample_index) AS time_ms, list(x_px ORDER BY sample_index) AS x_px,
      list(y_px ORDER BY sample_index) AS y_px
    FROM ${table} GROUP BY ${id} ORDER BY ${id}`);
  return rows.flatMap((row) => {
    const question = endQuestion({
      timeMs: numbersOf(row['time_ms']),
      xPx: numbersOf(row['x_px']),
      yPx: numbersOf(row['y_px']),
      end: 'none',
      pauseBeforeMs: NaN,
      dwellMs: -1,
    });
    const recordId = (row['record_id'] ?? row['trace_id']) as string;
    return question ? [{ person: truthOf.get(recordId)!.person, question }] : [];
  });
}

function numbersOf(list: Json | undefined): number[] {
  return (list as Json[]).map(Number);
}

/**
 * `npm run bench:utility`: what a dataset is good for, measured on datasets that were made and pulled for it.
 *
 * Runs on the developer's computer. Scripted people work, and their work goes through the product's own code into a
 * release of a real collector and by a real pull into a folder of tables, once for each level; models then learn from
 * the tables. With `--data DIR` (docs/audit.md has the format) their hands and typing are those of recorded people, and
 * the recorded movements are published and pulled as well. Writes figures only, never data.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineCommand, runMain } from 'citty';
import { LEVELS, type Level } from '../../src/charter/charter.ts';
import { openDataset, type Dataset } from '../../dataset/open-dataset.ts';
import { poolsOf, syntheticPools } from '../audit/cohort/motor-pool.ts';
import { readCohort, type Cohort } from '../audit/cohort/sessions.ts';
import { simulateWorkers } from '../audit/cohort/simulated-workers.ts';
import { syntheticPointers } from '../audit/cohort/synthetic-pointers.ts';
import { SIMULATED_APPS } from '../audit/joining/person-work.ts';
import { withRestingPointer } from '../audit/joining/resting-pointer.ts';
import { RECORDED_APPS, recordedWork } from '../audit/joining/session-work.ts';
import { openLearner, type Learner } from '../audit/learning/open-learner.ts';
import { writeResults } from '../audit/report/result-files.ts';
import { seededRandom } from '../audit/seeded-random.ts';
import { judgeLabels } from './label-detection.ts';
import { movementEnds } from './movement-ends.ts';
import { nextActions, type NextActionResult } from './next-action.ts';
import { publishWork, type PublishOptions, type TruthOf, type WorkDay } from './published-work.ts';
import { readSteps } from './step-rows.ts';
import {
  besideLinked,
  labelTable,
  movementEndTable,
  nextActionTable,
  rowsOf,
  type TrainingRow,
} from './training-result.ts';

const RESULTS = fileURLToPath(new URL('../results', import.meta.url));
const SYNTHETIC_POINTERS = 80;
/** As charters have it. */
const MIN_CONTRIBUTORS = 10;

const command = defineCommand({
  meta: { name: 'bench:utility', description: 'Measures what models learn from a dataset of each level.' },
  args: {
    people: { type: 'string', description: 'Scripted people, 12 or more.', default: '30' },
    days: { type: 'string', description: 'Days that each works.', default: '2' },
    data: {
      type: 'string',
      description: 'Folder with recorded people; hands are made up without it.',
      valueHint: 'DIR',
    },
    out: { type: 'string', description: 'Folder for the results.', valueHint: 'DIR' },
    seed: { type: 'string', description: 'The same seed gives the same figures.', default: '1' },
  },
  run: async ({ args }) => {
    const [people, days, seed] = [Number(args.people), Number(args.days), Number(args.seed)];
    const wrong =
      problemOf('people', args.people, 12) ??
      problemOf('days', args.days, 1) ??
      problemOf('seed', args.seed, 0);
    if (wrong !== undefined) {
      fail(wrong);
      return;
    }
    let recorded: Cohort | undefined;
    try {
      recorded = args.data === undefined ? undefined : await readCohort(args.data);
    } catch (error) {
      fail((error as Error).message);
      return;
    }
    const rows = await measureAll({ people, days, seed, ...(recorded && { recorded }) });
    // Figures of made-up hands never take the place of those that documents are generated from.
    const out = args.out ?? (recorded ? RESULTS : `${RESULTS}/synthetic`);
    const paths = writeResults(out, { training: rows }).map((path) => relative(process.cwd(), path));
    const tables = [
      nextActionTable(rowsOf(rows, 'nextAction')),
      movementEndTable(rowsOf(rows, 'movementEnd')),
      labelTable(rowsOf(rows, 'label')),
    ];
    process.stdout.write(`\n${tables.join('\n\n')}\n\nWritten: ${paths.join(', ')}\n`);
  },
});

interface Measuring {
  people: number;
  days: number;
  seed: number;
  recorded?: Cohort;
}

async function measureAll(options: Measuring): Promise<TrainingRow[]> {
  const { seed, recorded } = options;
  const startedMs = Date.now();
  const learner = openLearner();
  try {
    const scripted = scriptedWork(options);
    const pointers = recorded?.pointers.length
      ? recorded.pointers
      : syntheticPointers({ people: SYNTHETIC_POINTERS, random: seededRandom(seed) });
    const hands: Hands = { pointers, isRecorded: recorded !== undefined && recorded.pointers.length > 0 };
    const rows: TrainingRow[] = [];
    const known = new Map<string, NextActionResult[]>();
    for (const level of LEVELS) {
      const seconds = Math.round((Date.now() - startedMs) / 1000);
      process.stderr.write(`${String(seconds).padStart(5)} s  ${level}\n`);
      const cohort = recorded ? 'scripted, recorded hands' : 'scripted';
      const own = await measureScripted(scripted, { level, cohort, seed, learner, known });
      rows.push(...own, await measureHands(hands, level, seed, learner));
    }
    return besideLinked(rows);
  } finally {
    await learner.close();
  }
}

function scriptedWork({ people, days, seed, recorded }: Measuring): WorkDay[] {
  const random = seededRandom(seed);
  const recordedPools = recorded ? poolsOf(recorded) : [];
  const pools = recordedPools.length > 0 ? recordedPools : syntheticPools(people, random);
  return Array.from(
    simulateWorkers({ people, days, random, pools, slips: true }),
    ({ person, messages, truth }) => ({
      person: `worker ${person}`,
      messages: withRestingPointer(messages),
      truth,
    }),
  );
}

async function measureScripted(
  days: readonly WorkDay[],
  options: {
    level: Level;
    cohort: TrainingRow['cohort'];
    seed: number;
    learner: Learner;
    /** By the steps that they were learned from: two levels may say the same of them. */
    known: Map<string, NextActionResult[]>;
  },
): Promise<TrainingRow[]> {
  const { level, cohort, seed, learner, known } = options;
  return withDataset({ days, apps: SIMULATED_APPS, level }, seed, async (dataset, truthOf) => {
    const wholes = await readSteps(dataset);
    const digest = createHash('sha256').update(JSON.stringify(wholes)).digest('hex');
    const next =
      known.get(digest) ?? (await nextActions(wholes, truthOf, { learner, random: seededRandom(seed) }));
    known.set(digest, next);
    const labels = judgeLabels(wholes, truthOf, seededRandom(seed));
    return [
      ...next.map((result) => ({ kind: 'nextAction' as const, level, cohort, ...result })),
      ...labels.map((result) => ({ kind: 'label' as const, level, cohort, ...result })),
    ];
  });
}

interface Hands extends Pick<Cohort, 'pointers'> {
  isRecorded: boolean;
}

async function measureHands(
  { pointers, isRecorded }: Hands,
  level: Level,
  seed: number,
  learner: Learner,
): Promise<TrainingRow> {
  const work = recordedWork(
    { name: '', isSynthetic: !isRecorded, pointers, keys: [] },
    'pointers',
    seededRandom(seed),
  );
  return withDataset({ days: work, apps: RECORDED_APPS, level }, seed, async (dataset, truthOf) => {
    const personOf = ({ person }: { person: number }) => `pointers ${person}`;
    const random = seededRandom(seed);
    const result = await movementEnds(dataset, truthOf, { pointers, personOf, learner, random });
    return { kind: 'movementEnd', level, cohort: isRecorded ? 'recorded' : 'scripted', ...result };
  });
}

/** Publishes and pulls, and takes everything away again. */
async function withDataset<Result>(
  work: Pick<PublishOptions, 'days' | 'apps' | 'level'>,
  seed: number,
  measure: (dataset: Dataset, truthOf: TruthOf) => Promise<Result>,
): Promise<Result> {
  const dir = await mkdtemp(join(tmpdir(), 'proffer-utility-'));
  try {
    const outDir = join(dir, 'dataset');
    const random = seededRandom(seed);
    const truthOf = await publishWork({ ...work, random, outDir, minContributors: MIN_CONTRIBUTORS });
    const dataset = await openDataset(outDir);
    try {
      return await measure(dataset, truthOf);
    } finally {
      dataset.close();
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function problemOf(name: string, text: string, least: number): string | undefined {
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= least
    ? undefined
    : `--${name}: must be a whole number from ${least} on, got ${text}`;
}

function fail(problem: string): void {
  process.stderr.write(`bench:utility: ${problem}\n`);
  process.exitCode = 1;
}

await runMain(command);

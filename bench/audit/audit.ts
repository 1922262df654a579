/**
 * `npm run audit`: attacks on what the product makes of people's data, and what that data is still good for.
 *
 * Runs on the auditor's computer. With `--data DIR` on recorded people (docs/audit.md has the format), else on made-up
 * ones. Ends with code 1 where a level does not keep its figure, or where an attack on raw data fails. Writes figures
 * only, never data.
 */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineCommand, runMain } from 'citty';
import { seededRandom } from './seeded-random.ts';
import { readCohort, type Cohort } from './cohort/sessions.ts';
import { syntheticPointers } from './cohort/synthetic-pointers.ts';
import { syntheticTypists } from './cohort/synthetic-typists.ts';
import { cheapAttack } from './identification/cheap-attack.ts';
import { fusedAttack } from './identification/fused-attack.ts';
import { learnedAttacks } from './identification/learned-attacks.ts';
import { openLearner } from './learning/open-learner.ts';
import { PART_NAMES, PARTS, type PartName } from './parts.ts';
import { writeResults } from './report/result-files.ts';

const RESULTS = fileURLToPath(new URL('../results', import.meta.url));
const SYNTHETIC_PEOPLE = { typists: 200, pointers: 80 };
const SYNTHETIC_WARNING = [
  '!!! MADE-UP PEOPLE. These figures show that the audit works. They say nothing about how well real people are',
  '!!! protected. For that, run: npm run audit -- --data DIR',
].join('\n');

const command = defineCommand({
  meta: {
    name: 'audit',
    description: 'Attacks what the product makes of people’s data, and says what came of it.',
  },
  args: {
    data: {
      type: 'string',
      description: 'Folder with recorded people; made-up ones without it.',
      valueHint: 'DIR',
    },
    only: { type: 'string', description: `Parts to run: ${PART_NAMES.join(', ')}.`, valueHint: 'PART,PART' },
    out: { type: 'string', description: 'Folder for the results.', valueHint: 'DIR' },
    seed: { type: 'string', description: 'The same seed gives the same figures.', default: '1' },
  },
  run: async ({ args }) => {
    const parts = (args.only?.split(',') ?? PART_NAMES) as PartName[];
    const unknown = parts.find((part) => !PART_NAMES.includes(part));
    const seed = Number(args.seed);
    if (unknown !== undefined) {
      fail(`--only: there is no part ${unknown}; parts: ${PART_NAMES.join(', ')}`);
      return;
    }
    if (!Number.isSafeInteger(seed) || seed < 0) {
      fail(`--seed: must be a whole number, got ${args.seed}`);
      return;
    }
    let cohort: Cohort;
    try {
      cohort = args.data === undefined ? madeUpCohort(seed) : await readCohort(args.data);
    } catch (error) {
      fail((error as Error).message);
      return;
    }
    if (cohort.isSynthetic) process.stdout.write(`\n${SYNTHETIC_WARNING}\n`);
    // Made-up people never take the place of recorded ones in what documents are generated from.
    await audit(cohort, parts, seed, args.out ?? (cohort.isSynthetic ? `${RESULTS}/synthetic` : RESULTS));
    if (cohort.isSynthetic) process.stdout.write(`\n${SYNTHETIC_WARNING}\n`);
  },
});

/** Each part's results are written as soon as it ends. */
async function audit(cohort: Cohort, parts: readonly PartName[], seed: number, out: string): Promise<void> {
  const startedMs = Date.now();
  const progress = (condition: string) => {
    const seconds = Math.round((Date.now() - startedMs) / 1000);
    process.stderr.write(`${String(seconds).padStart(5)} s  ${condition}\n`);
  };
  const learner = openLearner();
  try {
    const attack = fusedAttack([cheapAttack, learnedAttacks(learner, seed)]);
    for (const part of parts) {
      if (part === 'text' && cohort.keys.length === 0) {
        progress('text: left out, the data has no keys');
        continue;
      }
      progress(part);
      const random = seededRandom(seed);
      const outcome = await PARTS[part]({ cohort, attack, learner, seed, random, progress });
      const paths = writeResults(out, outcome.files).map((path) => relative(process.cwd(), path));
      process.stdout.write(`\n${outcome.heading}\n\n${outcome.table}\n\nWritten: ${paths.join(', ')}\n`);
      for (const reason of outcome.broken) fail(`the audit is broken: ${reason}`);
      // How well made-up people are protected is the generator's doing, not the level's.
      if (!cohort.isSynthetic) for (const reason of outcome.failed) fail(reason);
    }
  } finally {
    await learner.close();
  }
}

function fail(problem: string): void {
  process.stderr.write(`audit: ${problem}\n`);
  process.exitCode = 1;
}

function madeUpCohort(seed: number): Cohort {
  const random = seededRandom(seed);
  return {
    name: 'made-up people',
    isSynthetic: true,
    keys: syntheticTypists({ people: SYNTHETIC_PEOPLE.typists, sentencesEach: 15, random }),
    pointers: syntheticPointers({ people: SYNTHETIC_PEOPLE.pointers, random }),
  };
}

await runMain(command);

/**
 * `npm run simulate`: a day of many participants against real collectors, faster than real, and what it takes.
 *
 * Runs on Linux. Prints tables and writes the run into `bench/results/capacity.json`, from which the document is
 * generated. Fails where not every acknowledged record is accounted for.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineCommand, runMain } from 'citty';
import { accountTable, capacityTable, type CapacityResults, type CapacityRun } from './capacity-results.ts';
import { agrees } from './crowd-ledger.ts';
import { simulate } from './simulation.ts';
import { wholeNumber } from './whole-number.ts';
import { withClosers } from './with-closers.ts';

const RESULTS = fileURLToPath(new URL('../results', import.meta.url));

const command = defineCommand({
  meta: { name: 'simulate', description: 'A day of many participants against real collectors.' },
  args: {
    participants: { type: 'string', default: '100000', description: 'How many people take part.' },
    sample: { type: 'string', default: '0.01', description: 'The share of them that is played.' },
    hours: { type: 'string', default: '8', description: 'Length of the day.' },
    compress: {
      type: 'string',
      default: '20',
      description:
        'How much faster than real it passes; above 60 fewer releases are sealed than on a real day.',
    },
    records: { type: 'string', default: '2500', description: 'Records of a person on a day.' },
    store: { type: 'string', default: 'sqlite', description: 'sqlite or postgres.' },
    collectors: { type: 'string', default: '1', description: 'How many, on one PostgreSQL.' },
    seed: { type: 'string', default: '1', description: 'Decides who does what when.' },
    out: { type: 'string', default: RESULTS, description: 'Folder for the results.', valueHint: 'DIR' },
  },
  run: async ({ args }) => {
    const { store } = args;
    if (store !== 'sqlite' && store !== 'postgres') throw new Error('--store: must be sqlite or postgres');
    const collectors = wholeNumber('collectors', args.collectors);
    if (store === 'sqlite' && collectors > 1) throw new Error('--collectors: a SQLite file has one');
    const sample = Number(args.sample);
    if (!(sample > 0 && sample <= 1)) throw new Error('--sample: must be above 0 and at most 1');
    mkdirSync(args.out, { recursive: true });
    const options = {
      store,
      collectors,
      participants: wholeNumber('participants', args.participants),
      sample,
      hours: wholeNumber('hours', args.hours),
      compress: wholeNumber('compress', args.compress),
      recordsPerDay: wholeNumber('records', args.records),
      seed: wholeNumber('seed', args.seed),
      tell: (what: string) => process.stderr.write(`${what}\n`),
    } as const;
    const run = await withClosers((dir, onClose) => simulate(options, dir, onClose));
    tellRun(run);
    saveRun(args.out, run);
    console.log('\nWritten: capacity.json. For the document: npm run generate');
    if (run.pull.rows === 0) {
      console.error('Nothing was released: the sample is too small.');
      process.exitCode = 1;
    }
    if (!(agrees(run.records) && agrees(run.sightings))) {
      console.error('The counts do not agree.');
      process.exitCode = 1;
    }
  },
});

function tellRun(run: CapacityRun): void {
  const results = { [nameOf(run)]: run };
  console.log(`\n${capacityTable(results)}\n\n${accountTable(results)}`);
  console.log(`\nPut off, by code: ${JSON.stringify(run.refusals)}`);
}

/** Beside the runs on other stores, in the place of an earlier one on the same. */
function saveRun(dir: string, run: CapacityRun): void {
  const path = join(dir, 'capacity.json');
  const others = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as CapacityResults) : {};
  const all = { ...others, [nameOf(run)]: run };
  const inOrder = Object.fromEntries(Object.entries(all).sort(([one], [other]) => (one > other ? -1 : 1)));
  writeFileSync(path, `${JSON.stringify(inOrder, null, 2)}\n`);
}

function nameOf({ store, collectors }: CapacityRun): string {
  if (store === 'sqlite') return 'SQLite';
  return `PostgreSQL, ${collectors} collector${collectors === 1 ? '' : 's'}`;
}

await runMain(command);

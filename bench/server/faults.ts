/**
 * `npm run faults:server`: what is left of acknowledged records when a collector, its disk or its database fails.
 *
 * Runs on Linux; the power cut and the full disk need root and loop devices. Writes `bench/results/server-faults.json`.
 * Fails where anything acknowledged was lost, doubled or changed, where a fault could not be tried, and where the control
 * lost nothing: a power cut that takes nothing away shows nothing.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineCommand, runMain } from 'citty';
import { seededRandom } from '../audit/seeded-random.ts';
import { describeMachine } from './describe-machine.ts';
import { total, type Verdict } from './fault-ledger.ts';
import { faultTable, hasFailed, type FaultResults, type FaultName, FAULTS } from './fault-results.ts';
import { collectorKilledTrial, failoverTrial } from './fault-trials-postgres.ts';
import {
  diskFullTrial,
  killTrial,
  openGround,
  powerCutControl,
  powerCutTrial,
  type Ground,
  type TrialPlace,
} from './fault-trials.ts';
import { whyNoLoopDisk } from './loop-disk.ts';
import { createCluster } from './postgres-process.ts';
import { wholeNumber } from './whole-number.ts';
import { withClosers, type AddCloser } from './with-closers.ts';

const RESULTS = fileURLToPath(new URL('../results', import.meta.url));
const NEED_A_LOOP_DISK: readonly string[] = ['power-cut', 'disk-full', 'control'];
const CONTROL = 'control';

const command = defineCommand({
  meta: { name: 'faults:server', description: 'What is left of acknowledged records when something fails.' },
  args: {
    trials: { type: 'string', default: '20', description: 'How often each fault is tried.' },
    seed: { type: 'string', default: '1', description: 'Decides when each fault comes.' },
    only: { type: 'string', description: `Of: ${FAULTS.join(', ')}.`, valueHint: 'NAME,NAME' },
    out: { type: 'string', default: RESULTS, description: 'Folder for the results.', valueHint: 'DIR' },
  },
  run: async ({ args }) => {
    const names = (args.only?.split(',') ?? [...FAULTS]) as FaultName[];
    const unknown = names.find((name) => !FAULTS.includes(name));
    if (unknown !== undefined) throw new Error(`--only: there is no ${unknown}`);
    mkdirSync(args.out, { recursive: true });
    const results = await breakThings(
      names,
      wholeNumber('trials', args.trials),
      wholeNumber('seed', args.seed),
    );
    console.log(`\n${faultTable(results)}`);
    for (const [name, reason] of Object.entries(results.notTried))
      console.error(`${name} was not tried: ${reason}`);
    writeFileSync(join(args.out, 'server-faults.json'), `${JSON.stringify(results, null, 2)}\n`);
    console.log('\nWritten: server-faults.json. For the document: npm run generate');
    if (hasFailed(results)) process.exitCode = 1;
  },
});

function breakThings(names: readonly FaultName[], trials: number, seed: number): Promise<FaultResults> {
  return withClosers(async (dir, onClose) => {
    const ground = await openGround(dir, seededRandom(seed));
    const cluster = join(dir, 'cluster');
    if (names.some((name) => name.startsWith('postgres'))) await createCluster(cluster);
    const results: FaultResults = { machine: describeMachine(), seed, faults: {}, notTried: {} };
    const noLoopDisk = whyNoLoopDisk();
    const isImpossible = (name: string) => noLoopDisk !== undefined && NEED_A_LOOP_DISK.includes(name);
    for (const name of names) {
      if (isImpossible(name)) {
        results.notTried[name] = noLoopDisk!;
        continue;
      }
      const found = await repeat(name, trials, onClose, (place) => trialOf(name, ground, place, cluster));
      results.faults[name] = { trials, ...total(found) };
    }
    if (names.includes('power-cut') && !isImpossible(CONTROL)) {
      const { acknowledged, lost } = total(
        await repeat(CONTROL, trials, onClose, (place) => powerCutControl(ground, place)),
      );
      results.control = { name: 'synchronous=NORMAL', trials, acknowledged, lost };
    }
    return results;
  });
}

function trialOf(name: FaultName, ground: Ground, place: TrialPlace, cluster: string): Promise<Verdict> {
  switch (name) {
    case 'kill':
      return killTrial(ground, place);
    case 'power-cut':
      return powerCutTrial(ground, place);
    case 'disk-full':
      return diskFullTrial(ground, place);
    case 'postgres-collector-killed':
      return collectorKilledTrial(ground, place, cluster);
    case 'postgres-failover':
      return failoverTrial(ground, place, cluster);
  }
}

/** Each trial in a folder of its own, which is removed before the next. */
async function repeat(
  name: string,
  trials: number,
  closeWithin: AddCloser,
  trial: (place: TrialPlace) => Promise<Verdict>,
): Promise<Verdict[]> {
  const found: Verdict[] = [];
  for (let number = 1; number <= trials; number += 1) {
    const verdict = await withClosers((dir, onClose) => trial({ dir, onClose }), closeWithin);
    process.stderr.write(`${name} ${number} of ${trials}: ${JSON.stringify(verdict)}\n`);
    // Where nothing was at stake, nothing can be lost.
    if (verdict.acknowledged === 0) throw new Error(`${name}: nothing was acknowledged before the fault`);
    found.push(verdict);
  }
  return found;
}

await runMain(command);

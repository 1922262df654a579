/**
 * The trials of a fault: on a ground of their own, one after the other, and then the dataset that comes of them.
 *
 * Runs in Node.
 */
import { join } from 'node:path';
import { seededRandom } from '../audit/seeded-random.ts';
import { DISK_BYTES } from '../server/fault-trials.ts';
import { openNewDisk } from '../server/loop-disk.ts';
import { withClosers, type AddCloser } from '../server/with-closers.ts';
import type { Discrepancies } from './books.ts';
import { FAULTS, type FaultName } from './fault-names.ts';
import { openGround, type Parts } from './ground.ts';
import { prepare } from './injections.ts';
import { compareDataset } from './stored.ts';
import { runTrial } from './trial.ts';

/** What the control is built by, from the root. */
export const CONTROL_CONFIG = 'bench/pipeline/control.config.ts';
/** What the control is tried with: any network that fails would do. */
export const CONTROL_FAULT = 'unavailable';

export interface Plan {
  trials: number;
  /** Clicks of each trial. */
  events: number;
  seed: number;
}

/**
 * All trials of some faults on one ground, and what the dataset makes of them.
 *
 * @param label what they are told by where it is not the fault.
 */
export function repeatTrials(
  faults: readonly FaultName[],
  parts: Parts,
  { trials, events, seed }: Plan,
  closeWithin: AddCloser,
  label?: string,
): Promise<Discrepancies[]> {
  return withClosers(async (dir, onClose) => {
    const random = seededRandom(seed * 1000 + FAULTS.indexOf(faults[0]!));
    const disk = faults.includes('disk-full')
      ? openNewDisk(join(dir, 'disk.img'), join(dir, 'disk'), DISK_BYTES, onClose).dir
      : dir;
    const ground = await openGround(parts, dir, join(disk, 'study'), onClose);
    const found: Discrepancies[] = [];
    for (const fault of faults)
      for (let number = 1; number <= trials; number += 1) {
        const startedAtMs = Date.now();
        const one = await runTrial(ground, prepare(fault, ground, random), events, random);
        const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1);
        const name = label ?? fault;
        process.stderr.write(`${name} ${number} of ${trials} (${seconds} s): ${JSON.stringify(one)}\n`);
        found.push(one);
      }
    const dataset = await compareDataset(ground.study, join(dir, 'dataset'));
    if (dataset.lost + dataset.duplicated > 0)
      process.stderr.write(`${label ?? faults.join()}, dataset: ${JSON.stringify(dataset)}\n`);
    return [...found, { events: 0, unexplained: 0, afterWithdrawal: 0, ...dataset }];
  }, closeWithin);
}

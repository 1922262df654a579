/**
 * One pull in a process of its own, so that its memory and time are the pull's: `node timed-pull.ts URL DIR`.
 *
 * Prints what it took as JSON when it is done.
 */
import { READER_KEY } from '../../dataset/testing/fake-collector.ts';
import { pull } from '../../dataset/pull.ts';

/** What a pull took; the memory is the most that the process held at any time. */
export interface TimedPull {
  rows: number;
  samples: number;
  seconds: number;
  cpuSeconds: number;
  peakRssMiB: number;
}

const [from = '', outDir = ''] = process.argv.slice(2);
const startedMs = performance.now();
const result = await pull({ from, outDir, key: READER_KEY, purpose: 'agent-training' });
const seconds = (performance.now() - startedMs) / 1000;
if (result.kind === 'refused') throw new Error(result.message);
const { tables } = result.summary;
const usage = process.resourceUsage();
const timed: TimedPull = {
  rows: Object.values(tables).reduce((sum, table) => sum + table.rows, 0),
  samples: tables['motion_samples']?.rows ?? 0,
  seconds,
  cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
  peakRssMiB: usage.maxRSS / 1024,
};
process.stdout.write(JSON.stringify(timed));

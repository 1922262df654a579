/**
 * `npm run bench:dataset`: pulls many pointer samples, pulls them again while being killed, and reads what came of it.
 *
 *   npm run bench:dataset -- --samples 10000000 --releases 5 --kills 10 --out bench/results/dataset.json
 *
 * The collector is a stand-in on loopback whose pages are made beforehand, so that the figures are the pull's. Ends
 * with code 1 if the killed pull differs from the clean one, or two independent readers from each other.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { digestFolder } from '../../dataset/testing/dataset-reader.ts';
import { describeMachine } from '../server/describe-machine.ts';
import type { PullResults } from './pull-results.ts';
import { runPull, startStandIn } from './run-pull.ts';
import { readWithBoth } from './two-readers.ts';

/** Of the motions that are made, on average. */
const SAMPLES_PER_MOTION = 8.5;

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '10000000' },
    releases: { type: 'string', default: '5' },
    kills: { type: 'string', default: '10' },
    out: { type: 'string', default: join(import.meta.dirname, '../results/dataset.json') },
  },
});

const say = (text: string) => process.stderr.write(`${text}\n`);
const folder = await mkdtemp(join(tmpdir(), 'proffer-bench-dataset-'));
const motions = Math.round(Number(values.samples) / SAMPLES_PER_MOTION);
say(`Making ${motions} motions in ${values.releases} releases.`);
const standIn = await startStandIn({ motion: motions }, Number(values.releases));
try {
  // What else this computer does: figures hold for an idle one only.
  const loadBefore = Number(loadavg()[0]?.toFixed(1));
  const cleanDir = join(folder, 'clean');
  const clean = await runPull(standIn.url, cleanDir);
  if (clean === undefined) throw new Error('the clean pull was killed');
  say(`Pulled ${clean.rows} rows in ${clean.seconds.toFixed(1)} s, ${clean.peakRssMiB.toFixed(0)} MiB.`);

  const killedDir = join(folder, 'killed');
  let kills = 0;
  for (let isDone = false; !isDone;) {
    const mayKill = kills < Number(values.kills);
    const killAfterMs = mayKill ? Math.random() * clean.seconds * 1000 : undefined;
    isDone = (await runPull(standIn.url, killedDir, killAfterMs)) !== undefined;
    if (!isDone) kills += 1;
    // It may end before all kills are used: it begins anew then.
    if (isDone && kills < Number(values.kills)) {
      isDone = false;
      await rm(killedDir, { recursive: true });
    }
    say(`Killed ${kills} times.`);
  }
  const wanted = await digestFolder(cleanDir);
  const identicalToCleanRun = JSON.stringify(await digestFolder(killedDir)) === JSON.stringify(wanted);
  const readers = await readWithBoth(cleanDir);

  const result: PullResults = {
    rowsPerSecond: Math.round(clean.rows / clean.seconds),
    peakRssMiB: Math.round(clean.peakRssMiB),
    kills,
    identicalToCleanRun,
    bytesPerSample: Number((readers.sizeBytes / clean.samples).toFixed(3)),
    samples: clean.samples,
    rows: clean.rows,
    seconds: Number(clean.seconds.toFixed(2)),
    cpuSeconds: Number(clean.cpuSeconds.toFixed(2)),
    rowsPerCpuSecond: Math.round(clean.rows / clean.cpuSeconds),
    loadBefore,
    readersAgree: readers.agree,
    largestRowGroupBytes: readers.largestRowGroupBytes,
    machine: describeMachine(),
  };
  await writeFile(resolve(values.out), `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  if (!identicalToCleanRun || !readers.agree) process.exitCode = 1;
} finally {
  standIn.stop();
  await rm(folder, { recursive: true, force: true });
}

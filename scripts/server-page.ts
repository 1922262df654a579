/**
 * The last runs of the collector's benchmark and of its faults -> `docs/server-figures.md`: every figure, and the goals.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tellMachine } from '../bench/server/describe-machine.ts';
import { faultTable, type FaultResults } from '../bench/server/fault-results.ts';
import type { ServerResults } from '../bench/server/results.ts';
import { goalTable, resultTable } from '../bench/server/table.ts';

/** @param folder where the benchmarks write their results. */
export function serverPage(folder: string): string {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  const results = read('server') as ServerResults;
  const faults = read('server-faults') as FaultResults;
  const { machine, rounds, rows, batchRecords, batches, concurrency, pacedPerSecond, settling } = results;
  const whole = (value: number) => value.toLocaleString('en');
  return `# How fast the collector is, and what a fault leaves

<!-- Generated from bench/results by \`npm run generate\`; not to be edited. -->

## Speed

\`npm run bench:server -- --rounds ${rounds} --rows ${rows} --batches ${batches} --concurrency ${concurrency}\` on ${tellMachine(machine)}. Medians of ${rounds} round${rounds === 1 ? '' : 's'}, in which all take turns; everything on loopback; sender and receiver share the machine. ${whole(batches)} batches of ${batchRecords} records a round, ${concurrency} at a time, into stores that hold ${whole(rows)} records before.

${resultTable(results)}

Latencies at an even pace of ${pacedPerSecond} batches a second, each from the moment at which the batch was due. The floors do the least that could be done:

- _bare-204_: the collector's framework reads the body and answers; _inflate-parse_ also inflates it and parses its JSON.
- _append-floor_: the records' bytes appended to one file, with \`fdatasync\` for every ${concurrency} batches.
- _sqlite-floor_: the same rows into the same tables of a copy of the same file, with the same settings, a transaction for every ${concurrency} batches; no HTTP, no checks.
- _postgres-floor_: the same rows into the same tables of the same PostgreSQL by the same client library, a transaction a batch, ${concurrency} at a time; no HTTP, no checks.

_Bomb MB_: how far a collector's memory grew while it got requests that inflate to 256 MiB, and the largest that fit into a batch.

${
  settling
    ? `In the end the collector on SQLite was stopped in order, which rewrites its file: ${whole(Math.round(settling.sizeBytes / 1e6))} MB in ${settling.seconds} s.

`
    : ''
}### The goals

${goalTable(results)}

## Faults

\`npm run faults:server -- --trials ${Math.max(0, ...Object.values(faults.faults).map(({ trials }) => trials))} --seed ${faults.seed}\` on ${tellMachine(faults.machine)}. Records, not batches. After each fault the database is read by itself, then a collector is started on it and gets again what it never acknowledged; a record that is there twice, was changed, or belongs to a batch of which only a part is there counts against it.

${faultTable(faults)}

- _kill_: SIGKILL to the collector under load.
- _power-cut_: the collector keeps its data on an ext4 image on a loop device. It is killed, and the image is copied as the device holds it, while nothing was flushed for the copy; the copy is mounted. What was written and not flushed is gone, as in a power cut; the cache of a real disk, which may lose more where it ignores flushes, is not part of it.
- _disk-full_: the disk is filled under load and given room again.
- _postgres-collector-killed_: two collectors on one PostgreSQL, one is killed.
- _postgres-failover_: the same with a synchronous standby; the primary is killed with all its processes, the standby is promoted.
- The control writes the same rows with group commit, but with \`synchronous=NORMAL\`, which the product has no switch for. It must lose at the power cut: else the trial would prove nothing.
`;
}

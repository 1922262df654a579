/**
 * The last simulated days -> `docs/capacity.md`: what 1,000 participants take, and what of it was not measured.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  accountTable,
  capacityTable,
  megabytes,
  perThousand,
  RETENTION_DAYS,
  roughly,
  settledInAMinute,
  USED_SHARE,
  whole,
  type CapacityResults,
  type CapacityRun,
} from '../bench/server/capacity-results.ts';
import type { ServerResults, Settling } from '../bench/server/results.ts';
import { tellMachine } from '../bench/server/describe-machine.ts';
import { markdownTable } from '../bench/markdown-table.ts';

const CROWDS = [1000, 10_000, 100_000];

/** @param folder where the simulations write their results. */
export function capacityPage(folder: string): string {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  const results = read('capacity') as CapacityResults;
  const { settling } = read('server') as ServerResults;
  const runs = Object.entries(results);
  const [, first] = runs[0]!;
  const share = first.recordsPerDayWithShare / first.recordsPerDay;
  return `# Capacity

<!-- Generated from bench/results by \`npm run generate\`; not to be edited. -->

How much disk, processor and how many machines a number of participants take. The figures are those of simulated days: devices that send by the extension's own rules (an alarm a minute, batches drawn at random times, padded, tried again), with records that its own protection made of made-up work. \`npm run simulate -- --help\` lists what can be changed.

${runs.map(([name, run]) => tellRun(name, run)).join('\n')}

## For 1,000 participants

${capacityTable(results)}

${whole(first.recordsPerDay)} records of a person and day is the design's figure for planning. The extension keeps a day's share of motions and rhythms only; what the same simulated people then send is about ${whole(first.recordsPerDayWithShare)} records a day, ${roughly(100 * share)} % of it, but for the most part episodes, which are larger. Where people work more or less, disk and processor follow in proportion.

## For more

${scaleTable(runs, settling)}

Machines of ${first.machine.cores} cores as measured, ${100 * USED_SHARE} % used in the busiest quarter of an hour, which is in the morning: what came due over night is sent when devices start. Disk is for ${RETENTION_DAYS} days of keeping, without copies and without room for settling.

## Where the limits lie

- **SQLite: how large the file is, long before how busy it is.** ${tellSettling(runOn(results, 'sqlite'), settling)}
- **PostgreSQL, several collectors.** Collectors keep nothing but their secrets, so there may be as many as the database can serve. Sealing and settling rewrite the parts of the days that they took from, and what arrives for such a day waits meanwhile; where that is longer than the database lets it wait it is put off with 503 and comes again. ${tellPutOff(runOn(results, 'postgres'))}
- **The disk's own flush.** A batch is acknowledged when it is on the disk. Batches that come together share one flush, so that a slow disk costs latency before it costs throughput.
- **Network.** Received bytes are those of padded batches; TLS and a proxy are not part of the figures.

## What was acknowledged, and where it is

${accountTable(results)}

Answers were lost on purpose (one in 200), and some records were erased. A run fails where anything acknowledged is neither in the store nor erased.

## What is extrapolated

- Everything beyond the people at a time in the table above: ${runs.map(([name, run]) => `${whole(perThousand(run).atATime)} (${name})`).join(', ')}. Processor time is taken to grow in proportion.
- Stock: a day began with an empty store. ${RETENTION_DAYS} days are taken as ${RETENTION_DAYS} times one. How a store of millions of rows takes batches is measured in [server-figures.md](server-figures.md); how long such a file takes to settle is measured there too.
- Machines: sender, collectors and database shared one. Figures of processors are each one's own; latencies are worse than they would be apart.
- A day was played ${first.compress} times as fast, so that pauses between batches were that much shorter, and ${tellSealing(runs.map(([, run]) => run))}.
- PostgreSQL's standby, its backups and its vacuuming over weeks are not in the figures.
`;
}

function tellRun(name: string, run: CapacityRun): string {
  const { machine, participants, simulated, hours, compress, tookSeconds, recordsPerDay, cpu } = run;
  return `- **${name}**: ${whole(simulated)} devices of ${whole(participants)} participants, ${hours} hours in ${whole(tookSeconds / 60)} minutes (${compress} times as fast), ${whole(recordsPerDay)} records each, ${whole(run.batches)} batches, ${run.releases} releases. On ${tellMachine(machine)}; the sender used ${whole(cpu.senderSeconds)} core-seconds of it.`;
}

function scaleTable(runs: readonly [string, CapacityRun][], settling: Settling | undefined): string {
  return markdownTable(
    [
      'participants',
      ...runs.flatMap(([name]) => [`${name}: cores`, 'machines', `GB in ${RETENTION_DAYS} days`]),
    ],
    CROWDS.map((people) => [
      whole(people),
      ...runs.flatMap(([, run]) => {
        const { participantsPerCore, diskBytesPerDay } = perThousand(run);
        const cores = people / participantsPerCore;
        const machines = Math.ceil(cores / run.machine.cores);
        const gigabytes = (diskBytesPerDay * people * RETENTION_DAYS) / 1000 / 1e9;
        const limit = settling && settledInAMinute(run, settling);
        const isTooMany = people > (limit?.people ?? Infinity);
        return [cores.toFixed(2), isTooMany ? 'too many' : whole(machines), roughly(gigabytes)];
      }),
    ]),
  );
}

function runOn(results: CapacityResults, store: CapacityRun['store']): CapacityRun | undefined {
  return Object.values(results).find((run) => run.store === store);
}

/** A collector seals no more than once a minute, however short an hour is. */
function tellSealing(runs: readonly CapacityRun[]): string {
  return runs.some(({ compress }) => compress > 60)
    ? 'since an hour was shorter than the minute between two seals, there were fewer of them than on a real day'
    : 'sealing came as often in a day as always but closer together';
}

/** From the run itself: whoever reads this must be able to see when the file is too large. */
function tellSettling(run: CapacityRun | undefined, settling: Settling | undefined): string {
  const limit = run && settling && settledInAMinute(run, settling);
  if (!limit) return 'Not measured.';
  const people = (recordsPerDay: number) =>
    `${roughly((limit.people * run.recordsPerDay) / recordsPerDay)} people send in ${RETENTION_DAYS} days at ${whole(recordsPerDay)} records a day`;
  return `One file has one collector. Each settling rewrites all of it, at least hourly, and needs its size once more on disk; meanwhile batches wait, or are put off with 503 and come again. A file of ${megabytes(settling.sizeBytes)} MB took ${settling.seconds} s ([server-figures.md](server-figures.md)); at that rate about ${roughly(limit.bytes / 1e6)} MB are done in a minute: what ${people(run.recordsPerDay)}, or ${people(run.recordsPerDayWithShare)}. Beyond that, PostgreSQL is the answer; the cores and machines of the table above do not know of this limit. ${tellPutOff(run)}`;
}

function tellPutOff(run: CapacityRun | undefined): string {
  if (!run) return '';
  const putOff = Object.values(run.refusals).reduce((sum, one) => sum + one, 0);
  return `On this day ${whole(putOff)} of ${whole(run.batches)} requests were put off.`;
}

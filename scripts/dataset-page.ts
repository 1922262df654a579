/**
 * The last runs of the dataset's benchmarks -> `docs/dataset-figures.md`: every figure, and the goals.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPullGoals, checkViewGoals, type GoalCheck } from '../bench/dataset/goals.ts';
import type { PullResults } from '../bench/dataset/pull-results.ts';
import { VIEW_PAGES, type TimedPages, type ViewResults } from '../bench/dataset/view-results.ts';
import { markdownTable } from '../bench/markdown-table.ts';
import { tellMachine } from '../bench/server/describe-machine.ts';

/** @param folder where the benchmarks write their results. */
export function datasetPage(folder: string): string {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  const pull = read('dataset') as PullResults;
  const view = read('view') as ViewResults;
  return `# How fast a pull and the viewer are

<!-- Generated from bench/results by \`npm run generate\`; not to be edited. -->

## Pull

\`npm run bench:dataset\` on ${tellMachine(pull.machine)}. One \`proffer pull\` of ${whole(pull.samples)} pointer samples, a process of its own: fetched over loopback, checked against the contract, decoded and written as Parquet with zstd, card included. The collector is a stand-in whose pages are made beforehand, so that the figures are the pull’s; it shares the machine. The paths are made up, so a sample of real movement takes more or less room.

${pullTable(pull)}

A second pull is killed with SIGKILL at ${pull.kills} random instants, run again each time, and compared with the first file by file. DuckDB and hyparquet then read the samples, and sums, counts and ids are compared.

## Viewer

\`npm run bench:view\` on ${tellMachine(view.machine)}. \`proffer view\`, a process of its own, on a dataset of ${whole(view.episodes)} episodes, ${whole(view.motions)} motions and ${whole(view.rhythms)} rhythms (${whole(view.rows)} rows), pulled from the stand-in. ${view.requests} requests for each page, of different filters, places and records, one after the other; what follows a start is of ${view.openings} starts. Whole answers over loopback; what the browser takes to draw them is not in the figures.

${viewTable(view.pages)}

The process needed ${whole(view.peakRssMiB)} MiB at most.

## The goals

${goalTable([...checkPullGoals(pull), ...checkViewGoals(view)])}

What else the computer did counts: the load in the minute before was ${pull.loadBefore} (pull) and ${view.loadBefore} (viewer).
`;
}

function pullTable(results: PullResults): string {
  return markdownTable(
    ['', 'measured'],
    [
      ['rows of all tables', whole(results.rows)],
      ['time', `${results.seconds} s`],
      ['rows/s', whole(results.rowsPerSecond)],
      ['processor time', `${results.cpuSeconds} s`],
      ['rows per second of processor time', whole(results.rowsPerCpuSecond)],
      ['most memory', `${whole(results.peakRssMiB)} MiB`],
      ['bytes per sample on disk', results.bytesPerSample.toFixed(2)],
      ['largest row group, not compressed', `${(results.largestRowGroupBytes / 2 ** 20).toFixed(1)} MiB`],
    ],
  );
}

function viewTable(pages: TimedPages): string {
  return markdownTable(
    ['', 'median ms', 'most ms'],
    Object.entries(VIEW_PAGES).map(([name, said]) => {
      const { medianMs, maxMs } = pages[name as keyof TimedPages];
      return [said, whole(medianMs), whole(maxMs)];
    }),
  );
}

function goalTable(goals: readonly GoalCheck[]): string {
  const rows = goals.map(({ goal, measured, isMet }) => [goal, measured, isMet ? 'met' : '**not met**']);
  return markdownTable(['goal', 'measured', ''], rows);
}

function whole(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 0 });
}

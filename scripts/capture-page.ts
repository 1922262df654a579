/**
 * The last run of the benchmark of capture -> `docs/capture-figures.md`: every figure in a table, and the goals.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkGoals } from '../bench/capture/goals.ts';
import type { PointerSamples } from '../bench/capture/pointer-samples.ts';
import type { CaptureResults } from '../bench/capture/results.ts';
import { pageTable, resultTable } from '../bench/capture/table.ts';

/** @param folder where the benchmark writes its results. */
export function readCapture(folder: string): { results: CaptureResults; pointer: PointerSamples } {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  return { results: read('capture') as CaptureResults, pointer: read('pointer') as PointerSamples };
}

export function capturePage(results: CaptureResults, pointer: PointerSamples): string {
  const { machine, rounds } = results;
  const goals = checkGoals(results, pointer).map(
    ({ goal, measured, isMet }) => `| ${goal} | ${measured} | ${isMet ? 'met' : '**not met**'} |`,
  );
  const bytes = (value: number) => value.toFixed(2);
  return `# What recording costs

<!-- Generated from bench/results by \`npm run generate\`; not to be edited. -->

How each figure was measured, and what it does not tell, is in [capture-cost.md](capture-cost.md). Medians of ${rounds} round${rounds === 1 ? '' : 's'} on ${machine.cores} cores (${machine.cpu}), ${machine.memoryGiB} GiB, ${machine.platform}, ${machine.browser}. Figures of another computer differ; what stands beside each other here was measured in the same minutes.

![What recording costs, by contestant and page](capture-cost.svg)

The worst page of each:

${resultTable(results)}

Script time and bytes by page:

${pageTable(results)}

## The goals

| goal | measured | |
| --- | ---: | --- |
${goals.join('\n')}

## A pointer sample

${pointer.samples.toLocaleString('en')} samples of ${pointer.isSynthetic ? 'made-up' : 'recorded'} paths at level \`linked\`, in ${pointer.motions.toLocaleString('en')} movements and ${pointer.traces} traces. One sample is one step of a path: the time, and the way right and down, since the step before it. It takes ${bytes(pointer.bytesPerSample)} bytes gzip'd with everything else in its batch, ${bytes(pointer.paddedBytesPerSample)} with the padding of full batches. The entropy of the same three columns is ${bytes(pointer.order0EntropyBytes)} bytes a sample (order 0), ${bytes(pointer.order1EntropyBytes)} bytes where each value is told after the one before it (order 1).
`;
}

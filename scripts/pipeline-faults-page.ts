/**
 * The last campaign of faults -> `docs/pipeline-faults.md`: every figure, and what each fault is.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultTable, type PipelineFaults } from '../bench/pipeline/results.ts';
import { tellMachine } from '../bench/server/describe-machine.ts';

/** @param folder where the campaign writes its results. */
export function pipelineFaultsPage(folder: string): string {
  const results = JSON.parse(readFileSync(join(folder, 'faults.json'), 'utf8')) as PipelineFaults;
  const { machine, seed, faults, control, notTried } = results;
  const trials = Math.max(control.trials, ...Object.values(faults).map((found) => found.trials));
  const reasons = Object.entries(notTried).map(([name, reason]) => `_${name}_ was not tried: ${reason}.`);
  return `# What a fault leaves on the way from page to collector

<!-- Generated from bench/results by \`npm run generate\`; not to be edited. -->

\`npm run faults -- --trials ${trials} --seed ${seed}\` on ${tellMachine(machine)}. The extension as it is built, a real Chromium, the real collector on SQLite. In each trial somebody clicks on a page of buttons and types, while something breaks at random instants; then all is brought back and sent, and the books are compared.

${faultTable(results)}
${reasons.length > 0 ? `\n${reasons.join('\n')}\n` : ''}
## What is counted

Each button lies in a cell of its own of the grid by which steps tell their target, and is clicked at most once in a trial: so each click is found again without any content. What the page was told is stored is heard in the page, by a witness that is no part of the extension.

- _events_: clicks that were certainly made. One that ended with its page or browser is not counted.
- _lost_: clicks that the page was told are stored, and movements and typing runs that the device says are sent, which neither the collector nor the device’s own account of what was deleted or lost knows of; and whatever the device’s accounts are from adding up. So it can be more than the clicks.
- _duplicated_: clicks that are at the collector, or in the dataset, more than once.
- _unexplained_: clicks that are missing without having been acknowledged and without a gap where they are missing (one that still waits on the device, because nothing was done after it, is a gap); and anything at the collector that nobody has done.
- _after withdrawal_: clicks recorded after the withdrawal was confirmed, and rows with content that are then still on the device.

The trials of a fault end with a release, which is pulled with \`proffer pull\`: what the tables have too little or too much of what the collector holds counts as _lost_ or _duplicated_. What waits for its time (a \`Retry-After\`, a back-off) is not waited for: the worker’s clock is moved on, by at most three hours in all. What is then still not sent counts as lost.

## The faults

- _worker-stopped_: the extension’s worker is stopped through the DevTools protocol, three times.
- _renderer-crash_: the page’s process crashes; the person goes on in a new tab.
- _browser-killed_: SIGKILL to the browser, which is started again on the same profile.
- _extension-reloaded_, _extension-updated_: the extension is loaded again under a page that stays open, as it is or in its next version.
- _server-killed_: SIGKILL to the collector while it has a batch.
- _refused_: nobody listens at the collector’s address. _reset-halfway_: the collector gets half of a batch and then a reset, and the browser a reset. _response-lost_: the batch is stored and the connection reset before the answer. _too-many-requests_: 429 with \`Retry-After\`. _unavailable_: 503. _stall_: the answer comes after 10 s. _truncated-answer_: it ends within its head, after the batch was stored. _garbage-answer_: 200 with a page of HTML, and the batch was never passed on.
- _disk-full_: the disk of the collector’s data is filled and given room again.
- _consent-withdrawn_: consent is withdrawn while the person goes on.
- _clock-moved_: the worker’s clock jumps twice, by up to two days forward or back, each time with a collector that is not available once; then it is right again.
- The control is a build of the extension that takes a batch for sent before it is answered, which the product has no switch for. It must be caught losing: else the campaign would prove nothing.
`;
}

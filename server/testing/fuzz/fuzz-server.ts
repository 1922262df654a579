/**
 * `npm run fuzz:server -- --requests 100000 --seed 7`: the campaign on the command line.
 *
 * Ends with 1 when something that must hold did not, and says how to see it again; prints no request.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { openTestCollector } from '../collector.ts';
import { runCampaign } from './campaign.ts';

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '100000' }, seed: { type: 'string' } },
});
const requests = Number(values.requests);
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
if (!Number.isSafeInteger(requests) || requests < 1) throw new Error('--requests: must be a number from 1');
if (!Number.isSafeInteger(seed)) throw new Error('--seed: must be a whole number');

const SHOW_EACH = 10_000;
const startMs = performance.now();
const { counts, fault } = await runCampaign({
  requests,
  seed,
  openCollector: (charter) => openTestCollector(charter),
  onProgress: (done) => {
    if (done % SHOW_EACH === 0) console.log(`${done} requests`);
  },
});
const seconds = Math.round((performance.now() - startMs) / 1000);
console.log(`seed ${seed}, ${seconds} s`);
for (const [outcome, count] of Object.entries(counts).sort((one, other) => other[1] - one[1]))
  console.log(`${String(count).padStart(8)}  ${outcome}`);
if (fault === undefined) console.log('Everything held.');
else {
  console.log(`FAULT: ${fault.what}\nThe smallest plan that was found for it, and what the charter says:`);
  console.log(JSON.stringify(fault.plan), JSON.stringify(fault.charter));
  process.exitCode = 1;
}

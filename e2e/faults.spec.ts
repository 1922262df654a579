import { addUp } from '../bench/pipeline/books.ts';
import { CONTROL_CONFIG, CONTROL_FAULT, repeatTrials, type Plan } from '../bench/pipeline/campaign.ts';
import { bundleOwnPage } from '../bench/pipeline/device.ts';
import type { FaultName } from '../bench/pipeline/fault-names.ts';
import { whyNoLoopDisk } from '../bench/server/loop-disk.ts';
import { buildExtension } from '../demo/study.ts';
import { expect, test } from './fixtures.ts';

// The campaign in short: `npm run faults` has many trials, more clicks in each, and a browser for each fault.
const PLAN: Plan = { trials: 1, events: 10, seed: 1 };
const NO_CLOSER = () => undefined;

const GROUPS: Record<string, FaultName[]> = {
  'the extension, its page or its browser goes away': [
    'worker-stopped',
    'renderer-crash',
    'browser-killed',
    'extension-reloaded',
    'extension-updated',
  ],
  'the collector cannot be reached': ['server-killed', 'refused', 'reset-halfway', 'unavailable'],
  'the collector’s answer is not what it should be': [
    'response-lost',
    'too-many-requests',
    'truncated-answer',
    'garbage-answer',
  ],
  'things take long, the clock jumps, or the person withdraws': ['stall', 'clock-moved', 'consent-withdrawn'],
  // Only root can fill a disk that is nobody else's.
  ...(whyNoLoopDisk() === undefined && { 'the collector’s disk is full': ['disk-full'] }),
};

test.describe.configure({ mode: 'parallel' });

for (const [what, faults] of Object.entries(GROUPS))
  test(`nothing is lost, doubled or unexplained where ${what}`, async () => {
    const parts = {
      extensionDir: process.env.PROFFER_EXTENSION_DIR!,
      ownPageScript: await bundleOwnPage(),
    };
    const { events, ...found } = addUp(await repeatTrials(faults, parts, PLAN, NO_CLOSER));
    expect(events).toBeGreaterThan(0);
    expect(found).toEqual({ lost: 0, duplicated: 0, unexplained: 0, afterWithdrawal: 0 });
  });

test('a build that forgets a batch before it has an answer is caught losing it', async ({ dir }) => {
  const parts = { extensionDir: buildExtension(dir, CONTROL_CONFIG), ownPageScript: await bundleOwnPage() };
  const { lost } = addUp(await repeatTrials([CONTROL_FAULT], parts, PLAN, NO_CLOSER, 'control'));
  expect(lost).toBeGreaterThan(0);
});

import { addUp } from '../bench/pipeline/books.ts';
import { CONTROL_CONFIG, CONTROL_FAULT, repeatTrials, type Plan } from '../bench/pipeline/campaign.ts';
import { bundleOwnPage } from '../bench/pipeline/device.ts';
import { FAULTS } from '../bench/pipeline/fault-names.ts';
import { whyNoLoopDisk } from '../bench/server/loop-disk.ts';
import { buildExtension } from '../demo/study.ts';
import { expect, test } from './fixtures.ts';

// The campaign in short: `npm run faults` has many trials, and more clicks in each.
const PLAN: Plan = { trials: 2, events: 10, seed: 1 };
const NO_CLOSER = () => undefined;
const TRIED = FAULTS.filter((fault) => fault !== 'disk-full' || whyNoLoopDisk() === undefined);

for (const fault of TRIED)
  test(`nothing acknowledged is lost, doubled or unexplained: ${fault}`, async () => {
    const parts = {
      extensionDir: process.env.PROFFER_EXTENSION_DIR!,
      ownPageScript: await bundleOwnPage(),
    };
    const { events, ...found } = addUp(await repeatTrials(fault, fault, parts, PLAN, NO_CLOSER));
    expect(events).toBeGreaterThan(0);
    expect(found).toEqual({ lost: 0, duplicated: 0, unexplained: 0, afterWithdrawal: 0 });
  });

test('a build that forgets a batch before it has an answer is caught losing it', async ({ dir }) => {
  const parts = { extensionDir: buildExtension(dir, CONTROL_CONFIG), ownPageScript: await bundleOwnPage() };
  const { lost } = addUp(await repeatTrials('control', CONTROL_FAULT, parts, PLAN, NO_CLOSER));
  expect(lost).toBeGreaterThan(0);
});

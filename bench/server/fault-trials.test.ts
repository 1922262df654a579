import { expect, it } from 'vitest';
import { seededRandom } from '../audit/seeded-random.ts';
import { killTrial, openGround } from './fault-trials.ts';
import { withClosers } from './with-closers.ts';

it('a collector that is killed under load has everything it acknowledged, once and unchanged', async () => {
  const verdict = await withClosers(async (dir, onClose) =>
    killTrial(await openGround(dir, seededRandom(3)), { dir, onClose }),
  );
  expect(verdict).toMatchObject({ lost: 0, duplicated: 0, corrupt: 0 });
  expect(verdict.acknowledged).toBeGreaterThan(0);
});

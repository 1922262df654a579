import { afterEach, beforeEach, expect, test } from 'vitest';
import { aBatch, aMotion, batchIdOf, secretOf } from './testing/builders.ts';
import { openTestCollector, type TestCollector } from './testing/collector.ts';

let live: TestCollector;
let copy: TestCollector;
beforeEach(async () => {
  [live, copy] = await Promise.all([openTestCollector(), openTestCollector()]);
  // A copy of another time: both hold the same, then the live one goes on.
  for (const collector of [live, copy]) {
    await collector.post(
      aBatch(
        collector.charterHash,
        Array.from({ length: 6 }, (_, index) => aMotion(index)),
      ),
    );
    await collector.seal();
    await collector.post(
      aBatch(collector.charterHash, [aMotion(10), aMotion(11)], { batchId: batchIdOf(2) }),
    );
  }
  await live.erase(secretOf(1));
  await live.erase(secretOf(10));
});
afterEach(async () => {
  await live.close();
  await copy.close();
});

const idsOf = async (collector: TestCollector) =>
  ((await collector.dump())['records'] as { record_id: string }[]).map((row) => row.record_id).toSorted();

test('a restored copy is told every erasure again, and then holds what the live one holds', async () => {
  // One from the release with three others, one from the pool.
  expect(await copy.store.eraseAgain(await live.store.listErased())).toBe(5);
  expect(await idsOf(copy)).toEqual(await idsOf(live));
  const { tombstones, erased_ids } = await live.dump();
  expect(await copy.dump()).toMatchObject({ tombstones, erased_ids });
});

test('what was erased does not come back to the copy by a late upload', async () => {
  await copy.store.eraseAgain(await live.store.listErased());
  await copy.post(aBatch(copy.charterHash, [aMotion(10)], { batchId: batchIdOf(3) }));
  expect(await idsOf(copy)).toEqual(await idsOf(live));
});

test('telling it twice changes nothing more', async () => {
  const erased = await live.store.listErased();
  await copy.store.eraseAgain(erased);
  expect(await copy.store.eraseAgain(erased)).toBe(0);
});

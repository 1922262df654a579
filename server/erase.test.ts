import { createPublicKey, verify } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  ErasureAnswer,
  ERRORS,
  SignedErasureAnswer,
  TombstonesPage,
  WellKnown,
} from '../src/trace/collector-api.ts';
import {
  aBatch,
  aMotion,
  anEpisode,
  batchIdOf,
  recordIdOfNumber,
  secretOf,
  TODAY,
} from './testing/builders.ts';
import { OTHERS_WITH_EACH } from './store/erasures.ts';
import { openTestCollector, type TestCollector } from './testing/collector.ts';

let collector: TestCollector;
beforeEach(async () => {
  collector = await openTestCollector();
  await collector.post(aBatch(collector.charterHash, [aMotion(1), aMotion(2), anEpisode(3)]));
});
afterEach(() => collector.close());

async function erased(number: number): Promise<ErasureAnswer> {
  const answer = await collector.erase(secretOf(number));
  expect(answer.status).toBe(200);
  return ErasureAnswer.parse(JSON.parse(SignedErasureAnswer.parse(await answer.json()).answer));
}

test('the secret’s record is removed, and no other', async () => {
  expect(await erased(3)).toEqual({ result: 'erased', answeredOn: TODAY, release: null, pulledBy: 0 });
  const ids = ((await collector.dump())['records'] as { record_id: string }[]).map((row) => row.record_id);
  expect(ids.toSorted()).toEqual([recordIdOfNumber(1), recordIdOfNumber(2)].toSorted());
  expect((await collector.dump())['tombstones']).toEqual([]);
});

test('asked again, or for what never came, it is not held', async () => {
  await erased(1);
  const notHeld = { result: 'not-held', answeredOn: TODAY, release: null, pulledBy: 0 };
  expect(await erased(1)).toEqual(notHeld);
  expect(await erased(99)).toEqual(notHeld);
});

test('the answer is signed with the key that anyone can look up', async () => {
  const known = WellKnown.parse(await (await collector.app.request('/.well-known/proffer.json')).json());
  expect(known.charter).toBe(collector.charterHash);
  const { answer, signature } = SignedErasureAnswer.parse(await (await collector.erase(secretOf(1))).json());
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: known.publicKey }, format: 'jwk' });
  expect(verify(null, Buffer.from(answer), key, Buffer.from(signature, 'base64url'))).toBe(true);
  const changed = answer.replace('erased', 'stored');
  expect(verify(null, Buffer.from(changed), key, Buffer.from(signature, 'base64url'))).toBe(false);
});

test('with a released record go others of its day and kind, so that what is lost is not one person’s', async () => {
  const motions = Array.from({ length: 10 }, (_, index) => aMotion(100 + index));
  await collector.post(aBatch(collector.charterHash, motions, { batchId: batchIdOf(2) }));
  await collector.seal();
  await erased(100);
  await collector.seal();
  const { recordIds } = TombstonesPage.parse(
    await (await collector.read('/v1/releases/1/tombstones')).json(),
  );
  expect(recordIds).toContain(recordIdOfNumber(100));
  expect(recordIds).toHaveLength(1 + OTHERS_WITH_EACH);
  const left = (await collector.dump())['records'] as { kind: string; record_id: string }[];
  expect(left.filter(({ kind }) => kind === 'motion')).toHaveLength(12 - 1 - OTHERS_WITH_EACH);
  expect(left.filter(({ kind }) => kind === 'episode')).toHaveLength(1);
  // They are not taken back in either.
  expect((await collector.dump())['erased_ids']).toHaveLength(1 + OTHERS_WITH_EACH);
});

test('a released record leaves a tombstone that the next seal publishes, and the answer says who pulled', async () => {
  await collector.seal();
  const otherReader = await collector.addKey('reader', 'another', ['train-agents']);
  const path = '/v1/releases/1/records?kind=motion';
  await collector.read(path);
  await collector.read(path);
  await collector.read(path, 'train-agents', otherReader);
  expect(await erased(1)).toEqual({ result: 'erased', answeredOn: TODAY, release: 1, pulledBy: 2 });

  const tombstones = async () =>
    TombstonesPage.parse(await (await collector.read('/v1/releases/1/tombstones')).json());
  expect(await tombstones()).toEqual({ recordIds: [], next: null });
  await collector.seal();
  expect((await tombstones()).recordIds).toContain(recordIdOfNumber(1));
  expect(await (await collector.read('/v1/releases')).json()).toMatchObject({
    releases: [{ number: 1, counts: { motion: 2, rhythm: 0, episode: 1 }, tombstones: 2 }],
  });
});

test('neither secret nor day of an erasure is stored', async () => {
  await erased(1);
  expect(JSON.stringify(await collector.dump())).not.toContain(secretOf(1));
  expect((await collector.dump())['erased_ids']).toEqual([
    { record_id: recordIdOfNumber(1), month: '2026-11' },
  ]);
});

test.each([
  ['not JSON', '{', 'not-json'],
  ['no secret', '{}', 'request-invalid'],
  ['a secret of another form', '{"secret":"abc"}', 'request-invalid'],
  ['a field too many', `{"secret":"${secretOf(1)}","why":"x"}`, 'request-invalid'],
  ['too much', ' '.repeat(2000), 'body-too-large'],
] as const)('%s is refused and erases nothing', async (_name, body, error) => {
  const before = await collector.dump();
  const answer = await collector.app.request('/v1/erasures', {
    method: 'POST',
    headers: { authorization: `Bearer ${collector.participantKey}`, 'content-type': 'application/json' },
    body,
  });
  expect([answer.status, ((await answer.json()) as { error: string }).error]).toEqual([ERRORS[error], error]);
  expect(await collector.dump()).toEqual(before);
});

test('a reader’s key erases nothing', async () => {
  const answer = await collector.app.request('/v1/erasures', {
    method: 'POST',
    headers: { authorization: `Bearer ${collector.readerKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ secret: secretOf(1) }),
  });
  expect(answer.status).toBe(403);
  expect((await collector.dump())['records']).toHaveLength(3);
});

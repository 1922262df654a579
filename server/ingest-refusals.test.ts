import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ERRORS, type ErrorCode } from '../src/trace/collector-api.ts';
import type { TraceRecord } from '../src/trace/record.ts';
import {
  aBatch,
  aCharter,
  aMotion,
  anEpisode,
  aRhythm,
  aSighting,
  aStep,
  aTarget,
  aTrace,
  aView,
  DAY_MS,
  onTheWire,
  TODAY,
} from './testing/builders.ts';
import { adoptCharter } from './listen.ts';
import { openTestCollector, type TestCollector } from './testing/collector.ts';

let collector: TestCollector;
beforeEach(async () => {
  collector = await openTestCollector();
});
afterEach(() => collector.close());

const batch = (records?: TraceRecord[], changes = {}) => aBatch(collector.charterHash, records, changes);
const withRecord = (record: object) => batch([record as TraceRecord]);
const paddedTo = (gzipped: Uint8Array, sizeBytes: number) => {
  const body = new Uint8Array(sizeBytes);
  body.set(gzipped);
  return body;
};
const asText = (text: string) => paddedTo(gzipSync(text), 4096);

/** Posts, and checks that the answer is this refusal and that no table has changed. */
async function expectRefused(
  answering: () => Response | Promise<Response>,
  error: ErrorCode,
): Promise<string[]> {
  const before = await collector.dump();
  const answer = await answering();
  const document = (await answer.json()) as { error: string; message: string; paths?: string[] };
  expect({ status: answer.status, error: document.error }).toEqual({ status: ERRORS[error], error });
  expect(document.message.length).toBeGreaterThan(0);
  expect(await collector.dump()).toEqual(before);
  return document.paths ?? [];
}

describe('refused, with a code of its own and nothing changed:', () => {
  test('no key', () =>
    expectRefused(() => collector.postBody(onTheWire(batch()), { authorization: undefined }), 'key-missing'));

  test('an unknown key', () =>
    expectRefused(
      () => collector.postBody(onTheWire(batch()), { authorization: `Bearer ${'A'.repeat(43)}` }),
      'key-unknown',
    ));

  test('a reader’s key', () =>
    expectRefused(
      () => collector.postBody(onTheWire(batch()), { authorization: `Bearer ${collector.readerKey}` }),
      'key-not-allowed',
    ));

  test('a revoked key', async () => {
    await collector.store.revokeKey('staff 0', TODAY);
    await expectRefused(() => collector.post(batch()), 'key-unknown');
  });

  test('another content type', () =>
    expectRefused(
      () => collector.postBody(onTheWire(batch()), { 'content-type': 'application/json' }),
      'media-type-unsupported',
    ));

  test('a body larger than the largest size', () =>
    expectRefused(() => collector.postBody(new Uint8Array(64 * 1024 + 1)), 'body-too-large'));

  test('a bomb of 256 MiB, by its size', async () => {
    const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024), { level: 1 });
    await expectRefused(() => collector.postBody(new Uint8Array(bomb)), 'body-too-large');
  });

  test('a bomb that fits on the wire', async () => {
    const bomb = paddedTo(gzipSync(Buffer.alloc(32 * 1024 * 1024)), 64 * 1024);
    await expectRefused(() => collector.postBody(bomb), 'inflated-too-large');
  });

  test('a size that is not one of the fixed ones', () =>
    expectRefused(() => collector.postBody(paddedTo(gzipSync('{}'), 5000)), 'padding-invalid'));

  test('padding that is not zero', () => {
    const body = onTheWire(batch());
    body[body.length - 1] = 1;
    return expectRefused(() => collector.postBody(body), 'padding-invalid');
  });

  test('bytes hidden right after the stream', () => {
    const gzipped = gzipSync(JSON.stringify(batch()));
    const body = paddedTo(gzipped, 4096);
    body.set(Buffer.from('hidden'), gzipped.length);
    return expectRefused(() => collector.postBody(body), 'padding-invalid');
  });

  test('a body that is not gzip', () =>
    expectRefused(() => collector.postBody(new Uint8Array(4096)), 'not-gzip'));

  test('a stream that was cut or changed', async () => {
    const gzipped = gzipSync(JSON.stringify(batch()));
    await expectRefused(() => collector.postBody(paddedTo(gzipped.subarray(0, 60), 4096)), 'not-gzip');
    gzipped[gzipped.length - 8]! ^= 1;
    await expectRefused(() => collector.postBody(paddedTo(gzipped, 4096)), 'not-gzip');
  });

  test('what is not JSON', () => expectRefused(() => collector.postBody(asText('{"a":')), 'not-json'));

  test('what is not UTF-8', () =>
    expectRefused(
      () => collector.postBody(paddedTo(gzipSync(Buffer.from([0x22, 0xff, 0x22])), 4096)),
      'not-json',
    ));

  test('JSON that is no batch', async () => {
    for (const text of ['null', '[]', '"x"', '{}', '1', '[['.repeat(500) + ']]'.repeat(500)]) {
      await expectRefused(() => collector.postBody(asText(text)), 'schema-invalid');
    }
  });

  test('a newer schema version', () =>
    expectRefused(() => collector.post({ schemaVersion: 2, anything: true }), 'schema-unknown'));

  test('a schema version that never was', async () => {
    const paths = await expectRefused(
      () => collector.post({ ...batch(), schemaVersion: 0 }),
      'schema-invalid',
    );
    expect(paths).toEqual(['schemaVersion']);
  });

  test('a field too many, anywhere', async () => {
    const documents = [
      { ...batch(), note: 'x' },
      withRecord({ ...aMotion(1), note: 'x' }),
      withRecord({ ...aMotion(1), path: { ...aMotion(1).path, note: [1, 2, 3] } }),
      withRecord(anEpisode(1, { steps: [aStep({ target: { ...aTarget(), text: 'x' } as never })] })),
      withRecord(anEpisode(1, { views: [{ ...aView(), url: 'x' } as never] })),
      withRecord({ ...aSighting(1), seen: { what: 'contributed', note: 'x' } }),
      JSON.parse(JSON.stringify(batch()).replace('{', '{"__proto__":{"note":1},')) as object,
    ];
    for (const document of documents) {
      await expectRefused(() => collector.post(document), 'schema-invalid');
    }
  });

  test('free text where a list is', async () => {
    const records = [
      { ...aMotion(1), end: 'a secret' },
      { ...aRhythm(1), keyClass: aRhythm(1).keyClass.map(() => 's') },
      anEpisode(1, { outcome: 'a secret' as never }),
      anEpisode(1, { steps: [aStep({ target: aTarget({ term: 'a secret' as never }) })] }),
      anEpisode(1, { steps: [aStep({ target: aTarget({ elementKey: 'a secret' }) })] }),
      anEpisode(1, { steps: [aStep({ task: 'A Secret' })] }),
      anEpisode(1, { views: [aView({ app: 'a secret' })] }),
      { ...aMotion(1), recordedOn: '25 November' },
      { ...aMotion(1), recordId: 'a secret' },
    ];
    for (const record of records) {
      await expectRefused(() => collector.post(withRecord(record)), 'schema-invalid');
    }
  });

  test('numbers out of range or not whole', async () => {
    const path = aMotion(1).path;
    for (const dxPx of [[32], [32, 0.5], [32, 1e9], [32, null], '32,64']) {
      await expectRefused(
        () => collector.post(withRecord({ ...aMotion(1), path: { ...path, dxPx } })),
        'schema-invalid',
      );
    }
  });

  test('numbers finer than the level allows', async () => {
    const { path } = aMotion(1);
    const exactPlace = { ...aMotion(1), path: { ...path, dxPx: [32, 33] } };
    await expectRefused(() => collector.post(withRecord(exactPlace)), 'schema-invalid');
    const measuredTime = { ...aRhythm(1), intervalMs: [104, 113, 128, 104, 113, 128, 137] };
    await expectRefused(() => collector.post(withRecord(measuredTime)), 'schema-invalid');
    const threeSteps = { ...aMotion(1), path: { dtMs: [9, 9, 9], dxPx: [32, 0, 0], dyPx: [0, 0, 0] } };
    await expectRefused(() => collector.post(batch([threeSteps], { level: 'strict' })), 'schema-invalid');
  });

  test('no records, or too many', async () => {
    await expectRefused(() => collector.post(batch([])), 'schema-invalid');
    const many = Array.from({ length: 501 }, (_, index) => aMotion(index));
    await expectRefused(() => collector.post(batch(many)), 'schema-invalid');
  });

  test('an unknown charter', () =>
    expectRefused(() => collector.post(aBatch('0'.repeat(64))), 'charter-unknown'));

  test('a withdrawn charter', async () => {
    await collector.store.withdrawCharter(collector.charterHash, TODAY);
    await expectRefused(() => collector.post(batch()), 'charter-withdrawn');
  });

  test('a level below the charter’s', async () => {
    await expectRefused(() => collector.post(batch([aTrace(1)], { level: 'linked' })), 'level-not-offered');
    expect((await collector.post(batch(undefined, { level: 'strict' }))).status).toBe(204);
  });

  test('an app or task that the charter does not list', async () => {
    const paths = await expectRefused(
      () =>
        collector.post(
          batch([
            aMotion(1),
            anEpisode(2, {
              views: [aView(), aView({ app: 'payroll' })],
              steps: [aStep({ task: 'other-task', action: 'taskBegun' })],
            }),
            aSighting(3, { seen: { what: 'app', app: 'payroll' } }),
          ]),
        ),
      'label-unknown',
    );
    expect(paths).toEqual(['records.1.views.1.app', 'records.1.steps.0.task', 'records.2.seen.app']);
  });

  test('a day in the future, or too long ago', async () => {
    const tooLate = (recordedOn: string) => () => collector.post(batch([aMotion(1, { recordedOn })]));
    await expectRefused(tooLate('2026-11-26'), 'day-out-of-range');
    await expectRefused(tooLate('2026-10-23'), 'day-out-of-range');
    expect((await tooLate('2026-10-25')()).status).toBe(204);
  });

  test('another batch under an id that was used', async () => {
    await collector.post(batch());
    await expectRefused(() => collector.post(batch([aMotion(9)])), 'batch-different');
  });
});

test('a scope that the charter does not offer is refused', async () => {
  const narrow = await openTestCollector({ scopes: ['pointer'] });
  for (const record of [aRhythm(1), anEpisode(1), aSighting(1, { scope: 'keys' })]) {
    const answer = await narrow.post(aBatch(narrow.charterHash, [aMotion(2), record]));
    expect([answer.status, await answer.json()]).toEqual([
      422,
      { error: 'scope-not-offered', message: expect.any(String) as string, paths: ['records.1.kind'] },
    ]);
  }
  expect((await narrow.dump())['records']).toEqual([]);
  await narrow.close();
});

test('a bucket that the charter does not have, or none where it has some, is refused', async () => {
  const paths = await expectRefused(
    () => collector.post(batch([aMotion(1), aMotion(2, { split: 0 }), anEpisode(3, { split: 1 })])),
    'split-unfit',
  );
  expect(paths).toEqual(['records.1.split', 'records.2.split']);
  const split = await openTestCollector({ expectedParticipants: 150 });
  const contributed = (number: number, bucket?: number) =>
    aSighting(number, {
      scope: 'pointer',
      seen: { what: 'contributed', ...(bucket !== undefined && { split: bucket }) },
    });
  const fitting = [
    aMotion(1, { split: 2 }),
    aRhythm(2, { split: 0 }),
    anEpisode(3, { split: 1 }),
    contributed(4, 2),
    aSighting(5, { seen: { what: 'app', app: 'desk' } }),
  ];
  expect((await split.post(aBatch(split.charterHash, fitting))).status).toBe(204);
  const unfit = [aMotion(11, { split: 3 }), aRhythm(12), anEpisode(13), contributed(14), contributed(15, 3)];
  const answer = await split.post(aBatch(split.charterHash, [...fitting, ...unfit]));
  expect([answer.status, await answer.json()]).toEqual([
    422,
    {
      error: 'split-unfit',
      message: expect.any(String) as string,
      paths: [
        'records.5.split',
        'records.6.split',
        'records.7.split',
        'records.8.seen.split',
        'records.9.seen.split',
      ],
    },
  ]);
  await split.close();
});

test('a superseded charter is accepted for its hold and 30 days, and not longer', async () => {
  await adoptCharter(collector.store, aCharter({ retentionDays: 30 }), collector.clock.nowEpochMs);
  collector.clock.nowEpochMs += 31 * DAY_MS;
  const recordedOn = '2026-12-20';
  expect((await collector.post(batch([aMotion(1, { recordedOn })]))).status).toBe(204);
  collector.clock.nowEpochMs += DAY_MS;
  await expectRefused(() => collector.post(batch([aMotion(2, { recordedOn })])), 'charter-withdrawn');
});

test('faults are told by place, and never repeat what was sent', async () => {
  const secret = 'Zq7secret';
  const document = {
    ...batch(),
    [secret]: secret,
    records: [
      { ...aMotion(1), [secret]: 1 },
      anEpisode(2, {
        views: [aView({ inventory: { roles: { [secret]: '1' }, landmarks: {} } as never })],
        steps: [aStep({ action: secret as never })],
      }),
      { kind: secret },
    ],
  };
  const answer = await collector.post(document);
  const text = await answer.text();
  expect(text).not.toContain(secret);
  expect((JSON.parse(text) as { paths: string[] }).paths).toEqual(
    expect.arrayContaining(['batch', 'records.0', 'records.1.steps.0.action', 'records.2.kind']),
  );
});

test('unknown paths are 404 and wrong methods 405', async () => {
  await expectRefused(() => collector.app.request('/v1/nothing'), 'not-found');
  await expectRefused(() => collector.app.request('/v1/batches'), 'method-not-allowed');
  await expectRefused(
    () => collector.app.request('/v1/releases', { method: 'DELETE' }),
    'method-not-allowed',
  );
});

test('no answer lets another site read it', async () => {
  const answer = await collector.app.request('/v1/releases', {
    method: 'OPTIONS',
    headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'GET' },
  });
  expect(answer.status).toBe(405);
  expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test('a failing store is answered 500 without details, and counted', async () => {
  await collector.store.close();
  const answer = await collector.post(batch());
  expect([answer.status, Object.keys((await answer.json()) as object)]).toEqual([500, ['error', 'message']]);
  expect(collector.faults).toHaveLength(1);
  // Opened again on the same data, so that it can be closed after the test as any other.
  collector = await openTestCollector({}, collector.dataDir);
});

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PATHS } from '../src/trace/collector-api.ts';
import { createGate } from './gate.ts';
import { checkReadiness } from './readiness.ts';
import { aBatch, aMotion, secretOf } from './testing/builders.ts';
import { openTestCollector, quietOperations, type TestCollector } from './testing/collector.ts';

let collector: TestCollector;
let isDiskLow: boolean;
let counted: string[];
let logged: object[];
const quiet = quietOperations();
const disk = { ...quiet.disk, isLow: () => Promise.resolve(isDiskLow) };
let gate: ReturnType<typeof createGate>;

beforeEach(async () => {
  isDiskLow = false;
  counted = [];
  logged = [];
  gate = createGate(disk, 2);
  collector = await openTestCollector({}, undefined, {
    disk,
    gate,
    metrics: {
      ...quietOperations().metrics,
      countBatch: (outcome) => void counted.push(`batch ${outcome}`),
      countErasure: (outcome) => void counted.push(`erasure ${outcome}`),
      countRequest: (route, status) => void counted.push(`${route} ${status}`),
    },
    log: (event, facts) => void logged.push({ event, ...facts }),
  });
});
afterEach(() => collector.close());

const postBatch = () => collector.post(aBatch(collector.charterHash, [aMotion(1)]));
async function refusalOf(answer: Response): Promise<[number, string, string | null]> {
  const { error } = (await answer.json()) as { error: string };
  return [answer.status, error, answer.headers.get('retry-after')];
}

describe('while the disk is low', () => {
  beforeEach(() => {
    isDiskLow = true;
  });

  test('refuses batches and says when to come again', async () => {
    expect(await refusalOf(await postBatch())).toEqual([503, 'disk-low', '900']);
    expect((await collector.dump())['records']).toEqual([]);
    expect(gate.atHand()).toBe(0);
  });

  test('goes on with erasures, pulls and health, and is not ready', async () => {
    expect((await collector.erase(secretOf(1))).status).toBe(200);
    expect((await collector.read(PATHS.releases)).status).toBe(200);
    expect((await collector.app.request(PATHS.health)).status).toBe(200);
    expect(await refusalOf(await collector.app.request(PATHS.ready))).toEqual([503, 'disk-low', '900']);
  });
});

describe('while it has too much to do', () => {
  test('refuses further batches until one has left', async () => {
    expect(await Promise.all([gate.enter(), gate.enter()])).toEqual([undefined, undefined]);
    expect(await refusalOf(await postBatch())).toEqual([503, 'overloaded', '60']);
    gate.leave();
    expect((await postBatch()).status).toBe(204);
    expect(gate.atHand()).toBe(1);
  });

  test('never has more than so many at hand, and all leave again', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, async () => postBatch()));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 204)).toHaveLength(2);
    expect(statuses.filter((status) => status === 503)).toHaveLength(18);
    expect(gate.atHand()).toBe(0);
  });

  test('a batch that is refused leaves as well', async () => {
    expect((await collector.postBody(new Uint8Array(10))).status).toBe(400);
    expect(gate.atHand()).toBe(0);
  });
});

describe('while it is draining', () => {
  test('refuses batches, is not ready, and lets no connection stay', async () => {
    gate.drain();
    const answer = await postBatch();
    expect(answer.headers.get('connection')).toBe('close');
    expect(await refusalOf(answer)).toEqual([503, 'draining', '30']);
    expect((await refusalOf(await collector.app.request(PATHS.ready)))[1]).toBe('draining');
    expect((await collector.app.request(PATHS.health)).status).toBe(200);
    expect((await collector.erase(secretOf(1))).headers.get('connection')).toBe('close');
  });
});

describe('health and readiness', () => {
  test('health asks nothing of the store, readiness does', async () => {
    vi.spyOn(collector.store, 'findCharter').mockRejectedValue(new Error('away'));
    expect((await collector.app.request(PATHS.health)).status).toBe(200);
    expect((await refusalOf(await collector.app.request(PATHS.ready)))[1]).toBe('store-unavailable');
  });

  test('a store that does not answer in time counts as away', async () => {
    const store = { findCharter: () => new Promise<never>(() => undefined) };
    const outcome = await checkReadiness({ store, charterHash: '', gate, disk }, 10);
    expect(outcome).toEqual({ error: 'store-unavailable' });
  });

  test('a collector that takes batches is ready', async () => {
    const answer = await collector.app.request(PATHS.ready);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ready' }]);
  });
});

describe('what is watched', () => {
  test('batches and erasures are counted by outcome', async () => {
    await postBatch();
    await collector.postBody(new Uint8Array(10));
    await collector.postBody(new Uint8Array(10), { authorization: undefined });
    await collector.erase(secretOf(1));
    await collector.erase('wrong');
    gate.drain();
    await postBatch();
    expect(counted).toEqual([
      'batch done',
      'batch padding-invalid',
      'batch key-missing',
      'erasure done',
      'erasure request-invalid',
      'batch draining',
    ]);
  });

  test('nothing that participants ask for is logged; readers’ requests are, by route and status', async () => {
    const asParticipant = { authorization: `Bearer ${collector.participantKey}` };
    await postBatch();
    await collector.erase(secretOf(1));
    await collector.app.request(PATHS.accessLog, { headers: asParticipant });
    for (const path of [PATHS.wellKnown, PATHS.join, PATHS.health, PATHS.ready, '/elsewhere']) {
      await collector.app.request(path);
    }
    expect(logged).toEqual([]);
    await collector.read(`${PATHS.releases}/7/records?kind=motion&after=canary`);
    expect(logged).toEqual([
      {
        event: 'request',
        route: '/v1/releases/:number/records',
        status: 404,
        durationMs: expect.any(Number),
      },
    ]);
  });
});

describe('headers', () => {
  test('speak of TLS only where the collector speaks it, and never open to other origins', async () => {
    const plain = await collector.app.request(PATHS.health, {
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(plain.headers.get('strict-transport-security')).toBeNull();
    expect([...plain.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    const other = await openTestCollector({}, undefined, { isTls: true });
    const answer = await other.app.request(PATHS.health);
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
    await other.close();
  });
});

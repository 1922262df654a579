import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AccessLog, RecordsPage, ReleaseList, TombstonesPage } from '../src/trace/collector-api.ts';
import type { TraceRecord } from '../src/trace/record.ts';
import { forgetOld } from './housekeeping.ts';
import { planReleases } from './release.ts';
import {
  aBatch,
  aMotion,
  anEpisode,
  aRhythm,
  aSighting,
  aStep,
  aTrace,
  aView,
  batchIdOf,
  DAY_MS,
  keyedHashOf,
  recordIdOfNumber,
  secretOf,
  TODAY,
} from './testing/builders.ts';
import { openTestCollector, type TestCollector } from './testing/collector.ts';

const LINKED = 'train-agents:linked';

let collector: TestCollector;
let linkedKey: string;
let batches = 0;
beforeEach(async () => {
  collector = await openTestCollector({
    protection: 'linked',
    minContributors: 10,
    release: { everyHours: 24, minRecords: 1000 },
  });
  linkedKey = await collector.addKey('reader', 'volunteers', [LINKED]);
});
afterEach(() => collector.close());

function send(records: TraceRecord[], level: 'linked' | 'balanced' = 'linked') {
  batches += 1;
  return collector.post(
    aBatch(collector.charterHash, records, { batchId: batchIdOf(7000 + batches), level }),
  );
}

const read = (path: string, purpose = LINKED, key = linkedKey) => collector.read(path, purpose, key);
const readList = async () => ReleaseList.parse(await (await read('/v1/releases')).json());
const readTraces = async (release = 1) =>
  RecordsPage.parse(await (await read(`/v1/releases/${release}/records?kind=trace`)).json());

describe('at level linked', () => {
  test('traces are stored, and whatever could stand alone beside them is refused', async () => {
    expect((await send([aTrace(1)])).status).toBe(204);
    for (const record of [aMotion(2), aRhythm(3), anEpisode(4), aSighting(5)]) {
      const answer = await send([aTrace(6), record]);
      expect(answer.status).toBe(422);
      expect(await answer.json()).toMatchObject({ error: 'schema-invalid', paths: ['records.1.kind'] });
    }
    expect((await collector.dump())['records']).toHaveLength(1);
  });

  test('no other level takes a trace', async () => {
    const answer = await send([aTrace(1)], 'balanced');
    expect(await answer.json()).toMatchObject({ error: 'schema-invalid', paths: ['records.0.kind'] });
  });

  test('each part of a trace needs its scope in the charter', async () => {
    await collector.close();
    collector = await openTestCollector({ protection: 'linked', scopes: ['pointer', 'workflow'] });
    expect(await (await send([aTrace(1)])).json()).toMatchObject({ error: 'scope-not-offered' });
    expect((await send([aTrace(1, { rhythms: [] })])).status).toBe(204);
  });

  test('a trace may name only apps and tasks of the charter', async () => {
    const [motion] = aTrace(1).motions;
    const trace = aTrace(1, {
      views: [aView({ app: 'mail' })],
      steps: [aStep({ action: 'taskBegun', task: 'gossip' })],
      motions: [motion!],
      rhythms: [],
    });
    expect(await (await send([trace])).json()).toMatchObject({
      error: 'label-unknown',
      paths: ['records.0.views.0.app', 'records.0.steps.0.task'],
    });
  });
});

describe('the bucket of a trace', () => {
  const buckets = { protection: 'linked', expectedParticipants: 200, minContributors: 10 } as const;

  test('is one of the charter’s, or the trace is refused', async () => {
    await collector.close();
    collector = await openTestCollector(buckets);
    for (const trace of [aTrace(1, { split: 4 }), aTrace(1)]) {
      const answer = await send([trace]);
      expect(await answer.json()).toMatchObject({ error: 'split-unfit', paths: ['records.0.split'] });
    }
    expect((await send([aTrace(1, { split: 3 })])).status).toBe(204);
  });

  test('is refused where the charter has none', async () => {
    expect(await (await send([aTrace(1, { split: 0 })])).json()).toMatchObject({ error: 'split-unfit' });
  });

  test('is published as it is, however few volunteers there are', async () => {
    await collector.close();
    collector = await openTestCollector(buckets);
    linkedKey = await collector.addKey('reader', 'volunteers', [LINKED]);
    await send([aTrace(1, { split: 3 }), aTrace(2, { split: 0 })]);
    await collector.seal();
    const splits = (await readTraces()).rows.map(({ record }) => record.split ?? 'none');
    expect(splits.sort()).toEqual([0, 3]);
  });
});

describe('linked releases', () => {
  test('hold traces alone and are sealed without thresholds, while other records wait', async () => {
    await send([aTrace(1), aTrace(2)]);
    await send([aMotion(3)], 'balanced');
    expect((await collector.seal()).releases).toEqual([
      { number: 1, motion: 0, rhythm: 0, episode: 0, trace: 2 },
    ]);
    expect((await readList()).releases).toMatchObject([{ counts: { motion: 0, trace: 2 } }]);
  });

  test('are apart from those of the same charter at another level', async () => {
    await collector.close();
    collector = await openTestCollector({ protection: 'linked' });
    await send([aTrace(1)]);
    await send([aMotion(3), anEpisode(4)], 'balanced');
    const { releases } = await collector.seal();
    expect(releases).toHaveLength(2);
    expect(releases.every(({ trace, motion }) => trace > 0 !== motion > 0)).toBe(true);
  });

  test('show each trace as it was sent, but for its day: no key in it is hidden', async () => {
    const trace = aTrace(1);
    await send([trace]);
    await collector.seal();
    const { recordedOn: _day, ...rest } = trace;
    const { rows } = await readTraces();
    expect(rows).toMatchObject([{ level: 'linked', record: { ...rest, recordedWeek: '2026-W48' } }]);
    expect(JSON.stringify(rows)).toContain(keyedHashOf(1));
  });

  test('never hold what should not be linked, even if it got into the pool', () => {
    const cell = { charter: 1, schemaVersion: 1, recordedOn: TODAY, records: 5 };
    const rules = { purpose: 'p', minContributors: 0, minRecords: 0, withdrawn: false, buckets: 0 };
    const plans = planReleases(
      [
        { ...cell, level: 'linked', kind: 'motion' },
        { ...cell, level: 'balanced', kind: 'trace' },
      ],
      () => rules,
      () => 0,
    );
    expect(plans).toEqual([]);
  });
});

describe('readers', () => {
  beforeEach(async () => {
    await send([aTrace(1)]);
    await collector.seal();
  });

  test('of the ordinary purpose get nothing of linked releases', async () => {
    const list = ReleaseList.parse(await (await collector.read('/v1/releases')).json());
    expect(list).toEqual({ releases: [], charters: {} });
    for (const path of ['records?kind=trace', 'tombstones']) {
      expect((await collector.read(`/v1/releases/1/${path}`)).status).toBe(403);
    }
  });

  test('of the ordinary purpose cannot state the linked one, nor the other way round', async () => {
    expect((await collector.read('/v1/releases', LINKED)).status).toBe(403);
    expect((await read('/v1/releases', 'train-agents')).status).toBe(403);
    expect((await read('/v1/releases', 'train-agents', linkedKey)).status).toBe(403);
  });

  test('of the linked purpose get nothing of other releases', async () => {
    await collector.close();
    collector = await openTestCollector({ protection: 'linked' });
    linkedKey = await collector.addKey('reader', 'volunteers', [LINKED]);
    await send([aMotion(1)], 'balanced');
    await collector.seal();
    expect((await readList()).releases).toEqual([]);
    expect((await read('/v1/releases/1/records?kind=motion')).status).toBe(403);
  });

  test('cannot ask for linked releases of a charter that never looked for volunteers', async () => {
    await collector.close();
    collector = await openTestCollector();
    linkedKey = await collector.addKey('reader', 'volunteers', [LINKED]);
    expect((await read('/v1/releases')).status).toBe(403);
  });

  test('are in the access log with the linked purpose', async () => {
    await readTraces();
    const answer = await collector.app.request('/v1/access-log', {
      headers: { authorization: `Bearer ${collector.participantKey}` },
    });
    expect(AccessLog.parse(await answer.json()).entries).toEqual([
      { number: 1, at: TODAY, reader: 'volunteers', purpose: LINKED, release: 1, kind: 'trace', rows: 1 },
    ]);
  });

  test.each(['train-agents:', 'train-agents:balanced', ':linked', 'a:linked:linked'])(
    'get no key for %s',
    async (purpose) => {
      await expect(collector.addKey('reader', 'other', [purpose])).rejects.toThrow(/^purpose: /);
    },
  );
});

describe('a trace that goes', () => {
  test('by erasure leaves a tombstone in its release, and a late copy is dropped', async () => {
    await send([aTrace(1), aTrace(2)]);
    await collector.seal();
    await readTraces();
    const answer = await collector.erase(secretOf(1));
    expect(JSON.parse(((await answer.json()) as { answer: string }).answer)).toMatchObject({
      result: 'erased',
      release: 1,
      pulledBy: 1,
    });
    await collector.seal();
    const tombstones = TombstonesPage.parse(await (await read('/v1/releases/1/tombstones')).json());
    expect(tombstones.recordIds).toEqual([recordIdOfNumber(1)]);
    await send([aTrace(1)]);
    expect((await readTraces()).rows.map((row) => row.record.recordId)).toEqual([recordIdOfNumber(2)]);
    expect((await collector.dump())['records']).toHaveLength(1);
  });

  test('by retention goes in the same way', async () => {
    await send([aTrace(1)]);
    await collector.seal();
    collector.clock.nowEpochMs += 91 * DAY_MS;
    expect(await forgetOld(collector.store, collector.clock.nowEpochMs)).toMatchObject({ records: 1 });
    await collector.seal();
    expect((await readList()).releases).toMatchObject([{ tombstones: 1 }]);
  });

  test('with its charter is never released', async () => {
    await send([aTrace(1)]);
    await collector.store.withdrawCharter(collector.charterHash, TODAY);
    expect((await collector.seal()).releases).toEqual([]);
  });
});

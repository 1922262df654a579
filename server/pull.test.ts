import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { Charter } from '../src/charter/charter.ts';
import { AccessLog, RecordsPage, ReleaseList, TombstonesPage } from '../src/trace/collector-api.ts';
import type { TraceRecord } from '../src/trace/record.ts';
import {
  aBatch,
  aMotion,
  anEpisode,
  aRhythm,
  aSighting,
  aStep,
  aTarget,
  aView,
  batchIdOf,
  keyedHashOf,
  recordIdOfNumber,
  secretOf,
  TODAY,
  WEEK,
} from './testing/builders.ts';
import { openTestCollector, type TestCollector } from './testing/collector.ts';

let collector: TestCollector;
afterEach(() => collector.close());

async function openWith(records: TraceRecord[], changes: Partial<Charter> = {}): Promise<void> {
  collector = await openTestCollector(changes);
  await send(records);
}

let batches = 0;
async function send(records: TraceRecord[]): Promise<void> {
  batches += 1;
  const answer = await collector.post(
    aBatch(collector.charterHash, records, { batchId: batchIdOf(batches) }),
  );
  expect(answer.status).toBe(204);
}

async function page(path: string): Promise<RecordsPage> {
  return RecordsPage.parse(await (await collector.read(path)).json());
}

const motions = (count: number) => Array.from({ length: count }, (_, index) => aMotion(index + 1));
const contributions = (count: number, first = 1000) =>
  Array.from({ length: count }, (_, index) =>
    aSighting(first + index, { scope: 'pointer', seen: { what: 'contributed' } }),
  );

describe('a release', () => {
  test('is listed with its counts, and its charters can be checked by their hash', async () => {
    await openWith([aMotion(1), aRhythm(2), anEpisode(3), anEpisode(4)]);
    await collector.seal();
    const list = ReleaseList.parse(await (await collector.read('/v1/releases')).json());
    expect(list.releases).toEqual([
      {
        number: 1,
        sealedOn: TODAY,
        schemaVersion: 1,
        withdrawn: false,
        counts: { motion: 1, rhythm: 1, episode: 2, trace: 0 },
        tombstones: 0,
      },
    ]);
    const text = list.charters[collector.charterHash]!;
    expect(createHash('sha256').update(text).digest('hex')).toBe(collector.charterHash);
  });

  test('gives its records page by page in the order of their random ids, each once', async () => {
    await openWith(motions(25));
    await collector.seal();
    const ids: string[] = [];
    let after = '';
    for (;;) {
      const { rows, next } = await page(`/v1/releases/1/records?kind=motion&limit=10${after}`);
      ids.push(...rows.map((row) => row.record.recordId));
      if (next === null) break;
      after = `&after=${next}`;
    }
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(25);
  });

  test('gives ranges of ids that add up to all of them', async () => {
    await openWith(motions(25));
    await collector.seal();
    const all = (await page('/v1/releases/1/records?kind=motion')).rows.map((row) => row.record.recordId);
    const read = async (range: string) => {
      const { rows, next } = await page(`/v1/releases/1/records?kind=motion&${range}`);
      return { ids: rows.map((row) => row.record.recordId), next };
    };
    expect(await read(`until=${all[9]}`)).toEqual({ ids: all.slice(0, 10), next: null });
    expect(await read(`after=${all[9]}&until=${all[19]}&limit=4`)).toEqual({
      ids: all.slice(10, 14),
      next: all[13],
    });
    expect(await read(`after=${all[9]}`)).toEqual({ ids: all.slice(10), next: null });
    // Byte order, in which every capital comes before every small letter.
    expect(all).toEqual(all.toSorted());
    expect((await read(`until=${'Z'.repeat(21)}w`)).ids).toEqual(all.filter((id) => id < 'ZZ'));
  });

  test('shows the week instead of the day, and the charter and level of each record', async () => {
    await openWith([aMotion(1)]);
    await collector.seal();
    const { rows } = await page('/v1/releases/1/records?kind=motion');
    const { recordedOn: _recordedOn, ...motion } = aMotion(1);
    expect(rows).toEqual([
      {
        charter: collector.charterHash,
        level: 'balanced',
        schemaVersion: 1,
        record: { ...motion, recordedWeek: WEEK },
      },
    ]);
  });

  test('does not change when more arrives; that goes into the next one', async () => {
    await openWith(motions(3));
    await collector.seal();
    await send([aMotion(50)]);
    expect((await page('/v1/releases/1/records?kind=motion')).rows).toHaveLength(3);
    await collector.seal();
    expect((await page('/v1/releases/1/records?kind=motion')).rows).toHaveLength(3);
    expect((await page('/v1/releases/2/records?kind=motion')).rows).toHaveLength(1);
  });

  test('is not made when there is nothing to seal', async () => {
    await openWith(motions(3));
    await collector.seal();
    expect(await collector.seal()).toEqual({ releases: [], tombstones: 0 });
  });

  test('never shows the pool', async () => {
    await openWith(motions(3));
    expect((await collector.read('/v1/releases/1/records?kind=motion')).status).toBe(404);
    expect((await collector.read('/v1/releases')).status).toBe(200);
  });

  test('can be taken back: it is listed as withdrawn and gives nothing more', async () => {
    await openWith(motions(3));
    await collector.seal();
    const path = '/v1/releases/1/records?kind=motion';
    expect((await collector.read(path)).status).toBe(200);
    expect(await collector.store.withdrawRelease(1)).toBe(true);
    expect((await collector.read(path)).status).toBe(404);
    expect((await collector.read('/v1/releases/1/tombstones')).status).toBe(404);
    const { releases } = ReleaseList.parse(await (await collector.read('/v1/releases')).json());
    expect(releases).toMatchObject([{ number: 1, withdrawn: true }]);
    expect(await collector.store.withdrawRelease(2)).toBe(false);
  });

  test('does not hold records of a withdrawn charter', async () => {
    await openWith(motions(3));
    await collector.store.withdrawCharter(collector.charterHash, TODAY);
    expect((await collector.seal()).releases).toEqual([]);
  });
});

describe('thresholds', () => {
  test('a kind waits until enough of its records are there, while other kinds go', async () => {
    await openWith([...motions(5), aRhythm(90)], { release: { everyHours: 24, minRecords: 5 } });
    expect((await collector.seal()).releases).toEqual([
      { number: 1, motion: 5, rhythm: 0, episode: 0, trace: 0 },
    ]);
    await send(Array.from({ length: 4 }, (_, index) => aRhythm(91 + index)));
    expect((await collector.seal()).releases).toEqual([
      { number: 2, motion: 0, rhythm: 5, episode: 0, trace: 0 },
    ]);
  });

  test('records wait until enough installations contributed', async () => {
    await openWith([...motions(5), ...contributions(2)], { minContributors: 3 });
    expect((await collector.seal()).releases).toEqual([]);
    await send(contributions(1, 2000));
    expect((await collector.seal()).releases).toEqual([
      { number: 1, motion: 5, rhythm: 0, episode: 0, trace: 0 },
    ]);
  });

  test('contributions count for their own week, scope and level only', async () => {
    await openWith([...motions(5), aRhythm(90)], { minContributors: 3 });
    const other = contributions(3);
    await send(other.map((sighting) => ({ ...sighting, recordedOn: '2026-11-20' })));
    await send(contributions(3, 2000).map((sighting) => ({ ...sighting, scope: 'workflow' as const })));
    const strict = aBatch(collector.charterHash, contributions(3, 3000), {
      batchId: batchIdOf(999),
      level: 'strict',
    });
    await collector.post(strict);
    expect((await collector.seal()).releases).toEqual([]);
    await send(contributions(3, 4000));
    expect((await collector.seal()).releases).toEqual([
      { number: 1, motion: 5, rhythm: 0, episode: 0, trace: 0 },
    ]);
  });

  test('keys that too few have met are published as other, for good', async () => {
    const common = { app: 'desk', viewKey: keyedHashOf(2), elementKey: keyedHashOf(1) };
    const sightings = [1, 2, 3].flatMap((person) => [
      aSighting(person * 100, { seen: { what: 'contributed' } }),
      aSighting(person * 100 + 1, { seen: { what: 'app', app: common.app } }),
      aSighting(person * 100 + 2, { seen: { what: 'view', viewKey: common.viewKey } }),
      aSighting(person * 100 + 3, { seen: { what: 'element', elementKey: common.elementKey } }),
    ]);
    const rareTarget = aTarget({ elementKey: keyedHashOf(8) });
    const episode = anEpisode(1, {
      views: [aView(), aView({ app: 'wiki', viewKey: keyedHashOf(9) })],
      steps: [aStep(), aStep({ action: 'drag', target: rareTarget, destination: rareTarget })],
    });
    await openWith([episode, ...sightings], { minContributors: 3 });
    await collector.seal();
    const shown = async () => JSON.stringify((await page('/v1/releases/1/records?kind=episode')).rows);
    const first = await shown();
    for (const key of Object.values(common)) expect(first).toContain(key);
    for (const key of ['wiki', keyedHashOf(8), keyedHashOf(9)]) expect(first).not.toContain(key);
    expect(first.match(/"other"/g)).toHaveLength(4);
    await send([
      aSighting(801, { seen: { what: 'app', app: 'wiki' } }),
      aSighting(802, { seen: { what: 'app', app: 'wiki' } }),
      aSighting(803, { seen: { what: 'app', app: 'wiki' } }),
    ]);
    expect(await shown()).toBe(first);
  });
});

describe('person-disjoint buckets', () => {
  /** So many people of one bucket, each with a motion and a contribution. */
  const bucketOf = (split: number, people: number, first = split * 1000) =>
    Array.from({ length: people }, (_, index) => first + index * 2).flatMap((number) => [
      aMotion(number, { split }),
      aSighting(number + 1, { scope: 'pointer', seen: { what: 'contributed', split } }),
    ]);
  const publishedSplits = async () => {
    const { rows } = await page('/v1/releases/1/records?kind=motion');
    return rows.map(({ record }) => record.split ?? 'none');
  };
  const countOf = (items: unknown[]) => {
    const counts: Record<string, number> = {};
    for (const item of items) counts[String(item)] = (counts[String(item)] ?? 0) + 1;
    return counts;
  };
  const FOUR_BUCKETS = { expectedParticipants: 200, minContributors: 3 };

  test('are published where each has enough people', async () => {
    await openWith(
      [0, 1, 2, 3].flatMap((split) => bucketOf(split, 3)),
      FOUR_BUCKETS,
    );
    await collector.seal();
    expect(countOf(await publishedSplits())).toEqual({ 0: 3, 1: 3, 2: 3, 3: 3 });
  });

  test('with too few people are hidden, with enough others for those without a bucket to be a crowd', async () => {
    await openWith([bucketOf(0, 1), bucketOf(1, 4), bucketOf(2, 3), bucketOf(3, 5)].flat(), FOUR_BUCKETS);
    await collector.seal();
    expect(countOf(await publishedSplits())).toEqual({ none: 4, 1: 4, 3: 5 });
  });

  test('are all hidden when there are just enough people for a release', async () => {
    await openWith([bucketOf(0, 1), bucketOf(1, 1), bucketOf(3, 1)].flat(), FOUR_BUCKETS);
    await collector.seal();
    expect(countOf(await publishedSplits())).toEqual({ none: 3 });
  });

  test('count for their own week, kind and level only', async () => {
    const before = [0, 1, 2, 3]
      .flatMap((split) => bucketOf(split, 3, 10_000 + split * 1000))
      .map((record) => ({ ...record, recordedOn: '2026-11-20' }));
    const ofKeys = [700, 702, 704].map((number) =>
      aSighting(number, { scope: 'keys', seen: { what: 'contributed', split: 2 } }),
    );
    await openWith(
      [...bucketOf(0, 3), aMotion(901, { split: 1 }), aMotion(902, { split: 2 }), ...before, ...ofKeys],
      FOUR_BUCKETS,
    );
    await collector.seal();
    const { rows } = await page('/v1/releases/1/records?kind=motion');
    const shown = (inThisWeek: boolean) =>
      rows
        .filter(({ record }) => (record.recordedWeek === WEEK) === inThisWeek)
        .map(({ record }) => record.split ?? 'none');
    expect(countOf(shown(true))).toEqual({ none: 5 });
    expect(countOf(shown(false))).toEqual({ 0: 3, 1: 3, 2: 3, 3: 3 });
  });

  test('of episodes and rhythms are hidden as well', async () => {
    const records = [1, 2, 3].flatMap((person) => [
      anEpisode(person * 10, { split: person }),
      aSighting(person * 10 + 1, { scope: 'workflow', seen: { what: 'contributed', split: person } }),
      aRhythm(person * 10 + 2, { split: person }),
      aSighting(person * 10 + 3, { scope: 'keys', seen: { what: 'contributed', split: person } }),
    ]);
    await openWith(records, FOUR_BUCKETS);
    await collector.seal();
    for (const kind of ['episode', 'rhythm']) {
      const { rows } = await page(`/v1/releases/1/records?kind=${kind}`);
      expect(rows.map(({ record }) => record.split)).toEqual([undefined, undefined, undefined]);
    }
  });

  test('are published as they are where the charter asks for no minimum', async () => {
    await openWith([aMotion(1, { split: 3 })], { expectedParticipants: 200, minContributors: 0 });
    await collector.seal();
    expect(await publishedSplits()).toEqual([3]);
  });
});

describe('readers', () => {
  test('need a key of their own and a purpose that it allows', async () => {
    await openWith(motions(1));
    await collector.seal();
    const statusOf = async (purpose: string, key?: string) =>
      (await collector.read('/v1/releases', purpose, key)).status;
    expect(await statusOf('train-agents')).toBe(200);
    expect(await statusOf('marketing')).toBe(403);
    expect(await statusOf('train-agents', collector.participantKey)).toBe(403);
    expect(await statusOf('train-agents', 'A'.repeat(43))).toBe(401);
    expect((await collector.app.request('/v1/releases')).status).toBe(401);
  });

  test('see nothing of a purpose that is not the charter’s', async () => {
    await openWith(motions(1));
    await collector.seal();
    const key = await collector.addKey('reader', 'eve', ['other-purpose']);
    expect((await collector.read('/v1/releases', 'other-purpose', key)).status).toBe(403);
    expect((await collector.read('/v1/releases/1/records?kind=motion', 'other-purpose', key)).status).toBe(
      403,
    );
    expect((await collector.read('/v1/releases/1/tombstones', 'other-purpose', key)).status).toBe(403);
    expect((await collector.dump())['access_log']).toEqual([]);
  });

  test.each([
    'kind=sighting',
    '',
    'kind=motion&limit=0',
    'kind=motion&limit=10001',
    'kind=motion&after=x',
    'kind=motion&until=x',
    'kind=motion&more=1',
  ])('get 400 for the query "%s"', async (query) => {
    await openWith(motions(1));
    await collector.seal();
    expect((await collector.read(`/v1/releases/1/records?${query}`)).status).toBe(400);
  });

  test.each(['0', '2', '-1', '1.0', 'x', '99999999999999999999'])(
    'get 404 for release "%s"',
    async (number) => {
      await openWith(motions(1));
      await collector.seal();
      expect((await collector.read(`/v1/releases/${number}/records?kind=motion`)).status).toBe(404);
    },
  );
});

describe('the access log', () => {
  test('tells participants of every pull, pages of one day together', async () => {
    await openWith([...motions(5), aRhythm(90)]);
    await collector.seal();
    const first = await page('/v1/releases/1/records?kind=motion&limit=3');
    await page(`/v1/releases/1/records?kind=motion&limit=3&after=${first.next}`);
    await page('/v1/releases/1/records?kind=rhythm');
    const answer = await collector.app.request('/v1/access-log', {
      headers: { authorization: `Bearer ${collector.participantKey}` },
    });
    const pull = { at: TODAY, reader: 'reader 0', purpose: 'train-agents', release: 1 };
    expect(AccessLog.parse(await answer.json()).entries).toEqual([
      { ...pull, number: 3, kind: 'rhythm', rows: 1 },
      { ...pull, number: 1, kind: 'motion', rows: 5 },
    ]);
    expect((await collector.dump())['access_log']).toHaveLength(3);
  });

  test('is closed to readers', async () => {
    await openWith(motions(1));
    expect((await collector.read('/v1/access-log')).status).toBe(403);
  });
});

test('tombstones come in pages, in the order of the ids', async () => {
  await openWith(motions(3));
  await collector.seal();
  for (const number of [1, 2, 3]) await collector.erase(secretOf(number));
  await collector.seal();
  const ids = [1, 2, 3].map(recordIdOfNumber).toSorted();
  const read = async (query: string) =>
    TombstonesPage.parse(await (await collector.read(`/v1/releases/1/tombstones${query}`)).json());
  expect(await read('')).toEqual({ recordIds: ids, next: null });
  expect(await read(`?after=${ids[0]}`)).toEqual({ recordIds: ids.slice(1), next: null });
});

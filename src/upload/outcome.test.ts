import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';
import { outcomeOf } from './outcome.ts';

const HOUR_MS = 3_600_000;
const answer = (status: number, error?: string, headers: Record<string, string> = {}) =>
  error === undefined
    ? new Response(null, { status, headers })
    : Response.json({ error, message: 'for people' }, { status, headers });

describe('outcome of an upload', () => {
  it('is accepted on 204 alone', async () => {
    expect(await outcomeOf(answer(204))).toEqual({ kind: 'accepted' });
    expect((await outcomeOf(answer(200))).kind).toBe('try-later');
  });

  it.each([408, 429, 500, 502, 503, 504, 301])('is to try later on %i', async (status) => {
    expect(await outcomeOf(answer(status))).toEqual({ kind: 'try-later', reason: `status-${status}` });
  });

  it.each([
    [401, 'key-unknown', 'key'],
    [403, 'key-not-allowed', 'key'],
    [410, 'charter-withdrawn', 'charter'],
    [410, 'charter-unknown', 'charter'],
  ])('is stopped on %i %s, since an administrator must act', async (status, error, trouble) => {
    const stopped = { kind: 'stopped', trouble, afterMs: HOUR_MS, reason: error };
    expect(await outcomeOf(answer(status, error))).toEqual(stopped);
  });

  it('is to try in a day where the collector is older than the record', async () => {
    const later = { kind: 'try-later', afterMs: 24 * HOUR_MS, reason: 'schema-unknown' };
    expect(await outcomeOf(answer(422, 'schema-unknown'))).toEqual(later);
  });

  it('is a conflict where the collector has something else under the same id', async () => {
    const conflict = { kind: 'conflict', reason: 'batch-different' };
    expect(await outcomeOf(answer(409, 'batch-different'))).toEqual(conflict);
  });

  it.each([
    [400, 'not-gzip'],
    [413, 'body-too-large'],
    [415, 'media-type-unsupported'],
    [422, 'schema-invalid'],
  ])('is refused on %i %s', async (status, error) => {
    expect(await outcomeOf(answer(status, error))).toEqual({ kind: 'refused', reason: error });
  });

  it('honours Retry-After up to an hour and ignores what is not a number of seconds', async () => {
    expect(await outcomeOf(answer(429, undefined, { 'retry-after': '7' }))).toMatchObject({ afterMs: 7000 });
    expect(await outcomeOf(answer(503, undefined, { 'retry-after': '86400' }))).toMatchObject({
      afterMs: HOUR_MS,
    });
    expect(await outcomeOf(answer(503, undefined, { 'retry-after': 'soon' }))).not.toHaveProperty('afterMs');
  });

  it('takes no text from the collector but a code', async () => {
    expect(await outcomeOf(answer(400, 'Hello, <b>you</b>'))).toEqual({
      kind: 'refused',
      reason: 'status-400',
    });
  });
});

describe('back-off', () => {
  it('is random below a ceiling that doubles from 5 s to 30 min', () => {
    const ceilings = [0, 1, 2, 8, 9, 50].map((attempts) => backoffMs(attempts, () => 1));
    expect(ceilings).toEqual([5_000, 10_000, 20_000, 1_280_000, 1_800_000, 1_800_000]);
    expect(backoffMs(5, () => 0)).toBe(0);
  });
});

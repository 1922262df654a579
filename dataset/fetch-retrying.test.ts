/**
 * When a request is tried again, how long it waits, and when it gives up.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { fetchRetrying, parseRetryAfterMs, type Fetch } from './fetch-retrying.ts';

/** Plays the answers given, the last one for ever, and notes how long it was asked to wait. */
function play(answers: (() => Response)[]) {
  const waitsMs: number[] = [];
  let asked = 0;
  const fetch: Fetch = () =>
    new Promise((resolve) => {
      const answer = answers[Math.min(asked, answers.length - 1)];
      asked += 1;
      if (answer === undefined) throw new Error('no answers');
      resolve(answer());
    });
  const run = () =>
    fetchRetrying({
      url: 'https://collector.example/',
      headers: {},
      fetch,
      sleep: (durationMs) => {
        waitsMs.push(durationMs);
        return Promise.resolve();
      },
      signal: new AbortController().signal,
    });
  return { run, waitsMs, countAsked: () => asked };
}

const ok = () => new Response('{}');
const status = (code: number, headers: Record<string, string> = {}) =>
  new Response('', { status: code, headers });
const broken = () => {
  throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
};

describe('fetchRetrying', () => {
  it('tries again after 5xx, 429 and a broken connection, waiting longer each time', async () => {
    const { run, waitsMs } = play([() => status(500), () => status(429), broken, () => status(503), ok]);
    expect(await run()).toEqual({
      kind: 'answered',
      answer: { status: 200, bytes: new TextEncoder().encode('{}') },
    });
    expect(waitsMs).toHaveLength(4);
    waitsMs.forEach((wait, index) => {
      expect(wait).toBeGreaterThanOrEqual(375 * 2 ** index);
      expect(wait).toBeLessThanOrEqual(625 * 2 ** index);
    });
  });

  it('does not repeat what repeating cannot help', async () => {
    const { run, countAsked } = play([() => status(403)]);
    expect(await run()).toMatchObject({ kind: 'answered', answer: { status: 403 } });
    expect(countAsked()).toBe(1);
  });

  it('waits as long as the server asks, but no longer than a minute', async () => {
    const { run, waitsMs } = play([
      () => status(429, { 'retry-after': '20' }),
      () => status(503, { 'retry-after': '3600' }),
      ok,
    ]);
    await run();
    expect(waitsMs).toEqual([20_000, 60_000]);
  });

  it('gives up with the last reason', async () => {
    const { run, countAsked } = play([broken]);
    expect(await run()).toEqual({ kind: 'failed', reason: 'connect ECONNREFUSED (tried 6 times)' });
    expect(countAsked()).toBe(6);
  });

  it('gives up on a server that sends nothing, and never follows a redirect with the key', async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(request.url ?? '');
      if (request.url === '/moved') response.writeHead(302, { location: '/elsewhere' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const get = (path: string) =>
      fetchRetrying({
        url: `${origin}${path}`,
        headers: { authorization: 'Bearer key' },
        fetch,
        sleep: () => Promise.resolve(),
        signal: new AbortController().signal,
        silenceMs: 30,
      });
    try {
      expect(await get('/silent')).toEqual({
        kind: 'failed',
        reason: 'no byte for 0.03 s (tried 6 times)',
      });
      expect(await get('/moved')).toMatchObject({ kind: 'failed', reason: 'unexpected redirect' });
      expect(seen).not.toContain('/elsewhere');
      expect(seen.filter((path) => path === '/moved')).toHaveLength(1);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('parseRetryAfterMs', () => {
  it('reads seconds and dates, and nothing else', () => {
    const nowEpochMs = Date.parse('2026-11-28T10:00:00Z');
    expect(parseRetryAfterMs('7', nowEpochMs)).toBe(7000);
    expect(parseRetryAfterMs('Sat, 28 Nov 2026 10:00:30 GMT', nowEpochMs)).toBe(30_000);
    expect(parseRetryAfterMs('Sat, 28 Nov 2026 09:00:00 GMT', nowEpochMs)).toBe(0);
    expect(parseRetryAfterMs('soon', nowEpochMs)).toBe(0);
    expect(parseRetryAfterMs(null, nowEpochMs)).toBe(0);
  });
});

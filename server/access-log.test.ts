import { afterEach, beforeEach, expect, test } from 'vitest';
import { AccessLog } from '../src/trace/collector-api.ts';
import { aBatch, aMotion } from './testing/builders.ts';
import { openTestCollector, type TestCollector } from './testing/collector.ts';
import { runBeside } from './testing/test-store.ts';

let collector: TestCollector;
beforeEach(async () => {
  collector = await openTestCollector();
  await collector.post(aBatch(collector.charterHash, [aMotion(1), aMotion(2)]));
  await collector.seal();
  for (let pull = 0; pull < 3; pull += 1) await collector.read('/v1/releases/1/records?kind=motion');
});
afterEach(() => collector.close());

const verify = (known?: { number: number; hash: string }) => collector.store.verifyAccessLog(known);

/** As somebody does it who owns the database. */
async function tamper(...statements: string[]): Promise<void> {
  const unguarded =
    'path' in collector.location
      ? ['DROP TRIGGER access_log_refuses_update', 'DROP TRIGGER access_log_refuses_delete']
      : ['DROP TRIGGER access_log_keeps_entries ON access_log'];
  for (const statement of [...unguarded, ...statements]) await runBeside(collector.location, statement);
}

test('a log that only grew is whole', async () => {
  const early = await collector.store.accessHead();
  expect(await verify()).toEqual({ ok: true, head: early });
  await collector.read('/v1/releases/1/records?kind=motion');
  expect(await verify(early)).toMatchObject({ ok: true, head: { number: 4 } });
});

test('participants are shown the head, and pages of one pull as one entry', async () => {
  const answer = await collector.app.request('/v1/access-log', {
    headers: { authorization: `Bearer ${collector.participantKey}` },
  });
  const log = AccessLog.parse(await answer.json());
  expect(log.head).toEqual(await collector.store.accessHead());
  expect(log.entries).toMatchObject([{ number: 1, rows: 6 }]);
});

test.each([
  ['changed', 'UPDATE access_log SET rows = 0 WHERE number = 2', 'entry 2 was changed'],
  ['removed', 'DELETE FROM access_log WHERE number = 2', 'entry 2 is missing'],
  ['removed at the end', 'DELETE FROM access_log WHERE number = 3', 'entry 3 is missing'],
])('an entry that was %s shows', async (_name, statement, problem) => {
  await tamper(statement);
  expect(await verify()).toEqual({ ok: false, problem });
});

test('a log that was made anew, chain and all, shows to whoever noted its head', async () => {
  const noted = await collector.store.accessHead();
  await tamper('DELETE FROM access_log', `DELETE FROM settings WHERE name = 'access-log-head'`);
  for (let pull = 0; pull < 4; pull += 1) await collector.read('/v1/releases/1/records?kind=rhythm');
  expect(await verify()).toMatchObject({ ok: true });
  expect(await verify(noted)).toEqual({ ok: false, problem: 'entry 3 is not the one that was noted' });
});

test('a page is in the log even when many are asked for at once', async () => {
  const pulls = Array.from({ length: 20 }, async () => {
    expect((await collector.read('/v1/releases/1/records?kind=motion')).status).toBe(200);
  });
  await Promise.all(pulls);
  expect(await verify()).toMatchObject({ ok: true, head: { number: 23 } });
});

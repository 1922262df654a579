import { Script } from 'node:vm';
import { afterEach, expect, test } from 'vitest';
import { parseJoinCode } from '../src/charter/join-code.ts';
import { JOIN_PAGE_SCRIPT } from './join-page-script.ts';
import { createJoinPage, JOIN_PAGE_POLICY } from './join-page.ts';
import { createKey } from './authorize.ts';
import { saveJoinKey } from './secrets.ts';
import { aCharter } from './testing/builders.ts';
import { openTestCollector, type TestCollector } from './testing/collector.ts';

let collector: TestCollector | undefined;
afterEach(async () => {
  await collector?.close();
  collector = undefined;
});

test('is not there unless the study is joinable', async () => {
  collector = await openTestCollector();
  expect((await collector.app.request('/join')).status).toBe(404);
});

test('shows a code that the extension reads, once the hashing key is appended', async () => {
  collector = await openTestCollector();
  saveJoinKey(collector.dataDir, collector.participantKey);
  const answer = await collector.app.request('/join');
  expect([answer.status, answer.headers.get('content-security-policy')]).toEqual([200, JOIN_PAGE_POLICY]);
  const start = /data-start="([^"]+)"/.exec(await answer.text())![1]!;
  const hashingKey = createKey();
  expect(parseJoinCode(start).ok).toBe(false);
  expect(parseJoinCode(`${start}.${hashingKey}`)).toEqual({
    ok: true,
    agreement: { charter: collector.charter, participantKey: collector.participantKey, hashingKey },
  });
});

test('says everything that the charter says', () => {
  const charter = aCharter({
    neverRecord: ['https://desk.example.com/private/*'],
    minContributors: 12,
    holdHours: 36,
  });
  const page = createJoinPage(charter, createKey());
  for (const text of [
    charter.organization,
    charter.contact,
    charter.purpose,
    charter.collectorUrl,
    ...charter.apps.flatMap((app) => [app.label, ...app.matches]),
    ...charter.neverRecord,
    ...charter.tasks,
    charter.notice.text!,
    '36 hours',
    '90 days',
    'fewer than 12 people',
    'every 24 hours',
    '5 MB a day',
    '50 ms',
    'Pseudonymous',
    'In a team of ten',
  ]) {
    expect(page).toContain(text);
  }
  expect(page).not.toMatch(/\banonymous\b/i);
});

test('does not mention scopes that are not offered', () => {
  const page = createJoinPage(aCharter({ scopes: ['workflow'] }), createKey());
  expect(page).toContain('Workflow');
  expect(page).not.toContain('rhythm of at most 20 keys');
});

test('escapes the charter’s texts', () => {
  const evil = '<img src=x onerror=alert(1)>"\'';
  const page = createJoinPage(
    aCharter({ organization: evil, contact: evil, notice: { version: 1, text: evil } }),
    createKey(),
  );
  expect(page).not.toContain('<img');
  expect(page).toContain('&lt;img');
});

test('loads nothing and allows its own script and style by their hash only', () => {
  const page = createJoinPage(aCharter(), createKey());
  expect(page).not.toMatch(/<link|src=|@import|url\(/);
  expect(JOIN_PAGE_POLICY).toMatch(
    /^default-src 'none'; script-src 'sha256-[^ ]+'; style-src 'sha256-[^ ]+';/,
  );
  expect(() => new Script(JOIN_PAGE_SCRIPT)).not.toThrow();
});

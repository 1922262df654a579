import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aCharter } from '../testing/builders.ts';
import { writePackages } from '../testing/packages.ts';
import { runCommand } from '../testing/started-collector.ts';

let dir: string;
const participantKey = randomBytes(32).toString('base64url');
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'proffer-kit-'));
  writePackages(join(dir, 'packages'));
  writeFileSync(join(dir, 'charter.json'), JSON.stringify(aCharter()));
});
afterEach(() => rmSync(dir, { recursive: true }));

const makeKit = (
  out: string,
  more: string[] = [],
  environment: Record<string, string> = { PROFFER_PARTICIPANT_KEY: participantKey },
) =>
  runCommand(
    [
      'kit',
      '--charter',
      join(dir, 'charter.json'),
      '--packages',
      join(dir, 'packages'),
      '--out',
      join(dir, out),
    ]
      .concat(['--extension-url', 'https://extension.example.com'])
      .concat(more),
    environment,
  );
const managedOf = (out: string) =>
  (
    JSON.parse(readFileSync(join(dir, out, 'firefox/policies.json'), 'utf8')) as {
      policies: {
        '3rdparty': { Extensions: Record<string, { hashingKey: string; participantKey: string }> };
      };
    }
  ).policies['3rdparty'].Extensions['proffer@example.com']!;

test('a second kit of a programme has the same hashing key, which is the administrator’s alone', () => {
  const first = makeKit('first');
  expect(first.status, first.stderr).toBe(0);
  const keyFile = join(dir, 'proffer-hashing-key');
  expect(first.stderr).toContain(keyFile);
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  const second = makeKit('second');
  expect(second.stderr).toBe('');
  expect(managedOf('second')).toEqual(managedOf('first'));
  expect(managedOf('first').hashingKey).toBe(readFileSync(keyFile, 'utf8').trim());
  for (const { stdout, stderr } of [first, second]) {
    expect(stdout + stderr).not.toContain(participantKey);
    expect(stdout + stderr).not.toContain(managedOf('first').hashingKey);
  }
});

test('the participant key comes from a file too, and never from the command line', () => {
  const file = join(dir, 'participant-key');
  writeFileSync(file, `${participantKey}\n`);
  expect(makeKit('kit', ['--participant-key-file', file], {}).status).toBe(0);
  expect(managedOf('kit').participantKey).toBe(participantKey);
  const byFlag = makeKit('other', ['--participant-key', participantKey], {});
  expect([byFlag.status, byFlag.stderr]).toEqual([1, 'participant-key: no such setting\n']);
});

test.each([
  [{}, ['--extension-version', '9.9'], /^extension-version: .* has no version 9\.9/],
  [{}, ['--extension-url', 'http://extension.example.com'], /^extension-url: must be an https origin/],
  [{}, ['--extension-url', 'https://extension.example.com/path'], /^extension-url: must be an https origin/],
  [{ PROFFER_PARTICIPANT_KEY: '' }, [], /^participant-key-file: is missing/],
  [
    { PROFFER_PARTICIPANT_KEY: 'short' },
    [],
    /^participant-key-file or PROFFER_PARTICIPANT_KEY: holds no key/,
  ],
  [{ PROFFER_KITT: 'x' }, [], /^PROFFER_KITT: no such setting/],
])('%j with %j is refused by name, and nothing is written', (environment, more, message) => {
  const { status, stderr } = makeKit('kit', more, {
    PROFFER_PARTICIPANT_KEY: participantKey,
    ...environment,
  });
  expect([status, stderr]).toEqual([1, expect.stringMatching(message)]);
  expect(readdirSync(dir).sort()).toEqual(['charter.json', 'packages']);
});

test('a charter whose wildcard holds a place that is never recorded is refused, and both are named', () => {
  const charter = aCharter({
    apps: [{ label: 'desk', matches: ['https://*.example.com/*'] }],
    collectorUrl: 'https://collector.example.org',
    neverRecord: ['https://hr.example.com/*'],
  });
  writeFileSync(join(dir, 'charter.json'), JSON.stringify(charter));
  const { status, stderr } = makeKit('kit');
  expect(status).toBe(1);
  expect(stderr).toContain(
    'apps.desk: https://*.example.com/* overlaps https://hr.example.com/*, which is never recorded',
  );
});

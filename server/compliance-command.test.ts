import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { charterHash } from '../src/charter/charter-hash.ts';
import { dayOf } from '../src/trace/primitives.ts';
import { aCharter } from './testing/builders.ts';
import { runCommand } from './testing/started-collector.ts';

let dir: string;
const charterFile = () => join(dir, 'charter.json');
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'proffer-compliance-'));
  writeFileSync(charterFile(), JSON.stringify(aCharter()));
});
afterEach(() => rmSync(dir, { recursive: true }));

const make = (out = 'pack', more: string[] = []) =>
  runCommand(['compliance', '--charter', charterFile(), '--out', join(dir, out), ...more]);

test('a pack is written with today’s date and the charter’s hash, and says where to begin', async () => {
  const { status, stdout, stderr } = make();
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain(join(dir, 'pack/README.html'));
  expect(readdirSync(join(dir, 'pack'))).toHaveLength(18);
  const page = readFileSync(join(dir, 'pack/README.md'), 'utf8');
  expect(page).toContain(await charterHash(aCharter()));
  expect(page).toContain(dayOf(Date.now()));
});

test('a second pack does not write over the first, which may have been filled in', () => {
  make();
  const filled = join(dir, 'pack/decisions.md');
  writeFileSync(filled, 'Decided: Article 6(1)(a).');
  const again = make();
  expect([again.status, again.stderr]).toEqual([1, expect.stringMatching(/^out: .* is there already/)]);
  expect(readFileSync(filled, 'utf8')).toBe('Decided: Article 6(1)(a).');
});

test.each([
  ['{', /^charter: .*\n {2}charter: is not JSON/],
  ['{"organization": "X"}', /^charter: .* is not a charter\n(.*\n)* {2}retentionDays: /],
  [JSON.stringify({ ...aCharter(), consent: true }), /unknown field consent/],
])('a charter that is none (%s) is refused with its faults, and nothing is written', (text, message) => {
  writeFileSync(charterFile(), text);
  const { status, stderr, stdout } = make();
  expect([status, stdout, stderr]).toEqual([1, '', expect.stringMatching(message)]);
  expect(readdirSync(dir)).toEqual(['charter.json']);
});

test('settings that are missing or unknown are named', () => {
  expect(runCommand(['compliance', '--charter', charterFile()]).stderr).toContain('--out');
  expect(make('pack', ['--colour', 'blue']).stderr).toBe('colour: no such setting\n');
  expect(make('charter.json/pack').stderr).toMatch(/^out: .* cannot be written \(ENOTDIR\)/);
});

import { expect, test } from 'vitest';
import { checkLink, EMPTY_CHAIN, linkEntry, type AccessEntry } from './access-chain.ts';

const ENTRY: AccessEntry = {
  day: '2026-11-25',
  reader: 'ada',
  purpose: 'train-agents',
  release: 1,
  kind: 'motion',
  rows: 3,
};

test('an entry is accepted where it was added', () => {
  const first = linkEntry(EMPTY_CHAIN, ENTRY);
  expect(checkLink(EMPTY_CHAIN, first)).toBeUndefined();
  expect(checkLink(first, linkEntry(first, ENTRY))).toBeUndefined();
});

test.each([
  ['day', '2026-11-24'],
  ['reader', 'bob'],
  ['purpose', 'other'],
  ['release', 2],
  ['kind', 'rhythm'],
  ['rows', 4],
])('a changed %s shows', (field, value) => {
  const stored = linkEntry(EMPTY_CHAIN, ENTRY);
  expect(checkLink(EMPTY_CHAIN, { ...stored, [field]: value })).toBe('entry 1 was changed');
});

test('an entry that was taken out or put in shows', () => {
  const first = linkEntry(EMPTY_CHAIN, ENTRY);
  const second = linkEntry(first, ENTRY);
  expect(checkLink(EMPTY_CHAIN, second)).toBe('entry 1 is missing');
  const forged = linkEntry(EMPTY_CHAIN, { ...ENTRY, rows: 0 });
  expect(checkLink({ number: 1, hash: forged.hash }, second)).toBe('entry 2 was changed');
});

/**
 * The access log as counts: every pull once, readers with several purposes apart.
 */
import { expect, it } from 'vitest';
import { readersOf, type Access } from './access-summary.ts';

const aPull = (changes: Partial<Access>): Access => ({
  number: 1,
  at: '2026-11-23',
  reader: 'data-team',
  purpose: 'agent-training',
  release: 1,
  kind: 'motion',
  rows: 100,
  ...changes,
});

it('adds up the pulls of one reader for one purpose, with its releases and days', () => {
  const entries = [
    aPull({ number: 3, at: '2026-11-25', release: 2, rows: 5 }),
    aPull({ number: 2, kind: 'rhythm', rows: 10 }),
    aPull({ number: 1 }),
  ];
  expect(readersOf(entries)).toEqual([
    {
      reader: 'data-team',
      purpose: 'agent-training',
      pulls: 3,
      rows: 115,
      releases: [1, 2],
      firstDay: '2026-11-23',
      lastDay: '2026-11-25',
    },
  ]);
});

it('keeps purposes apart, the latest first', () => {
  const entries = [aPull({}), aPull({ purpose: 'agent-training:linked', at: '2026-11-24' })];
  expect(readersOf(entries).map(({ purpose }) => purpose)).toEqual([
    'agent-training:linked',
    'agent-training',
  ]);
});

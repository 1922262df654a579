import { describe, expect, it } from 'vitest';
import { seededRandom } from '../seeded-random.ts';
import { auditKeys, type KeyKind } from './key-distribution.ts';

const rows = await auditKeys({ random: seededRandom(1), days: 3, teams: [10, 30] });
const rowOf = (key: KeyKind, people: number) => rows.find((row) => row.key === key && row.people === people)!;

describe('keys of simulated workers', () => {
  it('are nearly all published for a team of thirty, and few for one as small as the threshold', () => {
    for (const key of ['view', 'element'] as const) {
      expect(rowOf(key, 30).stepsPublishedShare).toBeGreaterThan(0.9);
      expect(rowOf(key, 10).publishedShare).toBeLessThan(0.5);
    }
  });

  it('are hardly ever one person’s: neither rows nor names that users made have keys of their own', () => {
    expect(rowOf('view', 30).ofOnePersonShare).toBe(0);
    expect(rowOf('element', 30).ofOnePersonShare).toBeLessThan(0.05);
  });
});

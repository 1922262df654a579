import { beforeAll, describe, expect, it } from 'vitest';
import type { Random } from '../../../src/trace/random.ts';
import { syntheticTypists } from '../cohort/synthetic-typists.ts';
import { textVerdict, type Condition, type TextResult } from './text-result.ts';
import { auditText, type TextAuditOptions } from './text.ts';

/** Repeatable, uniform enough for a test (Park and Miller, 1988). */
function seeded(seed: number): Random {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

function aResult(changes: Partial<TextResult>): TextResult {
  return {
    kind: 'text',
    level: 'balanced',
    shown: 'record',
    place: 'unknown',
    attack: 'timing',
    candidates: 1500,
    people: 100,
    probes: 1000,
    top1: 0.01,
    top10: 0.05,
    low: 0.005,
    high: 0.015,
    chance: 1 / 1500,
    ...changes,
  };
}

describe('the text audit on synthetic typists', () => {
  let results: TextResult[] = [];
  const audit = (changes: Partial<TextAuditOptions> = {}) => {
    const random = seeded(5);
    const sessions = syntheticTypists({ people: 40, sentencesEach: 8, pool: 60, random });
    return auditText({ sessions, random, folds: 2, probesEach: 4, ...changes });
  };
  beforeAll(async () => {
    results = await audit();
  }, 120_000);
  const top1 = (condition: Partial<Condition>) => {
    const found = results.filter((result) =>
      Object.entries(condition).every(([name, value]) => result[name as keyof Condition] === value),
    );
    expect(found).toHaveLength(1);
    return found[0]!.top1;
  };

  it('names a whole sentence by raw times, far more often than by its length', () => {
    const raw = { level: 'raw', shown: 'whole', place: 'told' } as const;
    expect(top1({ ...raw, attack: 'timing' })).toBeGreaterThan(0.9);
    expect(top1({ ...raw, attack: 'length' })).toBeLessThan(0.75);
  });

  it('names the sentence of a record whose spaces are shown', () => {
    expect(top1({ level: 'raw', shown: 'record', place: 'unknown', attack: 'spaces' })).toBeGreaterThan(0.4);
  });

  it('finds something in the times of a record, and nothing in their order once it is lost', () => {
    const told = { shown: 'record', place: 'told' } as const;
    for (const level of ['raw', 'balanced', 'strict'] as const) {
      expect(top1({ ...told, level, attack: 'timing' })).toBeGreaterThan(0.3);
      expect(top1({ ...told, level, attack: 'shuffled' })).toBeLessThan(0.1);
    }
  });

  it('gains by being told the place', () => {
    const record = { shown: 'record', attack: 'timing', level: 'balanced' } as const;
    expect(top1({ ...record, place: 'told' })).toBeGreaterThan(top1({ ...record, place: 'unknown' }));
  });

  it('states candidates, people, chance and an interval around what it found', () => {
    for (const { candidates, people, chance, probes, top1: found, top10, low, high } of results) {
      expect(candidates).toBeGreaterThan(45);
      expect(people).toBeLessThanOrEqual(40);
      expect(probes).toBeLessThanOrEqual(160);
      expect(chance).toBe(1 / candidates);
      expect(low).toBeLessThanOrEqual(found);
      expect(high).toBeGreaterThanOrEqual(found);
      expect(top10).toBeGreaterThanOrEqual(found);
    }
  });

  it('finds the same again with the same randomness', async () => {
    const few = { levels: ['strict'], probesEach: 1 } as const;
    expect(await audit(few)).toEqual(await audit(few));
  }, 120_000);

  it('refuses fewer people than turns', async () => {
    const sessions = syntheticTypists({ people: 3, sentencesEach: 2, pool: 5, random: seeded(1) });
    await expect(auditText({ sessions, random: seeded(1), folds: 4 })).rejects.toThrow(/4 turns, got 3/);
  });
});

describe('the verdict on text', () => {
  const sees = [
    aResult({ level: 'raw', shown: 'whole', place: 'told', top1: 0.7 }),
    aResult({ level: 'raw', attack: 'spaces', top1: 0.6 }),
  ];

  it('passes levels under the limit', () => {
    expect(textVerdict([...sees, aResult({})])).toEqual({ failures: [], blind: [] });
  });

  it('fails a level whose single records name their sentence too often, whatever is guessed of the place', () => {
    const unknown = aResult({ level: 'strict', top1: 0.021 });
    const likely = aResult({ place: 'likely', top1: 0.021 });
    expect(textVerdict([...sees, unknown, likely]).failures).toEqual([unknown, likely]);
  });

  it('does not fail raw times, controls, or what no attacker is shown', () => {
    const scale = [
      aResult({ level: 'raw', top1: 0.5 }),
      aResult({ attack: 'length', top1: 0.5 }),
      aResult({ place: 'told', top1: 0.5 }),
      aResult({ shown: 'joined', top1: 0.5 }),
      aResult({ shown: 'whole', place: 'told', top1: 0.5 }),
    ];
    expect(textVerdict([...sees, ...scale]).failures).toEqual([]);
  });

  it('calls an audit blind that cannot name what must be easy', () => {
    const blind = aResult({ level: 'raw', shown: 'whole', place: 'told', top1: 0.3 });
    expect(textVerdict([blind]).blind).toEqual([blind]);
    const blindToSpaces = aResult({ level: 'raw', attack: 'spaces', top1: 0.09 });
    expect(textVerdict([blindToSpaces]).blind).toEqual([blindToSpaces]);
  });
});

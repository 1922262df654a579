import { describe, expect, it } from 'vitest';
import type { IdentificationResult } from './identify.ts';
import { DESIGNED_EER, EER_SLACK, identificationVerdict } from './verdict.ts';

function aResult(changes: Partial<IdentificationResult>): IdentificationResult {
  return {
    kind: 'rhythm',
    level: 'raw',
    amount: '330 keys',
    gallery: 1,
    attack: 'lda',
    people: 100,
    probes: 100,
    chance: 0.01,
    top1: 0.9,
    low: 0.85,
    high: 0.95,
    top5: 0.99,
    eer: 0.02,
    eerLow: 0.01,
    eerHigh: 0.03,
    surest: 1,
    surestPeople: 50,
    ...changes,
  };
}

const record = (eer: number, changes: Partial<IdentificationResult> = {}) =>
  aResult({ level: 'balanced', amount: 'record', gallery: 7, eer, top1: 0.02, ...changes });

describe('the verdict on an identification audit', () => {
  it('is that all is well where raw data names people and levels keep their figure', () => {
    expect(identificationVerdict([aResult({}), record(0.31)])).toEqual({ broken: [], failed: [] });
  });

  it('is that the audit is broken where raw keys name fewer than 85 of 100', () => {
    const { broken } = identificationVerdict([
      aResult({ top1: 0.84 }),
      aResult({ top1: 0.8, attack: 'cheap' }),
    ]);
    expect(broken).toEqual(['raw rhythm, 330 keys: names 84.0 % of 100 people, needs 85.0 %']);
    // The easier group of ten does not save it, nor does what fewer keys or another level came to.
    expect(
      identificationVerdict([
        aResult({ top1: 0.5 }),
        aResult({ people: 10 }),
        aResult({ amount: '47 keys' }),
        aResult({ level: 'linked' }),
      ]).broken,
    ).toHaveLength(1);
  });

  it('is that the audit is broken where raw data was not attacked', () => {
    expect(identificationVerdict([record(0.31)]).broken).toHaveLength(1);
  });

  it('takes the largest group up to a hundred, and the best attack', () => {
    const results = [
      aResult({ people: 80, top1: 0.6, attack: 'cheap' }),
      aResult({ people: 80, top1: 0.9 }),
      aResult({ people: 400, top1: 0.5 }),
    ];
    expect(identificationVerdict(results).broken).toEqual([]);
  });

  it('fails a level whose records fall below their figure by any attack, with any number known', () => {
    const limit = DESIGNED_EER.rhythm.balanced - EER_SLACK;
    const { failed } = identificationVerdict([
      aResult({}),
      record(0.4),
      record(limit - 0.001, { attack: 'trees', gallery: 1 }),
    ]);
    expect(failed).toEqual([
      'balanced rhythm: equal error rate 25.9 % by trees with 1 known, must not be under 26.0 %',
    ]);
    expect(identificationVerdict([aResult({}), record(limit)]).failed).toEqual([]);
  });

  it('does not hold linked amounts to the figure of records', () => {
    expect(identificationVerdict([aResult({}), record(0.1, { amount: '330 keys' })]).failed).toEqual([]);
  });
});

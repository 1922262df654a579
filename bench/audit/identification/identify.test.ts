import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCohort, type Cohort } from '../cohort/sessions.ts';
import { syntheticPointers } from '../cohort/synthetic-pointers.ts';
import { syntheticTypists } from '../cohort/synthetic-typists.ts';
import { openLearner, type Learner } from '../learning/open-learner.ts';
import { seededRandom } from '../seeded-random.ts';
import { cheapAttack } from './cheap-attack.ts';
import { fusedAttack } from './fused-attack.ts';
import { auditIdentification, type IdentificationResult } from './identify.ts';
import { learnedAttacks } from './learned-attacks.ts';
import { identificationVerdict } from './verdict.ts';

const RECORDED = fileURLToPath(new URL('../../../../shared/data', import.meta.url));

let learner: Learner;
beforeAll(() => {
  learner = openLearner();
});
afterAll(() => learner.close());

/** What the best attack came to among the largest group. */
function best(results: readonly IdentificationResult[], wanted: Partial<IdentificationResult>) {
  const found = results.filter((result) =>
    Object.entries(wanted).every(([name, value]) => result[name as keyof IdentificationResult] === value),
  );
  const people = Math.max(...found.map((result) => result.people));
  const among = found.filter((result) => result.people === people);
  return {
    people,
    top1: Math.max(...among.map(({ top1 }) => top1)),
    eer: Math.min(...among.map(({ eer }) => eer)),
  };
}

describe('the identification audit on made-up people', () => {
  let results: IdentificationResult[] = [];
  beforeAll(async () => {
    const random = seededRandom(2);
    const cohort: Cohort = {
      name: 'a few made-up people',
      isSynthetic: true,
      keys: syntheticTypists({ people: 40, sentencesEach: 15, pool: 60, random }),
      pointers: syntheticPointers({ people: 24, random }),
    };
    results = await auditIdentification({
      cohort,
      attack: fusedAttack([cheapAttack, learnedAttacks(learner, 1)]),
      random,
      levels: ['raw', 'balanced'],
      amounts: ['record', '60 s', '330 keys'],
      gallerySizes: [1],
      folds: 3,
      probesEach: 3,
    });
  }, 240_000);

  it('names nearly everybody by much raw data', () => {
    expect(best(results, { kind: 'rhythm', level: 'raw', amount: '330 keys' }).top1).toBeGreaterThan(0.85);
    expect(best(results, { kind: 'motion', level: 'raw', amount: '60 s' }).top1).toBeGreaterThan(0.6);
  });

  it('finds less in one record than in many, and less behind a level than without', () => {
    for (const [kind, much] of [
      ['rhythm', '330 keys'],
      ['motion', '60 s'],
    ] as const) {
      const eer = (level: 'raw' | 'balanced', amount: IdentificationResult['amount']) =>
        best(results, { kind, level, amount }).eer;
      expect(eer('raw', much)).toBeLessThan(eer('raw', 'record'));
      expect(eer('balanced', much)).toBeLessThan(eer('balanced', 'record'));
      expect(eer('raw', 'record')).toBeLessThan(eer('balanced', 'record') - 0.03);
    }
  });

  it('says for each attack and group what chance is, and among how many', () => {
    const attacks = ['cheap', 'lda', 'trees', 'fused'];
    const attacksOn = (amount: IdentificationResult['amount']) =>
      new Set(results.filter((result) => result.amount === amount).map(({ attack }) => attack));
    expect(attacksOn('record')).toEqual(new Set(attacks));
    const bothWays = new Set([...attacks, ...attacks.map((attack) => `${attack} by parts`)]);
    expect(attacksOn('60 s')).toEqual(bothWays);
    expect(attacksOn('330 keys')).toEqual(bothWays);
    for (const { people, chance, low, top1, high } of results) {
      expect(chance).toBeCloseTo(1 / people);
      expect(low).toBeLessThanOrEqual(top1);
      expect(high).toBeGreaterThanOrEqual(top1);
    }
    expect(new Set(results.map(({ people }) => people))).toContain(10);
  });
});

// The folder is not part of the project; where it is there, real people count.
if (existsSync(RECORDED)) {
  describe('the identification audit on recorded people', () => {
    it('names them by raw data, and every level keeps its figure', async () => {
      const everybody = await readCohort(RECORDED);
      const shared = {
        // A part of them, so that it ends soon; `npm run audit` takes all.
        cohort: { ...everybody, keys: everybody.keys.filter(({ person }) => person < 150) },
        attack: fusedAttack([cheapAttack, learnedAttacks(learner, 1)]),
        random: seededRandom(4),
        folds: 3,
        probesEach: 3,
      };
      const results = [
        ...(await auditIdentification({
          ...shared,
          levels: ['raw'],
          amounts: ['60 s', '330 keys'],
          gallerySizes: [1],
        })),
        ...(await auditIdentification({
          ...shared,
          levels: ['balanced', 'strict'],
          amounts: ['record'],
          gallerySizes: [7],
        })),
      ];
      expect(identificationVerdict(results)).toEqual({ broken: [], failed: [] });
    }, 300_000);
  });
}

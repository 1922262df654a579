/**
 * Rules that are not the product's -> what each would protect and leave, measured as the product's are.
 */
import type { Cohort } from '../cohort/sessions.ts';
import { seededRandom } from '../seeded-random.ts';
import type { Learner } from '../learning/open-learner.ts';
import { measureUtility } from '../utility/utility.ts';
import type { Attack } from './attack.ts';
import { auditIdentification } from './identify.ts';
import { RULE_VARIANTS } from './rule-variants.ts';

export interface VariantResult {
  kind: 'motion' | 'rhythm';
  variant: string;
  /** Of one record with seven known: equal error rate, right one of ten, both by the best attack. */
  eer: number;
  ofTen: number;
  /** Equal error rate of what linked records would show: a minute of movements, 330 keys. */
  linkedEer: number;
  /** By measure, as the utility audit has them. */
  utility: Record<string, number>;
}

export async function tryVariants(options: {
  cohort: Cohort;
  attack: Attack;
  learner: Learner;
  seed: number;
  progress?: (condition: string) => void;
}): Promise<VariantResult[]> {
  const { cohort, attack, learner, seed, progress } = options;
  const tried: VariantResult[] = [];
  for (const { kind, name, rules } of RULE_VARIANTS) {
    progress?.(`variant, ${kind}, ${name}`);
    const own: Cohort = kind === 'motion' ? { ...cohort, keys: [] } : { ...cohort, pointers: [] };
    const linked = kind === 'motion' ? '60 s' : '330 keys';
    const results = await auditIdentification({
      cohort: own,
      attack,
      // The same chance for all, so that a difference is the rule's.
      random: seededRandom(seed),
      levels: ['balanced'],
      rules,
      amounts: ['record', linked],
      probesEach: kind === 'motion' ? 12 : 4,
    });
    const of = (amount: string, gallery: number) =>
      results.filter((result) => result.amount === amount && result.gallery === gallery);
    const useful = await measureUtility({
      cohort: own,
      learner,
      random: seededRandom(seed),
      levels: ['balanced'],
      rules,
    });
    tried.push({
      kind,
      variant: name,
      eer: Math.min(...of('record', 7).map(({ eer }) => eer)),
      ofTen: Math.max(...of('record', 7).map((result) => (result.people === 10 ? result.top1 : 0))),
      linkedEer: Math.min(...of(linked, 1).map(({ eer }) => eer)),
      utility: Object.fromEntries(useful.map(({ measure, value }) => [measure, value])),
    });
  }
  return tried;
}

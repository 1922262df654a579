/**
 * The identification audit: how often does an attack find whose record it is, raw and at every level?
 *
 * Every attack learns from data that went through the level it attacks. Runs on the auditor's computer.
 */
import type { Random } from '../../../src/trace/random.ts';
import type { Cohort } from '../cohort/sessions.ts';
import type { Attack } from './attack.ts';
import { measure, surest, type Measured } from './measures.ts';
import { AUDIT_LEVELS, PRODUCT_RULES, type AuditLevel, type Rules } from './seen-records.ts';
import { playTournament } from './tournament.ts';
import type { Trials } from './trials.ts';
import { motionUnits, rhythmUnits, type MotionAmount, type RhythmAmount, type Unit } from './units.ts';

type Amount = MotionAmount | RhythmAmount;

/** What one attack came to under one condition; shares from 0 to 1. */
export interface IdentificationResult extends Measured {
  kind: 'motion' | 'rhythm';
  level: AuditLevel;
  /** One record, or a linked amount, as if the separation of records had failed. */
  amount: Amount;
  /** Records, or linked amounts, that are known of each person. */
  gallery: number;
  attack: string;
  /** Of the 5 % that the attack was surest of, the share that it named rightly, among `surestPeople`. */
  surest: number;
  surestPeople: number;
}

export interface IdentificationOptions {
  cohort: Cohort;
  attack: Attack;
  random: Random;
  levels?: readonly AuditLevel[];
  rules?: Rules;
  /** Amounts that are attacked; all by default. */
  amounts?: readonly Amount[];
  gallerySizes?: readonly number[];
  folds?: number;
  probesEach?: number;
  /** Told of each condition before it is attacked. */
  progress?: (condition: string) => void;
}

/**
 * Linked amounts are attacked as one, and part by part: about as many parts as the amount has, as many known as probed.
 */
const PARTS_OF = {
  '60 s': { part: '5 movements', parts: 12 },
  '330 keys': { part: '47 keys', parts: 7 },
} as const satisfies Partial<Record<Amount, { part: Amount; parts: number }>>;

/** Sizes of the group to choose from, as far as there are people; and all there are. */
const GROUPS = [10, 30, 100] as const;
const SUREST_SHARE = 0.05;

/** One row for each level, amount, gallery, attack and group size that the cohort has enough of. */
export async function auditIdentification(options: IdentificationOptions): Promise<IdentificationResult[]> {
  const {
    cohort,
    attack,
    random,
    levels = AUDIT_LEVELS,
    rules = PRODUCT_RULES,
    amounts,
    gallerySizes = [1, 7],
    folds = 4,
    probesEach = 8,
    progress = () => undefined,
  } = options;
  const results: IdentificationResult[] = [];
  for (const level of levels) {
    const kinds = {
      motion: cohort.pointers.length > 0 ? motionUnits(cohort, level, rules, random) : {},
      rhythm: cohort.keys.length > 0 ? rhythmUnits(cohort, level, rules, random) : {},
    };
    for (const kind of ['motion', 'rhythm'] as const) {
      const byAmount = Object.entries(kinds[kind]) as [Amount, Unit[]][];
      for (const [amount, units] of byAmount) {
        if (amounts && !amounts.includes(amount)) continue;
        progress(`${kind}, ${level}, ${amount}`);
        const note = (gallery: number, byAttack: ReadonlyMap<string, Trials>, how = '') => {
          for (const [name, trials] of byAttack) {
            const { precision, people: surestPeople } = surest(trials, SUREST_SHARE);
            for (const people of groupsWithin(trials.people)) {
              results.push({
                kind,
                level,
                amount,
                gallery,
                attack: `${name}${how}`,
                ...measure(trials, people, random),
                surest: precision,
                surestPeople,
              });
            }
          }
        };
        const whole = await playTournament({ units, attack, gallerySizes, folds, probesEach, random });
        for (const [gallery, byAttack] of whole) note(gallery, byAttack);
        if (!(amount in PARTS_OF)) continue;
        const { part, parts } = PARTS_OF[amount as keyof typeof PARTS_OF];
        // Of the same people, so that the two ways can be compared.
        const people = new Set(units.map(({ person }) => person));
        const byParts = await playTournament({
          units: byAmount.find(([other]) => other === part)![1].filter(({ person }) => people.has(person)),
          attack,
          gallerySizes: [parts],
          folds,
          probesEach: parts,
          together: true,
          random,
        });
        for (const byAttack of byParts.values()) note(1, byAttack, ' by parts');
      }
    }
  }
  return results;
}

function groupsWithin(people: number): number[] {
  return [...GROUPS.filter((size) => size < people), people];
}

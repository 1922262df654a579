/**
 * The parts of the audit: what each runs, shows, writes and finds wrong.
 */
import type { Random } from '../../src/trace/random.ts';
import type { Cohort } from './cohort/sessions.ts';
import type { Attack } from './identification/attack.ts';
import { auditEpisodes, FULL_SCENARIO } from './identification/episode-audit.ts';
import { auditIdentification } from './identification/identify.ts';
import { tryVariants } from './identification/try-variants.ts';
import { identificationVerdict } from './identification/verdict.ts';
import { describeJoining, joiningVerdict } from './joining/joining-result.ts';
import { auditJoining } from './joining/joining.ts';
import { auditKeys } from './keys/key-distribution.ts';
import type { Learner } from './learning/open-learner.ts';
import type { ResultFiles } from './report/result-files.ts';
import {
  episodeTable,
  identificationTable,
  joiningTable,
  keyTable,
  textTable,
  utilityTable,
  variantTable,
} from './report/tables.ts';
import { describeText, textVerdict } from './text/text-result.ts';
import { auditText } from './text/text.ts';
import { measureUtility } from './utility/utility.ts';

export interface PartContext {
  cohort: Cohort;
  attack: Attack;
  learner: Learner;
  seed: number;
  /** Fresh for each part, so that parts give the same figures alone and together. */
  random: Random;
  progress: (condition: string) => void;
}

export interface PartOutcome {
  files: Partial<ResultFiles>;
  heading: string;
  table: string;
  /** Attacks that did not work, so that the rest says nothing. */
  broken: string[];
  /** Levels that do not keep their figure. */
  failed: string[];
}

type Part = (context: PartContext) => Promise<PartOutcome>;

export const PARTS = {
  identification: async ({ cohort, attack, random, progress }) => {
    const results = await auditIdentification({ cohort, attack, random, progress });
    return {
      files: { audit: results.map((result) => ({ ...result, cohort: provenanceOf(cohort) })) },
      heading: 'Whose record is it?',
      table: identificationTable(results),
      ...identificationVerdict(results),
    };
  },
  utility: async ({ cohort, learner, random, progress }) => {
    const results = await measureUtility({ cohort, learner, random, progress });
    return {
      files: { utility: results.map((result) => ({ ...result, cohort: provenanceOf(cohort) })) },
      heading: 'What is it good for?',
      table: utilityTable(results),
      broken: [],
      failed: [],
    };
  },
  variants: async ({ cohort, attack, learner, seed, progress }) => {
    const results = await tryVariants({ cohort, attack, learner, seed, progress });
    return {
      files: { variants: results.map((result) => ({ ...result, cohort: provenanceOf(cohort) })) },
      heading: 'What would other rules protect and leave?',
      table: variantTable(results),
      broken: [],
      failed: [],
    };
  },
  text: async ({ cohort, random }) => {
    const results = await auditText({ sessions: cohort.keys, random });
    const { blind, failures } = textVerdict(results);
    return {
      files: { text: results.map((result) => ({ ...result, cohort: provenanceOf(cohort) })) },
      heading: 'Which sentence was typed?',
      table: textTable(results),
      broken: blind.map(describeText),
      failed: failures.map(describeText),
    };
  },
  joining: async ({ cohort, random }) => {
    const results = await auditJoining({ random, ...(!cohort.isSynthetic && { recorded: cohort }) });
    return {
      files: { joining: results },
      heading: 'Which records are one person’s?',
      table: joiningTable(results),
      broken: [],
      failed: joiningVerdict(results).failures.map(describeJoining),
    };
  },
  episodes: async ({ random }) => {
    const results = await auditEpisodes({ random });
    return {
      files: { audit: results.filter(({ scenario }) => scenario === FULL_SCENARIO), episodes: results },
      heading: 'Whose episode is it? (simulated people)',
      table: episodeTable(results),
      broken: [],
      failed: [],
    };
  },
  keys: async ({ random }) => {
    const results = await auditKeys({ random, days: 5 });
    return {
      files: { keys: results },
      heading: 'How many share a key? (simulated people)',
      table: keyTable(results),
      broken: [],
      failed: [],
    };
  },
} as const satisfies Record<string, Part>;

export type PartName = keyof typeof PARTS;
export const PART_NAMES = Object.keys(PARTS) as PartName[];

function provenanceOf(cohort: Cohort): 'recorded' | 'synthetic' {
  return cohort.isSynthetic ? 'synthetic' : 'recorded';
}

/**
 * The episode audit: how identifying is the order of actions and targets alone?
 *
 * Runs on the auditor's computer, on simulated workers, since no recorded workflows of real people are at hand: every
 * row says so. Told apart is what a role gives (which apps and tasks), how the work is done, and the device; with all of
 * them alike, nothing may be found.
 */
import type { Random } from '../../../src/trace/random.ts';
import { seededRandom } from '../seeded-random.ts';
import type { HabitStrength } from '../cohort/work-habits.ts';
import { identifyEpisodes, type EpisodeAttackOptions, type EpisodeRow } from './episode-identification.ts';
import { simulatedEpisodes } from './episode-people.ts';

/** What the simulated people differ in. */
export const EPISODE_SCENARIOS = {
  'own work, manner and device': { job: 1, manner: 1, device: 1 },
  'own manner and device': { job: 0, manner: 1, device: 1 },
  'own manner': { job: 0, manner: 1, device: 0 },
  'own work': { job: 1, manner: 0, device: 0 },
  'own device': { job: 0, manner: 0, device: 1 },
  alike: { job: 0, manner: 0, device: 0 },
} as const satisfies Record<string, Partial<HabitStrength>>;
export type EpisodeScenario = keyof typeof EPISODE_SCENARIOS;

export interface EpisodeAuditRow extends EpisodeRow {
  cohort: 'simulated workers';
  scenario: EpisodeScenario;
}

export interface EpisodeAuditOptions extends Pick<EpisodeAttackOptions, 'sizes' | 'galleries' | 'attacks'> {
  random: Random;
  /** Background and attacked together. A few have too few episodes and are left out, so some more than twice the largest N. @default 215 */
  people?: number;
  days?: number;
  /** The steps of a record are the same at every level; `linked` has movements and typing besides. @default raw, balanced, strict */
  levels?: readonly EpisodeRow['level'][];
  /** @default all at `balanced`; at other levels only the first */
  scenarios?: readonly EpisodeScenario[];
}

/** People who differ in all that people differ in. */
export const FULL_SCENARIO: EpisodeScenario = 'own work, manner and device';

/** Rows for every level and scenario asked for. */
export async function auditEpisodes(options: EpisodeAuditOptions): Promise<EpisodeAuditRow[]> {
  const { random, people = 215, days = 8, levels = ['raw', 'balanced', 'strict'], ...attack } = options;
  const scenarios = options.scenarios ?? (Object.keys(EPISODE_SCENARIOS) as EpisodeScenario[]);
  const rows: EpisodeAuditRow[] = [];
  // The same people and the same choices everywhere, so that rows differ by what they are about.
  const seed = Math.floor(random() * 2 ** 32);
  for (const level of levels)
    for (const scenario of scenarios) {
      if (level !== 'balanced' && options.scenarios === undefined && scenario !== FULL_SCENARIO) continue;
      const episodes = await simulatedEpisodes({
        people,
        days,
        level,
        habitStrength: EPISODE_SCENARIOS[scenario],
        random: seededRandom(seed),
      });
      rows.push(
        ...identifyEpisodes(episodes, { ...attack, level, random: seededRandom(seed + 1) }).map((row) => ({
          ...row,
          cohort: 'simulated workers' as const,
          scenario,
        })),
      );
    }
  return rows;
}

/**
 * The audits' last run on recorded people -> `src/trace/risk-figures.ts`, from which every statement of risk is made.
 *
 * For each level and kind of record the attack counts that did best there. A figure that was not measured is missing,
 * and the statements say so.
 */
import { readResults } from '../bench/audit/report/result-files.ts';
import { FULL_SCENARIO } from '../bench/audit/identification/episode-audit.ts';
import type { IdentificationResult } from '../bench/audit/identification/identify.ts';
import type { Measured } from '../bench/audit/identification/measures.ts';
import type { RiskFigure, RiskFigures, UtilityFigures } from '../src/trace/risk-figure.ts';
import { AUDIT_LEVELS, type AuditLevel } from '../bench/audit/identification/seen-records.ts';

/** What is shown of linked data in the statements: so much as one may get hold of by itself. */
const LINKED_AMOUNT = { motion: '60 s', rhythm: '330 keys' } as const;
const RECORD = { motion: 'record', rhythm: 'record' } as const;
const TEAM = 10;

/** What statements and picture are made from. */
export interface AuditedRisk {
  figures: RiskFigures;
  utility: UtilityFigures;
  /** Of simulated people, who are alike at every level. */
  episode?: RiskFigure;
}

/** @param folder where the audits write their results. */
export function readRiskFigures(folder: string): AuditedRisk {
  const results = readResults(folder, 'audit').filter(
    (row) => row.kind !== 'episode' && row.cohort === 'recorded',
  ) as IdentificationResult[];
  const utility = readResults(folder, 'utility').filter(({ cohort }) => cohort === 'recorded');
  const figures = Object.fromEntries(
    AUDIT_LEVELS.map((level) => [
      level,
      { record: kindsOf(results, level, RECORD), linked: kindsOf(results, level, LINKED_AMOUNT) },
    ]),
  ) as RiskFigures;
  const episode = figureOf(
    readResults(folder, 'episodes').filter(
      ({ scenario, level }) => scenario === FULL_SCENARIO && level === 'balanced',
    ),
  );
  const useful = Object.fromEntries(
    utility.map(({ level, measure, value, baseline }) => [`${level} ${measure}`, { value, baseline }]),
  );
  return { figures, utility: useful, ...(episode && { episode }) };
}

/** What episodes and other records have in common. */
type Attacked = Measured & { amount: string; gallery: number };

/** The module's text. */
export function riskFiguresModule({ figures, utility, episode }: AuditedRisk): string {
  return `/**
 * Generated from the last audit of recorded people (bench/results) by \`npm run generate\`; not to be edited.
 */
import type { RiskFigure, RiskFigures, UtilityFigures } from './risk-figure.ts';

export const RISK_FIGURES: RiskFigures = ${JSON.stringify(figures)};

/** Of simulated people, since no recorded workflows are at hand. */
export const SIMULATED_EPISODE_FIGURE: RiskFigure | undefined = ${JSON.stringify(episode)};

/** By level and measure, raw data included. */
export const UTILITY_FIGURES: UtilityFigures = ${JSON.stringify(utility)};
`;
}

function kindsOf(
  results: readonly IdentificationResult[],
  level: AuditLevel,
  amounts: typeof RECORD | typeof LINKED_AMOUNT,
): Partial<Record<'motion' | 'rhythm', RiskFigure>> {
  const of = (kind: 'motion' | 'rhythm') =>
    figureOf(
      results.filter(
        (result) => result.kind === kind && result.level === level && result.amount === amounts[kind],
      ),
    );
  const [motion, rhythm] = [of('motion'), of('rhythm')];
  return { ...(motion && { motion }), ...(rhythm && { rhythm }) };
}

/** Of all attacks with most known of each person, what the best came to among all people and in a team. */
function figureOf(results: readonly Attacked[]): RiskFigure | undefined {
  const known = Math.max(...results.map(({ gallery }) => gallery));
  const people = Math.max(
    ...results.filter(({ gallery }) => gallery === known).map((result) => result.people),
  );
  const among = (group: number) =>
    results.filter((result) => result.gallery === known && result.people === group);
  const best = highest(among(people));
  const ofTeam = highest(among(TEAM));
  if (!best || !ofTeam) return undefined;
  return {
    amount: best.amount,
    known,
    people,
    top1: best.top1,
    low: best.low,
    high: best.high,
    eer: Math.min(...among(people).map(({ eer }) => eer)),
    ofTen: ofTeam.top1,
  };
}

function highest(results: readonly Attacked[]): Attacked | undefined {
  return results.toSorted((one, other) => other.top1 - one.top1)[0];
}

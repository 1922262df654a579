/**
 * What may be sealed into a release, and what a release shows of a record.
 *
 * Pure rules, applied by the store inside the sealing transaction. Must never let a release hold a cell that fewer
 * than `minContributors` people filled, or a key that fewer of them have met.
 */
import type { Charter, Level, Scope } from '../src/charter/charter.ts';
import { splitBuckets } from '../src/charter/split-buckets.ts';
import type { Episode } from '../src/trace/episode.ts';
import { HIDDEN_KEY, isoWeekOf } from '../src/trace/published.ts';
import { readingPurposeOf } from '../src/trace/reading-purpose.ts';
import type { PublishedKind } from '../src/trace/record.ts';

/** Records of the pool that a release would publish as alike: same charter, level, kind and day. */
export interface PoolCell {
  charter: number;
  level: Level;
  schemaVersion: number;
  kind: PublishedKind;
  recordedOn: string;
  records: number;
}

/** What sealing needs to know of a charter. */
export interface SealingRules {
  purpose: string;
  minContributors: number;
  minRecords: number;
  /** How many person-disjoint buckets its records are split into; 0 for none. */
  buckets: number;
  withdrawn: boolean;
}

/** One release to be: every release has one purpose and one schema version, and is `linked` as a whole or not at all. */
export interface ReleasePlan {
  /** What readers must hold a key for: the charter's purpose, or for `linked` the one of its own. */
  purpose: string;
  schemaVersion: number;
  cells: PoolCell[];
}

/** The scope under which contributions to a kind are counted; traces are not counted. */
export const SCOPE_OF_KIND: Record<Exclude<PublishedKind, 'trace'>, Scope> = {
  motion: 'pointer',
  rhythm: 'keys',
  episode: 'workflow',
};

export function sealingRulesOf(charter: Charter, withdrawn: boolean): SealingRules {
  const { purpose, minContributors, release } = charter;
  return {
    purpose,
    minContributors,
    minRecords: release.minRecords,
    buckets: splitBuckets(charter),
    withdrawn,
  };
}

/**
 * Chooses what of the pool may be sealed now; the rest waits.
 *
 * A cell goes when enough installations said "contributed" for its charter, level, scope and *week*: the week is
 * published, so a quiet week would else be one person's. A kind goes when enough such records of it are there to mix.
 * Neither threshold applies to `linked`, which is for volunteers who were told so, and whose releases hold traces alone.
 */
export function planReleases(
  pool: readonly PoolCell[],
  rulesOf: (charter: number) => SealingRules,
  contributorsOf: (cell: { charter: number; level: Level; scope: Scope; week: string }) => number,
): ReleasePlan[] {
  const plans = new Map<string, ReleasePlan>();
  for (const cell of pool) {
    const { minContributors, withdrawn, ...rules } = rulesOf(cell.charter);
    const { charter, level, schemaVersion, kind } = cell;
    // Ingest takes traces at `linked` and nothing else there; should that ever fail, nothing of it is published.
    if (withdrawn || (kind === 'trace') !== (level === 'linked')) continue;
    if (kind !== 'trace' && minContributors > 0) {
      const scope = SCOPE_OF_KIND[kind];
      const week = isoWeekOf(cell.recordedOn);
      if (contributorsOf({ charter, level, scope, week }) < minContributors) continue;
    }
    const purpose = readingPurposeOf(rules.purpose, level);
    const planKey = JSON.stringify([purpose, schemaVersion]);
    const plan = plans.get(planKey) ?? { purpose, schemaVersion, cells: [] };
    plan.cells.push(cell);
    plans.set(planKey, plan);
  }
  return [...plans.values()]
    .map((plan) => ({ ...plan, cells: withEnoughRecords(plan.cells, rulesOf) }))
    .filter((plan) => plan.cells.length > 0);
}

/** Drops cells whose charter asks for more records of the kind than there are, until all that stay are content. */
function withEnoughRecords(cells: PoolCell[], rulesOf: (charter: number) => SealingRules): PoolCell[] {
  const totals: Record<string, number> = {};
  for (const cell of cells) totals[cell.kind] = (totals[cell.kind] ?? 0) + cell.records;
  const kept = cells.filter(
    (cell) => cell.level === 'linked' || totals[cell.kind]! >= rulesOf(cell.charter).minRecords,
  );
  return kept.length === cells.length ? kept : withEnoughRecords(kept, rulesOf);
}

/**
 * Which buckets a release must not show: all together their records then look like those of one crowd.
 *
 * A bucket is one more thing that is published, so it too may speak only of `minContributors` or more. What is left
 * without a bucket is again a bucket, that of the hidden: so enough others are hidden with the few, smallest first.
 *
 * @param contributors how many people filled each bucket of a week.
 */
export function hiddenBuckets(contributors: readonly number[], minContributors: number): number[] {
  const smallestFirst = contributors
    .map((people, bucket) => ({ people, bucket }))
    .toSorted((one, other) => one.people - other.people || one.bucket - other.bucket);
  const hidden: number[] = [];
  let hiddenPeople = 0;
  for (const { people, bucket } of smallestFirst) {
    const isCrowd = hidden.length === 0 || hiddenPeople >= minContributors;
    if (people >= minContributors && isCrowd) break;
    hidden.push(bucket);
    hiddenPeople += people;
  }
  return hidden;
}

/** An episode as the store holds it: without the fields that have columns. */
export type EpisodeBody = Omit<Episode, 'kind' | 'recordId' | 'recordedOn'>;

/** The episode with every app label, view key and element key that too few have met replaced, for good. */
export function hideRareKeys(
  episode: EpisodeBody,
  isCommon: (what: 'app' | 'view' | 'element', key: string) => boolean,
): EpisodeBody {
  const shown = (what: 'app' | 'view' | 'element', key: string) => (isCommon(what, key) ? key : HIDDEN_KEY);
  const shownTarget = <Target extends { elementKey?: string | undefined }>(target: Target): Target =>
    target.elementKey === undefined ? target : { ...target, elementKey: shown('element', target.elementKey) };
  return {
    ...episode,
    views: episode.views.map((view) => ({
      ...view,
      app: shown('app', view.app),
      viewKey: shown('view', view.viewKey),
    })),
    steps: episode.steps.map((step) => ({
      ...step,
      ...(step.target && { target: shownTarget(step.target) }),
      ...(step.destination && { destination: shownTarget(step.destination) }),
    })),
  };
}

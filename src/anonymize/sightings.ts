/**
 * What a message of fragments met -> the sightings it may call for, each with a key that is counted once.
 *
 * Pure, in the background. Whether a key was met before is the queue's to know. Not for level `linked`, to which the
 * thresholds that they serve do not apply.
 */
import type { Scope } from '../charter/charter.ts';
import { isStep } from '../trace/held-step.ts';
import { dayOf } from '../trace/primitives.ts';
import { isoWeekOf } from '../trace/published.ts';
import type { PublishedKind } from '../trace/record.ts';
import { CONTRIBUTED, type Sighting } from '../trace/sighting.ts';
import type { ProtectedFragments } from './protect-fragments.ts';

export interface PossibleSighting {
  /** Local; the same key is never sighted twice by one installation. */
  key: string;
  content: Pick<Sighting, 'kind' | 'scope' | 'seen'>;
}

/** The kind whose contributors a scope's contributions count. */
const KIND_COUNTED_BY = { pointer: 'motion', keys: 'rhythm', workflow: 'episode' } as const;

/**
 * @param splits the buckets of this installation, which its contributions are counted by; undefined if it has none.
 * @param terms contributing is counted anew for each charter, level and week, since a release asks for enough people in
 *   each; what was met is counted once ever.
 */
export function sightingsOf(
  fragments: ProtectedFragments,
  terms: { charterHash: string; level: string },
  splits: Readonly<Record<PublishedKind, number>> | undefined,
  nowMs: number,
): PossibleSighting[] {
  const found = new Map<string, PossibleSighting>();
  const cell = `${terms.charterHash} ${terms.level} ${isoWeekOf(dayOf(nowMs))}`;
  const add = (key: string, scope: Scope, seen: Sighting['seen']) => {
    found.set(key, { key, content: { kind: 'sighting', scope, seen } });
  };
  const contributed = (scope: Scope) => {
    const split = splits && { split: splits[KIND_COUNTED_BY[scope]] };
    add(`${CONTRIBUTED} ${scope} ${cell}`, scope, { what: 'contributed', ...split });
  };
  for (const { content } of fragments.records) contributed(content.kind === 'motion' ? 'pointer' : 'keys');
  for (const { view, step } of fragments.steps.filter(isStep)) {
    contributed('workflow');
    add(`app ${view.app}`, 'workflow', { what: 'app', app: view.app });
    add(`view ${view.viewKey}`, 'workflow', { what: 'view', viewKey: view.viewKey });
    for (const target of [step?.target, step?.destination]) {
      const elementKey = target?.elementKey;
      if (elementKey) add(`element ${elementKey}`, 'workflow', { what: 'element', elementKey });
    }
  }
  return [...found.values()];
}

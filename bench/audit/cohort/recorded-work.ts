/**
 * A simulated person's messages -> what the product would have put on hold and sent: records, steps, episodes.
 *
 * Runs in the audit, on the product's own `src/anonymize`; only the wiring of `pipeline` is repeated here (one view for
 * each tab, steps numbered in the order of their arrival, local times on the level's grid).
 */
import { assembleEpisodes, type AssembledEpisode } from '../../../src/anonymize/assemble-episodes.ts';
import type { KeyedHasher } from '../../../src/anonymize/keyed-hash.ts';
import {
  protectFragments,
  type FragmentContext,
  type ProtectedFragments,
} from '../../../src/anonymize/protect-fragments.ts';
import type { RawStep } from '../../../src/capture/fragments.ts';
import type { Level, Scope } from '../../../src/charter/charter.ts';
import { onLocalGrid, type HeldItem } from '../../../src/trace/held-step.ts';
import type { Random } from '../../../src/trace/random.ts';
import type { WorkMessage } from './work-messages.ts';

export interface RecordedWork {
  /** Motions and rhythms; at level `linked` there are none. */
  records: ProtectedFragments['records'];
  /** Episodes; at level `linked` traces. */
  episodes: AssembledEpisode[];
  /** What was put on hold; `sequence` is the index. */
  held: HeldItem[];
  /** The raw step that a held one was made of, by its sequence; undefined for gaps and what is no step. */
  rawSteps: (RawStep | undefined)[];
  /** What each message became, with when it was sent: what sightings are made from. */
  protectedMessages: { sentMs: number; fragments: ProtectedFragments }[];
}

/** @param options.scopes what is switched on. @default all */
export async function recordWork(
  messages: readonly WorkMessage[],
  options: { level: Level; hasher: KeyedHasher; random: Random; scopes?: readonly Scope[]; split?: number },
): Promise<RecordedWork> {
  const { level, hasher, random, scopes = ['pointer', 'keys', 'workflow'], split } = options;
  const work: RecordedWork = { records: [], episodes: [], held: [], rawSteps: [], protectedMessages: [] };
  const tabViews = new Map<number, FragmentContext['tabView']>();
  for (const { app, tabId, isTopFrame, topUrl, sentMs, message } of messages) {
    const fragments = await protectFragments(message, {
      scopes,
      level,
      app,
      isTopFrame,
      topUrl,
      tabView: tabViews.get(tabId),
      hasher,
      random,
    });
    if (fragments.tabView) tabViews.set(tabId, fragments.tabView);
    work.records.push(...fragments.records);
    const rawSteps = message.fragments.filter((fragment) => fragment.kind === 'step');
    for (const { atMs, ...content } of fragments.steps) {
      work.rawSteps.push('step' in content && content.step !== undefined ? rawSteps.shift() : undefined);
      const place = { sequence: work.held.length, startMs: onLocalGrid(atMs, level) };
      work.held.push({ ...place, charter: 'simulated', level, split, ...content });
    }
    work.protectedMessages.push({ sentMs, fragments });
  }
  work.episodes = assembleEpisodes(work.held, Infinity, true);
  return work;
}

/** A hasher that remembers: simulated people meet the same few hundred places again and again. */
export function rememberingHasher(hasher: KeyedHasher): KeyedHasher {
  const known = new Map<string, Promise<string>>();
  return {
    hash(kind, app, text) {
      const place = `${kind} ${app} ${text}`;
      let hash = known.get(place);
      if (hash === undefined) known.set(place, (hash = hasher.hash(kind, app, text)));
      return hash;
    },
  };
}

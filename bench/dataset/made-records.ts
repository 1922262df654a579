/**
 * Records of a release that a stand-in collector gives, made from their place alone: as valid as published ones.
 *
 * The ids look random and go up with the place, so that a range of them is found without a list; the same place gives
 * the same record.
 */
import { click, control, field, press, shown, type } from '../../dataset/testing/hand-made-work.ts';
import {
  aMotion,
  anEpisode,
  aRhythm,
  aStep,
  aView,
  keyedHashFor,
} from '../../dataset/testing/published-rows.ts';
import { OUTCOMES, PAUSE_BUCKETS_MS } from '../../src/trace/limits.ts';
import type { PublishedEpisode, PublishedRecord } from '../../src/trace/published.ts';

/** Kinds that are made, each with what keeps its ids apart from those of others. */
const SALTS = { motion: 0, rhythm: 0x5bd1e995, episode: 0x2545f491 } as const;
export type MadeKind = keyof typeof SALTS;
export const MADE_KINDS = Object.keys(SALTS) as MadeKind[];

const IN_BYTE_ORDER = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
/** Records repeat after this many; ids do not. */
const DIFFERENT = 4096;
const made: Record<MadeKind, PublishedRecord[]> = { motion: [], rhythm: [], episode: [] };
const makers: Record<MadeKind, (seed: number) => PublishedRecord> = {
  motion: (seed) => aMotion(seed),
  rhythm: (seed) => aRhythm(seed),
  episode: deskWork,
};

/** The id at a place among `count` of a release: the first characters tell the place, the rest looks random. */
export function idAt(kind: MadeKind, release: number, place: number, count: number): string {
  let rest = Math.floor((place / count) * 64 ** 5);
  let begins = '';
  for (let index = 0; index < 5; index += 1) {
    begins = IN_BYTE_ORDER.charAt(rest % 64) + begins;
    rest = Math.floor(rest / 64);
  }
  let state = (place + release * count + SALTS[kind]) | 0;
  let id = begins;
  for (let index = 5; index < 21; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    id += IN_BYTE_ORDER.charAt(state >>> 26);
  }
  return `${id}${'AQgw'.charAt(state & 3)}`;
}

/** The record at a place among `count` of a release; motions have 8.5 samples on average, episodes 15.5 steps. */
export function recordAt(kind: MadeKind, release: number, place: number, count: number): PublishedRecord {
  const seed = place % DIFFERENT;
  const record = (made[kind][seed] ??= makers[kind](seed));
  return { ...record, recordId: idAt(kind, release, place, count) };
}

/** Apps that episodes are of. */
export const APPS = ['desk', 'mail', 'wiki', 'calendar'];
const VIEW_KEYS = 40;
const ACTS = [
  click(field('name')),
  type(field('name')),
  press('enter', { effect: 'formInvalid' }),
  click(control('save'), { effect: 'stateChanged' }),
  click(control('more')),
  click(control('more'), { effect: 'dialogOpened' }),
  press('escape'),
  { action: 'shortcut', shortcut: 'undo' } as const,
];

/** Some acts in each view, by turns in the views of up to three apps: with routines, corrections and dead clicks. */
function deskWork(seed: number): PublishedEpisode {
  const views = Array.from({ length: 1 + (seed % 5) }, (_, index) =>
    aView({
      app: itemAt(APPS, seed + (index % 3)),
      viewKey: keyedHashFor(`view ${(seed + index) % VIEW_KEYS}`),
      navigation: index === 0 ? 'load' : 'push',
    }),
  );
  const actsInView = 3 + (seed % 4);
  let view = 0;
  const steps = Array.from({ length: 1 + ((seed * 7) % 30) }, (_, index) => {
    const place = index % (actsInView + 1);
    if (place === actsInView && views.length > 1) {
      view = (view + 1) % views.length;
      return aStep(shown(view));
    }
    const pauseBeforeMs = itemAt(PAUSE_BUCKETS_MS, seed + index * 3);
    return aStep({ ...itemAt(ACTS, seed + place), view, pauseBeforeMs });
  });
  return anEpisode(seed, {
    recordedWeek: `2026-W${40 + (seed % 9)}`,
    views,
    steps,
    outcome: itemAt(OUTCOMES, seed),
  });
}

function itemAt<Item>(list: readonly Item[], index: number): Item {
  return list[index % list.length]!;
}

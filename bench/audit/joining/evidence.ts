/**
 * What two records say of each other directly, beside the likeness of their numbers: matches and metadata.
 *
 * Runs in the audit. Each piece of evidence is a few numbers; what they are worth is learned.
 */
import { GRID_CELLS, GRID_ROWS, type Action, type MovementEnd } from '../../../src/trace/limits.ts';
import { KEYS_OF_LENGTH } from './describe-episode.ts';
import type { Body, StolenRecord } from './stolen.ts';

/** A record with the bytes of its id. */
export interface Marked {
  record: StolenRecord;
  id: Buffer;
}

interface Measure {
  /** How many numbers it gives. */
  count: number;
  of: (one: Marked, other: Marked) => number[];
}

/** What anything stored beside the record says of two records. */
export const METADATA: Record<string, Measure> = {
  id: {
    count: 4,
    of: ({ id: left }, { id: right }) => {
      let [bits, prefix] = [0, -1];
      for (let index = 0; index < left.length; index += 1) {
        const differs = left[index]! ^ right[index]!;
        bits += BITS[differs]!;
        if (differs !== 0 && prefix < 0) prefix = index;
      }
      const gap = Math.abs(left.readUInt32BE() - right.readUInt32BE());
      const lastGap = Math.abs(left.readUInt32BE(12) - right.readUInt32BE(12));
      return [bits, prefix, Math.log2(1 + gap), Math.log2(1 + lastGap)];
    },
  },
  order: {
    count: 4,
    of: ({ record: one }, { record: other }) => {
      const gap = Math.abs(one.place - other.place);
      const pages = Math.abs(one.page - other.page);
      return [gap, Math.log(gap + 1e-4), Number(pages === 0), Math.log1p(pages)];
    },
  },
  release: {
    count: 5,
    of: ({ record: one }, { record: other }) => [
      Number(one.release === other.release),
      Math.abs(one.release - other.release),
      Math.abs(one.seenInNight - other.seenInNight),
      Number(one.release === 0),
      Number(other.release === 0),
    ],
  },
  tombstones: {
    count: 3,
    of: ({ record: one }, { record: other }) => {
      const [oneGone, otherGone] = [one.goneInNight >= 0, other.goneInNight >= 0];
      return [
        Number(oneGone && otherGone && one.goneInNight === other.goneInNight),
        Number(oneGone && otherGone && Math.abs(one.goneInNight - other.goneInNight) === 1),
        Number(oneGone !== otherGone),
      ];
    },
  },
  sightings: {
    count: 3,
    of: ({ record: one }, { record: other }) => [
      other.rarestKey,
      other.medianKey,
      Math.abs(one.medianKey - other.medianKey),
    ],
  },
};

const BITS = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

/** How common each way of acting is on a day, over all its episodes. */
export interface DayOfEpisodes {
  share: (action: string) => number;
}

const ACTION_OF_END: Partial<Record<MovementEnd, Action>> = {
  click: 'click',
  doubleClick: 'doubleClick',
  secondary: 'secondaryClick',
  drag: 'drag',
  wheel: 'scroll',
};
const PRIOR = 2;
const ORDINARY_VIEWPORTS_PX = { narrow: [800, 700], wide: [1536, 800] } as const;

interface Controls {
  counts: Map<string, number>;
  total: number;
  /** Ways between the targets of successive steps of one view, with the size of the viewport; CSS px. */
  ways: { dxPx: number; dyPx: number; widthPx: number; heightPx: number; action: Action }[];
}

/** An episode's steps as a movement may have led to them. */
export function controlsOf({ steps, views }: Body<'episode'>): Controls {
  const counts = new Map<string, number>();
  let total = 0;
  const ways: Controls['ways'] = [];
  let before: { gridX: number; gridY: number; view: number } | undefined;
  for (const { action, target, view } of steps) {
    if (target === undefined || !/click|drag|scroll/i.test(action)) continue;
    counts.set(action, (counts.get(action) ?? 0) + 1);
    total += 1;
    if (action === 'scroll') continue;
    if (before?.view === view) {
      const [widthPx, heightPx] = ORDINARY_VIEWPORTS_PX[views[view]!.width];
      ways.push({
        dxPx: ((target.gridX - before.gridX) / GRID_CELLS) * widthPx,
        dyPx: ((target.gridY - before.gridY) / GRID_ROWS) * heightPx,
        widthPx,
        heightPx,
        action,
      });
    }
    before = { gridX: target.gridX, gridY: target.gridY, view };
  }
  return { counts, total, ways };
}

export function dayOfEpisodes(episodes: readonly Controls[]): DayOfEpisodes {
  const counts = new Map<string, number>();
  let total = 0;
  for (const controls of episodes) {
    for (const [action, count] of controls.counts) counts.set(action, (counts.get(action) ?? 0) + count);
    total += controls.total;
  }
  return { share: (action) => ((counts.get(action) ?? 0) + 1) / (total + 100) };
}

/** How many numbers of `controlEvidence` belong to which channel, in order. */
export const CONTROL_COUNTS = { end: 2, way: 6 } as const;

/** Whether a movement could have led to one of the episode's steps: by its end and its way. */
export function controlEvidence(motion: Body<'motion'>, controls: Controls, day: DayOfEpisodes): number[] {
  const action = ACTION_OF_END[motion.end];
  return [...endEvidence(action, controls, day), ...wayEvidence(motion, action, controls)];
}

function endEvidence(action: Action | undefined, controls: Controls, day: DayOfEpisodes): number[] {
  if (action === undefined) return [0, 0.5];
  const share = day.share(action);
  const count = controls.counts.get(action) ?? 0;
  return [Math.log((count + PRIOR * share) / (controls.total + PRIOR) / share), Number(count > 0)];
}

/** How well the movement's way, or its length alone, fits the ways between the episode's targets. */
function wayEvidence(motion: Body<'motion'>, action: Action | undefined, { ways }: Controls): number[] {
  const dxPx = motion.path.dxPx.reduce((sum, value) => sum + value, 0);
  const dyPx = motion.path.dyPx.reduce((sum, value) => sum + value, 0);
  const lengthPx = Math.hypot(dxPx, dyPx);
  const fits = ways.map((way) => {
    const x = (dxPx - way.dxPx) / (way.widthPx / 14);
    const y = (dyPx - way.dyPx) / (way.heightPx / 10);
    const along = (lengthPx - Math.hypot(way.dxPx, way.dyPx)) / (way.widthPx / 14);
    return {
      action: way.action,
      whole: Math.exp(-0.5 * (x * x + y * y)),
      length: Math.exp(-0.5 * along * along),
    };
  });
  const alike = fits.filter((fit) => fit.action === action);
  const log = (value: number) => Math.log(value + 1e-4);
  return [fits, alike].flatMap((some) => [
    log(some.reduce((sum, { whole }) => sum + whole, 0) / Math.max(1, ways.length)),
    log(Math.max(0, ...some.map(({ whole }) => whole))),
    log(some.reduce((sum, { length }) => sum + length, 0) / Math.max(1, ways.length)),
  ]);
}

export const TYPING_COUNTS = { typing: 3 } as const;

/** How much of the episode's typing is in runs long enough for the rhythm. */
export function typingEvidence(rhythm: Body<'rhythm'>, episode: Body<'episode'>): number[] {
  const lengths = episode.steps.flatMap(({ length }) =>
    length === undefined ? [] : [KEYS_OF_LENGTH[length]],
  );
  const enough = lengths.filter((keys) => keys >= rhythm.keyClass.length);
  return [
    Math.log1p(enough.reduce((sum, keys) => sum + keys, 0)),
    Number(enough.length > 0),
    Math.log1p(enough.length),
  ];
}

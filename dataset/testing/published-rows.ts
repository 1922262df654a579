/**
 * Builders of published rows for tests: valid by the contract, and different from one another by a number.
 *
 * Runs in tests only.
 */
import { createHash } from 'node:crypto';
import { Charter } from '../../src/charter/charter.ts';
import { charterHash } from '../../src/charter/charter-hash.ts';
import { toBase64Url } from '../../src/charter/base64url.ts';
import { packPath } from '../../src/trace/packed-path.ts';
import {
  ACTIONS,
  KEY_CLASSES,
  LINKED_KEY_CLASSES,
  MOVEMENT_ENDS,
  MOVEMENT_PAUSES,
  PAUSE_BUCKETS_MS,
} from '../../src/trace/limits.ts';
import type {
  PublishedEpisode,
  PublishedMotion,
  PublishedRecord,
  PublishedRhythm,
  PublishedRow,
  PublishedTrace,
} from '../../src/trace/published.ts';

/** A charter as a collector would have it, with its hash and JSON text. */
export async function aCharter(
  changes: Partial<Charter> = {},
): Promise<{ charter: Charter; hash: string; text: string }> {
  const charter = Charter.parse({
    organization: 'Example Desk Ltd',
    contact: 'works-council@example.com',
    purpose: 'agent-training',
    collectorUrl: 'https://proffer.example.com',
    apps: [{ label: 'desk', matches: ['https://desk.example.com/*'] }],
    scopes: ['pointer', 'keys', 'workflow'],
    retentionDays: 90,
    expectedParticipants: 40,
    notice: { version: 1, text: 'What is recorded and why.' },
    ...changes,
  });
  return { charter, hash: await charterHash(charter), text: JSON.stringify(charter) };
}

/** An id that looks random and is the same for the same seed. */
export function recordIdFor(seed: string): string {
  return toBase64Url(new Uint8Array(createHash('sha256').update(seed).digest().subarray(0, 16)));
}

export function keyedHashFor(seed: string): string {
  return toBase64Url(new Uint8Array(createHash('sha256').update(seed).digest().subarray(0, 8)));
}

export function aRow(
  charter: string,
  record: PublishedRecord,
  changes: Partial<PublishedRow> = {},
): PublishedRow {
  const level = record.kind === 'trace' ? 'linked' : 'balanced';
  return { charter, level, schemaVersion: 1, record, ...changes };
}

export function aMotion(seed: number, changes: Partial<PublishedMotion> = {}): PublishedMotion {
  const steps = 2 + (seed % 12);
  const column = (valueAt: (index: number) => number) =>
    Array.from({ length: steps }, (_, index) => valueAt(index));
  return {
    kind: 'motion',
    recordId: recordIdFor(`motion ${seed}`),
    recordedWeek: '2026-W48',
    path: {
      dtMs: column((index) => 40 + ((seed * 7 + index * 13) % 90)),
      dxPx: column((index) => 8 * (((seed + index * 5) % 9) - 4)),
      dyPx: column((index) => 8 * (((seed * 3 + index) % 7) - 3)),
    },
    end: pick(MOVEMENT_ENDS, seed),
    endOffset: seed % 5 === 0 ? null : { xQuarters: (seed % 9) - 4, yQuarters: 1 },
    ...changes,
  };
}

export function aRhythm(seed: number, changes: Partial<PublishedRhythm> = {}): PublishedRhythm {
  const keys = 8 + (seed % 13);
  return {
    kind: 'rhythm',
    recordId: recordIdFor(`rhythm ${seed}`),
    recordedWeek: '2026-W47',
    keyClass: Array.from({ length: keys }, (_, index) => pick(KEY_CLASSES, (seed + index) % 7 === 0 ? 1 : 0)),
    intervalMs: Array.from({ length: keys - 1 }, (_, index) => 90 + ((seed * 31 + index * 17) % 360)),
    ...changes,
  };
}

type Target = NonNullable<PublishedEpisode['steps'][number]['target']>;

export function aTarget(changes: Partial<Target> = {}): Target {
  return {
    tag: 'button',
    role: 'button',
    states: [],
    gridX: 3,
    gridY: 4,
    widthLog2: 7,
    heightLog2: 5,
    depth: 2,
    siblings: '2-4',
    landmark: 'main',
    listSize: '0',
    elementKey: keyedHashFor('element'),
    term: 'save',
    ...changes,
  };
}

export function aView(
  changes: Partial<PublishedEpisode['views'][number]> = {},
): PublishedEpisode['views'][number] {
  return {
    app: 'desk',
    viewKey: keyedHashFor('view'),
    navigation: 'load',
    width: 'wide',
    pointerType: 'mouse',
    inventory: { roles: { button: '5-9', link: '20+' }, landmarks: { main: '10-19' } },
    coverage: { unreachableFrames: '0', closedShadowRoots: '1', canvasShareQuarters: 0 },
    ...changes,
  };
}

export function aStep(
  changes: Partial<PublishedEpisode['steps'][number]> = {},
): PublishedEpisode['steps'][number] {
  return {
    action: 'click',
    view: 0,
    pauseBeforeMs: 500,
    pathFlags: [],
    scrollPosition: 'top',
    effect: 'none',
    ...changes,
  };
}

export function anEpisode(seed: number, changes: Partial<PublishedEpisode> = {}): PublishedEpisode {
  return {
    kind: 'episode',
    recordId: recordIdFor(`episode ${seed}`),
    recordedWeek: '2026-W48',
    views: [aView(), aView({ viewKey: keyedHashFor(`view ${seed}`), navigation: 'push' })],
    steps: Array.from({ length: 1 + (seed % 9) }, (_, index) =>
      aStep({
        action: pick(ACTIONS, seed + index),
        view: index % 2,
        pauseBeforeMs: pick(PAUSE_BUCKETS_MS, seed + index),
        target: aTarget(),
      }),
    ),
    gaps: seed % 3 === 0 ? [{ afterStep: 0, reason: 'sensitiveField' }] : [],
    outcome: 'unknown',
    ...changes,
  };
}

/** Two movements and a typing run between the steps of an episode. */
export function aTrace(seed: number, changes: Partial<PublishedTrace> = {}): PublishedTrace {
  const { views, steps, gaps, outcome, recordedWeek } = anEpisode(seed);
  const movements = [seed, seed + 1].map((number) => {
    const { path, end, endOffset } = aMotion(number);
    const target = endOffset && ({ role: 'button', widthLog2: 6, heightLog2: 5 } as const);
    const pointerType = number % 4 === 0 ? ('other' as const) : ('mouse' as const);
    const pauseBefore = pick(MOVEMENT_PAUSES, number);
    return {
      path: packPath(path),
      end,
      pauseBefore,
      endOffset,
      target,
      pointerType,
      nestedScroller: number % 3 === 0,
    };
  });
  return {
    kind: 'trace',
    recordId: recordIdFor(`trace ${seed}`),
    recordedWeek,
    views,
    steps,
    gaps,
    outcome,
    motions: movements.map((movement, index) => ({
      startMs: index * 950,
      afterStep: index - 1,
      ...movement,
    })),
    rhythms: [
      {
        startMs: 2000,
        afterStep: 0,
        keyClass: Array.from({ length: 3 + (seed % 5) }, (_, index) =>
          pick(LINKED_KEY_CLASSES, seed + index),
        ),
        intervalMs: Array.from({ length: 2 + (seed % 5) }, (_, index) => 25 * ((seed + index) % 20)),
      },
    ],
    ...changes,
  };
}

function pick<Item>(list: readonly Item[], index: number): Item {
  const item = list[index % list.length];
  if (item === undefined) throw new TypeError('an empty list');
  return item;
}

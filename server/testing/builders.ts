/**
 * Builders for tests: charters, records and batches that are valid until a test changes something.
 *
 * Runs in tests only. Ids come from numbered secrets, so that a test can show the secret of a record.
 */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { parseCharter, type Charter } from '../../src/charter/charter.ts';
import { padToFixedSize, type TraceBatch } from '../../src/trace/batch.ts';
import type { Episode, Step, View } from '../../src/trace/episode.ts';
import type { Motion } from '../../src/trace/motion.ts';
import { packPath } from '../../src/trace/packed-path.ts';
import type { TraceRecord } from '../../src/trace/record.ts';
import type { Rhythm } from '../../src/trace/rhythm.ts';
import type { Sighting } from '../../src/trace/sighting.ts';
import type { Target } from '../../src/trace/target.ts';
import type { Trace } from '../../src/trace/trace.ts';

/** The day that tests take place on, and its noon. */
export const TODAY = '2026-11-25';
export const NOON_EPOCH_MS = Date.parse(`${TODAY}T12:00:00Z`);
export const WEEK = '2026-W48';
export const DAY_MS = 24 * 3_600_000;

/** A charter without thresholds: two apps, two tasks, all scopes. */
export function aCharter(changes: Partial<Charter> = {}): Charter {
  const parsed = parseCharter({
    organization: 'Example GmbH',
    contact: 'works.council@example.com',
    purpose: 'train-agents',
    collectorUrl: 'https://proffer.example.com',
    apps: [
      { label: 'desk', matches: ['https://desk.example.com/*'] },
      { label: 'wiki', matches: ['https://wiki.example.com/*'] },
    ],
    scopes: ['pointer', 'keys', 'workflow'],
    retentionDays: 90,
    expectedParticipants: 40,
    minContributors: 0,
    release: { everyHours: 24, minRecords: 0 },
    tasks: ['refund', 'close-ticket'],
    notice: { version: 1, text: 'We want to teach assistants the steps of our work.' },
    ...changes,
  });
  if (!parsed.ok) throw new Error(parsed.problems.join('; '));
  return parsed.charter;
}

/** The secret with this number, in the form that devices make them. */
export function secretOf(number: number): string {
  return createHash('sha256').update(`secret ${number}`).digest('base64url');
}

/** The id of the record whose secret has this number. */
export function recordIdOfNumber(number: number): string {
  const secret = Buffer.from(secretOf(number), 'base64url');
  return createHash('sha256').update(secret).digest().subarray(0, 16).toString('base64url');
}

/** A keyed hash, different for each number. */
export function keyedHashOf(number: number): string {
  return createHash('sha256').update(`key ${number}`).digest().subarray(0, 8).toString('base64url');
}

export function aMotion(number: number, changes: Partial<Motion> = {}): Motion {
  return {
    kind: 'motion',
    recordId: recordIdOfNumber(number),
    recordedOn: TODAY,
    // On the grids of both unlinked levels.
    path: { dtMs: [100, 100], dxPx: [32, 64], dyPx: [0, 32] },
    end: 'click',
    endOffset: { xQuarters: 1, yQuarters: 0 },
    ...changes,
  };
}

export function aRhythm(number: number, changes: Partial<Rhythm> = {}): Rhythm {
  return {
    kind: 'rhythm',
    recordId: recordIdOfNumber(number),
    recordedOn: TODAY,
    keyClass: ['char', 'char', 'char', 'backspace', 'char', 'char', 'char', 'enter'],
    // Values that both unlinked levels have.
    intervalMs: [104, 113, 128, 104, 113, 128, 104],
    ...changes,
  };
}

export function aTarget(changes: Partial<Target> = {}): Target {
  return {
    tag: 'button',
    role: 'button',
    states: [],
    gridX: 3,
    gridY: 4,
    widthLog2: 6,
    heightLog2: 5,
    depth: 2,
    siblings: '2-4',
    landmark: 'main',
    listSize: '0',
    elementKey: keyedHashOf(1),
    term: 'save',
    ...changes,
  };
}

export function aView(changes: Partial<View> = {}): View {
  return {
    app: 'desk',
    viewKey: keyedHashOf(2),
    navigation: 'load',
    width: 'wide',
    pointerType: 'mouse',
    inventory: { roles: { button: '5-9', link: '20+' }, landmarks: { main: '1' } },
    coverage: { unreachableFrames: '0', closedShadowRoots: '0', canvasShareQuarters: 0 },
    ...changes,
  };
}

export function aStep(changes: Partial<Step> = {}): Step {
  return {
    action: 'click',
    view: 0,
    pauseBeforeMs: 500,
    target: aTarget(),
    pathFlags: [],
    scrollPosition: 'top',
    effect: 'none',
    ...changes,
  };
}

export function anEpisode(number: number, changes: Partial<Episode> = {}): Episode {
  return {
    kind: 'episode',
    recordId: recordIdOfNumber(number),
    recordedOn: TODAY,
    views: [aView()],
    steps: [aStep(), aStep({ action: 'taskDone', task: 'refund' })],
    gaps: [],
    outcome: 'done',
    ...changes,
  };
}

/** A movement that led to the first step and a typing run after it. */
export function aTrace(number: number, changes: Partial<Trace> = {}): Trace {
  const { views, steps, gaps, outcome } = anEpisode(number);
  const { end, endOffset } = aMotion(number);
  const target = { role: 'button', widthLog2: 6, heightLog2: 5 } as const;
  const path = packPath({ dxPx: [4, 8], dyPx: [0, -4] });
  return {
    kind: 'trace',
    recordId: recordIdOfNumber(number),
    recordedOn: TODAY,
    views,
    steps,
    gaps,
    outcome,
    motions: [
      {
        startMs: 0,
        afterStep: -1,
        path,
        end,
        pauseBefore: 'short',
        endOffset,
        target,
        pointerType: 'mouse',
        nestedScroller: false,
      },
    ],
    rhythms: [{ startMs: 450, afterStep: 0, keyClass: ['char', 'space', 'char'], intervalMs: [125, 175] }],
    ...changes,
  };
}

export function aSighting(number: number, changes: Partial<Sighting> = {}): Sighting {
  return {
    kind: 'sighting',
    recordId: recordIdOfNumber(number),
    recordedOn: TODAY,
    scope: 'workflow',
    seen: { what: 'contributed' },
    ...changes,
  };
}

/** A batch id, different for each number. */
export function batchIdOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export function aBatch(
  charter: string,
  records: TraceRecord[] = [aMotion(1), aRhythm(2), anEpisode(3)],
  changes: Partial<TraceBatch> = {},
): TraceBatch {
  return { schemaVersion: 1, batchId: batchIdOf(1), charter, level: 'balanced', records, ...changes };
}

/** Anything as the body of a batch request: JSON, gzip'd and padded. */
export function onTheWire(document: unknown): Uint8Array<ArrayBuffer> {
  const padded = padToFixedSize(gzipSync(JSON.stringify(document)));
  if (padded === undefined) throw new Error('too large for one batch');
  return padded;
}

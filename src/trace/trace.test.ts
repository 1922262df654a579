import { describe, expect, it } from 'vitest';
import { TraceBatch } from './batch.ts';
import type { Episode } from './episode.ts';
import type { Motion } from './motion.ts';
import { packPath } from './packed-path.ts';
import { scopesOf } from './record.ts';
import { isLinkedPurpose, ReadingPurpose, readingPurposeOf } from './reading-purpose.ts';
import { Trace, type TraceMotion, type TraceRhythm } from './trace.ts';

const ID = { recordId: 'AAAAAAAAAAAAAAAAAAAAAA', recordedOn: '2026-11-23' };
const movement = {
  path: { dtMs: [50, 100], dxPx: [4, -8], dyPx: [0, 12] },
  end: 'click',
  endOffset: null,
} as const satisfies Omit<Motion, 'kind' | keyof typeof ID>;
const motion: TraceMotion = {
  startMs: 150,
  afterStep: -1,
  ...structuredClone(movement),
  path: packPath({ dxPx: [4, -8], dyPx: [0, 12] }),
  pauseBefore: 'short',
  target: null,
  pointerType: 'mouse',
  nestedScroller: false,
};
const rhythm: TraceRhythm = {
  startMs: 250,
  afterStep: -1,
  keyClass: ['char', 'space'],
  intervalMs: [125],
};
const trace: Trace = {
  ...ID,
  kind: 'trace',
  views: [],
  steps: [],
  gaps: [],
  outcome: 'unknown',
  motions: [motion],
  rhythms: [rhythm],
};
const gap: Episode['gaps'][number] = { afterStep: -1, reason: 'paused' };

const batch = (level: string, ...records: object[]) =>
  TraceBatch.safeParse({
    schemaVersion: 1,
    batchId: '00000000-0000-4000-8000-000000000001',
    charter: 'c'.repeat(64),
    level,
    records,
  });
const faults = (level: string, ...records: object[]) =>
  batch(level, ...records).error?.issues.map((issue) => issue.path.join('.'));

describe('a trace', () => {
  it('may be without steps, but not without anything', () => {
    expect(Trace.safeParse(trace).success).toBe(true);
    expect(Trace.safeParse({ ...trace, rhythms: [] }).success).toBe(true);
    expect(Trace.safeParse({ ...trace, rhythms: [], motions: [], gaps: [gap] }).success).toBe(false);
  });

  it('cannot place a piece after a step that it does not have', () => {
    expect(Trace.safeParse({ ...trace, motions: [{ ...motion, afterStep: 0 }] }).success).toBe(false);
    expect(Trace.safeParse({ ...trace, rhythms: [{ ...rhythm, afterStep: 0 }] }).success).toBe(false);
  });

  it.each(['holdMs', 'dwellMs', 'xPx', 'atMs', 'kind', 'recordId', 'text'])(
    'has no field %s in its pieces',
    (name) => {
      expect(Trace.safeParse({ ...trace, motions: [{ ...motion, [name]: 1 }] }).success).toBe(false);
      expect(Trace.safeParse({ ...trace, rhythms: [{ ...rhythm, [name]: 1 }] }).success).toBe(false);
    },
  );

  it('needs the scopes of what it holds, and no other', () => {
    expect(scopesOf(trace)).toEqual(['pointer', 'keys']);
    expect(scopesOf({ ...trace, rhythms: [] })).toEqual(['pointer']);
    expect(scopesOf({ ...trace, motions: [], gaps: [gap] })).toEqual(['keys', 'workflow']);
  });
});

describe('a batch', () => {
  it('holds traces at level linked and nowhere else', () => {
    expect(batch('linked', trace).success).toBe(true);
    expect(faults('balanced', trace)).toEqual(['records.0.kind']);
    expect(faults('strict', trace)).toEqual(['records.0.kind']);
  });

  it.each([
    { ...ID, ...movement, kind: 'motion' },
    { ...ID, kind: 'sighting', scope: 'pointer', seen: { what: 'contributed' } },
  ])('holds no $kind beside a trace', (record) => {
    expect(faults('linked', trace, record)).toEqual(['records.1.kind']);
  });

  it.each<[string, Partial<Trace>]>([
    ['motions.0.startMs', { motions: [{ ...motion, startMs: 175 }] }],
    ['rhythms.0.startMs', { rhythms: [{ ...rhythm, startMs: 225 }] }],
    ['rhythms.0.intervalMs', { rhythms: [{ ...rhythm, intervalMs: [110] }] }],
  ])('is refused where %s is finer than the grids of linked', (path, changes) => {
    expect(faults('linked', { ...trace, ...changes })).toEqual([`records.0.${path}`]);
  });
});

describe('the purpose of linked data', () => {
  it('is the charter’s with a mark that no slug can hold', () => {
    expect(readingPurposeOf('train-agents', 'linked')).toBe('train-agents:linked');
    expect(readingPurposeOf('train-agents', 'balanced')).toBe('train-agents');
    expect(isLinkedPurpose('train-agents:linked')).toBe(true);
    expect(isLinkedPurpose('linked')).toBe(false);
  });

  it('is a purpose that readers may state, and nothing like it is', () => {
    for (const purpose of ['train-agents', 'train-agents:linked'])
      expect(ReadingPurpose.safeParse(purpose).success).toBe(true);
    for (const purpose of ['a:strict', 'a:linked:linked', ':linked', 'A', 'a:linked '])
      expect(ReadingPurpose.safeParse(purpose).success).toBe(false);
  });
});

/**
 * Replays: what was kept is shown in order and in place, and nothing is made up.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOON_MS } from '../testing/builders.ts';
import {
  aGeneralStep,
  aGeneralTarget,
  aGeneralView,
  aHeldStep,
  aMotionRecord,
  aRhythmRecord,
  RECORDED_ON,
} from '../testing/held-builders.ts';
import type { Episode } from '../trace/episode.ts';
import { packPath } from '../trace/packed-path.ts';
import type { Trace } from '../trace/trace.ts';
import { endOfMoment, frameAt } from './frame-at.ts';
import { piecesOfHeld, piecesOfRecord } from './pieces.ts';
import { createReplay, type Replay } from './replay.ts';
import { UNKNOWN_STAGE } from './wireframe.ts';

const motionMoment = (replay: Replay) => {
  const shown = replay.moments.map((moment) => moment.shown).find(({ kind }) => kind === 'motion');
  if (shown?.kind !== 'motion') throw new Error('shows no movement');
  return shown;
};

describe('a movement', () => {
  const click = aHeldStep({ startMs: NOON_MS + 300 });
  const box = { x: 6.5 * 100 - 32, y: 3.5 * 100 - 16, width: 64, height: 32 };

  it('ends on the target of the step that it led to, where on it the record says', () => {
    const motion = aMotionRecord({ endOffset: { xQuarters: 2, yQuarters: -4 } });
    const replay = createReplay([...piecesOfRecord(motion, NOON_MS + 200), ...piecesOfHeld(click)]);
    expect(replay.moments.map(({ shown }) => shown.kind)).toEqual(['motion', 'step']);
    const { points, isPlaced } = motionMoment(replay);
    expect(isPlaced).toBe(true);
    expect(points.at(-1)).toEqual({ x: 650 + 16, y: box.y, atMs: 200 });
    // The way there is kept as it would be sent.
    expect(points.map(({ x, y }) => [x - points[0]!.x, y - points[0]!.y])).toEqual([
      [0, 0],
      [32, 0],
      [96, 32],
    ]);
  });

  it.each([
    ['that ended in nothing', aMotionRecord({ end: 'none' }), NOON_MS + 200],
    ['long before the step', aMotionRecord(), NOON_MS - 5000],
    ['that ended in something else than the step was', aMotionRecord({ end: 'drag' }), NOON_MS + 200],
  ])('%s is drawn in the middle and says so', (_what, motion, endedAtMs) => {
    const replay = createReplay([...piecesOfRecord(motion, endedAtMs), ...piecesOfHeld(click)]);
    const { points, isPlaced } = motionMoment(replay);
    expect(isPlaced).toBe(false);
    expect(points.at(-1)).toMatchObject({ x: 600, y: 400 });
  });

  it('leads to the nearest step, and no step is led to twice', () => {
    const earlier = aMotionRecord();
    const nearer = aMotionRecord({ endOffset: null });
    const replay = createReplay([
      ...piecesOfRecord(earlier, NOON_MS - 500),
      ...piecesOfRecord(nearer, NOON_MS + 200),
      ...piecesOfHeld(click),
    ]);
    expect(replay.moments.map(({ shown }) => shown.kind === 'motion' && shown.isPlaced)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('without any step is drawn on an empty stage', () => {
    const replay = createReplay(piecesOfRecord(aMotionRecord(), NOON_MS));
    expect(replay.scenes).toEqual([]);
    expect(motionMoment(replay).points.at(-1)).toMatchObject({
      x: UNKNOWN_STAGE.width / 2,
      y: UNKNOWN_STAGE.height / 2,
    });
  });
});

describe('time', () => {
  it('is shortened where nothing was done, and says by how much', () => {
    const replay = createReplay([
      ...piecesOfHeld(aHeldStep()),
      ...piecesOfHeld(aHeldStep({ startMs: NOON_MS + 60_000 })),
    ]);
    expect(replay.moments[1]).toMatchObject({ skippedMs: 58_500, fromMs: 600 + 1500 });
    expect(replay.durationMs).toBe(600 + 1500 + 600);
  });

  it('never runs backwards, and each moment has a last instant of its own', () => {
    const pieces = fc.array(
      fc
        .integer({ min: 0, max: 200 })
        .chain((tenths) =>
          fc.constantFrom(
            ...piecesOfHeld(aHeldStep({ startMs: NOON_MS + 100 * tenths })),
            ...piecesOfRecord(aMotionRecord(), NOON_MS + 100 * tenths),
            ...piecesOfRecord(aRhythmRecord(), NOON_MS + 100 * tenths),
          ),
        ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(pieces, (all) => {
        const replay = createReplay(all);
        expect(replay.moments).toHaveLength(all.length);
        replay.moments.forEach((moment, index) => {
          expect(frameAt(replay, endOfMoment(moment)).index).toBe(index);
          expect(frameAt(replay, moment.fromMs).index).toBe(index);
        });
      }),
    );
  });
});

describe('a frame', () => {
  it('shows the way of a movement up to now, between samples as well', () => {
    const replay = createReplay(piecesOfRecord(aMotionRecord(), NOON_MS));
    const { trail } = frameAt(replay, 150);
    expect(trail).toHaveLength(3);
    expect(trail[2]!.x - trail[1]!.x).toBe(32);
  });

  it('shows the keys struck so far', () => {
    const replay = createReplay(piecesOfRecord(aRhythmRecord(), NOON_MS));
    expect(frameAt(replay, 0).ticks).toEqual([{ keyClass: 'char', atMs: 0 }]);
    expect(frameAt(replay, endOfMoment(replay.moments[0]!)).ticks).toHaveLength(8);
  });

  it('of nothing is empty', () => {
    expect(frameAt(createReplay([]), 0)).toEqual({
      index: -1,
      moment: undefined,
      scene: undefined,
      trail: [],
      ticks: [],
    });
  });
});

describe('a wireframe', () => {
  it('has one box for a control that several steps were done to, and one region around a landmark', () => {
    const { scenes } = createReplay([
      ...piecesOfHeld(aHeldStep()),
      ...piecesOfHeld(aHeldStep({ step: aGeneralStep({ action: 'doubleClick' }) })),
    ]);
    expect(scenes).toHaveLength(1);
    expect(scenes[0]!.controls).toHaveLength(1);
    expect(scenes[0]!.regions.map(({ landmark }) => landmark)).toEqual(['main']);
  });

  it('keeps alike controls of one cell apart, and every box on the stage', () => {
    const target = fc.record({
      gridX: fc.integer({ min: 0, max: 11 }),
      gridY: fc.integer({ min: 0, max: 7 }),
      widthLog2: fc.integer({ min: 0, max: 12 }),
      heightLog2: fc.integer({ min: 0, max: 12 }),
      landmark: fc.constantFrom('main' as const, 'none' as const, 'navigation' as const),
    });
    fc.assert(
      fc.property(fc.array(target, { maxLength: 20 }), (targets) => {
        const steps = targets.map((changes, index) =>
          aHeldStep({ sequence: index, step: aGeneralStep({ target: aGeneralTarget(changes) }) }),
        );
        const [scene] = createReplay(steps.flatMap(piecesOfHeld)).scenes;
        for (const { box } of [...(scene?.controls ?? []), ...(scene?.regions ?? [])]) {
          expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
          expect(box.x + box.width).toBeLessThanOrEqual(scene!.width);
          expect(box.y + box.height).toBeLessThanOrEqual(scene!.height);
        }
      }),
    );
    const twins = ['ok', 'cancel'] as const;
    const [scene] = createReplay(
      twins.flatMap((term) =>
        piecesOfHeld(aHeldStep({ step: aGeneralStep({ target: aGeneralTarget({ term }) }) })),
      ),
    ).scenes;
    const [one, other] = scene!.controls.map(({ box }) => box);
    expect(other!.y).toBeGreaterThanOrEqual(one!.y + one!.height);
  });

  it('is a new one for each showing of a view', () => {
    const replay = createReplay([
      ...piecesOfHeld(aHeldStep({ viewId: 'list' })),
      ...piecesOfHeld(aHeldStep({ viewId: 'ticket', startMs: NOON_MS + 1000 })),
    ]);
    expect(replay.moments.map(({ scene }) => scene)).toEqual([0, 1]);
  });
});

describe('a record', () => {
  const step = { ...aGeneralStep(), view: 0, pauseBeforeMs: 2000 as const };
  const episode: Episode = {
    kind: 'episode',
    recordId: 'AAAAAAAAAAAAAAAAAAAAAA',
    recordedOn: RECORDED_ON,
    views: [aGeneralView()],
    steps: [step, step],
    gaps: [{ afterStep: 0, reason: 'paused' }],
    outcome: 'unknown',
  };

  it('of an episode shows its steps by their pauses, and its gaps in place', () => {
    const pieces = piecesOfRecord(episode, NOON_MS);
    expect(pieces.map(({ kind, atMs }) => [kind, atMs - NOON_MS])).toEqual([
      ['step', 0],
      ['gap', 0],
      ['step', 2000],
    ]);
    expect(createReplay(pieces).moments.map(({ shown }) => shown.kind)).toEqual(['step', 'gap', 'step']);
  });

  it('of a trace shows movements and typing runs between the steps that they lie between', () => {
    const { path } = aMotionRecord();
    const trace: Trace = {
      ...episode,
      kind: 'trace',
      gaps: [],
      motions: [
        {
          startMs: 2500,
          afterStep: 0,
          path: packPath(path),
          end: 'click',
          pauseBefore: 'short',
          endOffset: null,
          target: null,
          pointerType: 'mouse',
          nestedScroller: false,
        },
      ],
      rhythms: [{ startMs: 3000, afterStep: 1, keyClass: ['char', 'space'], intervalMs: [125] }],
    };
    const replay = createReplay(piecesOfRecord(trace, NOON_MS));
    expect(replay.moments.map(({ shown }) => shown.kind)).toEqual(['step', 'motion', 'step', 'rhythm']);
    expect(motionMoment(replay).isPlaced).toBe(true);
  });

  it('of a release, which knows no time of day, shows the same', () => {
    const { recordedOn: _recordedOn, ...rest } = episode;
    const pieces = piecesOfRecord({ ...rest, recordedWeek: '2026-W48' }, 0);
    expect(createReplay(pieces)).toMatchObject({ scenes: [{ view: { app: 'desk' } }] });
  });
});

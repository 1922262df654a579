import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RawMovement } from '../capture/fragments.ts';
import { aMovement, aTarget } from '../testing/builders.ts';
import { Motion } from '../trace/motion.ts';
import { MOVEMENT_ENDS } from '../trace/limits.ts';
import { cryptoRandom } from '../trace/random.ts';
import { medianDurationMs } from '../trace/population.ts';
import { protectMovement } from './protect-movement.ts';

const LEVELS = ['balanced', 'strict'] as const;
const ID = { recordId: 'AAAAAAAAAAAAAAAAAAAAAA', recordedOn: '2026-11-23' };

/** Hostile but parseable movements: times that run backwards, jumps across the screen, targets of no size. */
const anyMovement = fc
  .array(
    fc.tuple(
      fc.integer({ min: -60_000, max: 60_000 }),
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
    ),
    { minLength: 3, maxLength: 120 },
  )
  .chain((samples) =>
    fc
      .record({
        end: fc.constantFrom(...MOVEMENT_ENDS),
        pauseBeforeMs: fc.nat(86_400_000),
        sizePx: fc.integer({ min: -10, max: 1_000_000 }),
      })
      .map(({ end, pauseBeforeMs, sizePx }) =>
        aMovement({
          timeMs: samples.map((sample) => sample[0]),
          xPx: samples.map((sample) => sample[1]),
          yPx: samples.map((sample) => sample[2]),
          end,
          pauseBeforeMs,
          target: aTarget({ widthPx: sizePx, heightPx: sizePx }),
        }),
      ),
  );

describe.each(LEVELS)('motion at %s', (level) => {
  const gridPx = level === 'balanced' ? 8 : 32;

  it('is a valid record on the grid for every movement, hostile ones included', () => {
    fc.assert(
      fc.property(anyMovement, (raw) => {
        RawMovement.parse(raw);
        const content = protectMovement(raw, level, cryptoRandom);
        if (content === undefined) return;
        const motion = Motion.parse({ ...ID, ...content });
        for (const stepPx of [...motion.path.dxPx, ...motion.path.dyPx]) {
          if (Math.abs(stepPx) < 20_000) expect(Math.abs(stepPx % gridPx)).toBe(0);
        }
      }),
    );
  });

  it('takes its duration from the length of the path and chance, never from the movement', () => {
    const slow = aMovement({ timeMs: [0, 900, 1900, 4900] });
    const fast = aMovement({ timeMs: [0, 10, 20, 30] });
    const seeded = () => {
      let state = 1;
      return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    };
    const durationMs = (raw: RawMovement) =>
      protectMovement(raw, level, seeded())!.path.dtMs.reduce((sum, ms) => sum + ms, 0);
    expect(durationMs(slow)).toBe(durationMs(fast));
  });

  it('does not tell where on the page it was', () => {
    const shifted = (offsetPx: number) =>
      aMovement({
        xPx: [10, 40, 80, 100].map((x) => x + offsetPx),
        yPx: [100, 100, 100, 100].map((y) => y + offsetPx),
        target: null,
      });
    const always = () => 0.25;
    expect(protectMovement(shifted(0), level, always)).toEqual(protectMovement(shifted(4096), level, always));
  });

  it('does not tell to which side the hand bends', () => {
    const bent = aMovement({ xPx: [0, 400, 800, 1200], yPx: [0, 300, 300, 0], target: null });
    const sides = Array.from({ length: 60 }, () => {
      const { dxPx, dyPx } = protectMovement(bent, level, cryptoRandom)!.path;
      const turn = dxPx
        .slice(1)
        .reduce((sum, dx, index) => sum + dxPx[index]! * dyPx[index + 1]! - dyPx[index]! * dx, 0);
      return Math.sign(turn);
    });
    expect(new Set(sides)).toEqual(new Set([1, -1]));
  });

  it('leaves out tremor', () => {
    expect(protectMovement(aMovement({ xPx: [10, 11, 12, 13] }), level, cryptoRandom)).toBeUndefined();
  });
});

describe('motion at balanced', () => {
  it('keeps how far it is from start to end', () => {
    const { path } = protectMovement(aMovement({ xPx: [0, 400, 800, 1200] }), 'balanced', cryptoRandom)!;
    const sum = (column: number[]) => column.reduce((total, step) => total + step, 0);
    expect(Math.abs(Math.hypot(sum(path.dxPx), sum(path.dyPx)) - 1200)).toBeLessThanOrEqual(12);
  });

  it('differs from one time to the next where it must: duration, phase of clock and grid', () => {
    const made = Array.from({ length: 50 }, () =>
      JSON.stringify(protectMovement(aMovement(), 'balanced', cryptoRandom)!.path),
    );
    expect(new Set(made).size).toBeGreaterThan(40);
  });

  it('does not tell when on its way the hand was fast: where half the time has passed differs', () => {
    const straight = aMovement({
      timeMs: [0, 400, 800, 1200, 1600],
      xPx: [0, 400, 800, 1200, 1600],
      yPx: [0, 0, 0, 0, 0],
    });
    const halfways = Array.from({ length: 300 }, () => {
      const { dtMs, dxPx, dyPx } = protectMovement(straight, 'balanced', cryptoRandom)!.path;
      const halfMs = dtMs.reduce((sum, ms) => sum + ms, 0) / 2;
      let [passedMs, xPx, yPx] = [0, 0, 0];
      dtMs.forEach((ms, index) => {
        if (passedMs >= halfMs) return;
        passedMs += ms;
        xPx += dxPx[index]!;
        yPx += dyPx[index]!;
      });
      return Math.hypot(xPx, yPx) / 1600;
    }).sort((one, other) => one - other);
    expect(halfways[30]!).toBeLessThan(0.47);
    expect(halfways[150]!).toBeGreaterThan(0.45);
    expect(halfways[150]!).toBeLessThan(0.65);
    expect(halfways[270]!).toBeGreaterThan(0.65);
  });

  it('draws durations around the median of the population', () => {
    const medianMs = medianDurationMs(90);
    const durations = Array.from({ length: 2000 }, () =>
      protectMovement(aMovement(), 'balanced', cryptoRandom)!.path.dtMs.reduce((sum, ms) => sum + ms, 0),
    ).sort((one, other) => one - other);
    expect(durations[1000]! / medianMs).toBeGreaterThan(0.95);
    expect(durations[1000]! / medianMs).toBeLessThan(1.05);
    expect(durations[100]! / medianMs).toBeLessThan(0.75);
  });
});

describe('motion at strict', () => {
  it('is start, middle and end, with no chance in its timing', () => {
    const { path } = protectMovement(aMovement(), 'strict', cryptoRandom)!;
    expect(path.dtMs).toHaveLength(2);
    expect(Math.abs(path.dtMs[0]! - path.dtMs[1]!)).toBeLessThanOrEqual(1);
  });
});

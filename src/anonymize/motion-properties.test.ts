import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RawMovement } from '../capture/fragments.ts';
import { aMovement } from '../testing/builders.ts';
import { anyMovement } from '../testing/raw-arbitraries.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { fieldAgainstLevel } from '../trace/level-check.ts';
import { MIN_PATH_PX } from '../trace/limits.ts';
import { Motion } from '../trace/motion.ts';
import { medianDurationMs } from '../trace/population.ts';
import { cryptoRandom } from '../trace/random.ts';
import { protectMovement } from './protect-movement.ts';

const LEVELS = ['balanced', 'strict'] as const;
const ID = { recordId: 'AAAAAAAAAAAAAAAAAAAAAA', recordedOn: '2026-11-23' };
const anySeed = fc.integer();
const total = (column: readonly number[]) => column.reduce((sum, item) => sum + item, 0);
const lengthPx = ({ xPx, yPx }: Pick<RawMovement, 'xPx' | 'yPx'>) =>
  total(xPx.slice(1).map((x, index) => Math.hypot(x - xPx[index]!, yPx[index + 1]! - yPx[index]!)));
const offset = (column: readonly number[], by: number) => column.map((item) => item + by);

/** Movements of a hand: forward in time, on a screen. */
const anyHandMovement = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.nat(1900), fc.nat(1000)), {
    minLength: 3,
    maxLength: 60,
  })
  .map((samples) => {
    let passedMs = 0;
    return aMovement({
      timeMs: samples.map(([stepMs]) => (passedMs += stepMs)),
      xPx: samples.map(([, x]) => x),
      yPx: samples.map(([, , y]) => y),
      target: null,
    });
  });

describe.each(LEVELS)('a motion at %s', (level) => {
  /** What the same chance makes of one movement and of another that differs in what must not show. */
  const expectSame = (one: RawMovement, other: RawMovement, seed: number) =>
    expect(protectMovement(other, level, seededRandom(seed))).toEqual(
      protectMovement(one, level, seededRandom(seed)),
    );

  it('is a valid record within its level for every movement that a page could send', () => {
    fc.assert(
      fc.property(anyMovement, (raw) => {
        RawMovement.parse(raw);
        const content = protectMovement(raw, level, cryptoRandom);
        if (content === undefined) {
          expect(lengthPx(raw)).toBeLessThan(MIN_PATH_PX);
          return;
        }
        const record = { ...ID, ...content };
        expect(Motion.parse(record)).toEqual(record);
        expect(fieldAgainstLevel(record, level)).toBeUndefined();
        // JSON has no -0: what is sent is what the person was shown.
        expect(JSON.parse(JSON.stringify(record))).toEqual(record);
      }),
    );
  });

  it('does not show when it was made, nor when its clock began', () => {
    fc.assert(
      fc.property(anyHandMovement, anySeed, fc.integer({ min: -30_000, max: 30_000 }), (raw, seed, byMs) => {
        expectSame(raw, { ...raw, timeMs: offset(raw.timeMs, byMs), atMs: raw.atMs + byMs }, seed);
      }),
    );
  });

  it('does not show where it was made, not even in how a number is rounded', () => {
    const anyOffset = fc.integer({ min: -3000, max: 3000 });
    fc.assert(
      fc.property(anyHandMovement, anySeed, anyOffset, anyOffset, (raw, seed, byX, byY) => {
        expectSame(raw, { ...raw, xPx: offset(raw.xPx, byX), yPx: offset(raw.yPx, byY) }, seed);
      }),
    );
  });

  it('does not show how fast it was made', () => {
    fc.assert(
      // Powers of two, so that the comparison is exact.
      fc.property(anyHandMovement, anySeed, fc.constantFrom(2, 8, 64), (raw, seed, slower) => {
        expectSame(raw, { ...raw, timeMs: raw.timeMs.map((ms) => ms * slower) }, seed);
      }),
    );
  });

  it('takes time that runs backwards for standing still', () => {
    fc.assert(
      fc.property(anyMovement, anySeed, (raw, seed) => {
        let latestMs = -Infinity;
        const forward = raw.timeMs.map((timeMs) => (latestMs = Math.max(latestMs, timeMs)));
        expectSame(raw, { ...raw, timeMs: forward }, seed);
      }),
    );
  });

  it('does not show the rest before it', () => {
    fc.assert(
      fc.property(anyHandMovement, anySeed, fc.nat(86_400_000), (raw, seed, pauseBeforeMs) => {
        expectSame(raw, { ...raw, pauseBeforeMs }, seed);
      }),
    );
  });

  it('shows of its target only where on it the movement ended', () => {
    fc.assert(
      fc.property(anyHandMovement, anySeed, fc.nat(500), (raw, seed, byPx) => {
        const target = aMovement().target!;
        const elsewhere = {
          ...target,
          tag: 'div' as const,
          states: ['checked' as const],
          xPx: target.xPx + byPx,
          yPx: target.yPx + byPx,
          viewportWidthPx: 333,
          depth: 77,
          siblings: 41,
          landmark: 'dialog' as const,
          listSize: 12,
          structure: 'another',
          term: 'save' as const,
        };
        const moved = { ...raw, xPx: offset(raw.xPx, byPx), yPx: offset(raw.yPx, byPx) };
        expectSame({ ...raw, target }, { ...moved, target: elsewhere }, seed);
      }),
    );
  });

  it('goes as far as the hand went, within a cell of the grid, whatever lies between', () => {
    const gridPx = level === 'balanced' ? 8 : 32;
    fc.assert(
      fc.property(anyHandMovement, anySeed, (raw, seed) => {
        const content = protectMovement(raw, level, seededRandom(seed));
        if (content === undefined) return;
        const { dxPx, dyPx } = content.path;
        const wentPx = Math.hypot(raw.xPx.at(-1)! - raw.xPx[0]!, raw.yPx.at(-1)! - raw.yPx[0]!);
        const shownPx = Math.hypot(total(dxPx), total(dyPx));
        expect(Math.abs(shownPx - wentPx)).toBeLessThanOrEqual(gridPx * Math.SQRT2);
      }),
    );
  });

  it('does not show in which direction the hand went', () => {
    const right = aMovement({ xPx: [0, 400, 800, 1200], yPx: [0, 0, 0, 0] });
    const quarters = Array.from({ length: 400 }, () => {
      const { dxPx, dyPx } = protectMovement(right, level, cryptoRandom)!.path;
      return Math.floor((Math.atan2(total(dyPx), total(dxPx)) / Math.PI + 1) * 2) % 4;
    });
    for (const quarter of [0, 1, 2, 3]) {
      const count = quarters.filter((other) => other === quarter).length;
      expect(Math.abs(count - 100)).toBeLessThan(50);
    }
  });
});

describe('a motion at balanced', () => {
  it('of the same movement differs from one time to the next', () => {
    fc.assert(
      fc.property(anyHandMovement, (raw) => {
        fc.pre(lengthPx(raw) > 200);
        const once = () => JSON.stringify(protectMovement(raw, 'balanced', cryptoRandom));
        expect(new Set(Array.from({ length: 12 }, once)).size).toBeGreaterThan(6);
      }),
    );
  });

  it('lasts as its length and chance say, and nothing else', () => {
    fc.assert(
      fc.property(anyHandMovement, anySeed, (raw, seed) => {
        const content = protectMovement(raw, 'balanced', seededRandom(seed));
        if (content === undefined) return;
        const random = seededRandom(seed);
        // The first two chances are the angle's and the mirror's.
        random();
        random();
        const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
        const durationMs = medianDurationMs(lengthPx(raw)) * Math.exp(0.3 * normal);
        expect(Math.abs(total(content.path.dtMs) - durationMs)).toBeLessThan(1);
      }),
    );
  });

  it('begins anywhere between two ticks of the clock that samples it', () => {
    const first = Array.from(
      { length: 300 },
      () => protectMovement(aMovement(), 'balanced', cryptoRandom)!.path.dtMs[0]!,
    );
    for (const tenth of Array.from({ length: 10 }, (_, index) => index * 10)) {
      expect(first.some((ms) => ms >= tenth && ms <= tenth + 10)).toBe(true);
    }
  });

  it('is sampled by a clock of its own: every 100 ms, but for its ends', () => {
    fc.assert(
      fc.property(anyHandMovement, anySeed, (raw, seed) => {
        const { dtMs } = protectMovement(raw, 'balanced', seededRandom(seed))?.path ?? { dtMs: [] };
        for (const stepMs of dtMs.slice(1, -1)) expect(Math.abs(stepMs - 100)).toBeLessThanOrEqual(1);
        for (const stepMs of [dtMs[0] ?? 0, dtMs.at(-1) ?? 0]) expect(stepMs).toBeLessThanOrEqual(101);
      }),
    );
  });
});

describe('a motion at strict', () => {
  it('of the same movement differs where it lies between two cells of the grid, in x and y on their own', () => {
    // The end lies in the middle between two lines of the grid: each is as likely.
    const raw = aMovement({ timeMs: [0, 1, 2], xPx: [0, 24, 48], yPx: [0, 24, 48] });
    const ends = Array.from({ length: 200 }, () => {
      // No turn and no mirror: those are the first two chances.
      const fixed = [0, 1];
      const random = () => fixed.shift() ?? cryptoRandom();
      const { dxPx, dyPx } = protectMovement(raw, 'strict', random)!.path;
      return `${total(dxPx)} ${total(dyPx)}`;
    });
    expect(new Set(ends)).toEqual(new Set(['32 32', '32 64', '64 32', '64 64']));
  });

  it('does not show when in its course the hand was fast or slow', () => {
    const anyTimes = fc.array(fc.integer({ min: -60_000, max: 60_000 }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(anyHandMovement, anySeed, anyTimes, (raw, seed, times) => {
        const other = { ...raw, timeMs: times.slice(0, raw.timeMs.length) };
        expect(protectMovement(other, 'strict', seededRandom(seed))).toEqual(
          protectMovement(raw, 'strict', seededRandom(seed)),
        );
      }),
    );
  });

  it('does not show how straight the hand went: its duration follows from the three places it tells', () => {
    fc.assert(
      fc.property(anyHandMovement, anySeed, (raw, seed) => {
        const content = protectMovement(raw, 'strict', seededRandom(seed));
        if (content === undefined) return;
        const { dtMs, dxPx, dyPx } = content.path;
        const toldPx = total(dxPx.map((x, index) => Math.hypot(x, dyPx[index]!)));
        expect(total(dtMs)).toBe(Math.round(medianDurationMs(toldPx)));
        expect(dtMs[0]! - dtMs[1]!).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('of a straight and of a trembling hand between the same places is the same', () => {
    const straight = aMovement({
      timeMs: [0, 1, 2, 3, 4],
      xPx: [0, 100, 200, 300, 400],
      yPx: [0, 0, 0, 0, 0],
    });
    const trembling = { ...straight, yPx: [0, 9, 0, -9, 0] };
    expect(protectMovement(trembling, 'strict', seededRandom(3))).toEqual(
      protectMovement(straight, 'strict', seededRandom(3)),
    );
  });
});

describe('a movement at linked', () => {
  const made = (raw: RawMovement, seed: number) => protectMovement(raw, 'linked', seededRandom(seed));

  it('does not show where nor when it was made, and lies on its grids', () => {
    const anyOffset = fc.integer({ min: -3000, max: 3000 });
    fc.assert(
      fc.property(anyHandMovement, anySeed, anyOffset, anyOffset, (raw, seed, byX, byY) => {
        const elsewhere = { ...raw, xPx: offset(raw.xPx, byX), yPx: offset(raw.yPx, byY) };
        const later = { ...elsewhere, atMs: raw.atMs + byX, timeMs: offset(raw.timeMs, byY) };
        expect(made(later, seed)).toEqual(made(raw, seed));
        const { dtMs, dxPx, dyPx } = made(raw, seed)?.path ?? { dtMs: [], dxPx: [], dyPx: [] };
        for (const ms of dtMs) expect(ms % 50).toBe(0);
        for (const px of [...dxPx, ...dyPx]) expect(Math.abs(px % 4)).toBe(0);
      }),
    );
  });

  it('lasts as the hand did, to a tick of its clock', () => {
    fc.assert(
      fc.property(anyHandMovement, anySeed, (raw, seed) => {
        const path = made(raw, seed)?.path;
        const spanMs = raw.timeMs.at(-1)! - raw.timeMs[0]!;
        fc.pre(path !== undefined && spanMs >= 50 && spanMs <= 5000);
        expect(Math.abs(total(path.dtMs) - spanMs)).toBeLessThanOrEqual(25);
      }),
    );
  });
});

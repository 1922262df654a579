import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RAW_KEY_CLASSES, RawTypingRun } from '../capture/fragments.ts';
import { aTypingRun } from '../testing/builders.ts';
import { anyTypingRun } from '../testing/raw-arbitraries.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { fieldAgainstLevel } from '../trace/level-check.ts';
import { MAX_RHYTHM_KEYS, MIN_RHYTHM_KEYS } from '../trace/limits.ts';
import { cryptoRandom, randomInt } from '../trace/random.ts';
import { Rhythm } from '../trace/rhythm.ts';
import { protectTyping } from './protect-typing.ts';

const LEVELS = ['balanced', 'strict'] as const;
const ID = { recordId: 'AAAAAAAAAAAAAAAAAAAAAA', recordedOn: '2026-11-23' };
const CHARS = ['letter', 'digit', 'punctuation', 'space'].map((name) =>
  RAW_KEY_CLASSES.indexOf(name as (typeof RAW_KEY_CLASSES)[number]),
);
const BACKSPACE = RAW_KEY_CLASSES.indexOf('backspace');
const anySeed = fc.integer();

/** Typing: classes and the interval before each key. */
const anyTyping = fc.array(fc.tuple(fc.nat(RAW_KEY_CLASSES.length - 1), fc.integer({ min: 1, max: 3500 })), {
  minLength: 10,
  maxLength: 120,
});
type Typing = [number, number][];

function asRun(typing: Typing): RawTypingRun {
  let passedMs = 0;
  return aTypingRun(typing.length, {
    keyClass: typing.map(([keyClass]) => keyClass),
    downMs: typing.map(([, intervalMs]) => (passedMs += intervalMs)),
  });
}

/**
 * Where the pieces of a run of this many keys lie under some chance: found by a run in which each key is marked by the
 * only thing that a piece shows of it, its class, one at a time.
 */
function placesUnder(seed: number, keyCount: number, level: (typeof LEVELS)[number]): number[][] {
  const places: number[][] = [];
  for (let place = 0; place < keyCount; place += 1) {
    const marked = asRun(
      Array.from({ length: keyCount }, (_, index) => [index === place ? BACKSPACE : 0, 100]),
    );
    protectTyping(marked, level, seededRandom(seed)).forEach((rhythm, piece) => {
      places[piece] ??= [];
      if (rhythm.keyClass.includes('backspace')) places[piece].push(place);
    });
  }
  return places;
}

describe.each(LEVELS)('rhythms at %s', (level) => {
  const made = (typing: Typing, seed: number) => protectTyping(asRun(typing), level, seededRandom(seed));

  it('are valid records within their level for every run that a page could send', () => {
    fc.assert(
      fc.property(anyTypingRun, (raw) => {
        RawTypingRun.parse(raw);
        for (const content of protectTyping(raw, level, cryptoRandom)) {
          const record = { ...ID, ...content };
          expect(Rhythm.parse(record)).toEqual(record);
          expect(fieldAgainstLevel(record, level)).toBeUndefined();
          expect(JSON.parse(JSON.stringify(record))).toEqual(record);
        }
      }),
    );
  });

  it('do not tell letters, digits, punctuation and spaces apart', () => {
    fc.assert(
      fc.property(anyTyping, anySeed, (typing, seed) => {
        const random = seededRandom(seed + 1);
        const nextChar = () => CHARS[randomInt(random, CHARS.length)]!;
        const swapped = typing.map(([keyClass, intervalMs]): [number, number] => [
          CHARS.includes(keyClass) ? nextChar() : keyClass,
          intervalMs,
        ]);
        expect(made(swapped, seed)).toEqual(made(typing, seed));
      }),
    );
  });

  it('hold no time of a key that was held, nor of the day', () => {
    fc.assert(
      fc.property(anyTyping, anySeed, fc.nat(4000), (typing, seed, byMs) => {
        const raw = asRun(typing);
        const other = {
          ...raw,
          atMs: raw.atMs + byMs,
          holdMs: raw.holdMs.map((ms) => ms + byMs),
          downMs: raw.downMs.map((ms) => ms + byMs),
        };
        expect(protectTyping(other, level, seededRandom(seed))).toEqual(
          protectTyping(raw, level, seededRandom(seed)),
        );
      }),
    );
  });

  it('show of intervals only their order and, at balanced, which kind of pause they are', () => {
    // Any other times in the same order, on the same side of 500 ms, 1 s and 2 s.
    const limits = level === 'balanced' ? [0, 500, 1000, 2000, 86_400] : [0, 86_400];
    const warp = (intervalMs: number) => {
      const upper = limits.findIndex((limit) => intervalMs < limit);
      const [from, to] = [limits[upper - 1]!, limits[upper]!];
      const warped = from + (to - from) * Math.sqrt((intervalMs - from) / (to - from));
      // In parts of 1,024, whose sums are exact: equal intervals stay equal.
      return Math.round(warped * 1024) / 1024;
    };
    fc.assert(
      fc.property(anyTyping, anySeed, (typing, seed) => {
        const warped = typing.map(([keyClass, intervalMs]): [number, number] => [keyClass, warp(intervalMs)]);
        expect(made(warped, seed)).toEqual(made(typing, seed));
      }),
    );
  });

  it('take a clock that runs backwards for no time at all', () => {
    fc.assert(
      fc.property(anyTypingRun, anySeed, (raw, seed) => {
        let passedMs = 0;
        const forward = raw.downMs.map(
          (downMs, index) => (passedMs += Math.max(0, downMs - (raw.downMs[index - 1] ?? downMs))),
        );
        expect(protectTyping({ ...raw, downMs: forward }, level, seededRandom(seed))).toEqual(
          protectTyping(raw, level, seededRandom(seed)),
        );
      }),
    );
  });

  it('show of a run of equal intervals nothing of its pace', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 499 }), anySeed, (paceMs, seed) => {
        const even = (ms: number) => Array.from({ length: 60 }, (): [number, number] => [0, ms]);
        expect(made(even(paceMs), seed)).toEqual(made(even(200), seed));
      }),
    );
  });

  it('give equal intervals their levels by chance', () => {
    const even = Array.from({ length: 40 }, (): [number, number] => [0, 150]);
    const orders = new Set(Array.from({ length: 20 }, (_, seed) => made(even, seed)[0]!.intervalMs.join()));
    expect(orders.size).toBe(20);
  });

  it('hold nothing of the keys outside their piece', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 40 }),
        anySeed,
        anyTyping,
        anyTyping,
        (count, seed, one, other) => {
          const places = placesUnder(seed, count, level);
          // With one piece only: the chance that another piece takes would come from elsewhere in the same sequence.
          fc.pre(places.length === 1 && one.length >= count && other.length >= count);
          const [first, last] = [places[0]!.at(0)!, places[0]!.at(-1)!];
          const mixed = other.slice(0, count).map((key, place): [number, number] => {
            const isInside = place >= first && place <= last;
            // The interval before the first key is not in the piece.
            return isInside ? [one[place]![0], place === first ? key[1] : one[place]![1]] : key;
          });
          expect(made(mixed, seed)).toEqual(made(one.slice(0, count), seed));
        },
      ),
    );
  });

  it('leave out the first and the last key, and at least eight between two pieces, for every length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 150 }), anySeed, (keyCount, seed) => {
        const places = placesUnder(seed, keyCount, level);
        if (keyCount < MIN_RHYTHM_KEYS + 2) expect(places).toEqual([]);
        for (const [piece, held] of places.entries()) {
          expect(held.length).toBeGreaterThanOrEqual(MIN_RHYTHM_KEYS);
          expect(held.length).toBeLessThanOrEqual(MAX_RHYTHM_KEYS);
          expect(held.at(-1)! - held[0]!).toBe(held.length - 1);
          expect(held[0]).toBeGreaterThan(0);
          expect(held.at(-1)).toBeLessThan(keyCount - 1);
          if (piece > 0) expect(held[0]! - places[piece - 1]!.at(-1)!).toBeGreaterThan(8);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('do not tell where in a run they end: a short piece stops at a random key before its end', () => {
    for (const keyCount of [MAX_RHYTHM_KEYS, MAX_RHYTHM_KEYS + 2]) {
      const ends = new Set<number>();
      const starts = new Set<number>();
      for (let seed = 0; seed < 100; seed += 1) {
        const [held] = placesUnder(seed, keyCount, level);
        starts.add(held!.at(0)!);
        ends.add(keyCount - 1 - held!.at(-1)!);
      }
      expect([...starts].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect([...ends].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    }
  });

  it('of the same run differ from one time to the next', () => {
    const anyLongTyping = fc.tuple(anyTyping, anyTyping, anyTyping, anyTyping).map((parts) => parts.flat());
    fc.assert(
      fc.property(anyLongTyping, (typing) => {
        const raw = asRun(typing);
        const different = new Set(
          Array.from({ length: 12 }, () => JSON.stringify(protectTyping(raw, level, cryptoRandom))),
        );
        expect(different.size).toBeGreaterThan(1);
      }),
    );
  });
});

it.each([
  [500, 'ranked'],
  [999, 'ranked'],
  [1000, 1500],
  [1999, 1500],
  [2000, 3000],
  [86_000, 3000],
])('a rhythm at balanced gives a pause of %i ms as %s', (pauseMs, becomesMs) => {
  const typing = Array.from({ length: 26 }, (): [number, number] => [0, pauseMs]);
  const [rhythm] = protectTyping(asRun(typing), 'balanced', cryptoRandom);
  const shown = new Set(rhythm!.intervalMs);
  if (becomesMs === 'ranked') expect(Math.max(...shown)).toBeLessThanOrEqual(450);
  else expect([...shown]).toEqual([becomesMs]);
});

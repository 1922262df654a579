import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RAW_KEY_CLASSES } from '../capture/fragments.ts';
import { aTypingRun } from '../testing/builders.ts';
import { MAX_RHYTHM_KEYS } from '../trace/limits.ts';
import { cryptoRandom } from '../trace/random.ts';
import { Rhythm } from '../trace/rhythm.ts';
import { ALL_INTERVALS_MS, WITHIN_BURST_MS } from '../trace/population.ts';
import { protectTyping } from './protect-typing.ts';

const ID = { recordId: 'AAAAAAAAAAAAAAAAAAAAAA', recordedOn: '2026-11-23' };
const LEVELS = ['balanced', 'strict'] as const;
const CLOSED_SET = {
  balanced: new Set([
    1500,
    3000,
    ...Object.values(WITHIN_BURST_MS)
      .flat()
      .map((ms) => Math.min(450, ms)),
  ]),
  strict: new Set(Object.values(ALL_INTERVALS_MS).flat()),
};

const anyRun = fc
  .array(fc.tuple(fc.nat(RAW_KEY_CLASSES.length - 1), fc.nat(86_400_000)), { minLength: 1, maxLength: 400 })
  .map((keys) =>
    aTypingRun(keys.length, { keyClass: keys.map((key) => key[0]), downMs: keys.map((key) => key[1]) }),
  );

/** A run whose classes never repeat over eight keys, so that a piece shows where it comes from. */
function markedRun(keyCount: number) {
  let state = 7;
  const marks = [0, 4, 5, 6];
  return aTypingRun(keyCount, {
    keyClass: Array.from({ length: keyCount }, () => marks[(state = (state * 48_271) % 2_147_483_647) % 4]!),
  });
}

describe.each(LEVELS)('rhythms at %s', (level) => {
  it('are valid records with times from the closed set, for every run, hostile ones included', () => {
    fc.assert(
      fc.property(anyRun, (raw) => {
        for (const content of protectTyping(raw, level, cryptoRandom)) {
          const rhythm = Rhythm.parse({ ...ID, ...content });
          expect(rhythm.keyClass.length).toBeLessThanOrEqual(MAX_RHYTHM_KEYS);
          for (const intervalMs of rhythm.intervalMs) expect(CLOSED_SET[level].has(intervalMs)).toBe(true);
        }
      }),
    );
  });

  it('never hold a space, nor tell letters from digits', () => {
    const raw = aTypingRun(60, { keyClass: Array.from({ length: 60 }, (_, index) => index % 4) });
    const classes = protectTyping(raw, level, cryptoRandom).flatMap((rhythm) => rhythm.keyClass);
    expect(new Set(classes)).toEqual(new Set(['char']));
  });

  it('never hold the first or the last key, and leave keys out between two pieces of one run', () => {
    for (let trial = 0; trial < 200; trial += 1) {
      const keyCount = 10 + trial;
      const places = piecesOf(markedRun(keyCount), level);
      for (const [from, to] of places) {
        expect(from).toBeGreaterThanOrEqual(1);
        expect(to).toBeLessThanOrEqual(keyCount - 1);
      }
      for (let index = 1; index < places.length; index += 1) {
        expect(places[index]![0] - places[index - 1]![1]).toBeGreaterThanOrEqual(8);
      }
    }
  });

  it('begin at a random place', () => {
    const starts = new Set(Array.from({ length: 100 }, () => piecesOf(markedRun(100), level)[0]![0]));
    expect(starts.size).toBeGreaterThan(4);
  });

  it('make nothing of a short run', () => {
    expect(protectTyping(aTypingRun(9), level, cryptoRandom)).toEqual([]);
  });

  it('do not tell fast typists from slow ones', () => {
    const levelsOf = (paceMs: number) => {
      const raw = aTypingRun(60, {
        downMs: Array.from({ length: 60 }, (_, index) => index * paceMs + (index % 3) * paceMs * 0.2),
      });
      return protectTyping(raw, level, cryptoRandom)
        .filter((rhythm) => rhythm.intervalMs.length === MAX_RHYTHM_KEYS - 1)
        .map((rhythm) => [...rhythm.intervalMs].sort((one, other) => one - other));
    };
    expect(levelsOf(80)[0]).toEqual(levelsOf(350)[0]);
  });
});

describe('rhythms at balanced', () => {
  it('keep pauses of a second and more as two values', () => {
    const raw = aTypingRun(40, {
      downMs: Array.from({ length: 40 }, (_, index) => index * 1900 + (index % 2) * 900),
    });
    const intervals = protectTyping(raw, 'balanced', cryptoRandom).flatMap((rhythm) => rhythm.intervalMs);
    expect(new Set(intervals)).toEqual(new Set([1500, 3000]));
  });

  it('give a pair of classes met fewer than four times the median, so that one slow key does not show', () => {
    const raw = aTypingRun(40, {
      keyClass: Array.from({ length: 40 }, (_, index) => (index === 20 ? 4 : 0)),
    });
    const record = protectTyping(raw, 'balanced', cryptoRandom).find((rhythm) =>
      rhythm.keyClass.includes('backspace'),
    );
    const place = record?.keyClass.indexOf('backspace') ?? -1;
    if (record === undefined || place < 1 || place === record.keyClass.length - 1) return;
    expect(record.intervalMs[place - 1]).toBe(WITHIN_BURST_MS['char>backspace']![3]);
  });
});

/** Where in a marked run the pieces lie. */
function piecesOf(raw: ReturnType<typeof markedRun>, level: (typeof LEVELS)[number]): [number, number][] {
  const run = raw.keyClass.map((index) => ({ 0: 'c', 4: 'b', 5: 'e', 6: 'n' })[index]).join('');
  return protectTyping(raw, level, cryptoRandom).map((rhythm) => {
    const piece = rhythm.keyClass.map((keyClass) => keyClass[0]).join('');
    const from = run.indexOf(piece);
    expect(from).toBeGreaterThanOrEqual(0);
    expect(run.indexOf(piece, from + 1)).toBe(-1);
    return [from, from + piece.length];
  });
}

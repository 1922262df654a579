import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RAW_KEY_CLASSES } from '../capture/fragments.ts';
import { aTypingRun } from '../testing/builders.ts';
import { TraceRhythm } from '../trace/trace.ts';
import { protectWholeRun } from './protect-whole-run.ts';

const PLACE = { startMs: 0, afterStep: -1 };

/** Hostile but parseable: time that runs backwards, pauses of a day. */
const anyRun = fc
  .array(
    fc.tuple(fc.nat(RAW_KEY_CLASSES.length - 1), fc.nat(86_400_000), fc.integer({ min: -1, max: 5000 })),
    {
      minLength: 1,
      maxLength: 400,
    },
  )
  .map((keys) =>
    aTypingRun(keys.length, {
      keyClass: keys.map((key) => key[0]),
      downMs: keys.map((key) => key[1]),
      holdMs: keys.map((key) => key[2]),
    }),
  );

describe('a whole run', () => {
  it('is a valid rhythm of a trace on the 25 ms clock, for every run, hostile ones included', () => {
    fc.assert(
      fc.property(anyRun, (raw) => {
        const { keyClass, intervalMs } = TraceRhythm.parse({ ...PLACE, ...protectWholeRun(raw) });
        expect(keyClass).toHaveLength(raw.keyClass.length);
        for (const ms of intervalMs) expect(ms % 25).toBe(0);
      }),
    );
  });

  it('tells spaces apart, and no letter from a digit or a sign', () => {
    const { keyClass } = protectWholeRun(aTypingRun(7, { keyClass: [0, 1, 2, 3, 4, 5, 6] }));
    expect(keyClass).toEqual(['char', 'char', 'char', 'space', 'backspace', 'enter', 'navigation']);
  });

  it('keeps the pace over the whole run: coarse ticks do not add up', () => {
    const downMs = Array.from({ length: 1000 }, (_, index) => index * 137);
    const { intervalMs } = protectWholeRun(aTypingRun(1000, { downMs }));
    const spanMs = intervalMs.reduce((sum, ms) => sum + ms, 0);
    expect(Math.abs(spanMs - downMs.at(-1)!)).toBeLessThanOrEqual(12.5);
    expect(new Set(intervalMs)).toEqual(new Set([125, 150]));
  });

  it('says nothing of how long keys were held, nor of anything finer than its clock', () => {
    fc.assert(
      fc.property(anyRun, fc.nat(11), (raw, shiftMs) => {
        const ticks = raw.downMs.map((ms) => Math.round(ms / 25) * 25);
        const held = { ...raw, downMs: ticks, holdMs: raw.holdMs.map(() => 90) };
        const shifted = { ...raw, downMs: ticks.map((ms) => ms + shiftMs) };
        expect(protectWholeRun(shifted)).toEqual(protectWholeRun(held));
      }),
    );
  });
});

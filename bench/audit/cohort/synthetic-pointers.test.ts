import { describe, expect, it } from 'vitest';
import type { Random } from '../../../src/trace/random.ts';
import { syntheticPointers } from './synthetic-pointers.ts';

/** Repeatable, uniform enough for a test (Park and Miller, 1988). */
function seeded(seed: number): Random {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

describe('synthetic pointer users', () => {
  const sessions = syntheticPointers({ people: 6, random: seeded(1) });

  it('give a long and a short session each, of columns of equal length and times that never go back', () => {
    expect(sessions.map(({ person, session }) => `${person} ${session}`).slice(0, 3)).toEqual([
      '0 session_3min',
      '0 session_1min',
      '1 session_3min',
    ]);
    for (const { session, timeMs, xPx, yPx, button, state } of sessions) {
      for (const column of [xPx, yPx, button, state]) expect(column).toHaveLength(timeMs.length);
      expect(timeMs[0]).toBe(0);
      expect(timeMs.at(-1)).toBeGreaterThan(session === 'session_3min' ? 170_000 : 55_000);
      expect(timeMs.every((ms, index) => index === 0 || ms >= timeMs[index - 1]!)).toBe(true);
    }
  });

  it('press and release in turn, with moves, drags and wheel turns between', () => {
    for (const { state } of sessions) {
      const presses = state.filter((kind) => kind === 1 || kind === 2);
      expect(presses.every((kind, index) => kind === 1 + (index % 2))).toBe(true);
      // A drag lies between a press and its release.
      let isDown = false;
      for (const kind of state) {
        if (kind === 1 || kind === 2) isDown = kind === 1;
        if (kind === 0) expect(isDown).toBe(false);
        if (kind === 3) expect(isDown).toBe(true);
      }
    }
    expect(new Set(sessions.flatMap(({ state }) => state))).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  it('are the same again for the same randomness, and others for other', () => {
    expect(syntheticPointers({ people: 6, random: seeded(1) })).toEqual(sessions);
    expect(syntheticPointers({ people: 6, random: seeded(2) })).not.toEqual(sessions);
  });
});

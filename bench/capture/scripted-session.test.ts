import { describe, expect, it } from 'vitest';
import { seededRandom } from '../audit/seeded-random.ts';
import { TARGETS, type PageName } from './bench-pages.ts';
import { scriptSession } from './scripted-session.ts';

const ids = [...TARGETS.fields, ...TARGETS.controls, ...TARGETS.editors];
const places = Object.fromEntries(ids.map((id, index) => [id, { xPx: 100, yPx: 60 + 30 * index }]));
const script = (page: PageName, seed: number) => scriptSession(page, 30_000, places, seededRandom(seed));

describe('scripted session', () => {
  it('is the same for the same seed and in order', () => {
    const inputs = script('form', 1);
    expect(inputs).toEqual(script('form', 1));
    expect(inputs).not.toEqual(script('form', 2));
    expect(inputs.every((input, index) => index === 0 || input.atMs >= inputs[index - 1]!.atMs)).toBe(true);
  });

  it('releases what it presses', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const kinds = script('typing', seed).map((input) => input.kind);
      const count = (kind: string) => kinds.filter((other) => other === kind).length;
      expect(count('press')).toBe(count('release'));
      expect(count('key')).toBeGreaterThan(60);
    }
  });

  it('reports the pointer at 125 Hz while it moves', () => {
    const moves = script('form', 1).filter((input) => input.kind === 'move');
    const gaps = moves.slice(1).map((move, index) => move.atMs - moves[index]!.atMs);
    expect(gaps.filter((gap) => Math.abs(gap - 8) < 0.001).length / gaps.length).toBeGreaterThan(0.9);
  });
});

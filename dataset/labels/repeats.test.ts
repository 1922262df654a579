import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CUT, findRepeats } from './repeats.ts';

/** Letters as tokens, a bar as a cut. */
const tokensOf = (text: string) =>
  Array.from(text, (letter) => (letter === '|' ? CUT : letter.charCodeAt(0)));
const repeatsOf = (text: string) =>
  findRepeats(tokensOf(text)).map(
    ({ length, starts }) => `${text.slice(starts[0], starts[0]! + length)} at ${starts.join()}`,
  );

describe('repeats', () => {
  it('are found as the piece that is repeated, not as several of it', () => {
    expect(repeatsOf('abcabcabcabc')).toEqual(['abc at 0,3,6,9']);
    expect(repeatsOf('abcdabcdab')).toEqual(['abcd at 0,4']);
    expect(repeatsOf('abcdeabcdeabcdeabcdeabcdeabcdeabcdeabcde')).toEqual(['abcde at 0,5,10,15,20,25,30,35']);
  });

  it('may lie apart, several in one sequence, the first named first', () => {
    expect(repeatsOf('abcxabcy')).toEqual(['abc at 0,4']);
    expect(repeatsOf('abc1defg2abc3defg4')).toEqual(['abc at 0,9', 'defg at 4,13']);
  });

  it('are none of one token, of two only twice, or across a cut', () => {
    expect(repeatsOf('aaaaaaaaaa')).toEqual([]);
    expect(repeatsOf('abxab')).toEqual([]);
    expect(repeatsOf('abxabyab')).toEqual(['ab at 0,3,6']);
    expect(repeatsOf('abcab|c')).toEqual([]);
  });

  it('never overlap, are equal at all their places, and save something', () => {
    const sequence = fc.array(fc.constantFrom(CUT, 0, 1, 2, 3), { maxLength: 60 });
    fc.assert(
      fc.property(sequence, (tokens) => {
        const taken = new Set<number>();
        for (const { length, starts } of findRepeats(tokens)) {
          const piece = tokens.slice(starts[0], starts[0]! + length);
          expect(piece).not.toContain(CUT);
          expect(length * starts.length).toBeGreaterThan(length + starts.length);
          for (const start of starts) {
            expect(tokens.slice(start, start + length)).toEqual(piece);
            for (let place = start; place < start + length; place += 1) {
              expect(taken.has(place)).toBe(false);
              taken.add(place);
            }
          }
        }
      }),
    );
  });

  it('are found wherever a long piece was planted twice', () => {
    const letters = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 20 });
    const planted = Array.from({ length: 6 }, (_, index) => 2000 + index);
    fc.assert(
      fc.property(letters, letters, letters, (before, between, after) => {
        const found = findRepeats([...before, ...planted, ...between, ...planted, ...after]);
        const starts = [before.length, before.length + planted.length + between.length];
        expect(
          found.some((repeat) =>
            starts.every((start) =>
              repeat.starts.some((at) => at <= start && start + 6 <= at + repeat.length),
            ),
          ),
        ).toBe(true);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { learnMarkov } from './markov.ts';

const follow = learnMarkov([
  { before: ['a', 'b'], next: 'c' },
  { before: ['a', 'b'], next: 'c' },
  { before: ['a', 'b'], next: 'd' },
  { before: ['x', 'b'], next: 'd' },
  { before: ['y', 'b'], next: 'd' },
  { before: ['z', 'q'], next: 'd' },
]);

describe('the Markov model', () => {
  it('says what most often followed the last two', () => {
    expect(follow(['a', 'b'])).toBe('c');
  });

  it('backs off to the last one, then to what is commonest of all', () => {
    expect(follow(['never', 'b'])).toBe('d');
    expect(follow(['never', 'never'])).toBe('d');
  });

  it('has no answer if it has seen nothing', () => {
    expect(() => learnMarkov([])(['a', 'b'])).toThrow('no answer');
  });
});

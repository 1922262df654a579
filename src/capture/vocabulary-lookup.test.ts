import { expect, it } from 'vitest';
import { VOCABULARY } from '../trace/vocabulary.ts';
import { normalized } from './vocabulary-lookup.ts';

it('takes case, spaces, ellipsis and colon for nothing', () => {
  expect(normalized('  Save \n  as… ')).toBe('save as');
  expect(normalized('Search:')).toBe('search');
  expect(normalized('検索：')).toBe('検索');
});

it('finds every spelling of the vocabulary in its own form', () => {
  for (const spelling of Object.values(VOCABULARY).flat()) expect(normalized(spelling)).toBe(spelling);
});

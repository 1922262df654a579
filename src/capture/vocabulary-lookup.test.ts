import { expect, it } from 'vitest';
import { TERMS, spellingsOf } from '../trace/vocabulary.ts';
import { createTermLookup, normalized } from './vocabulary-lookup.ts';

it('takes case, spaces, ellipsis and colon for nothing', () => {
  expect(normalized('  Save \n  as… ')).toBe('save as');
  expect(normalized('Search:')).toBe('search');
  expect(normalized('検索：')).toBe('検索');
  expect(normalized('Aujourd’hui')).toBe("aujourd'hui");
});

it('finds the term of every spelling', () => {
  const termOf = createTermLookup();
  for (const term of TERMS)
    for (const spelling of spellingsOf(term)) expect(termOf(spelling), spelling).toBe(term);
  expect(termOf('ÜBERSPRINGEN …')).toBe('skip');
});

it('finds nothing in what is more than a term', () => {
  const termOf = createTermLookup();
  for (const name of ['save anna', 'delete 4711', '', 'constructor', 'yes', 'ja'])
    expect(termOf(name), name).toBeUndefined();
});

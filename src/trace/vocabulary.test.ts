import { expect, it } from 'vitest';
import { TERMS, VOCABULARY, spellingsOf } from './vocabulary.ts';

const LANGUAGES = ['German', 'French', 'Spanish', 'Portuguese', 'Japanese'];

it('has at least 150 terms, each in every language', () => {
  expect(TERMS.length).toBeGreaterThanOrEqual(150);
  for (const term of TERMS) {
    const columns = VOCABULARY[term].split('|');
    const moreEnglish = columns.slice(LANGUAGES.length);
    expect(moreEnglish.length, term).toBeLessThanOrEqual(1);
    expect(columns.length, term).toBeGreaterThanOrEqual(LANGUAGES.length);
  }
});

it('has no spelling of two terms', () => {
  const termOf = new Map<string, string>();
  for (const term of TERMS)
    for (const spelling of new Set(spellingsOf(term))) {
      expect(termOf.get(spelling), `${spelling}: ${term}`).toBeUndefined();
      termOf.set(spelling, term);
    }
});

it('has spellings in the form that names are looked up in', () => {
  for (const spelling of TERMS.flatMap(spellingsOf)) {
    expect(spelling).toBe(spelling.trim().toLowerCase());
    expect(spelling).not.toMatch(/^$|’|…|:$/);
    // A control's name is given up where it is longer.
    expect(spelling.length).toBeLessThanOrEqual(40);
  }
});

it('has no answers', () => {
  const answers = [
    'yes',
    'no',
    'ja',
    'nein',
    'oui',
    'non',
    'sí',
    'sim',
    'não',
    'はい',
    'いいえ',
    'accept',
    'reject',
  ];
  expect(TERMS.flatMap(spellingsOf).filter((spelling) => answers.includes(spelling))).toEqual([]);
});

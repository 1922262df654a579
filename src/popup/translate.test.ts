/**
 * The texts of the interface: complete in every language, none unused, and none that promises too much.
 */
import { describe, expect, it } from 'vitest';
import german from '../../public/_locales/de/messages.json';
import english from '../../public/_locales/en/messages.json';
import { LEVELS } from '../charter/charter.ts';
import { riskStatementsIn, smallTeamStatement } from '../trace/risk-statement.ts';
import { RISK_WORDS, type RiskLanguage } from '../trace/risk-words.ts';

type Texts = Record<string, { message: string }>;
const LOCALES: [language: string, texts: Texts][] = [
  ['en', english],
  ['de', german],
];

const sources = Object.values(
  import.meta.glob<string>(
    ['../{popup,join,linked-consent,my-data}/**/*.{ts,tsx}', '../../entrypoints/*/main.tsx', '!**/*.test.ts'],
    {
      query: '?raw',
      import: 'default',
      eager: true,
    },
  ),
).join('\n');

/** Used by the manifest and by the toolbar's sign, which put their names together. */
const USED_ELSEWHERE = /^(extensionName|extensionDescription|sign_(recording|paused|excluded|off))$/;

const FORBIDDEN = [
  /anonym/i,
  /cannot be traced/i,
  /fully erased/i,
  /untraceable/i,
  /nicht zurückverfolg/i,
  /(vollständig|restlos) gelöscht/i,
];

describe('texts', () => {
  it('exist in every language under the same names', () => {
    for (const [, texts] of LOCALES) expect(Object.keys(texts)).toEqual(Object.keys(english));
  });

  it('take the same substitutions in every language', () => {
    const placeholders = (text: string) => [...new Set(text.match(/\$\d/g))].sort();
    for (const [name, { message }] of Object.entries(english as Texts)) {
      expect(placeholders((german as Texts)[name]!.message), name).toEqual(placeholders(message));
    }
  });

  it('are all used', () => {
    const unused = Object.keys(english).filter(
      (name) => !USED_ELSEWHERE.test(name) && !sources.match(`['"]${name}['"]`),
    );
    expect(unused).toEqual([]);
  });

  it('exist wherever they are used', () => {
    const used = [...sources.matchAll(/\bt\(\s*'([^']+)'/g)].map((found) => found[1]!);
    expect(used.length).toBeGreaterThan(50);
    expect(used.filter((name) => !(name in english))).toEqual([]);
  });

  it('never promise more than pseudonymity', () => {
    const languages = Object.keys(RISK_WORDS) as RiskLanguage[];
    const all = [
      ...LOCALES.map(([, texts]) => texts),
      ...languages.map(riskStatementsIn),
      ...languages.map((language) => LEVELS.map((level) => smallTeamStatement(level, undefined, language))),
    ].map((texts) => JSON.stringify(texts));
    for (const text of [...all, sources]) {
      for (const forbidden of FORBIDDEN) expect(text.match(forbidden)?.[0]).toBeUndefined();
    }
  });

  it('have statements of risk in every language', () => {
    for (const [language, texts] of LOCALES) {
      expect(texts['languageTag']!.message).toBe(language);
      expect(RISK_WORDS).toHaveProperty(language);
    }
  });

  it('keep the description within what stores and the manifest allow', () => {
    for (const [, texts] of LOCALES) {
      expect(texts['extensionDescription']!.message.length).toBeLessThanOrEqual(132);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { LEVELS } from '../charter/charter.ts';
import { RISK_FIGURES } from './risk-figures.ts';
import { RISK_STATEMENTS, riskStatementsIn } from './risk-statement.ts';
import { RISK_WORDS, type RiskLanguage } from './risk-words.ts';

describe.each(LEVELS)('what is said of level %s', (level) => {
  const { motion, rhythm, episode, smallTeam } = RISK_STATEMENTS[level];

  it('names for movements and rhythms how many people, what guessing gets, and that it is a lower bound', () => {
    const figures = RISK_FIGURES[level][level === 'linked' ? 'linked' : 'record']!;
    for (const [statement, figure] of [
      [motion, figures.motion!],
      [rhythm, figures.rhythm!],
    ] as const) {
      expect(statement).toMatch(/^Pseudonymous/);
      expect(statement).toContain(`the right one of ${figure.people} people`);
      expect(statement).toContain(`guessing: ${Number((100 / figure.people).toFixed(1))} %`);
      expect(statement).toMatch(/equal error rate [\d.]+ %, 50 % being a coin toss/);
      expect(statement).toContain('A lower bound');
    }
  });

  it('does not say that episodes of real people were measured', () => {
    expect(episode).toContain('has not been measured on real people');
    expect(episode).toContain('Simulated people');
  });

  it('says what it means in a small team', () => {
    expect(smallTeam).toMatch(level === 'linked' ? /assume/ : /In a team of ten, .* \(guessing: 10 %\)/);
  });
});

it.each(Object.keys(RISK_WORDS) as RiskLanguage[])(
  'says the same figures in %s as in English',
  (language) => {
    const figuresIn = (text: string, decimalSign: string) =>
      text
        .replaceAll(decimalSign, '.')
        .match(/\d+(\.\d+)?/g)
        ?.sort();
    for (const level of LEVELS) {
      const english = RISK_STATEMENTS[level];
      const own = riskStatementsIn(language)[level];
      for (const what of ['motion', 'rhythm', 'episode', 'smallTeam'] as const) {
        expect(figuresIn(own[what], RISK_WORDS[language].decimalSign)).toEqual(figuresIn(english[what], '.'));
      }
    }
  },
);

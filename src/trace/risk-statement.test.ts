import { describe, expect, it } from 'vitest';
import { LEVELS, SCOPES } from '../charter/charter.ts';
import { RISK_FIGURES } from './risk-figures.ts';
import { RISK_STATEMENTS, riskStatementsIn, smallTeamStatement } from './risk-statement.ts';
import { RISK_WORDS, type RiskLanguage } from './risk-words.ts';

describe.each(LEVELS)('what is said of level %s', (level) => {
  const { motion, rhythm, episode } = RISK_STATEMENTS[level];

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
    expect(smallTeamStatement(level)).toMatch(
      level === 'linked' ? /assume/ : /In a team of ten, .* \(guessing: 10 %\)/,
    );
    expect(smallTeamStatement(level, ['workflow'])).toBeUndefined();
  });

  it.skipIf(level === 'linked')(
    'tells of a small team what is of the kinds on offer, by the same figures',
    () => {
      const [, motionShare, rhythmShare] =
        /movement was assigned rightly in (\d[\d.]* %) .* rhythm in (\d[\d.]* %) /.exec(
          smallTeamStatement(level)!,
        )!;
      expect(smallTeamStatement(level, ['keys'])).toContain(
        `one rhythm was assigned rightly in ${rhythmShare!} of`,
      );
      expect(smallTeamStatement(level, ['pointer', 'workflow'])).toContain(
        `one movement was assigned rightly in ${motionShare!} of`,
      );
    },
  );
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
      const pairs = (['motion', 'rhythm', 'episode'] as const).map((what) => [own[what], english[what]]);
      for (const scopes of [SCOPES, ['pointer'], ['keys']] as const)
        pairs.push([smallTeamStatement(level, scopes, language)!, smallTeamStatement(level, scopes)!]);
      for (const [said, inEnglish] of pairs)
        expect(figuresIn(said!, RISK_WORDS[language].decimalSign)).toEqual(figuresIn(inEnglish!, '.'));
    }
  },
);

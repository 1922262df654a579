/**
 * What may be said of each protection level, word for word: popup, dataset card and documents print this.
 *
 * Every figure is the audit's, closed-world, a lower bound on what an attacker can do, with the number of people it was
 * measured on and the share that guessing would get.
 */
import { LEVELS, SCOPES, type Level, type Scope } from '../charter/charter.ts';
import type { RiskFigure } from './risk-figure.ts';
import { RISK_FIGURES, SIMULATED_EPISODE_FIGURE } from './risk-figures.ts';
import { RISK_WORDS, type RiskLanguage, type RiskWords } from './risk-words.ts';

export interface RiskStatement {
  motion: string;
  rhythm: string;
  episode: string;
}

/** In the language of documents and of the collector. */
export const RISK_STATEMENTS = riskStatementsIn('en');

export function riskStatementsIn(language: RiskLanguage): Record<Level, RiskStatement> {
  const words = RISK_WORDS[language];
  return Object.fromEntries(
    LEVELS.map((level) => [
      level,
      level === 'linked' ? linkedStatement(words) : separateStatement(level, words),
    ]),
  ) as Record<Level, RiskStatement>;
}

/**
 * What it means where few people take part, of the kinds on offer alone; undefined where that are only episodes, of which
 * none was measured so.
 */
export function smallTeamStatement(
  level: Level,
  scopes: readonly Scope[] = SCOPES,
  language: RiskLanguage = 'en',
): string | undefined {
  const words = RISK_WORDS[language];
  const [isOfMotions, isOfRhythms] = [scopes.includes('pointer'), scopes.includes('keys')];
  if (!isOfMotions && !isOfRhythms) return undefined;
  if (level === 'linked') return words.ofTenLinked;
  const { motion, rhythm } = RISK_FIGURES[level].record ?? {};
  if ((isOfMotions && !motion) || (isOfRhythms && !rhythm)) return words.ofTenNotMeasured;
  const shareOf = (figure?: RiskFigure) => percent(figure!.ofTen, words);
  if (isOfMotions && isOfRhythms) return words.ofTen(shareOf(motion), shareOf(rhythm));
  return isOfMotions ? words.ofTenMotion(shareOf(motion)) : words.ofTenRhythm(shareOf(rhythm));
}

function separateStatement(level: 'balanced' | 'strict', words: RiskWords): RiskStatement {
  const { motion, rhythm } = RISK_FIGURES[level].record ?? {};
  const { notMeasured, lowerBound, wordsShow } = words;
  return {
    motion: motion
      ? `${words.motion(String(motion.known), named(motion, words))} ${lowerBound}`
      : notMeasured,
    rhythm: rhythm
      ? `${words.rhythm(String(rhythm.known), named(rhythm, words))} ${lowerBound} ${wordsShow}`
      : notMeasured,
    episode: episodeStatement(words),
  };
}

function linkedStatement(words: RiskWords): RiskStatement {
  const { motion, rhythm } = RISK_FIGURES.linked.linked ?? {};
  const { notMeasured, lowerBound } = words;
  return {
    motion: motion
      ? `${words.linkedMotion(amountOf(motion, words), named(motion, words))} ${lowerBound}`
      : notMeasured,
    rhythm: rhythm
      ? `${words.linkedRhythm(amountOf(rhythm, words), named(rhythm, words))} ${lowerBound}`
      : notMeasured,
    episode: episodeStatement(words),
  };
}

function episodeStatement(words: RiskWords): string {
  const figure = SIMULATED_EPISODE_FIGURE;
  if (!figure) return words.episodeNotMeasured;
  return `${words.episodeNotMeasured} ${words.episodeSimulated(String(figure.known), named(figure, words))}`;
}

function amountOf({ amount }: RiskFigure, words: RiskWords): string {
  return amount === '60 s' ? words.minute : words.keys(amount.split(' ')[0]!);
}

function named({ people, top1, eer }: RiskFigure, words: RiskWords): string {
  return words.named({
    people: String(people),
    top1: percent(top1, words),
    chance: percent(1 / people, words),
    eer: percent(eer, words),
  });
}

/** One digit behind the point where there is but one before it. */
export function percent(share: number, { decimalSign }: RiskWords): string {
  const value = 100 * share;
  const rounded = value < 10 ? String(Number(value.toFixed(1))) : String(Math.round(value));
  return `${rounded.replace('.', decimalSign)} %`;
}

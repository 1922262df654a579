/**
 * What may be said of each protection level, word for word: popup, dataset card and documents print this.
 *
 * Every figure is the audit's, closed-world, a lower bound on what an attacker can do, with the number of people it was
 * measured on and the share that guessing would get.
 */
import { LEVELS, type Level } from '../charter/charter.ts';
import type { RiskFigure } from './risk-figure.ts';
import { RISK_FIGURES, SIMULATED_EPISODE_FIGURE } from './risk-figures.ts';
import { RISK_WORDS, type RiskLanguage, type RiskWords } from './risk-words.ts';

export interface RiskStatement {
  motion: string;
  rhythm: string;
  episode: string;
  /** What it means where few people take part. */
  smallTeam: string;
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
    smallTeam:
      motion && rhythm
        ? words.ofTen(percent(motion.ofTen, words), percent(rhythm.ofTen, words))
        : words.ofTenNotMeasured,
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
    smallTeam: words.ofTenLinked,
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

/**
 * What may be said of each protection level, word for word: popup, dataset card and documents print this.
 *
 * Every figure is the audit's, closed-world, a lower bound on what an attacker can do, with the number of people it was
 * measured on and the share that guessing would get. Must never say "anonymous".
 */
import { LEVELS, type Level } from '../charter/charter.ts';
import type { RiskFigure } from './risk-figure.ts';
import { MAX_RHYTHM_KEYS } from './limits.ts';
import { RISK_FIGURES, SIMULATED_EPISODE_FIGURE } from './risk-figures.ts';

interface RiskStatement {
  motion: string;
  rhythm: string;
  episode: string;
  /** What it means where few people take part. */
  smallTeam: string;
}

const NOT_MEASURED = 'Pseudonymous. Not measured on real people yet; treat it as recognisable.';
const LOWER_BOUND = 'A lower bound: another attack may do better.';
const WORDS_SHOW = 'Key timing still hints at where words end.';

export const RISK_STATEMENTS = Object.fromEntries(
  LEVELS.map((level) => [level, level === 'linked' ? linkedStatement() : separateStatement(level)]),
) as Record<Level, RiskStatement>;

function separateStatement(level: 'balanced' | 'strict'): RiskStatement {
  const { motion, rhythm } = RISK_FIGURES[level].record ?? {};
  return {
    motion: motion
      ? `Pseudonymous: from one movement, an attack that knew ${motion.known} movements of each person ${named(motion)} ${LOWER_BOUND}`
      : NOT_MEASURED,
    rhythm: rhythm
      ? `Pseudonymous: from one rhythm of up to ${MAX_RHYTHM_KEYS} keys, an attack that knew ${rhythm.known} rhythms of each person ${named(rhythm)} ${LOWER_BOUND} ${WORDS_SHOW}`
      : NOT_MEASURED,
    episode: episodeStatement(),
    smallTeam:
      motion && rhythm
        ? `In a team of ten, one movement was assigned rightly in ${percent(motion.ofTen)} of trials and one rhythm in ${percent(rhythm.ofTen)} (guessing: 10 %).`
        : 'In a small team, assume that records can be recognised.',
  };
}

function linkedStatement(): RiskStatement {
  const { motion, rhythm } = RISK_FIGURES.linked.linked ?? {};
  return {
    motion: motion
      ? `Pseudonymous at best: from ${amountOf(motion)} of linked pointer data, an attack ${named(motion)} ${LOWER_BOUND}`
      : NOT_MEASURED,
    rhythm: rhythm
      ? `Pseudonymous at best: from ${amountOf(rhythm)} of linked typing, an attack ${named(rhythm)} ${LOWER_BOUND}`
      : NOT_MEASURED,
    episode: episodeStatement(),
    smallTeam: 'In a small team, assume that linked recordings identify the person.',
  };
}

function episodeStatement(): string {
  const figure = SIMULATED_EPISODE_FIGURE;
  const simulated = figure
    ? ` Simulated people with habits of their own, of whom an attack knew ${figure.known} episodes each, were told from one more: it ${named(figure)}`
    : '';
  return `How identifying the order of actions is has not been measured on real people; treat an episode as recognisable by people who know the work.${simulated}`;
}

function amountOf({ amount }: RiskFigure): string {
  return amount === '60 s' ? 'one minute' : amount;
}

function named({ people, top1, eer }: RiskFigure): string {
  return `named the right one of ${people} people in ${percent(top1)} of trials (guessing: ${percent(1 / people)}; equal error rate ${percent(eer)}, 50 % being a coin toss).`;
}

/** One digit behind the point where there is but one before it. */
function percent(share: number): string {
  const value = 100 * share;
  return `${value < 10 ? String(Number(value.toFixed(1))) : String(Math.round(value))} %`;
}

/**
 * What may be said of each protection level, word for word: popup, dataset card and documents print this.
 *
 * Every figure is closed-world and per record, a lower bound on what an attacker can do, with the number of
 * people it was measured on and the share that guessing would get. Must never say "anonymous".
 */
import type { Level } from '../charter/charter.ts';

interface RiskStatement {
  motion: string;
  rhythm: string;
  episode: string;
  /** What it means where few people take part. */
  smallTeam: string;
}

const EPISODES_UNMEASURED =
  'How identifying the order of actions is has not been measured; treat an episode as possibly recognisable by people who know the work.';

/** Lower bounds; EER is the equal error rate, 50 where two people cannot be told apart. */
export const RISK_STATEMENTS: Record<Level, RiskStatement> = {
  linked: {
    motion:
      'Pseudonymous at best: one minute of linked pointer data named the right one of 100 people in 57 of 100 trials (guessing: 1; EER 11).',
    rhythm:
      'Pseudonymous at best: 330 linked keys named the right one of 500 people in 77 of 100 trials (guessing: 0.2; EER 3).',
    episode: EPISODES_UNMEASURED,
    smallTeam: 'In a small team, assume that linked recordings identify the person.',
  },
  balanced: {
    motion:
      'Pseudonymous: from one movement, an attack named the right one of 100 people in 4 of 100 trials (guessing: 1; EER 40). A lower bound.',
    rhythm:
      'Pseudonymous: from one rhythm record, an attack with seven known ones named the right one of 500 people in 2 of 100 trials (guessing: 0.2; EER 31). A lower bound. Key timing still hints at where words end.',
    episode: EPISODES_UNMEASURED,
    smallTeam:
      'In a team of ten, one movement was assigned rightly in about 24 of 100 trials and one rhythm in about 30 (guessing: 10).',
  },
  strict: {
    motion:
      'Pseudonymous: from one movement, an attack named the right one of 100 people in 1 of 100 trials, as guessing would (EER 43). A lower bound.',
    rhythm:
      'Pseudonymous: from one whole sentence of about 47 keys, an attack named the right one of 500 people in 1 of 100 trials (guessing: 0.2; EER 36); records of 24 keys were not measured. A lower bound. Key timing still hints at where words end.',
    episode: EPISODES_UNMEASURED,
    smallTeam:
      'In a team of ten, one movement was assigned rightly in about 16 of 100 trials (guessing: 10).',
  },
};

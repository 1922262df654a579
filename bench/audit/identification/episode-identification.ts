/**
 * How identifying is an episode: one probe against galleries of one and of seven episodes, closed-world.
 *
 * Runs in the audit. Half of the people are background to learn from, the other half are attacked. Galleries come from
 * the first half of a person's time, probes from the second. The figures are as good as the people: on simulated workers
 * they show which fields an attack lives on and that the audit works, not how safe an episode is.
 */
import type { Level } from '../../../src/charter/charter.ts';
import { shuffled, type Random } from '../../../src/trace/random.ts';
import { EPISODE_ATTACKS, galleryOf, type BackgroundPerson } from './episode-attack.ts';
import {
  episodeCounts,
  FAMILIES,
  FAMILY_NAMES,
  type EpisodeCounts,
  type EpisodePerson,
  type FamilyGroup,
} from './episode-features.ts';
import { measure, type Measured } from './measures.ts';
import { trialsOfScores, type ScoredProbe } from './trials.ts';

/** One row of the audit's result. */
export interface EpisodeRow extends Measured {
  kind: 'episode';
  level: 'raw' | Level;
  amount: 'record';
  /** Episodes in each person's gallery. */
  gallery: 1 | 7;
  attack: string;
}

export interface EpisodeAttackOptions {
  level: EpisodeRow['level'];
  random: Random;
  /** Sizes of the closed world; those beyond the people attacked are left out. @default 10, 30, 100 */
  sizes?: readonly number[];
  galleries?: readonly EpisodeRow['gallery'][];
  /** Which attacks see what. @default all, seeing everything, no work, and manner alone */
  attacks?: readonly { attack: string; sees: 'everything' | 'manner' | 'mannerAndDevice' }[];
}

const LARGEST_GALLERY = 7;
const PROBES_EACH = 6;
const SIZES = [10, 30, 100];
const ATTACKS: NonNullable<EpisodeAttackOptions['attacks']> = [
  { attack: 'bayes', sees: 'everything' },
  { attack: 'bayes', sees: 'mannerAndDevice' },
  { attack: 'bayes', sees: 'manner' },
  { attack: 'cosine', sees: 'everything' },
];
const GROUPS: Record<'everything' | 'manner' | 'mannerAndDevice', readonly FamilyGroup[]> = {
  everything: ['work', 'manner', 'device'],
  mannerAndDevice: ['manner', 'device'],
  manner: ['manner'],
};
const SUFFIXES = { everything: '', mannerAndDevice: ' without apps', manner: ' of manner' } as const;

/** @param people who has less than two galleries of seven is left out. */
export function identifyEpisodes(
  people: readonly EpisodePerson[],
  options: EpisodeAttackOptions,
): EpisodeRow[] {
  const { level, random, sizes = SIZES, galleries = [1, 7], attacks = ATTACKS } = options;
  const enough = people.filter(({ episodes }) => episodes.length >= 2 * LARGEST_GALLERY);
  const drawn = shuffled(enough, random).map(({ episodes }) => halves(episodes.map(episodeCounts)));
  const backgroundSize = Math.floor(drawn.length / 2);
  return galleries.flatMap((gallery) => {
    const ready = drawn.map(({ first, second }): BackgroundPerson => ({
      gallery: galleryOf(some(first, gallery, random)),
      probes: some(second, PROBES_EACH, random),
    }));
    const [background, attacked] = [ready.slice(0, backgroundSize), ready.slice(backgroundSize)];
    return attacks.flatMap(({ attack, sees }) => {
      const families = FAMILY_NAMES.filter(
        (family) => GROUPS[sees].includes(FAMILIES[family]) && (level === 'raw' || !family.startsWith('raw')),
      );
      const score = EPISODE_ATTACKS[attack]!(background, families);
      const scored = attacked.flatMap(({ probes }, person): ScoredProbe[] =>
        probes.map((probe) => ({ person, scores: attacked.map((other) => score(probe, other.gallery)) })),
      );
      const trials = trialsOfScores(scored);
      return sizes
        .filter((size) => size <= attacked.length)
        .map((size): EpisodeRow => ({
          kind: 'episode',
          level,
          amount: 'record',
          gallery,
          attack: `${attack}${SUFFIXES[sees]}`,
          ...measure(trials, size, random),
        }));
    });
  });
}

function halves(episodes: readonly EpisodeCounts[]): { first: EpisodeCounts[]; second: EpisodeCounts[] } {
  const middle = Math.floor(episodes.length / 2);
  return { first: episodes.slice(0, middle), second: episodes.slice(middle) };
}

function some<Item>(items: readonly Item[], count: number, random: Random): Item[] {
  return shuffled(items, random).slice(0, Math.max(1, Math.min(count, items.length)));
}

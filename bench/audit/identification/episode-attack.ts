/**
 * Whose episode is it? Two attacks that learn from background people and score an episode against each person's gallery.
 *
 * Runs in the audit. `bayes` asks how likely the episode's counts are for somebody with the gallery's counts, against
 * anybody: a Dirichlet prior for each family, its strength and the family's weight learnt on background people, so that
 * what does not tell people apart has no say. `cosine` is the cheap one: angles between weighted counts. Both are lower
 * bounds on what an attacker can do.
 */
import { FAMILY_NAMES, type EpisodeCounts, type Family } from './episode-features.ts';

/** What is known of a person: the sum of the counts of some episodes. */
export type Gallery = EpisodeCounts;

/** A person of whom everything is known, to learn from. */
export interface BackgroundPerson {
  gallery: Gallery;
  probes: readonly EpisodeCounts[];
}

/** The higher the likelier. Comparable between galleries for one probe, not between probes. */
export type EpisodeScore = (probe: EpisodeCounts, gallery: Gallery) => number;
export type EpisodeAttack = (
  background: readonly BackgroundPerson[],
  families: readonly Family[],
) => EpisodeScore;

export const EPISODE_ATTACKS: Record<string, EpisodeAttack> = { bayes, cosine };

export function galleryOf(episodes: readonly EpisodeCounts[]): Gallery {
  const gallery: Gallery = {};
  for (const counts of episodes)
    for (const family of FAMILY_NAMES) {
      const [from, to] = [counts[family], (gallery[family] ??= new Map<string, number>())];
      for (const [thing, count] of from ?? []) to.set(thing, (to.get(thing) ?? 0) + count);
    }
  return gallery;
}

/** How common each thing is among background people, every person counting the same. */
interface Prior {
  share: ReadonlyMap<string, number>;
  unseen: number;
}

/** The prior's strength, in things seen; the last means that people are taken to be alike. */
const STRENGTHS = [1, 3, 10, 30, 100, 300, 1000, 10_000] as const;
const UNSEEN_SHARE = 0.02;
/** Sizes of galleries, which are asked for again and again. */
const SIZES = new WeakMap<ReadonlyMap<string, number>, number>();
const ROUNDS = 150;
const STEP = 0.1;
const MOMENTUM = 0.9;
const RIDGE = 0.005;
/** Of whom a background person is told apart while weights are learnt. */
const CANDIDATES = 30;

function bayes(background: readonly BackgroundPerson[], families: readonly Family[]): EpisodeScore {
  const models = families.map((family) => {
    const prior = priorOf(background.map(({ gallery }) => gallery[family]));
    return { family, prior, strength: bestStrength(background, family, prior) };
  });
  const evidence = (probe: EpisodeCounts, gallery: Gallery) =>
    models.map(({ family, prior, strength }) => logRatio(probe[family], gallery[family], prior, strength));
  const weights = learnWeights(background, evidence, families.length);
  return (probe, gallery) =>
    evidence(probe, gallery).reduce((sum, ratio, index) => sum + weights[index]! * ratio, 0);
}

function priorOf(galleries: readonly (ReadonlyMap<string, number> | undefined)[]): Prior {
  const sums = new Map<string, number>();
  let total = 0;
  for (const things of galleries) {
    const size = sizeOf(things);
    for (const [thing, count] of things ?? []) sums.set(thing, (sums.get(thing) ?? 0) + count / size);
    if (size > 0) total += 1;
  }
  const share = new Map([...sums].map(([thing, sum]) => [thing, ((1 - UNSEEN_SHARE) * sum) / total]));
  return { share, unseen: UNSEEN_SHARE / (1 + share.size) };
}

function sizeOf(things: ReadonlyMap<string, number> | undefined): number {
  if (things === undefined) return 0;
  let size = SIZES.get(things);
  if (size === undefined)
    SIZES.set(things, (size = [...things.values()].reduce((sum, count) => sum + count, 0)));
  return size;
}

/** By how much likelier the counts are for the gallery's owner than for anybody; repetition counts less each time. */
function logRatio(
  probe: ReadonlyMap<string, number> | undefined,
  gallery: ReadonlyMap<string, number> | undefined,
  { share, unseen }: Prior,
  strength: number,
): number {
  if (probe === undefined) return 0;
  const size = sizeOf(gallery);
  let sum = 0;
  for (const [thing, count] of probe) {
    const common = share.get(thing) ?? unseen;
    const own = ((gallery?.get(thing) ?? 0) + strength * common) / (size + strength);
    sum += Math.log1p(count) * Math.log(own / common);
  }
  return sum;
}

/** The strength under which background people's own episodes are the likeliest. */
function bestStrength(background: readonly BackgroundPerson[], family: Family, prior: Prior): number {
  const likelihood = (strength: number) =>
    background.reduce(
      (sum, { gallery, probes }) =>
        sum +
        probes.reduce((inner, probe) => inner + logRatio(probe[family], gallery[family], prior, strength), 0),
      0,
    );
  return STRENGTHS.map((strength) => ({ strength, likelihood: likelihood(strength) })).reduce(
    (best, other) => (other.likelihood > best.likelihood ? other : best),
  ).strength;
}

/**
 * Weights of the families that find background people's own galleries best (conditional logit, with a ridge), learnt by
 * steps that keep a memory (momentum), with every family's evidence on one scale.
 */
function learnWeights(
  background: readonly BackgroundPerson[],
  evidence: (probe: EpisodeCounts, gallery: Gallery) => number[],
  size: number,
): Float64Array {
  // The first row of each trial is the right one; the others are those who come next in the list.
  const trials = background.flatMap(({ probes }, person) =>
    probes.map((probe) =>
      Array.from({ length: Math.min(background.length, CANDIDATES) }, (_, index) =>
        Float64Array.from(evidence(probe, background[(person + index) % background.length]!.gallery)),
      ),
    ),
  );
  const scale = Float64Array.from({ length: size }, (_, index) => {
    let sum = 0;
    for (const rows of trials) for (const row of rows) sum += row[index]! ** 2;
    return Math.sqrt(sum / (trials.length * CANDIDATES)) || 1;
  });
  for (const rows of trials)
    for (const row of rows) for (let index = 0; index < size; index += 1) row[index]! /= scale[index]!;
  const weights = new Float64Array(size);
  const speed = new Float64Array(size);
  const gradient = new Float64Array(size);
  for (let round = 0; round < ROUNDS; round += 1) {
    gradient.fill(0);
    for (const rows of trials) addGradient(rows, weights, gradient);
    for (let index = 0; index < size; index += 1) {
      speed[index] = MOMENTUM * speed[index]! + gradient[index]! / trials.length - RIDGE * weights[index]!;
      // More of the same can only speak for the same person.
      weights[index] = Math.max(0, weights[index]! + STEP * speed[index]!);
    }
  }
  return weights.map((weight, index) => weight / scale[index]!);
}

function addGradient(rows: readonly Float64Array[], weights: Float64Array, gradient: Float64Array): void {
  const shares = rows.map((row) => {
    let score = 0;
    for (let index = 0; index < row.length; index += 1) score += weights[index]! * row[index]!;
    return score;
  });
  const highest = Math.max(...shares);
  let total = 0;
  shares.forEach((score, candidate) => (total += shares[candidate] = Math.exp(score - highest)));
  rows.forEach((row, candidate) => {
    const pull = (candidate === 0 ? 1 : 0) - shares[candidate]! / total;
    for (let index = 0; index < row.length; index += 1) gradient[index]! += pull * row[index]!;
  });
}

function cosine(background: readonly BackgroundPerson[], families: readonly Family[]): EpisodeScore {
  const owners = new Map<string, number>();
  for (const { gallery } of background)
    for (const family of families)
      for (const thing of gallery[family]?.keys() ?? []) {
        const name = `${family} ${thing}`;
        owners.set(name, (owners.get(name) ?? 0) + 1);
      }
  const rarity = (name: string) => Math.log((1 + background.length) / (0.5 + (owners.get(name) ?? 0)));
  const vectors = new WeakMap<EpisodeCounts, Map<string, number>>();
  const vectorOf = (counts: EpisodeCounts) => {
    let vector = vectors.get(counts);
    if (vector === undefined) vectors.set(counts, (vector = unitVector(counts, families, rarity)));
    return vector;
  };
  return (probe, gallery) => {
    const [one, other] = [vectorOf(probe), vectorOf(gallery)];
    let product = 0;
    for (const [name, weight] of one) product += weight * (other.get(name) ?? 0);
    return product;
  };
}

function unitVector(
  counts: EpisodeCounts,
  families: readonly Family[],
  rarity: (name: string) => number,
): Map<string, number> {
  const vector = new Map<string, number>();
  for (const family of families)
    for (const [thing, count] of counts[family] ?? []) {
      const name = `${family} ${thing}`;
      vector.set(name, Math.log1p(count) * Math.max(0, rarity(name)));
    }
  const length = Math.hypot(...vector.values()) || 1;
  for (const [name, weight] of vector) vector.set(name, weight / length);
  return vector;
}

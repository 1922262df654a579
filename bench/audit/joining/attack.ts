/**
 * The attacker: learns in a world of other people how two records of one person look, and what each sign is worth.
 *
 * Runs in the audit. For two kinds he compares what they say (by channels, and all of it together), adds direct matches
 * and everything stored beside the records, and weighs it all by logistic regression. Likenesses are learned on one half
 * of the background people and weighed on the other, so that nothing is believed for having been learned by heart.
 */
import { randomInt, shuffled, type Random } from '../../../src/trace/random.ts';
import type { EpisodeChannel } from './describe-episode.ts';
import type { MotionChannel, RhythmChannel } from './describe-motion.ts';
import { CONTROL_COUNTS, controlEvidence, METADATA, TYPING_COUNTS, typingEvidence } from './evidence.ts';
import { learnCrossLikeness, learnOwnLikeness, type Likeness } from './likeness.ts';
import { learnWeighing, type Weighing } from './logistic.ts';
import { partOf, personOf, type Described, type PreparedWorld } from './prepared-world.ts';
import type { Body, JoinedKind } from './stolen.ts';

export const PAIRS = [
  'motion-episode',
  'rhythm-episode',
  'motion-motion',
  'rhythm-rhythm',
  'motion-rhythm',
  'episode-episode',
] as const;
export type Pair = (typeof PAIRS)[number];

export function kindsOf(pair: Pair): [JoinedKind, JoinedKind] {
  return pair.split('-') as [JoinedKind, JoinedKind];
}

/** Which channels of the one side are compared with which of the other. */
interface Comparison {
  channel: string;
  left: readonly SignChannel[];
  right: readonly SignChannel[];
}

type SignChannel = MotionChannel | RhythmChannel | EpisodeChannel;

const MOTION: readonly MotionChannel[] = ['offset', 'end', 'path', 'way'];
const RHYTHM: readonly RhythmChannel[] = ['keys', 'classes'];
const EPISODE: readonly EpisodeChannel[] = [
  'target',
  'actions',
  'pause',
  'flags',
  'typing',
  'views',
  'device',
];
const own = (channel: SignChannel): Comparison => ({ channel, left: [channel], right: [channel] });
const COMPARISONS: Record<Pair, readonly Comparison[]> = {
  'motion-episode': [
    { channel: 'end', left: ['end', 'offset'], right: ['actions', 'target', 'views'] },
    { channel: 'path', left: ['path', 'offset'], right: ['flags', 'pause', 'actions', 'device'] },
    { channel: 'way', left: ['way'], right: ['device', 'target'] },
    { channel: 'size', left: ['size'], right: ['size'] },
    { channel: 'fields', left: MOTION, right: EPISODE },
  ],
  'rhythm-episode': [
    { channel: 'keys', left: ['keys'], right: ['typing', 'pause', 'actions'] },
    { channel: 'classes', left: ['classes'], right: ['typing'] },
    { channel: 'size', left: ['size'], right: ['size'] },
    { channel: 'fields', left: RHYTHM, right: EPISODE },
  ],
  'motion-motion': [...MOTION, 'size' as const]
    .map(own)
    .concat({ channel: 'fields', left: MOTION, right: MOTION }),
  'rhythm-rhythm': [...RHYTHM, 'size' as const]
    .map(own)
    .concat({ channel: 'fields', left: RHYTHM, right: RHYTHM }),
  'motion-rhythm': [
    { channel: 'path', left: ['path'], right: ['keys'] },
    { channel: 'end', left: ['end'], right: ['classes'] },
    { channel: 'size', left: ['size'], right: ['size'] },
    { channel: 'fields', left: MOTION, right: RHYTHM },
  ],
  'episode-episode': [...EPISODE, 'size' as const]
    .map(own)
    .concat({ channel: 'fields', left: EPISODE, right: EPISODE }),
};

/** All signs of one pair of records, with the channel of each. */
interface Signs {
  channels: readonly string[];
  /** For records prepared by `openSigns` of the same world. */
  of: (left: number, right: number) => Float64Array;
}

export interface Attack {
  channels: readonly string[];
  /** Each channel's score of a pair of records of the world, and that of `all`. */
  open: (world: PreparedWorld) => (left: number, right: number) => Float64Array;
}

/** Numbers that `describe-episode` gives for volume. */
const VOLUMES = 5;
const TRAINING_PROBES = 800;
const TRAINING_SAME = 12;
const TRAINING_OTHERS = 36;

/** @param background other people's world, whose truth the attacker knows. */
export function learnAttack(pair: Pair, background: PreparedWorld, random: Random): Attack {
  const [leftKind] = kindsOf(pair);
  const people = shuffled(
    [...new Set(background.records[leftKind].map((one) => personOf(background, one)))],
    random,
  );
  const halves = [0, 1].map((half) => new Set(people.filter((_person, index) => index % 2 === half)));
  const evidence: Float64Array[] = [];
  const isSame: boolean[] = [];
  let channels: readonly string[] = [];
  for (const half of [0, 1]) {
    const likenesses = learnLikenesses(pair, partOf(background, halves[1 - half]!), random);
    const world = partOf(background, halves[half]!);
    const signs = openSigns(pair, likenesses, world);
    channels = signs.channels;
    for (const { left, right, same } of trainingPairs(pair, world, random)) {
      evidence.push(signs.of(left, right));
      isSame.push(same);
    }
  }
  const likenesses = learnLikenesses(pair, background, random);
  const names = [...new Set(channels), 'all'];
  const columnsOf = (name: string) =>
    [...channels.keys()].filter((column) => name === 'all' || channels[column] === name);
  const columns = names.map(columnsOf);
  const pick = (row: Float64Array, from: readonly number[]) =>
    Float64Array.from(from, (column) => row[column]!);
  const weighings: Weighing[] = columns.map((from) =>
    learnWeighing(
      evidence.map((row) => pick(row, from)),
      isSame,
    ),
  );
  return {
    channels: names,
    open: (world) => {
      const signs = openSigns(pair, likenesses, world);
      return (left, right) => {
        const row = signs.of(left, right);
        return Float64Array.from(weighings, (weigh, index) => weigh(pick(row, columns[index]!)));
      };
    },
  };
}

function learnLikenesses(pair: Pair, world: PreparedWorld, random: Random): Likeness[] {
  const [leftKind, rightKind] = kindsOf(pair);
  const samples = (kind: JoinedKind, names: readonly string[], byDay: boolean) =>
    world.records[kind].map((described) => ({
      features: featuresOf(described, names),
      owner: personOf(world, described) + (byDay ? ` ${described.record.day}` : ''),
    }));
  return COMPARISONS[pair].map(({ left, right }) =>
    leftKind === rightKind
      ? learnOwnLikeness(samples(leftKind, left, false), random)
      : learnCrossLikeness(samples(leftKind, left, true), samples(rightKind, right, true), random),
  );
}

function featuresOf({ channels }: Described, names: readonly string[]): number[] {
  return names.flatMap((name) => channels[name]!);
}

function openSigns(pair: Pair, likenesses: readonly Likeness[], world: PreparedWorld): Signs {
  const [leftKind, rightKind] = kindsOf(pair);
  const lefts = world.records[leftKind];
  const rights = world.records[rightKind];
  const comparisons = COMPARISONS[pair];
  // Numbers are worked out when they are first needed: most records are neither probe nor candidate.
  const projected = likenesses.map(() => ({ left: [] as Float64Array[], right: [] as Float64Array[] }));
  const likenessOf = (index: number, left: number, right: number) => {
    const { left: project, right: projectRight, score } = likenesses[index]!;
    const { left: leftNames, right: rightNames } = comparisons[index]!;
    const known = projected[index]!;
    known.left[left] ??= project(featuresOf(lefts[left]!, leftNames));
    known.right[right] ??= projectRight(featuresOf(rights[right]!, rightNames));
    return score(known.left[left], known.right[right]);
  };
  const metadata = Object.entries(METADATA).filter(
    ([name]) => name !== 'sightings' || rightKind === 'episode',
  );
  const direct = directSigns(pair, world);
  const channels = [
    ...comparisons.map(({ channel }) => channel),
    ...direct.channels,
    ...metadata.flatMap(([name, { count }]) => new Array<string>(count).fill(name)),
  ];
  return {
    channels,
    of: (left, right) => {
      const [one, other] = [lefts[left]!, rights[right]!];
      const row = new Float64Array(channels.length);
      let column = 0;
      for (; column < comparisons.length; column += 1) row[column] = likenessOf(column, left, right);
      for (const value of direct.of(one, other)) row[column++] = value;
      for (const [, measure] of metadata) for (const value of measure.of(one, other)) row[column++] = value;
      return row;
    },
  };
}

/** Matches that only a pair of two kinds has. */
function directSigns(pair: Pair, world: PreparedWorld) {
  const named = (counts: Record<string, number>) =>
    Object.entries(counts).flatMap(([channel, count]) => new Array<string>(count).fill(channel));
  if (pair === 'motion-episode') {
    return {
      channels: named({ ...CONTROL_COUNTS, volume: VOLUMES }),
      of: ({ record }: Described, { record: other, controls, channels }: Described) => [
        ...controlEvidence(record.body as Body<'motion'>, controls!, world.days.get(other.day)!),
        ...channels['volume']!.map(Math.log1p),
      ],
    };
  }
  if (pair === 'rhythm-episode') {
    return {
      channels: named({ ...TYPING_COUNTS, volume: VOLUMES }),
      of: ({ record }: Described, { record: other, channels }: Described) => [
        ...typingEvidence(record.body as Body<'rhythm'>, other.body as Body<'episode'>),
        ...channels['volume']!.map(Math.log1p),
      ],
    };
  }
  return { channels: [], of: () => [] };
}

/** Records of one day: for each probe some of the same person and some of others, as many as there are. */
function* trainingPairs(pair: Pair, world: PreparedWorld, random: Random) {
  const [leftKind, rightKind] = kindsOf(pair);
  const lefts = world.records[leftKind];
  const rights = world.records[rightKind];
  const ofDay = Map.groupBy(rights.keys(), (index) => rights[index]!.record.day);
  const probes = Math.min(TRAINING_PROBES, lefts.length);
  for (let probe = 0; probe < probes; probe += 1) {
    const left = randomInt(random, lefts.length);
    const candidates = shuffled(ofDay.get(lefts[left]!.record.day) ?? [], random).filter(
      (index) => leftKind !== rightKind || index !== left,
    );
    const person = personOf(world, lefts[left]!);
    const same = candidates.filter((index) => personOf(world, rights[index]!) === person);
    const others = candidates.filter((index) => personOf(world, rights[index]!) !== person);
    for (const right of same.slice(0, TRAINING_SAME)) yield { left, right, same: true };
    for (const right of others.slice(0, TRAINING_OTHERS)) yield { left, right, same: false };
  }
}

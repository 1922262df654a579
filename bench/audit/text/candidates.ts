/**
 * Typed sentences -> the sentences that they were meant to be, and where in them each key wrote.
 *
 * Runs in the text audit. The data has no texts: sentences with the same sequence of classes are the same, and one
 * that differs in a few places from a commoner one is that one with mistakes left in.
 */
import type { TypedSentence } from './typed-sentence.ts';

/** A sentence that somebody may have typed. */
export interface Candidate {
  /** Classes as in `TypedSentence`: the attacker knows the whole sentence. */
  text: string;
  /** Places that most people write with a modifier, such as capitals. */
  isModified: boolean[];
}

/** A typing, the sentence it was of, and the place in it that each key wrote (-1 for none). */
export interface Identified {
  typed: TypedSentence;
  candidate: number;
  placeOfKey: number[];
}

interface Cluster {
  text: string;
  typings: TypedSentence[];
  size: number;
}

/** Changes allowed between a text typed once, or more often, and the one it is taken for. */
const MOST_CHANGES = { once: 3, often: 1 } as const;
/** No more changes than this share of the text. */
const CHANGED_SHARE = 0.1;
/** A text typed more than once is another's mistake only if the other is this much commoner. */
const COMMONER = 3;

export function identifySentences(typings: readonly TypedSentence[]): {
  candidates: Candidate[];
  identified: Identified[];
} {
  const same = [...Map.groupBy(typings, (typed) => typed.text)]
    .filter(([text]) => text.length > 0)
    .sort((one, other) => other[1].length - one[1].length);
  const clusters: Cluster[] = [];
  for (const [text, own] of same) {
    const meant = meantCluster(text, own.length, clusters);
    if (meant) meant.typings.push(...own);
    else clusters.push({ text, typings: [...own], size: own.length });
  }
  return {
    candidates: clusters.map(({ text, typings: all }) => ({ text, isModified: usuallyModified(text, all) })),
    identified: clusters.flatMap(({ text, typings: all }, candidate) =>
      all.map((typed) => {
        const places = alignPlaces(typed.text, text);
        const placeOfKey = typed.placeOfKey.map((place) => (place < 0 ? -1 : places[place]!));
        return { typed, candidate, placeOfKey };
      }),
    ),
  };
}

function meantCluster(text: string, count: number, clusters: readonly Cluster[]): Cluster | undefined {
  const most = Math.min(
    count > 1 ? MOST_CHANGES.often : MOST_CHANGES.once,
    Math.floor(text.length * CHANGED_SHARE),
  );
  let best: Cluster | undefined;
  let fewest = most + 1;
  for (const cluster of clusters) {
    if (count > 1 && cluster.size < COMMONER * count) continue;
    if (Math.abs(cluster.text.length - text.length) >= fewest) continue;
    const changes = editTable(text, cluster.text, fewest - 1)
      ?.at(-1)
      ?.at(-1);
    if (changes === undefined || changes >= fewest) continue;
    best = cluster;
    fewest = changes;
  }
  return best;
}

function usuallyModified(text: string, typings: readonly TypedSentence[]): boolean[] {
  const exact = typings.filter((typed) => typed.text === text);
  return Array.from(
    text,
    (_, place) => exact.filter((typed) => typed.isModified[place]).length * 2 > exact.length,
  );
}

/** For each place of one text its place in the other, -1 for what the other lacks. */
function alignPlaces(from: string, to: string): number[] {
  if (from === to) return Array.from(from, (_, place) => place);
  const table = editTable(from, to, Infinity)!;
  const places = new Array<number>(from.length).fill(-1);
  let row = from.length;
  let column = to.length;
  while (row > 0 && column > 0) {
    const here = table[row]![column]!;
    if (here === table[row - 1]![column - 1]! + Number(from[row - 1] !== to[column - 1])) {
      row -= 1;
      column -= 1;
      if (from[row] === to[column]) places[row] = column;
    } else if (here === table[row - 1]![column]! + 1) row -= 1;
    else column -= 1;
  }
  return places;
}

/** Edit distances of all beginnings (Levenshtein, 1965); undefined once all exceed the limit. */
function editTable(one: string, other: string, limit: number): Uint8Array[] | undefined {
  const table = [Uint8Array.from({ length: other.length + 1 }, (_, column) => Math.min(255, column))];
  for (let row = 1; row <= one.length; row += 1) {
    const above = table[row - 1]!;
    const line = new Uint8Array(other.length + 1).fill(255);
    line[0] = Math.min(255, row);
    let least = line[0];
    const from = Math.max(1, row - limit);
    const to = Math.min(other.length, row + limit);
    for (let column = from; column <= to; column += 1) {
      const changed = above[column - 1]! + Number(one[row - 1] !== other[column - 1]);
      line[column] = Math.min(254, changed, above[column]! + 1, line[column - 1]! + 1);
      least = Math.min(least, line[column]!);
    }
    if (least > limit) return undefined;
    table.push(line);
  }
  return table;
}

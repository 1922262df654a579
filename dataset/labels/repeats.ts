/**
 * Repeated words in a sequence: which pieces of it come again, not overlapping.
 *
 * The most compressive repeat is taken first, its places are taken out, and so on. Every candidate is a repeat that
 * cannot be made longer at two of its places. Exact: pieces that differ in one token are different. Pure.
 */

export interface Repeat {
  length: number;
  /** Where it begins each time, in order; at least two places. */
  starts: number[];
}

/** Cuts the sequence: equal to nothing, itself included. */
export const CUT = -1;

/**
 * The repeats of a sequence, by where they first begin. No place is part of two.
 *
 * @param tokens numbers from 0, equal for equal tokens, or `CUT`.
 */
export function findRepeats(tokens: readonly number[]): Repeat[] {
  const rest = [...tokens];
  const found: Repeat[] = [];
  for (let best = bestRepeat(rest); best !== undefined; best = bestRepeat(rest)) {
    found.push(best);
    for (const start of best.starts) rest.fill(CUT, start, start + best.length);
  }
  return found.sort((one, other) => one.starts[0]! - other.starts[0]!);
}

/**
 * How many tokens are saved by writing the piece once and a name for it at each place: two tokens pay from three
 * places on, three from two.
 */
function savedTokens({ length, starts }: Repeat): number {
  return length * starts.length - length - starts.length;
}

function bestRepeat(tokens: readonly number[]): Repeat | undefined {
  const common = commonLengths(tokens);
  let best: Repeat | undefined;
  let bestSaved = 0;
  for (let start = 0; start < tokens.length; start += 1) {
    for (const length of candidateLengths(common, start)) {
      const repeat = { length, starts: placesOf(common, start, length) };
      const saved = savedTokens(repeat);
      if (saved <= bestSaved || repeatsWithin(tokens, start, length)) continue;
      best = repeat;
      bestSaved = saved;
    }
  }
  return best;
}

/** At `[one][other]`, for `one < other`: for how many tokens the sequence goes on alike from both places. */
function commonLengths(tokens: readonly number[]): Uint16Array[] {
  const common: Uint16Array[] = Array.from(tokens, () => new Uint16Array(tokens.length + 1));
  for (let one = tokens.length - 2; one >= 0; one -= 1) {
    for (let other = tokens.length - 1; other > one; other -= 1) {
      if (tokens[one] === CUT || tokens[one] !== tokens[other]) continue;
      common[one]![other] = 1 + common[one + 1]![other + 1]!;
    }
  }
  return common;
}

/** Lengths to which the piece that begins here comes again without overlapping itself. */
function candidateLengths(common: readonly Uint16Array[], start: number): Set<number> {
  const lengths = new Set<number>();
  common[start]!.forEach((length, other) => {
    const apart = Math.min(length, other - start);
    if (apart > 1) lengths.add(apart);
  });
  return lengths;
}

function placesOf(common: readonly Uint16Array[], start: number, length: number): number[] {
  const starts = [start];
  const alike = common[start]!;
  for (let other = start + length; other + length <= common.length;) {
    if (alike[other]! < length) other += 1;
    else {
      starts.push(other);
      other += length;
    }
  }
  return starts;
}

/** Whether the piece is something twice in a row or more, and perhaps a part of it: then that is the repeat. */
function repeatsWithin(tokens: readonly number[], start: number, length: number): boolean {
  for (let period = 1; 2 * period <= length; period += 1) {
    let offset = period;
    while (offset < length && tokens[start + offset] === tokens[start + offset - period]) offset += 1;
    if (offset === length) return true;
  }
  return false;
}

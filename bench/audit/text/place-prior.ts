/**
 * What an attacker knows of a piece's place in a sentence before he reads its times.
 *
 * Runs in the text audit. How pieces are laid is drawn from the product's own code.
 */
import { MAX_RHYTHM_KEYS } from '../../../src/trace/limits.ts';
import type { Random } from '../../../src/trace/random.ts';
import { pieceStarts } from './probes.ts';

/** What is taken for known: nothing, or that the run was the sentence. */
export type PlacePrior = 'unknown' | 'likely';

/** Log probability of a piece with so many keys that get so far, from each place of a sentence with so many. */
export type PriorTable = (
  sentenceKeys: number,
  piece: { keys: number; advance: number },
  prior: PlacePrior,
) => Float64Array;

/** Draws of the product's own laying of pieces. */
const LAYINGS = 200;
/** Corrections and pauses can bring a piece anywhere: this share of pieces. */
const ELSEWHERE = 0.1;
/** Keys more than the sentence has characters, taken back on the way, and how often. */
const EXTRA_KEYS = [
  { keys: 0, share: 0.5 },
  { keys: 2, share: 0.2 },
  { keys: 4, share: 0.15 },
  { keys: 8, share: 0.15 },
] as const;

/**
 * The tables; each is made when it is first asked for.
 *
 * `unknown`: from any place of a text, every one as likely. `likely`: the run was this sentence and nothing else, so
 * that the way the product lays pieces says where they begin, and short pieces end one key before the end.
 */
export function openPriors(random: Random): PriorTable {
  const laid = new Map<number, Float64Array[]>();
  const tables: Record<PlacePrior, Float64Array[][]> = { unknown: [], likely: [] };

  function laidShares(sentenceKeys: number): Float64Array[] {
    const known = laid.get(sentenceKeys);
    if (known) return known;
    const shares = Array.from({ length: MAX_RHYTHM_KEYS + 1 }, () => new Float64Array(sentenceKeys));
    let all = 0;
    for (const { keys, share } of EXTRA_KEYS) {
      const runKeys = sentenceKeys + keys;
      for (let draw = 0; draw < LAYINGS * share; draw += 1) {
        for (const start of pieceStarts(runKeys, 'balanced', random)) {
          // A short piece ends where the run does; others are moved back by what was taken back before them.
          const place =
            start.keys < MAX_RHYTHM_KEYS
              ? start.from - keys
              : Math.max(0, start.from - Math.floor((random() * keys * start.from) / runKeys));
          if (place >= 0 && place < sentenceKeys) shares[start.keys]![place]! += 1;
          all += 1;
        }
      }
    }
    const normal = shares.map((row) => row.map((count) => count / Math.max(1, all)));
    laid.set(sentenceKeys, normal);
    return normal;
  }

  return (sentenceKeys, { keys, advance }, prior) => {
    const byPiece = (tables[prior][sentenceKeys] ??= []);
    return (byPiece[keys * 2 * (MAX_RHYTHM_KEYS + 1) + advance + MAX_RHYTHM_KEYS] ??= Float64Array.from(
      { length: sentenceKeys },
      (_, place) => {
        if (prior === 'unknown') return -Math.log(Math.max(1, sentenceKeys - keys + 1));
        // Short pieces are laid by their end: what they take back brings their beginning nearer to it.
        const laidAt = keys < MAX_RHYTHM_KEYS ? place + advance - keys : place;
        const share = laidShares(sentenceKeys)[keys]?.[laidAt] ?? 0;
        return Math.log((1 - ELSEWHERE) * share + ELSEWHERE / ((MAX_RHYTHM_KEYS + 1) * sentenceKeys));
      },
    ));
  };
}

/**
 * How the records of a release are cut into ranges of ids, each of which is pulled by itself and is a file of each
 * table.
 *
 * Pure. Ids are random, so ranges of equal width hold about as many records. The cut depends on the number that the
 * release was sealed with and on nothing else: the same release gives the same files on every computer.
 */
import type { PublishedKind } from '../src/trace/record.ts';

/** Ids after one and up to another, in the order of their bytes; open at an end that is undefined. */
export interface IdRange {
  after: string | undefined;
  until: string | undefined;
}

/** Records of a range at most, about: what a thread holds in memory at once. */
const RANGE_RECORDS: Record<PublishedKind, number> = {
  motion: 65_536,
  rhythm: 65_536,
  episode: 4096,
  trace: 1024,
};

const IN_BYTE_ORDER = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const CELLS = IN_BYTE_ORDER.length ** 2;
const ID_CHARACTERS = 22;

/** The ranges of a kind of which a release was sealed with so many records; at least one, at most 4,096. */
export function rangesOf(kind: PublishedKind, sealedRecords: number): IdRange[] {
  return cutIds(rangeCount(kind, sealedRecords));
}

function rangeCount(kind: PublishedKind, sealedRecords: number): number {
  let count = 1;
  while (count < CELLS && sealedRecords / count > RANGE_RECORDS[kind]) count *= 2;
  return count;
}

/** So many ranges of equal width, a power of two, that hold every id once. */
export function cutIds(count: number): IdRange[] {
  const lastIds = Array.from({ length: count - 1 }, (_, index) =>
    lastIdOfCell(((index + 1) * CELLS) / count - 1),
  );
  return Array.from({ length: count }, (_, index) => ({ after: lastIds[index - 1], until: lastIds[index] }));
}

/** The last id that begins with the two characters of a cell; the last character of an id carries two bits only. */
function lastIdOfCell(cell: number): string {
  const base = IN_BYTE_ORDER.length;
  const begins = IN_BYTE_ORDER.charAt(Math.floor(cell / base)) + IN_BYTE_ORDER.charAt(cell % base);
  return `${begins.padEnd(ID_CHARACTERS - 1, 'z')}w`;
}

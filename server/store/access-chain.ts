/**
 * The chain of the access log: each entry's hash covers the one before it, so that no entry can be changed, removed or
 * put in between unseen.
 *
 * Part of the store; pure. Whoever noted an earlier head (`GET /v1/access-log` shows it) can tell whether the log that
 * is there now grew out of that one.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AccessLogRow } from './tables.ts';

/** The latest entry's number and hash. */
export interface ChainHead {
  number: number;
  hash: string;
}

/** Before the first entry. */
export const EMPTY_CHAIN: ChainHead = { number: 0, hash: '0'.repeat(64) };

export type AccessEntry = Omit<AccessLogRow, 'number' | 'hash'>;

/** The entry as the chain takes it up. */
export function linkEntry(head: ChainHead, entry: AccessEntry): AccessLogRow {
  const { day, reader, purpose, release, kind, rows } = entry;
  const numbered = { number: head.number + 1, day, reader, purpose, release, kind, rows };
  return { ...numbered, hash: hashOf(`${head.hash}\n${canonicalize(numbered)!}`) };
}

/** What is wrong with the next stored entry, if anything. */
export function checkLink(head: ChainHead, stored: AccessLogRow): string | undefined {
  if (stored.number !== head.number + 1) return `entry ${head.number + 1} is missing`;
  if (stored.hash !== linkEntry(head, stored).hash) return `entry ${stored.number} was changed`;
  return undefined;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * The accounts of the queue: what became of everything captured, as `books.ts` keeps it.
 *
 * Background and own pages. Reads only.
 */
import type { QueueDatabase } from './queue.ts';
import type { MetaValue, StoredAccounts, Tally } from './queue-schema.ts';

export function emptyTally(): Tally {
  return {
    captured: 0,
    waiting: 0,
    assembled: 0,
    sending: 0,
    sent: 0,
    refused: 0,
    putAside: 0,
    deleted: 0,
    lost: {},
    leftOut: 0,
    erased: 0,
    erasedNotHeld: 0,
  };
}

export function emptyAccounts(): StoredAccounts {
  return {
    fragments: emptyTally(),
    sightings: emptyTally(),
    rows: { waiting: 0, sending: 0, sent: 0, refused: 0 },
    made: { motion: 0, rhythm: 0, episode: 0, trace: 0, sighting: 0 },
    recordsSent: 0,
    onDevice: { rows: 0, bytes: 0 },
  };
}

/** @param meta the queue's store of that name, within a transaction. */
export async function readAccounts(meta: {
  get: (name: string) => Promise<MetaValue | undefined>;
}): Promise<StoredAccounts> {
  return ((await meta.get('accounts')) as StoredAccounts | undefined) ?? emptyAccounts();
}

export function readAccountsOf(queue: QueueDatabase): Promise<StoredAccounts> {
  return readAccounts({ get: (name) => queue.get('meta', name) });
}

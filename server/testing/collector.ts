/**
 * A collector for tests: the real store in a directory of its own, asked without a network, at a time that tests set.
 *
 * Runs in tests only.
 */
import type { Charter } from '../../src/charter/charter.ts';
import { BATCH_MEDIA_TYPE, PATHS, PURPOSE_HEADER } from '../../src/trace/collector-api.ts';
import { dayOf } from '../../src/trace/primitives.ts';
import { createApp, type CollectorParts } from '../app.ts';
import { createGate } from '../gate.ts';
import { addNewKey } from '../keys-command.ts';
import { adoptCharter } from '../listen.ts';
import { openSecrets } from '../secrets.ts';
import type { Store } from '../store.ts';
import { databasePath } from '../store-location.ts';
import type { Role } from '../store/keys.ts';
import { aCharter, NOON_EPOCH_MS, onTheWire } from './builders.ts';
import { dumpTables, makeTestDir, openTestStore, removeTestDir } from './test-store.ts';

export type TestCollector = Awaited<ReturnType<typeof openTestCollector>>;

/** Opens one; with `dataDir` on the data that another has left. */
export async function openTestCollector(
  changes: Partial<Charter> = {},
  dataDir = makeTestDir(),
  parts: Partial<CollectorParts> = {},
) {
  const clock = { nowEpochMs: NOON_EPOCH_MS };
  const charter = aCharter(changes);
  const secrets = openSecrets(dataDir);
  const { store, location } = await openTestStore(dataDir);
  const charterHash = await adoptCharter(store, charter, clock.nowEpochMs);
  const names = (await store.listKeys()).length;
  const participantKey = await addKey('participant', `staff ${names}`, []);
  const readerKey = await addKey('reader', `reader ${names}`, [charter.purpose]);
  const faults: string[] = [];
  const app = createApp({
    store,
    charter,
    charterHash,
    secrets,
    nowEpochMs: () => clock.nowEpochMs,
    countFault: (code) => void faults.push(code),
    ...quietOperations(),
    ...parts,
  });

  async function addKey(
    role: Role,
    name: string,
    purposes: string[],
    expiresOn: string | null = null,
  ): Promise<string> {
    const settings = { role, name, purposes, joinable: false, expiresOn };
    return addNewKey(store, dataDir, settings, clock.nowEpochMs);
  }

  return {
    app,
    store,
    charter,
    charterHash,
    secrets,
    participantKey,
    readerKey,
    dataDir,
    clock,
    faults,
    addKey,
    location,
    /** Where the file is, on SQLite. */
    databasePath: databasePath(dataDir),

    /** Posts a body as a batch; headers replace the right ones, `undefined` leaves one out. */
    postBody: (body: Uint8Array<ArrayBuffer>, headers: Record<string, string | undefined> = {}) =>
      app.request(PATHS.batches, {
        method: 'POST',
        headers: withoutUndefined({
          authorization: `Bearer ${participantKey}`,
          'content-type': BATCH_MEDIA_TYPE,
          ...headers,
        }),
        body,
      }),

    post: (document: unknown) =>
      app.request(PATHS.batches, {
        method: 'POST',
        headers: { authorization: `Bearer ${participantKey}`, 'content-type': BATCH_MEDIA_TYPE },
        body: onTheWire(document),
      }),

    erase: (secret: string) =>
      app.request(PATHS.erasures, {
        method: 'POST',
        headers: { authorization: `Bearer ${participantKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ secret }),
      }),

    /** Asks as a reader. */
    read: (path: string, purpose = charter.purpose, key = readerKey) =>
      app.request(path, { headers: { authorization: `Bearer ${key}`, [PURPOSE_HEADER]: purpose } }),

    seal: () => store.seal(clock.nowEpochMs, dayOf(clock.nowEpochMs)),

    dump: () => dumpTables(location),

    close: async (): Promise<void> => {
      await store.close();
      await removeTestDir(dataDir);
    },
  };
}

/** What watches over the collector, without limits and figures: for tests of something else. */
export function quietOperations() {
  const disk = {
    isLow: () => Promise.resolve(false),
    room: () => Promise.resolve({ freeBytes: 1e12, totalBytes: 1e12 }),
    dataBytes: () => Promise.resolve(0),
  };
  return {
    disk,
    gate: createGate(disk, Number.POSITIVE_INFINITY),
    limits: { takeBatch: () => undefined, takeOfDay: () => undefined, takeErasure: () => undefined },
    metrics: {
      countBatch: () => undefined,
      countErasure: () => undefined,
      countRequest: () => undefined,
      show: () => Promise.resolve(''),
      contentType: 'text/plain',
    },
    log: () => undefined,
  };
}

/** Seals and settles, as housekeeping does. */
export async function sealAndSettle(store: Store, nowEpochMs: number): Promise<void> {
  await store.seal(nowEpochMs, dayOf(nowEpochMs));
  await store.settle();
}

function withoutUndefined(headers: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/**
 * The `keys` commands: make, list, rotate and revoke the keys that may speak to the collector.
 *
 * Runs on the organisation's server. A key is printed once and stored as its hash only; the participant key of a
 * joinable study is also kept in a file that only the owner may read, since the join page shows it.
 */
import { defineCommand } from 'citty';
import { Day, dayOf } from '../src/trace/primitives.ts';
import { ReadingPurpose } from '../src/trace/reading-purpose.ts';
import { createKey, keyHashOf } from './authorize.ts';
import { makeDataDir, openSecrets, removeJoinKey, saveJoinKey } from './secrets.ts';
import { dataSetting, endWithMessage } from './settings.ts';
import { storeLocationOf, withStore } from './store-location.ts';
import { openStore, type Store } from './store.ts';
import { ROLES, type HeldKey, type Role } from './store/keys.ts';

const nameSetting = {
  type: 'string',
  required: true,
  valueHint: 'NAME',
  description: 'Name of the key; readers’ names are shown to participants',
} as const;

export interface NewKey {
  role: Role;
  name: string;
  purposes: string[];
  joinable: boolean;
  /** Last day on which the key is in force; null for no end. */
  expiresOn: string | null;
}

/** A reader's key ends by itself when nothing else was said. */
const READER_KEY_DAYS = 365;
const DAY_MS = 86_400_000;

/**
 * Makes a key and gives it, for the only time.
 *
 * @throws Error that names the setting that is wrong.
 */
export async function addNewKey(store: Store, dataDir: string, settings: NewKey, nowEpochMs: number) {
  const { role, name, purposes, joinable, expiresOn } = settings;
  const today = dayOf(nowEpochMs);
  if (!ROLES.includes(role)) throw new Error(`role: must be one of ${ROLES.join(', ')}`);
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,59}$/u.test(name)) {
    throw new Error('name: must be 1 to 60 letters, digits, spaces and . _ @ -');
  }
  if (
    role === 'reader' &&
    (purposes.length === 0 || !purposes.every((purpose) => ReadingPurpose.safeParse(purpose).success))
  ) {
    throw new Error(
      "purpose: a reader needs the purpose of the charter, such as 'train-agents', or 'train-agents:linked' for what volunteers gave at level linked",
    );
  }
  if (role !== 'reader' && purposes.length > 0) throw new Error('purpose: is for readers only');
  if (role !== 'participant' && joinable) throw new Error('joinable: is for the participant key only');
  if (expiresOn !== null) checkEnd(expiresOn, today);
  const key = createKey();
  const row = { keyHash: keyHashOf(key), role, name, purposes, expiresOn };
  const outcome = await store.addKey(row, today);
  if (outcome === 'name-taken') throw new Error('name: another key in force has this name');
  if (joinable) saveJoinKey(dataDir, key);
  return key;
}

/** @throws Error that names the setting when it is no day, or a day that is over. */
function checkEnd(expiresOn: string, today: string): void {
  if (!Day.safeParse(expiresOn).success || expiresOn < today) {
    throw new Error('expires: must be a day from today on, as YYYY-MM-DD, or "never"');
  }
}

/**
 * Makes a key in the place of the one in force with this name, which stays in force for `overlapDays` more days.
 *
 * @throws Error that names the setting that is wrong.
 */
export async function rotateKey(
  store: Store,
  dataDir: string,
  settings: { name: string; overlapDays: number; expiresOn?: string | null },
  nowEpochMs: number,
): Promise<string> {
  const { name, overlapDays, expiresOn } = settings;
  const today = dayOf(nowEpochMs);
  if (!Number.isInteger(overlapDays) || overlapDays < 0 || overlapDays > 365) {
    throw new Error('overlap-days: must be a whole number from 0 to 365');
  }
  if (typeof expiresOn === 'string') checkEnd(expiresOn, today);
  const wasJoinable = await isJoinKey(store, dataDir, name, today);
  const key = createKey();
  const rotated = await store.rotateKey(
    { name, keyHash: keyHashOf(key), expiresOn },
    { day: today, lastDay: dayOf(nowEpochMs + overlapDays * DAY_MS) },
  );
  if (!rotated) throw new Error('name: no key in force has this name');
  if (wasJoinable) saveJoinKey(dataDir, key);
  return key;
}

async function isJoinKey(store: Store, dataDir: string, name: string, today: string): Promise<boolean> {
  const joinKey = openSecrets(dataDir).joinKey();
  if (joinKey === undefined) return false;
  return (await store.findKey(keyHashOf(joinKey), today))?.name === name;
}

const expiresSetting = {
  type: 'string',
  valueHint: 'YYYY-MM-DD|never',
  description: `Last day of the key; a reader’s ends after ${READER_KEY_DAYS} days unless said otherwise`,
} as const;

function readEnd(text: string | undefined): string | null | undefined {
  return text === 'never' ? null : text;
}

const createCommand = defineCommand({
  meta: { name: 'create', description: 'Make a key and print it, once' },
  args: {
    role: { type: 'string', required: true, valueHint: ROLES.join('|'), description: 'What the key may do' },
    name: nameSetting,
    purpose: { type: 'string', valueHint: 'PURPOSE,...', description: 'What a reader may use data for' },
    joinable: { type: 'boolean', description: 'Let the join page hand out this participant key' },
    expires: expiresSetting,
    data: dataSetting,
  },
  run: endWithMessage(async (given: Record<string, string | undefined>) => {
    const { role, name, purpose, joinable, expires, data } = given;
    const now = Date.now();
    const usual = role === 'reader' ? dayOf(now + READER_KEY_DAYS * DAY_MS) : null;
    const expiresOn = readEnd(expires) === undefined ? usual : readEnd(expires)!;
    await withNewStore(data!, async (store) => {
      const settings = {
        role: role as Role,
        name: name!,
        purposes: purpose === undefined ? [] : purpose.split(','),
        joinable: Boolean(joinable),
        expiresOn,
      };
      console.log(await addNewKey(store, data!, settings, now));
      console.error('This key is shown only now.');
    });
  }),
});

const listCommand = defineCommand({
  meta: { name: 'list', description: 'List the keys, without showing them' },
  args: { data: dataSetting },
  run: endWithMessage(async ({ data }: { data: string }) => {
    await withStore(data, async (store) => {
      for (const key of await store.listKeys()) {
        const { role, name, purposes, createdOn } = key;
        const state = stateOf(key, dayOf(Date.now()));
        console.log([role, name, purposes.join(',') || '-', `created ${createdOn}`, state].join('\t'));
      }
    });
  }),
});

function stateOf({ revokedOn, expiresOn }: HeldKey, today: string): string {
  if (revokedOn !== null) return `revoked ${revokedOn}`;
  if (expiresOn === null) return 'in force';
  return expiresOn < today ? `expired ${expiresOn}` : `in force until ${expiresOn}`;
}

const rotateCommand = defineCommand({
  meta: { name: 'rotate', description: 'Make a key in the place of another, which ends a little later' },
  args: {
    name: nameSetting,
    'overlap-days': {
      type: 'string',
      default: '14',
      valueHint: 'DAYS',
      description: 'How long the old one stays in force beside the new one',
    },
    expires: expiresSetting,
    data: dataSetting,
  },
  run: endWithMessage(async (given: Record<string, string | undefined>) => {
    const { name, expires, data } = given;
    const overlapDays = Number(given['overlap-days']);
    await withStore(data!, async (store) => {
      const settings = {
        name: name!,
        overlapDays,
        ...(expires !== undefined && { expiresOn: readEnd(expires)! }),
      };
      console.log(await rotateKey(store, data!, settings, Date.now()));
      console.error('This key is shown only now.');
    });
  }),
});

const revokeCommand = defineCommand({
  meta: { name: 'revoke', description: 'Revoke a key' },
  args: { name: nameSetting, data: dataSetting },
  run: endWithMessage(async ({ name, data }: { name: string; data: string }) => {
    await withStore(data, async (store) => {
      const today = dayOf(Date.now());
      const isRevoked = await store.revokeKey(name, today);
      if (!isRevoked) throw new Error('name: no key in force has this name');
      const joinKey = openSecrets(data).joinKey();
      const isJoinable =
        joinKey !== undefined && (await store.findKey(keyHashOf(joinKey), today)) !== undefined;
      if (!isJoinable) removeJoinKey(data);
      console.log('Revoked.');
    });
  }),
});

/** Groups them. */
export const keysCommand = defineCommand({
  meta: { name: 'keys', description: 'Make, list, rotate and revoke keys' },
  subCommands: { create: createCommand, list: listCommand, rotate: rotateCommand, revoke: revokeCommand },
});

/** Keys may be made before the collector was ever started. */
async function withNewStore(dataDir: string, work: (store: Store) => Promise<void>): Promise<void> {
  makeDataDir(dataDir);
  const store = await openStore(storeLocationOf(dataDir));
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

/**
 * The `keys` commands: make, list and revoke the keys that may speak to the collector.
 *
 * Runs on the organisation's server. A key is printed once and stored as its hash only; the participant key of a
 * joinable study is also kept in a file that only the owner may read, since the join page shows it.
 */
import { defineCommand } from 'citty';
import { dayOf } from '../src/trace/primitives.ts';
import { ReadingPurpose } from '../src/trace/reading-purpose.ts';
import { createKey, keyHashOf } from './authorize.ts';
import { databasePath } from './listen.ts';
import { makeDataDir, openSecrets, removeJoinKey, saveJoinKey } from './secrets.ts';
import { dataSetting, endWithMessage } from './settings.ts';
import { openStore, type Store } from './store.ts';
import { ROLES, type Role } from './store/keys.ts';

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
}

/**
 * Makes a key and gives it, for the only time.
 *
 * @throws Error that names the setting that is wrong.
 */
export async function addNewKey(store: Store, dataDir: string, settings: NewKey, nowEpochMs: number) {
  const { role, name, purposes, joinable } = settings;
  if (!ROLES.includes(role)) throw new Error(`role: must be ${ROLES.join(' or ')}`);
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
  if (role === 'participant' && purposes.length > 0) throw new Error('purpose: is for readers only');
  if (role === 'reader' && joinable) throw new Error('joinable: is for the participant key only');
  const key = createKey();
  const outcome = await store.addKey({ keyHash: keyHashOf(key), role, name, purposes }, dayOf(nowEpochMs));
  if (outcome === 'name-taken') throw new Error('name: another key in force has this name');
  if (joinable) saveJoinKey(dataDir, key);
  return key;
}

const createCommand = defineCommand({
  meta: { name: 'create', description: 'Make a key and print it, once' },
  args: {
    role: { type: 'string', required: true, valueHint: ROLES.join('|'), description: 'What the key may do' },
    name: nameSetting,
    purpose: { type: 'string', valueHint: 'PURPOSE,...', description: 'What a reader may use data for' },
    joinable: { type: 'boolean', description: 'Let the join page hand out this participant key' },
    data: dataSetting,
  },
  run: endWithMessage(async ({ role, name, purpose, joinable, data }: Record<string, string | undefined>) => {
    await withStore(data!, async (store) => {
      const settings = {
        role: role as Role,
        name: name!,
        purposes: purpose === undefined ? [] : purpose.split(','),
        joinable: Boolean(joinable),
      };
      console.log(await addNewKey(store, data!, settings, Date.now()));
      console.error('This key is shown only now.');
    });
  }),
});

const listCommand = defineCommand({
  meta: { name: 'list', description: 'List the keys, without showing them' },
  args: { data: dataSetting },
  run: endWithMessage(async ({ data }: { data: string }) => {
    await withStore(data, async (store) => {
      for (const { role, name, purposes, createdOn, revokedOn } of await store.listKeys()) {
        const state = revokedOn === null ? 'in force' : `revoked ${revokedOn}`;
        console.log([role, name, purposes.join(',') || '-', `created ${createdOn}`, state].join('\t'));
      }
    });
  }),
});

const revokeCommand = defineCommand({
  meta: { name: 'revoke', description: 'Revoke a key' },
  args: { name: nameSetting, data: dataSetting },
  run: endWithMessage(async ({ name, data }: { name: string; data: string }) => {
    await withStore(data, async (store) => {
      const isRevoked = await store.revokeKey(name, dayOf(Date.now()));
      if (!isRevoked) throw new Error('name: no key in force has this name');
      const joinKey = openSecrets(data).joinKey();
      const isJoinable = joinKey !== undefined && (await store.findKey(keyHashOf(joinKey))) !== undefined;
      if (!isJoinable) removeJoinKey(data);
      console.log('Revoked.');
    });
  }),
});

/** Groups the three. */
export const keysCommand = defineCommand({
  meta: { name: 'keys', description: 'Make, list and revoke keys' },
  subCommands: { create: createCommand, list: listCommand, revoke: revokeCommand },
});

async function withStore(dataDir: string, work: (store: Store) => Promise<void>): Promise<void> {
  makeDataDir(dataDir);
  const store = await openStore(databasePath(dataDir));
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

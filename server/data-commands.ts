/**
 * Commands on the data as a whole: migrate, back up, erase again in a restored copy, verify the access log, take a
 * release back.
 *
 * Runs on the organisation's server, while the collector runs or not. Must never print recorded data, or ids.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { defineCommand } from 'citty';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { RecordId } from '../src/trace/primitives.ts';
import { dataSetting, endWithMessage } from './settings.ts';
import { storeLocationOf, withStore } from './store-location.ts';
import { migrate } from './store/migrations.ts';
import { connect, explain } from './store/postgres.ts';

const fileSetting = (description: string) =>
  ({ type: 'string', required: true, valueHint: 'FILE', description }) as const;

export const migrateCommand = defineCommand({
  meta: { name: 'migrate', description: 'Bring the tables of DATABASE_URL to this version' },
  run: endWithMessage(async () => {
    const location = storeLocationOf('');
    if ('path' in location) {
      throw new Error(
        'DATABASE_URL: is not set; the file in a data directory is brought up to date at each start',
      );
    }
    const done = await migratePostgres(location.url);
    console.log(done.length === 0 ? 'Nothing to do.' : done.map((step) => `Done: ${step}`).join('\n'));
  }),
});

/** Brings a PostgreSQL database to this version and gives the names of the steps taken. */
export async function migratePostgres(url: string): Promise<string[]> {
  const queries = connect(url);
  try {
    return await migrate(queries as unknown as Kysely<never>, 'postgres');
  } catch (fault) {
    throw explain(fault);
  } finally {
    await queries.destroy();
  }
}

export const backupCommand = defineCommand({
  meta: { name: 'backup', description: 'Write a settled copy of the SQLite store to a new file' },
  args: { data: dataSetting, to: fileSetting('The copy; must not be there yet') },
  run: endWithMessage(async ({ data, to }: Record<'data' | 'to', string>) => {
    if (existsSync(to)) throw new Error(`to: ${to} is there already`);
    await withStore(data, (store) => store.backUp(to));
    console.log('Copied. Keep the secrets of the data directory with it.');
  }),
});

const ErasuresFile = z.strictObject({
  erased: z.array(z.strictObject({ recordId: RecordId, month: z.string().regex(/^\d{4}-\d{2}$/) })),
  tombstones: z.array(z.strictObject({ release: z.int().positive(), recordId: RecordId })),
});

const exportCommand = defineCommand({
  meta: { name: 'export', description: 'Write what was erased to a file, in the order of its random ids' },
  args: { data: dataSetting, to: fileSetting('The file; replaced when it is there') },
  run: endWithMessage(async ({ data, to }: Record<'data' | 'to', string>) => {
    const erased = await withStore(data, (store) => store.listErased());
    writeFileSync(to, `${JSON.stringify(erased)}\n`, { mode: 0o600 });
    console.log(`${erased.erased.length} erased ids, ${erased.tombstones.length} tombstones.`);
  }),
});

const applyCommand = defineCommand({
  meta: { name: 'apply', description: 'Erase again, in a restored copy, what such a file lists' },
  args: { data: dataSetting, from: fileSetting('What "erasures export" has written') },
  run: endWithMessage(async ({ data, from }: Record<'data' | 'from', string>) => {
    const erased = readErasures(from);
    const removed = await withStore(data, (store) => store.eraseAgain(erased));
    console.log(`${removed} records were still there and are erased.`);
  }),
});

function readErasures(path: string): z.infer<typeof ErasuresFile> {
  try {
    return ErasuresFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (fault) {
    throw new Error(`from: ${path} is not what "erasures export" writes`, { cause: fault });
  }
}

export const erasuresCommand = defineCommand({
  meta: { name: 'erasures', description: 'Carry erasures over to a restored backup' },
  subCommands: { export: exportCommand, apply: applyCommand },
});

const verifyCommand = defineCommand({
  meta: { name: 'verify', description: 'Follow the access log’s chain of hashes from its first entry' },
  args: {
    data: dataSetting,
    head: {
      type: 'string',
      valueHint: 'NUMBER:HASH',
      description: 'A head noted earlier, which the log must have grown out of',
    },
  },
  run: endWithMessage(async ({ data, head }: { data: string; head?: string }) => {
    const known = head === undefined ? undefined : readHead(head);
    const verified = await withStore(data, (store) => store.verifyAccessLog(known));
    if (!verified.ok) throw new Error(`access-log: ${verified.problem}`);
    console.log(`Whole. Its head is ${verified.head.number}:${verified.head.hash}`);
  }),
});

function readHead(text: string): { number: number; hash: string } {
  const found = /^(\d{1,12}):([0-9a-f]{64})$/.exec(text);
  if (!found) throw new Error('head: must be NUMBER:HASH, as "access-log verify" prints it');
  return { number: Number(found[1]), hash: found[2]! };
}

export const accessLogCommand = defineCommand({
  meta: { name: 'access-log', description: 'The log of who pulled what' },
  subCommands: { verify: verifyCommand },
});

const withdrawReleaseCommand = defineCommand({
  meta: { name: 'withdraw', description: 'Take a release back whole: readers get nothing of it from now on' },
  args: {
    number: { type: 'positional', required: true, description: 'The release’s number' },
    data: dataSetting,
  },
  run: endWithMessage(async ({ number, data }: Record<'number' | 'data', string>) => {
    if (!/^[1-9]\d{0,8}$/.test(number)) throw new Error('number: must be a release’s number');
    const isHeld = await withStore(data, (store) => store.withdrawRelease(Number(number)));
    if (!isHeld) throw new Error('number: there is no such release');
    console.log('Withdrawn.');
  }),
});

export const releaseCommand = defineCommand({
  meta: { name: 'release', description: 'Sealed releases' },
  subCommands: { withdraw: withdrawReleaseCommand },
});

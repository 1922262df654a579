/**
 * How the tables come to be and change: the steps from every released version to this one, for both databases.
 *
 * Part of the store. A step that was released is never changed. Steps only add what the version before can live with;
 * what it still needs is taken away one version later, so that collectors can be replaced one by one.
 */
import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { createFirstTables } from './migrations/0001-first-tables.ts';
import { orderIdsByBytes } from './migrations/0002-ids-in-byte-order.ts';

export type Kind = 'sqlite' | 'postgres';

const STEPS: Record<string, (kind: Kind) => Migration> = {
  '0001-first-tables': createFirstTables,
  '0002-ids-in-byte-order': orderIdsByBytes,
};

function createMigrator(queries: Kysely<never>, kind: Kind): Migrator {
  const steps = Object.fromEntries(Object.entries(STEPS).map(([name, create]) => [name, create(kind)]));
  return new Migrator({ db: queries, provider: { getMigrations: () => Promise.resolve(steps) } });
}

/**
 * Brings the tables to this version, all steps or none.
 *
 * @throws Error when a newer version has written the database.
 */
export async function migrate(queries: Kysely<never>, kind: Kind): Promise<string[]> {
  const { error, results } = await createMigrator(queries, kind).migrateToLatest();
  if (error !== undefined) throw explain(error);
  return (results ?? []).map((step) => step.migrationName);
}

/**
 * Names of the steps that the database has still to take.
 *
 * @throws Error when a newer version has written the database.
 */
export async function pendingMigrations(queries: Kysely<never>, kind: Kind): Promise<string[]> {
  const known = await createMigrator(queries, kind).getMigrations();
  const done = await executedMigrations(queries);
  const newer = done.filter((name) => !(name in STEPS));
  if (newer.length > 0) throw new Error(NEWER);
  return known.filter((step) => !done.includes(step.name)).map((step) => step.name);
}

async function executedMigrations(queries: Kysely<never>): Promise<string[]> {
  const tables = await queries.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return [];
  const rows = await (queries as unknown as Kysely<{ kysely_migration: { name: string } }>)
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  return rows.map((row) => row.name);
}

const NEWER = 'data: was written by a newer version of the collector';

function explain(fault: unknown): Error {
  const text = fault instanceof Error ? fault.message : String(fault);
  if (text.includes('corrupted migrations')) return new Error(NEWER, { cause: fault });
  if (text.includes('already exists')) {
    return new Error('data: was written by a version from before the first release; begin anew', {
      cause: fault,
    });
  }
  return fault instanceof Error ? fault : new Error(text);
}

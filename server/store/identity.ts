/**
 * Which collector a database belongs to: the public half of its signing key.
 *
 * Part of the store. All collectors of one database sign and digest with the same secrets.
 */
import type { Database } from './database.ts';

const IDENTITY = 'public-key';

export function createIdentity({ queries }: Database) {
  return {
    /** Notes the first collector's key, and says whether this one has the same. */
    claimIdentity: async (publicKey: string): Promise<'ours' | 'other'> => {
      await queries
        .insertInto('settings')
        .values({ name: IDENTITY, value: publicKey })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const held = await queries
        .selectFrom('settings')
        .select('value')
        .where('name', '=', IDENTITY)
        .executeTakeFirst();
      return held?.value === publicKey ? 'ours' : 'other';
    },
  };
}

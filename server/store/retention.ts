/**
 * Forgetting in time: records past their charter's limit, fingerprints and ids that are needed no more.
 *
 * Part of the store, run daily. What a release loses this way becomes a tombstone as with an erasure, so that the two
 * are not told apart.
 */
import { inTransaction, type Database } from './database.ts';
import { holdSeals } from './releases.ts';

/** All that is older than these is forgotten. */
export interface ForgetBefore {
  batchDay: string;
  seenWeek: string;
  erasedMonth: string;
  charters: { number: number; day: string; week: string }[];
}

export interface Forgotten {
  records: number;
  batches: number;
}

export function createRetention(database: Database) {
  return {
    forget: async (before: ForgetBefore): Promise<Forgotten> => {
      const forgotten = await inTransaction(database, async (transaction) => {
        // No record may get its release between the two statements on records.
        await holdSeals(transaction);
        let records = 0;
        for (const { number, day, week } of before.charters) {
          await transaction
            .insertInto('tombstones')
            .columns(['release', 'record_id', 'published'])
            .expression((build) =>
              build
                .selectFrom('records')
                .select(['release', 'record_id', build.val(0 as const).as('published')])
                .where('recorded_on', '<', day)
                .where('charter', '=', number)
                .where('release', 'is not', null)
                .$castTo<{ release: number; record_id: string; published: 0 | 1 }>(),
            )
            .onConflict((conflict) => conflict.doNothing())
            .execute();
          const days = await transaction
            .selectFrom('records')
            .select('recorded_on')
            .distinct()
            .where('recorded_on', '<', day)
            .where('charter', '=', number)
            .execute();
          await database.noteUnsettled(
            transaction,
            days.map((row) => row.recorded_on),
          );
          const removed = await transaction
            .deleteFrom('records')
            .where('recorded_on', '<', day)
            .where('charter', '=', number)
            .executeTakeFirst();
          records += Number(removed.numDeletedRows);
          await transaction
            .deleteFrom('sighting_counts')
            .where('charter', '=', number)
            .where('week', '<', week)
            .execute();
        }
        await transaction.deleteFrom('seen').where('week', '<', before.seenWeek).execute();
        await transaction.deleteFrom('erased_ids').where('month', '<', before.erasedMonth).execute();
        const batches = await transaction
          .deleteFrom('batches')
          .where('received_on', '<', before.batchDay)
          .executeTakeFirst();
        return { records, batches: Number(batches.numDeletedRows) };
      });
      const firstKept = before.charters.map(({ day }) => day).toSorted()[0];
      if (firstKept !== undefined) await database.dropEmptyDays(firstKept);
      return forgotten;
    },
  };
}

/**
 * Carries what has been committed from the write-ahead log into the SQLite file, beside the store's own thread.
 *
 * Runs as a worker thread and ends by itself. A passive checkpoint waits for nobody and nobody waits for it, but while
 * batches come it never has all of the log; for the little that is left it then keeps writers out, so that the log can
 * begin anew and does not grow for ever.
 */
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';

const MAX_TRIES = 20;
/** Writers are kept out for this much only: 4 MB. */
const MAX_REST_PAGES = 1024;
/** Who writes or reads in this moment is waited for no longer, since writers wait meanwhile. */
const PATIENCE_MS = 20;

const file = new DatabaseSync(workerData as string, { timeout: PATIENCE_MS });
try {
  const passive = file.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  const restart = file.prepare('PRAGMA wal_checkpoint(RESTART)');
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const { log, checkpointed } = passive.get() as Record<string, number>;
    if (log! - checkpointed! > MAX_REST_PAGES) continue;
    if (restart.get()!.busy === 0) break;
    await pause(PATIENCE_MS);
  }
} finally {
  file.close();
}

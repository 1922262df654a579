/**
 * Carries what has been committed from the write-ahead log into the SQLite file, beside the store's own thread.
 *
 * Runs as a worker thread and ends by itself. A passive checkpoint waits for nobody and nobody waits for it: batches go
 * on being stored meanwhile, which is why it is tried until nothing new has come in between.
 */
import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';

const MAX_TRIES = 10;

const file = new DatabaseSync(workerData as string);
try {
  const checkpoint = file.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const { log, checkpointed } = checkpoint.get()!;
    if (log === checkpointed) break;
  }
} finally {
  file.close();
}

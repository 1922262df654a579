/**
 * What keeps the device from sending until somebody puts it right, for the person to see.
 *
 * Background; own pages read it.
 */
import { isTime } from './is-time.ts';
import type { QueueDatabase } from './queue.ts';
import type { UploadTrouble } from './queue-schema.ts';

/** Sending rests for so long at a time. */
export const REST_MS = 3_600_000;

/** A conflict has a place of its own: it stays until consent is withdrawn, whatever else goes wrong or is put right. */
const NAMES = { key: 'uploadTrouble', charter: 'uploadTrouble', conflict: 'uploadConflict' } as const;

export async function readTroubles(queue: QueueDatabase): Promise<UploadTrouble[]> {
  const found = await Promise.all([NAMES.key, NAMES.conflict].map((name) => queue.get('meta', name)));
  return found.filter((trouble) => trouble !== undefined) as UploadTrouble[];
}

/** Trouble that goes on keeps its beginning. */
export async function noteTrouble(queue: QueueDatabase, trouble: UploadTrouble): Promise<void> {
  const name = NAMES[trouble.kind];
  const transaction = queue.transaction('meta', 'readwrite');
  const known = (await transaction.store.get(name)) as UploadTrouble | undefined;
  const sinceMs = known?.kind === trouble.kind ? known.sinceMs : trouble.sinceMs;
  await transaction.store.put({ ...trouble, sinceMs }, name);
  await transaction.done;
}

/** The collector has taken a batch. */
export async function endTrouble(queue: QueueDatabase): Promise<void> {
  await queue.delete('meta', NAMES.key);
}

/** Whether nothing is sent for now, since the last try has shown that an administrator must act. */
export async function isSendingStopped(queue: QueueDatabase, nowMs: number): Promise<boolean> {
  const troubles = await readTroubles(queue);
  return troubles.some(
    ({ restsUntilMs }) => restsUntilMs !== undefined && !isTime(restsUntilMs, nowMs, REST_MS),
  );
}

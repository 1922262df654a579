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

export async function readTrouble(queue: QueueDatabase): Promise<UploadTrouble | undefined> {
  return (await queue.get('meta', 'uploadTrouble')) as UploadTrouble | undefined;
}

/**
 * Trouble that goes on keeps its beginning. A conflict stays until consent is withdrawn, whatever else is sent.
 *
 * @param trouble undefined once the collector has taken a batch.
 */
export async function noteTrouble(queue: QueueDatabase, trouble: UploadTrouble | undefined): Promise<void> {
  const transaction = queue.transaction('meta', 'readwrite');
  const known = (await transaction.store.get('uploadTrouble')) as UploadTrouble | undefined;
  if (trouble !== undefined) {
    const sinceMs = known?.kind === trouble.kind ? known.sinceMs : trouble.sinceMs;
    await transaction.store.put({ ...trouble, sinceMs }, 'uploadTrouble');
  } else if (known !== undefined && known.kind !== 'conflict') {
    await transaction.store.delete('uploadTrouble');
  }
  await transaction.done;
}

/** Whether nothing is sent for now, since the last try has shown that an administrator must act. */
export async function isSendingStopped(queue: QueueDatabase, nowMs: number): Promise<boolean> {
  const trouble = await readTrouble(queue);
  return trouble?.restsUntilMs !== undefined && !isTime(trouble.restsUntilMs, nowMs, REST_MS);
}

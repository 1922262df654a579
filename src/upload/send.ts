/**
 * Sends what the queue has ready: drawn batches, and erasure requests whose time has come.
 *
 * Background only. Keeps nothing in memory: what is in flight stands in the queue, so that the next start of the
 * worker goes on where this one stopped. A lock lets only one worker send at a time.
 */
import {
  nextBatch,
  settleAccepted,
  settleConflict,
  settleRefused,
  settleTryLater,
} from '../queue/batches.ts';
import { deviceKey } from '../queue/counters.ts';
import type { QueueDatabase } from '../queue/queue.ts';
import { dueErasures, postponeErasure, settleErasure } from '../queue/erasures.ts';
import type { SendPace } from '../queue/queue-schema.ts';
import { endTrouble, noteTrouble } from '../queue/upload-trouble.ts';
import type { Random } from '../trace/random.ts';
import { recordSecret } from '../trace/record-id.ts';
import { backoffMs } from './backoff.ts';
import { postBatch, postErasure } from './collector.ts';
import { PACE, type UploadOutcome } from './outcome.ts';
import { afterOneMore } from './send-pace.ts';

const MAX_ERASURES_AT_A_TIME = 50;

export interface SendContext {
  queue: QueueDatabase;
  random: Random;
  now: () => number;
  fetchFrom?: typeof fetch;
}

/** Sends one batch if one is due. @returns its outcome; undefined when nothing was due. */
export async function sendNextBatch(
  context: SendContext,
  participantKey: string,
): Promise<UploadOutcome | undefined> {
  const { queue, random, now, fetchFrom } = context;
  return navigator.locks.request('proffer upload', async () => {
    const batch = await nextBatch(queue, now());
    if (batch === undefined) return undefined;
    const pace = afterOneMore(await readPace(queue), now());
    if (pace === undefined) return { kind: 'try-later', reason: PACE };
    await queue.put('meta', pace, 'sendPace');
    const outcome = await postBatch(
      { collectorUrl: batch.collectorUrl, participantKey },
      batch.body,
      fetchFrom,
    );
    switch (outcome.kind) {
      case 'accepted':
        await settleAccepted(queue, batch.batchId);
        await endTrouble(queue);
        break;
      case 'try-later':
        await settleTryLater(
          queue,
          batch.batchId,
          now(),
          outcome.afterMs ?? backoffMs(batch.attempts, random),
        );
        break;
      case 'stopped':
        if (await settleTryLater(queue, batch.batchId, now(), outcome.afterMs))
          await noteTrouble(queue, {
            kind: outcome.trouble,
            sinceMs: now(),
            restsUntilMs: now() + outcome.afterMs,
          });
        break;
      case 'conflict':
        if (await settleConflict(queue, batch.batchId, outcome.reason))
          await noteTrouble(queue, { kind: 'conflict', sinceMs: now() });
        break;
      case 'refused':
        await settleRefused(queue, batch.batchId, outcome.reason);
        break;
    }
    return outcome;
  });
}

async function readPace(queue: QueueDatabase): Promise<SendPace | undefined> {
  return (await queue.get('meta', 'sendPace')) as SendPace | undefined;
}

/** Sends the erasure requests that are due, one record each. @returns how many were answered. */
export async function sendErasures(context: SendContext): Promise<number> {
  const { queue, random, now, fetchFrom } = context;
  const due = await dueErasures(queue, now(), MAX_ERASURES_AT_A_TIME);
  // A key is not made for nothing: after a withdrawal there is none.
  if (due.length === 0) return 0;
  const key = await deviceKey(queue);
  let answered = 0;
  for (const erasure of due) {
    const proven = await postErasure(erasure, await recordSecret(key, erasure.counter), fetchFrom);
    if (proven === undefined) {
      await postponeErasure(queue, erasure, now() + backoffMs(erasure.attempts, random));
      continue;
    }
    await settleErasure(queue, erasure.counter, proven.answer, proven.signed);
    answered += 1;
  }
  return answered;
}

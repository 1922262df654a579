/**
 * Held steps -> the episodes or traces that they would become now, by the same assembly as when they are sent.
 *
 * For the My data page, which shows a person all there is of what would leave. Pure but for reading the queue.
 */
import { assembleEpisodes } from './anonymize/assemble-episodes.ts';
import { withDay } from './queue/number-records.ts';
import type { QueueDatabase } from './queue/queue.ts';
import { readStepsAround, type SessionRow } from './queue/sessions.ts';
import type { Episode } from './trace/episode.ts';
import type { Trace } from './trace/trace.ts';

/** What would be sent, but for the id, which it is given when its hold is over. */
export type RecordWithoutId = Omit<Episode, 'recordId'> | Omit<Trace, 'recordId'>;

export interface ShownAsSent {
  /** Of its first step, epoch ms on the level's local grid. */
  startMs: number;
  /** The steps (at `linked` movements and typing runs too) that it is made of. */
  sequences: number[];
  record: RecordWithoutId;
}

/**
 * The episodes that a session has a part in, whole: with what was done in other apps in between.
 *
 * The last one may go on as long as the work does.
 */
export async function asSent(queue: QueueDatabase, session: SessionRow): Promise<ShownAsSent[]> {
  const steps = await readStepsAround(queue, session);
  const own = new Set(
    steps.filter((step) => step.sessionId === session.sessionId).map(({ sequence }) => sequence),
  );
  return assembleEpisodes(steps, 0, true).flatMap(({ content, sequences, startMs }) => {
    if (content === undefined || !sequences.some((sequence) => own.has(sequence))) return [];
    return [{ startMs, sequences, record: withDay(content, startMs) }];
  });
}

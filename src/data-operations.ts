/**
 * What a person does with their own data: delete, undo, send early, hold longer, erase, ask who has read it.
 *
 * In the background, for the messages of the My data page and the popup; opens nothing itself. What is asked of the
 * collector is asked because the person has pressed something.
 */
import { z } from 'zod';
import { readCharterInForce } from './consent/charter-in-force.ts';
import { readCurrentState } from './consent/current-state.ts';
import { ExtraHoldHours, writeItem } from './consent/stored-items.ts';
import { tellLostPages } from './lost-pages.ts';
import type { MessageHandlers, MessageName, SendAnswer } from './messages.ts';
import { sendWhatIsDue, type PipelineContext, type SendRequest } from './pipeline.ts';
import { noteForgotten, putAside, settleDeletions, undoDeletion } from './queue/delete.ts';
import { requestErasures, type ErasedLines, type ErasureTerms } from './queue/erasures.ts';
import { changeExtraHold } from './queue/hold.ts';
import { Selection } from './queue/selection.ts';
import type { Random } from './trace/random.ts';
import { PUBLISHED_KINDS } from './trace/record.ts';
import { fetchAccessLog } from './upload/collector.ts';
import { answerOf } from './upload/outcome.ts';
import { sendErasures } from './upload/send.ts';

const HOUR_MS = 3_600_000;
const ERASURE_SPREAD_MS = 24 * HOUR_MS;

const Delete = z.strictObject({ selection: Selection, undoable: z.boolean().default(true) });
const Undo = z.strictObject({ deletionId: z.uuid() });
const SendNow = z.strictObject({ selection: Selection.optional() });
const LengthenHold = z.strictObject({ hours: ExtraHoldHours });
const Line = z.strictObject({ day: z.iso.date(), app: z.string().max(100), kind: z.enum(PUBLISHED_KINDS) });
const Erase = z.strictObject({
  lines: z.union([z.literal('all'), z.array(Line).max(100_000)]),
  atOnce: z.boolean(),
});

type DataMessage = Extract<MessageName, `data:${string}`>;

/** @param withQueue opens the queue for one piece of work. */
export function createDataHandlers(
  withQueue: <Result>(work: (context: PipelineContext) => Promise<Result>) => Promise<Result>,
): Pick<MessageHandlers, DataMessage> {
  return {
    'data:delete': (request) => withQueue((context) => deleteSelected(context, Delete.parse(request))),
    'data:undo': (request) =>
      withQueue(async ({ queue }) => {
        const fragments = await undoDeletion(queue, Undo.parse(request).deletionId);
        return fragments === undefined ? { kind: 'gone' } : { kind: 'done', fragments };
      }),
    'data:settle': async () => {
      await withQueue(settleAll);
      return { kind: 'done' };
    },
    'data:send-now': (request) =>
      withQueue((context) => {
        const { selection } = SendNow.parse(request);
        return sendAtOnce(context, { includeHeld: true, ...(selection && { selection }) });
      }),
    'data:lengthen-hold': (request) =>
      withQueue(async ({ queue, now }) => {
        const { hours } = LengthenHold.parse(request);
        // First for what comes from now on, so that nothing slips through in between.
        await writeItem('extraHoldHours', hours);
        await changeExtraHold(queue, hours * HOUR_MS, now());
        return { kind: 'done' };
      }),
    'data:erase': (request) =>
      withQueue((context) => {
        const { lines, atOnce } = Erase.parse(request);
        return eraseSent(context, {
          lines: lines === 'all' ? 'all' : lines.map(({ day, app, kind }) => [day, app, kind]),
          atOnce,
        });
      }),
    'data:access-log': () => withQueue(readAccessLog),
  };
}

/** Because the person says so. */
export async function sendAtOnce(
  context: PipelineContext,
  what: Omit<SendRequest, 'atOnce'>,
): Promise<SendAnswer> {
  await tellLostPages(context);
  return { kind: answerOf(await sendWhatIsDue(context, { atOnce: true, ...what })) };
}

async function deleteSelected(context: PipelineContext, { selection, undoable }: z.infer<typeof Delete>) {
  const { queue, now } = context;
  // What is done from now on is not meant, whatever the span says.
  if (selection.kind === 'range' && !undoable)
    await noteForgotten(queue, { fromMs: selection.fromMs, toMs: Math.min(selection.toMs, now()) });
  const deletion = await putAside(queue, selection);
  if (!undoable) await settleDeletions(queue, await erasureTerms(context), deletion.deletionId);
  return { kind: 'done' as const, ...deletion };
}

/** All deletions become final. */
export async function settleAll(context: PipelineContext): Promise<void> {
  if ((await context.queue.count('putAside')) === 0) return;
  await settleDeletions(context.queue, await erasureTerms(context));
}

/** Asks the collector to erase what was sent: at once, or spread over a day so that no burst tells one sender. */
export async function eraseSent(
  context: PipelineContext,
  { lines, atOnce }: { lines: ErasedLines; atOnce: boolean },
): Promise<{ requested: number }> {
  const terms = await erasureTerms(context, atOnce ? 0 : ERASURE_SPREAD_MS);
  if (terms === undefined) return { requested: 0 };
  const requested = await requestErasures(context.queue, terms, lines);
  await sendErasures(context);
  return { requested };
}

/** Undefined where there is no charter whose key could ask. */
async function erasureTerms(
  { now, random }: { now: () => number; random: Random },
  spreadMs = ERASURE_SPREAD_MS,
): Promise<ErasureTerms | undefined> {
  const inForce = await readCharterInForce();
  if (inForce.kind !== 'in-force') return undefined;
  const { participantKey } = inForce.agreement;
  return { participantKey, dueAtMs: () => now() + Math.floor(random() * spreadMs) };
}

async function readAccessLog({ now, fetchFrom }: PipelineContext) {
  const { state } = await readCurrentState(now());
  if (state.kind !== 'on' && state.kind !== 'paused') return { kind: 'off' as const };
  const { charter, participantKey } = state.terms;
  const log = await fetchAccessLog({ collectorUrl: charter.collectorUrl, participantKey }, fetchFrom);
  return log === undefined ? { kind: 'unreachable' as const } : { kind: 'read' as const, log };
}

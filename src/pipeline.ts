/**
 * The background's way on one screen: from a frame's message to the queue, and from the queue to the collector.
 *
 * Keeps nothing in memory between calls: the browser stops an idle worker after about 30 s, so whatever must last
 * is in the queue or in storage. Checks sender, consent, charter and place again for each message; the page is not
 * trusted.
 */
import type { Browser } from 'wxt/browser';
import { assembleEpisodes, type AssembledEpisode } from './anonymize/assemble-episodes.ts';
import { composePlaces } from './anonymize/compose-places.ts';
import { protectFragments, type ProtectedFragments } from './anonymize/protect-fragments.ts';
import { createKeyedHasher } from './anonymize/keyed-hash.ts';
import { RawMessage } from './capture/fragments.ts';
import { readCurrentState, type CurrentState } from './consent/current-state.ts';
import { isSensitiveTab } from './consent/sensitive-tabs.ts';
import { placeOf, type Terms } from './consent/recording-state.ts';
import { readItem } from './consent/stored-items.ts';
import type { FragmentsAnswer, RecordingAnswer } from './messages.ts';
import { newSightings } from './new-sightings.ts';
import { addToQueue, forgetOldFrames } from './queue/add-fragments.ts';
import { addDrawn, readDrawn, readNumber, reserve, writeNumber } from './queue/counters.ts';
import { forgottenAt } from './queue/delete.ts';
import { forgetExpired } from './queue/erasures.ts';
import { readHeldSteps } from './queue/held-steps.ts';
import { endOfHold, makeDue } from './queue/hold.ts';
import { isTime } from './queue/is-time.ts';
import { closePages } from './queue/open-frames.ts';
import { numberRecords, type RecordContent } from './queue/number-records.ts';
import type { QueueDatabase } from './queue/queue.ts';
import type { NewStep, QueuedStep } from './queue/queue-schema.ts';
import type { Selection } from './queue/selection.ts';
import { partsOf } from './queue/session-rows.ts';
import { placeSteps, readRecentSteps, rememberSteps } from './queue/step-order.ts';
import { readSplits } from './queue/splits.ts';
import type { Charter } from './charter/charter.ts';
import { isSendingStopped } from './queue/upload-trouble.ts';
import { splitBuckets } from './charter/split-buckets.ts';
import { dayOf } from './trace/primitives.ts';
import { appOf, endMsOf, isFragment, onLocalGrid } from './trace/held-step.ts';
import type { Random } from './trace/random.ts';
import { addCost } from './recording-cost.ts';
import { readTopPlace, rememberTopPlace } from './top-place.ts';
import { drawBatch } from './upload/draw-batch.ts';
import { drawSpreadMs, LONGEST_DRAW_SPREAD_MS } from './upload/draw-pace.ts';
import { answerOf, type UploadOutcome } from './upload/outcome.ts';
import { sendErasures, sendNextBatch } from './upload/send.ts';

export interface PipelineContext {
  queue: QueueDatabase;
  random: Random;
  now: () => number;
  fetchFrom?: typeof fetch;
}

type Sender = Browser.runtime.MessageSender;

const HOUR_MS = 3_600_000;
const SIGHTING_SPREAD_MS = 7 * 24 * HOUR_MS;

/** A frame asks whether it may record. */
export async function mayRecord(
  sender: Sender,
  { queue, now }: Pick<PipelineContext, 'queue' | 'now'>,
): Promise<RecordingAnswer> {
  const epoch = await readNumber(queue, 'epoch');
  const current = await readCurrentState(now());
  const allowed = allowedFor(sender, current);
  if (allowed === undefined && sender.frameId === 0 && sender.tab?.id !== undefined)
    await closePages(queue, { tabId: sender.tab.id, documentId: sender.documentId });
  if (allowed === undefined) return { recording: false, elsewhere: current.state.kind === 'on' };
  // Its top frame ends that; the others wait until they are told.
  if (!allowed.isTopFrame && (await isSensitiveTab(allowed.tabId)))
    return { recording: false, elsewhere: true };
  const { terms } = allowed;
  const budgetMsPerMinute = terms.charter.budget.mainThreadMsPerMinute;
  return { recording: true, scopes: terms.scopes, budgetMsPerMinute, permit: permitOf(epoch, terms) };
}

/** What is in force: changes with each withdrawal and each change of what was agreed. */
export function permitOf(epoch: number, terms: Terms): string {
  return `${epoch} ${terms.level} ${terms.charterHash}`;
}

/** A frame hands over fragments: protected, put on hold, and only then acknowledged. */
export async function receiveFragments(
  request: unknown,
  sender: Sender,
  context: PipelineContext,
): Promise<FragmentsAnswer> {
  const { queue, random, now } = context;
  // One at a time, so that steps are numbered in the order in which they came.
  return navigator.locks.request('proffer fragments', async () => {
    const epoch = await readNumber(queue, 'epoch');
    const allowed = allowedFor(sender, await readCurrentState(now()));
    if (allowed === undefined) return { kind: 'stop' };
    const message = RawMessage.safeParse(request);
    const { terms } = allowed;
    // What was captured before a withdrawal or under another charter is not taken under this one.
    if (!message.success || message.data.permit !== permitOf(epoch, terms)) return { kind: 'stop' };
    if (await isSensitiveTab(allowed.tabId)) return { kind: 'sensitive' };
    const tabView = await queue.get('tabViews', allowed.tabId);
    const { tabId, isTopFrame } = allowed;
    const { permit, frame, number, isLast = false } = message.data;
    const page = isTopFrame ? { tabId, documentId: sender.documentId, app: allowed.app, permit } : undefined;
    if (isTopFrame) await rememberTopPlace(tabId, message.data.windowPlace);
    const top = isTopFrame ? undefined : await readTopPlace(tabId);
    const placed = { ...message.data, fragments: composePlaces(message.data, top) };
    const made = await protectFragments(placed, {
      ...allowed,
      scopes: terms.scopes,
      level: terms.level,
      tabView,
      hasher: await createKeyedHasher(terms.hashingKey),
      random,
    });
    const { fragments, forgotten } = withoutForgotten(made, await forgottenAt(queue));
    const outcome = await addToQueue(queue, {
      message: { frame, number, isLast, ...(page && { page }) },
      epoch,
      ...(await onHold(fragments, message.data.frame, allowed, context)),
      tabView: fragments.tabView && { tabId: allowed.tabId, ...fragments.tabView },
      consumedSequences: [],
      forgotten,
      nowMs: now(),
    });
    switch (outcome) {
      case 'added':
        await addCost(message.data.workMs ?? 0, now());
        return { kind: 'stored' };
      case 'repeated':
        return { kind: 'stored' };
      case 'too-early':
        return { kind: 'try-later' };
      case 'withdrawn':
      case 'deleted':
        return { kind: 'stop' };
    }
  });
}

/** A page hands over a little late: what it tells of a time that the person has had forgotten meanwhile goes too. */
function withoutForgotten(made: ProtectedFragments, isForgotten: (atMs: number) => boolean) {
  const records = made.records.filter(({ startMs }) => !isForgotten(startMs));
  const steps = made.steps.filter(({ atMs }) => !isForgotten(atMs));
  const forgottenSteps = made.steps.filter((step) => isForgotten(step.atMs) && isFragment(step));
  const forgotten = made.records.length - records.length + forgottenSteps.length;
  return { fragments: { ...made, records, steps }, forgotten };
}

/** What `sendWhatIsDue` is asked for: by the alarm nothing, by the person everything now. */
export interface SendRequest {
  /** Draws at once instead of at the next random time, and sends until nothing is left to send. */
  atOnce: boolean;
  /** What is on hold as well: the person has seen enough of it. */
  includeHeld: boolean;
  /** Of what is on hold only this; an episode leaves when all of its steps may. */
  selection?: Selection;
}

/** On an alarm, or when the person says so: releases from hold, assembles, draws, sends. */
export async function sendWhatIsDue(
  context: PipelineContext,
  request: SendRequest = { atOnce: false, includeHeld: false },
): Promise<UploadOutcome | undefined> {
  const { queue, random, now } = context;
  await forgetOldFrames(queue, now());
  await forgetExpired(queue, dayOf(now()));
  const sendsAll = request.atOnce || (await queue.get('meta', 'sendsAll')) === true;
  const isStopped = !request.atOnce && (await isSendingStopped(queue, now()));
  let terms = await mayStillSend(context);
  if (terms !== undefined) {
    if (request.includeHeld) await makeDue(queue, now(), request.selection);
    await releaseEpisodes(context, request);
    if (!sendsAll && !isStopped) {
      await addDrawn(queue, dayOf(now()), { atOnce: await drawBatch(queue, now(), random, 'sighting') });
      await drawWhenItIsTime(context, terms.charter);
    }
  }
  let outcome: UploadOutcome | undefined;
  // Consent is read again before each batch: it may be withdrawn while one is on its way.
  while (!isStopped && (terms = await mayStillSend(context))) {
    const settled = await sendNextBatch(context, terms.participantKey);
    outcome = settled ?? outcome;
    if (!sendsAll || settled?.kind === 'try-later' || settled?.kind === 'stopped') break;
    if (settled !== undefined) continue;
    const drawnBytes = await drawBatch(queue, now(), random);
    if (drawnBytes === 0) break;
    await addDrawn(queue, dayOf(now()), { atOnce: drawnBytes });
  }
  if (sendsAll && !isStopped) await noteSendsAll(queue, answerOf(outcome) === 'going-on');
  await sendErasures(context);
  return outcome;
}

/**
 * What the person has sent at once goes on by itself where only its pace kept some of it; where anything else did, the
 * rest is drawn at random times, as it would have been.
 */
async function noteSendsAll(queue: QueueDatabase, goesOn: boolean): Promise<void> {
  if (goesOn) await queue.put('meta', true, 'sendsAll');
  else await queue.delete('meta', 'sendsAll');
}

/** The terms under which something may be sent; a pause stops recording, not what was recorded before. */
async function mayStillSend({ now }: PipelineContext): Promise<Terms | undefined> {
  const { state } = await readCurrentState(now());
  return state.kind === 'on' || state.kind === 'paused' ? state.terms : undefined;
}

/**
 * Draws a batch at random times, so that when one is sent says nothing about when work was done; on one day no more
 * than the charter's budget. What the person sends at once is not held to either.
 */
async function drawWhenItIsTime({ queue, now, random }: PipelineContext, charter: Charter): Promise<void> {
  const nextDrawAtMs = await readNumber(queue, 'nextDrawAtMs');
  if (!isTime(nextDrawAtMs, now(), LONGEST_DRAW_SPREAD_MS)) return;
  await writeNumber(queue, 'nextDrawAtMs', now() + Math.round(random() * drawSpreadMs()));
  // The first time only sets the time.
  if (nextDrawAtMs === 0) return;
  const day = dayOf(now());
  const { sizeBytes } = await readDrawn(queue, day);
  if (sizeBytes >= charter.budget.bytesPerDay) return;
  await addDrawn(queue, day, { byItself: await drawBatch(queue, now(), random) });
}

/** Turns steps that have rested long enough into episodes (at `linked` into traces), which are due at once. */
async function releaseEpisodes(
  context: PipelineContext,
  { includeHeld, selection }: SendRequest,
): Promise<void> {
  const { queue, now } = context;
  await navigator.locks.request('proffer fragments', async () => {
    const epoch = await readNumber(queue, 'epoch');
    // What comes in while the person sends everything is not part of it, and must not keep the rest back either.
    const isAll = includeHeld && selection === undefined;
    const held = (await readHeldSteps(queue)).filter((step) => !isAll || step.dueAtMs <= now());
    const bySequence = new Map(held.map((step) => [step.sequence, step]));
    let lastThatStays: number | undefined;
    for (const episode of assembleEpisodes(held, now(), includeHeld)) {
      const steps = episode.sequences.map((sequence) => bySequence.get(sequence)!);
      if (steps.some((step) => step.dueAtMs > now())) {
        lastThatStays = episode.sequences.at(-1);
        continue;
      }
      const { charter, level, collectorUrl, retentionDays } = steps[0]!;
      const origin = { charter, level, collectorUrl, retentionDays };
      // A step that was deleted meanwhile keeps its episode from being stored.
      await addToQueue(queue, {
        message: undefined,
        epoch,
        records: await numberRecords(queue, contentsOf(episode, steps, now()), origin),
        steps: [],
        tabView: undefined,
        sightedKeys: [],
        consumedSequences: episode.sequences,
        // Another charter or level lay between: without it what it parted would grow together.
        cutAfterSequence: lastThatStays,
        nowMs: now(),
      });
    }
  });
}

function contentsOf(
  { content, startMs }: AssembledEpisode,
  steps: readonly QueuedStep[],
  nowMs: number,
): RecordContent[] {
  if (content === undefined) return [];
  const endMs = steps.reduce((last, step) => Math.max(last, endMsOf(step)), startMs);
  const parts = partsOf(steps);
  return [{ content, app: appOf(steps[0]!), startMs, endMs, dueAtMs: nowMs, parts }];
}

/** Records and steps as the queue takes them: numbered, and due when their hold is over. */
async function onHold(
  fragments: ProtectedFragments,
  frame: string,
  { terms, tabId, app }: { terms: Terms; tabId: number; app: string },
  context: PipelineContext,
) {
  const { queue, now, random } = context;
  const taken = { tabId, takenAtMs: now() };
  const extraHoldMs = ((await readItem('extraHoldHours')) ?? 0) * HOUR_MS;
  const dueAtMs = () => endOfHold(now(), terms.charter.holdHours, random) + extraHoldMs;
  // The steps of a message stay together: an episode leaves when all of its steps may.
  const stepsDueAtMs = dueAtMs();
  const origin = {
    charter: terms.charterHash,
    level: terms.level,
    collectorUrl: terms.charter.collectorUrl,
    retentionDays: terms.charter.retentionDays,
  };
  const splits = await readSplits(queue, splitBuckets(terms.charter), random);
  const sightings = await newSightings(fragments, terms, splits, context);
  const contents: RecordContent[] = [
    ...fragments.records.map(({ content, ...made }) => ({
      ...made,
      content: { ...content, ...(splits && { split: splits[content.kind] }) },
      dueAtMs: dueAtMs(),
      extraHoldMs,
      links: { taken },
    })),
    ...sightings.map(({ content, key }) => ({
      content,
      app,
      startMs: onLocalGrid(now()),
      // Alone, at a random time, so that what was met for the first time cannot be put together again.
      dueAtMs:
        now() + terms.charter.holdHours * HOUR_MS + extraHoldMs + Math.round(random() * SIGHTING_SPREAD_MS),
      extraHoldMs,
      links: { taken, sightedKey: key },
    })),
  ];
  const firstSequence = await reserve(queue, 'sequence', fragments.steps.length);
  const times = fragments.steps.map(({ atMs }) => ({ atMs, startMs: onLocalGrid(atMs, terms.level) }));
  const recent = await readRecentSteps();
  const placed = placeSteps(recent, frame, times, firstSequence);
  await rememberSteps(recent, placed);
  const steps: NewStep[] = fragments.steps.map(({ atMs: _atMs, ...step }, index) => ({
    ...step,
    ...origin,
    split: terms.level === 'linked' ? splits?.trace : splits?.episode,
    sequence: placed[index]!.sequence,
    startMs: placed[index]!.startMs,
    dueAtMs: stepsDueAtMs,
    extraHoldMs,
    taken,
  }));
  const sightedKeys = sightings.map((sighting) => sighting.key);
  return { records: await numberRecords(queue, contents, origin), steps, sightedKeys };
}

/** The terms and place of a frame that may record; undefined if it may not. */
export function allowedFor(sender: Sender, { state, sitesOff }: CurrentState) {
  const { tab, frameId } = sender;
  if (state.kind !== 'on' || tab?.id === undefined || frameId === undefined || tab.incognito)
    return undefined;
  const { terms } = state;
  // The sender's address is the one its document was loaded from; the tab's follows changes within the document, but
  // while a page is being left it is the next page's already.
  const isLeaving = frameId === 0 && originOf(sender.url) !== originOf(tab.url);
  const topUrl = isLeaving ? sender.url : tab.url;
  const top = placeOf(topUrl, terms.charter, sitesOff);
  // A frame without an address of its own (about:blank, srcdoc) belongs to the page around it.
  const ownAddress = sender.url !== undefined && /^https?:/.test(sender.url) ? sender.url : topUrl;
  const own = frameId === 0 ? top : placeOf(ownAddress, terms.charter, sitesOff);
  if (!top.recorded || !own.recorded) return undefined;
  return { terms, tabId: tab.id, isTopFrame: frameId === 0, app: own.app, topUrl: topUrl! };
}

function originOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : new URL(url).origin;
}

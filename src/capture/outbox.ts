/**
 * Finished fragments -> messages to the background, each kept until its records are stored.
 *
 * In the page, in memory only. At most one message per 2 s and one under way, in the order of their numbers; a repeat
 * carries the same number, so that nothing counts twice. Only when the page is left does all go at once.
 * Bounded: pointer movements are given up first, and a gap says so.
 */
import { MAX_MESSAGE_FRAGMENTS, MESSAGE_INTERVAL_MS } from '../trace/limits.ts';
import type { RawFragment, RawMessage } from './fragments.ts';

export interface Outbox {
  add: (fragment: RawFragment) => void;
  /** Takes note of main-thread time that recording took; the next message tells it. */
  noteWork: (workMs: number) => void;
  /**
   * Sends everything without waiting for turns, with where the frame lies, even if there is nothing else to tell.
   *
   * @param isLast this was all: the page is being left or hidden.
   */
  sendNow: (isLast?: true) => void;
  /** Tries again what was under way when the page was put aside: its answer will never come. */
  resume: () => void;
  /** Drops everything; tells how many fragments that were. */
  clear: () => number;
}

/** What the background answers to a message. */
export type DeliveryAnswer = { kind: 'stored' | 'stop' | 'sensitive' | 'try-later' };

export interface OutboxParts {
  /** Rejects where the background cannot be reached. */
  send: (message: RawMessage) => Promise<DeliveryAnswer>;
  /** Asked before anything is sent: whether it may still be, by what the page shows now. */
  maySend: () => boolean;
  /** The background said that this frame may no longer record. */
  onStop: () => void;
  /** The background said that the page has become a sensitive place. */
  onSensitive: () => void;
  /** Called after each message that could not be delivered. */
  onFailure: () => void;
  /** Whether a loss may be told as a gap between steps. */
  tellsGaps: boolean;
  /** What the background allowed this frame to record under. */
  permit: string;
  /** Where the frame lies, as far as a message tells it. */
  windowPlace: () => RawMessage['windowPlace'];
}

const MAX_FRAGMENTS = 2000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 5000;
/** An answer that takes longer counts as none. */
const ANSWER_TIMEOUT_MS = 10_000;

interface Unanswered {
  message: RawMessage;
  isUnderWay: boolean;
  /** Grows with each try, so that the answer to an older one is told apart. */
  tries: number;
}

export function createOutbox(parts: OutboxParts): Outbox {
  const frame = randomFrame();
  let waiting: RawFragment[] = [];
  let unanswered: Unanswered[] = [];
  let nextNumber = 0;
  let earliestMs = 0;
  let retryMs = FIRST_RETRY_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasToldLoss = false;
  let untoldWorkMs = 0;

  function add(fragment: RawFragment): void {
    waiting.push(fragment);
    if (waiting.length > MAX_FRAGMENTS) giveUpOne();
    schedule(MESSAGE_INTERVAL_MS);
  }

  function giveUpOne(): void {
    const lost =
      waiting.find(({ kind }) => kind === 'movement') ??
      // One gap takes the place of the first that is lost; it is never given up itself.
      waiting.find(({ kind }) => kind !== 'gap') ??
      waiting[0]!;
    const isFirst = !hasToldLoss && parts.tellsGaps;
    hasToldLoss ||= isFirst;
    const gap: RawFragment = { kind: 'gap', atMs: lost.atMs, reason: 'workerUnreachable' };
    waiting.splice(waiting.indexOf(lost), 1, ...(isFirst ? [gap] : []));
  }

  function schedule(gatherMs = 0): void {
    if (timer || unanswered.some((one) => one.isUnderWay)) return;
    if (waiting.length === 0 && unanswered.length === 0) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        if (!parts.maySend()) return;
        if (unanswered.length === 0) pack();
        const next = unanswered.find((one) => !one.isUnderWay);
        if (next) void deliver(next);
      },
      Math.max(gatherMs, earliestMs - performance.now()),
    );
  }

  function stopTimer(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  function pack(isLast?: true): void {
    const fragments = waiting.splice(0, MAX_MESSAGE_FRAGMENTS);
    const windowPlace = parts.windowPlace();
    unanswered.push({
      message: {
        frame,
        number: nextNumber++,
        permit: parts.permit,
        ...(windowPlace && { windowPlace }),
        workMs: untoldWorkMs,
        ...(isLast && !waiting.length && { isLast }),
        fragments,
      },
      isUnderWay: false,
      tries: 0,
    });
    untoldWorkMs = 0;
  }

  async function deliver(one: Unanswered): Promise<void> {
    one.isUnderWay = true;
    const thisTry = ++one.tries;
    earliestMs = performance.now() + MESSAGE_INTERVAL_MS;
    let outcome: DeliveryAnswer['kind'] | 'unreachable';
    try {
      outcome = (await inTime(parts.send(one.message))).kind;
    } catch {
      outcome = 'unreachable';
    }
    // It may have been cleared or tried again meanwhile: then the answer is about nothing.
    if (!unanswered.includes(one) || thisTry !== one.tries) return;
    one.isUnderWay = false;
    switch (outcome) {
      case 'stored':
        unanswered = unanswered.filter((other) => other !== one);
        retryMs = FIRST_RETRY_MS;
        hasToldLoss = false;
        break;
      case 'stop':
        parts.onStop();
        return;
      case 'sensitive':
        parts.onSensitive();
        return;
      case 'try-later':
      case 'unreachable':
        earliestMs = performance.now() + retryMs;
        retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2);
        parts.onFailure();
        break;
    }
    schedule();
  }

  function sendNow(isLast?: true): void {
    stopTimer();
    if (!parts.maySend()) return;
    do pack(isLast);
    while (waiting.length > 0);
    for (const one of unanswered) if (!one.isUnderWay) void deliver(one);
  }

  function resume(): void {
    for (const one of unanswered) one.isUnderWay = false;
    schedule();
  }

  function clear(): number {
    stopTimer();
    const dropped = unanswered.reduce((sum, { message }) => sum + message.fragments.length, waiting.length);
    waiting = [];
    unanswered = [];
    return dropped;
  }

  function noteWork(workMs: number): void {
    untoldWorkMs += workMs;
  }

  return { add, noteWork, sendNow, resume, clear };
}

/** Rejects where the answer takes too long. */
function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const tooLate = new Promise<never>((_resolve, reject) => setTimeout(reject, ANSWER_TIMEOUT_MS));
  return Promise.race([answer, tooLate]);
}

/** Random letters enough never to meet twice; `crypto.subtle` and `randomUUID` do not exist on plain-http pages. */
function randomFrame(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replace(/[+/]/g, '_')
    .slice(0, 22);
}

/**
 * What recording costs in the pages of today, as its frames tell it: main-thread time, and in how many minutes.
 *
 * Background writes, popup reads. In the browser's session storage: in memory only, gone with the browser, and part of
 * no record.
 */
import { browser } from 'wxt/browser';
import { z } from 'zod';

const RecordingCost = z.strictObject({
  /** Local date. */
  day: z.string(),
  workMs: z.number(),
  /** Minutes of the clock in which something was told. */
  minutes: z.int(),
  /** The latest of them, since the epoch. */
  lastMinute: z.int(),
});
export type RecordingCost = z.infer<typeof RecordingCost>;

const ITEM = 'recordingCost';
const MINUTE_MS = 60_000;

/** Today's cost since the browser was started; undefined while nothing was told. */
export async function readCost(nowMs: number): Promise<RecordingCost | undefined> {
  const stored = RecordingCost.safeParse((await browser.storage.session.get(ITEM))[ITEM]);
  return stored.success && stored.data.day === dayOf(nowMs) ? stored.data : undefined;
}

/** Adds what one message tells. Called for one message at a time. */
export async function addCost(workMs: number, nowMs: number): Promise<void> {
  const before = await readCost(nowMs);
  const minute = Math.floor(nowMs / MINUTE_MS);
  const isNewMinute = before?.lastMinute !== minute;
  const cost: RecordingCost = {
    day: dayOf(nowMs),
    workMs: (before?.workMs ?? 0) + workMs,
    minutes: (before?.minutes ?? 0) + Number(isNewMinute),
    lastMinute: minute,
  };
  await browser.storage.session.set({ [ITEM]: cost });
}

export async function forgetCost(): Promise<void> {
  await browser.storage.session.remove(ITEM);
}

function dayOf(epochMs: number): string {
  return new Date(epochMs).toDateString();
}

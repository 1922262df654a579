/**
 * Housekeeping: seals releases, settles the store and forgets in time.
 *
 * Runs in the collector, every few seconds. Logs counts only; what failed is tried again in the next round.
 */
import { parseCharter, type Charter } from '../src/charter/charter.ts';
import { dayOf } from '../src/trace/primitives.ts';
import { isoWeekOf } from '../src/trace/published.ts';
import type { Log } from './log.ts';
import type { Store } from './store.ts';
import type { Settled } from './store/database.ts';

const ROUND_EVERY_MS = 10_000;
/** Short, so that a burst cannot fill the disk with the write-ahead log, nor the disk be busy with it for long at once. */
const LOG_LOOK_EVERY_MS = 1000;
/** A charter that asks for releases every 0 hours gets one this often. */
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The write-ahead log is carried into the file when it holds so much. */
const MAX_UNSETTLED_BYTES = 64 * 1024 * 1024;
export const BATCHES_KEPT_DAYS = 7;
/** Longer than any record is taken after its day, so that a counted sighting is never counted again. */
export const SEEN_KEPT_DAYS = 49;
/** Erased ids outlive every copy of a record: its retention, its hold and the time it may come late. */
export const ERASED_KEPT_EXTRA_DAYS = 60;

export interface HousekeepingParts {
  store: Store;
  charter: Charter;
  nowEpochMs: () => number;
  log: Log;
  settleEveryMs: number;
  /** Is told when a release was last sealed and when the store was last settled. */
  noteDone: (task: 'settle' | 'seal', atEpochMs: number) => void;
  /** Takes the counts of failed requests, by code, since it was last called. */
  takeFaults: () => Record<string, number>;
}

/** Starts the rounds; resolves when it has stopped after an abort. */
export async function startHousekeeping(parts: HousekeepingParts, signal: AbortSignal): Promise<void> {
  const { store, charter, nowEpochMs, log, settleEveryMs, noteDone, takeFaults } = parts;
  let forgotOn: string | undefined;
  // The store settles when it is opened.
  let settledAtEpochMs = nowEpochMs();
  noteDone('settle', settledAtEpochMs);

  async function round(): Promise<void> {
    const now = nowEpochMs();
    const today = dayOf(now);
    if (forgotOn !== today) {
      const forgotten = await forgetOld(store, now);
      forgotOn = today;
      log('forgot', { ...forgotten });
    }
    const sealedAtEpochMs = await store.lastSealEpochMs(now);
    noteDone('seal', sealedAtEpochMs);
    if (now - sealedAtEpochMs >= Math.max(charter.release.everyHours * HOUR_MS, MINUTE_MS)) {
      const { settled } = await sealNow(store, now, log);
      noteDone('seal', now);
      // At the next round: what the seal has left must not lie there until the next settling.
      if (settled === 'busy') settledAtEpochMs = Number.NEGATIVE_INFINITY;
    }
    if (now - settledAtEpochMs >= settleEveryMs) {
      const outcome = await store.settle();
      if (outcome !== 'busy') {
        settledAtEpochMs = now;
        noteDone('settle', now);
      }
      log('settled', { outcome, ...takeFaults() });
    }
  }

  async function relieveLog(): Promise<void> {
    if ((await store.unsettledBytes()) > MAX_UNSETTLED_BYTES) await store.relieve();
  }

  async function repeat(task: () => Promise<void>, everyMs: number): Promise<void> {
    while (!signal.aborted) {
      try {
        await task();
      } catch (fault) {
        log('housekeeping-failed', { name: fault instanceof Error ? fault.name : 'unknown' });
      }
      await waitFor(everyMs, signal);
    }
  }

  await Promise.all([repeat(round, ROUND_EVERY_MS), repeat(relieveLog, LOG_LOOK_EVERY_MS)]);
}

/** Seals what may be sealed now, and settles, so that the release's place in the file says nothing either. */
export async function sealNow(store: Store, nowEpochMs: number, log: Log) {
  const sealed = await store.seal(nowEpochMs, dayOf(nowEpochMs));
  for (const release of sealed.releases) log('sealed', { ...release });
  if (sealed.tombstones > 0) log('tombstones-published', { count: sealed.tombstones });
  const settled: Settled = sealed.releases.length > 0 ? await store.settle() : 'nothing-to-do';
  return { ...sealed, settled };
}

/** Forgets what is past its time: records by the limit of their own charter. */
export async function forgetOld(store: Store, nowEpochMs: number) {
  const daysAgo = (days: number) => dayOf(nowEpochMs - days * DAY_MS);
  const held = (await store.listCharters()).map(({ number, json }) => {
    const parsed = parseCharter(json);
    if (!parsed.ok) throw new Error('a held charter can always be read');
    return { number, retentionDays: parsed.charter.retentionDays };
  });
  const longestDays = Math.max(0, ...held.map((charter) => charter.retentionDays));
  return store.forget({
    batchDay: daysAgo(BATCHES_KEPT_DAYS),
    seenWeek: isoWeekOf(daysAgo(SEEN_KEPT_DAYS)),
    erasedMonth: daysAgo(longestDays + ERASED_KEPT_EXTRA_DAYS).slice(0, 7),
    charters: held.map(({ number, retentionDays }) => ({
      number,
      day: daysAgo(retentionDays),
      week: isoWeekOf(daysAgo(retentionDays)),
    })),
  });
}

function waitFor(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, durationMs);
    timer.unref();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}

/**
 * One device on one working day: what becomes due when, what is drawn together, what is sent again.
 *
 * Pure but for the records it draws; times are simulated ms since the day's beginning. By the product's own rules: an
 * alarm each minute, one sighting and one batch at most each, a batch drawn at random times, filled and padded by
 * `betterCount`, tried again after `backoffMs`. What came due over night waits in the morning.
 */
import { MAX_BATCH_RECORDS } from '../../src/trace/limits.ts';
import { randomNormal, shuffled, type Random } from '../../src/trace/random.ts';
import { backoffMs } from '../../src/upload/backoff.ts';
import { betterCount } from '../../src/upload/draw-batch.ts';
import { drawSpreadMs } from '../../src/upload/draw-pace.ts';
import { freshRecord, packRecords, type FreshRecord, type Origin } from './fresh-records.ts';
import { SENT_KINDS, type DayCounts, type SentKind, type SimulatedDays } from './simulated-day.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** When people begin: around half past, within the first hour. */
const START_MS = { mean: HOUR_MS / 2, sd: HOUR_MS / 4 };

/** A batch on its way. */
export interface OutgoingBatch {
  body: Uint8Array;
  recordIds: string[];
  isSighting: boolean;
  /** By record id. */
  secrets: Map<string, string>;
  attempts: number;
  dueMs: number;
}

export interface SimulatedDevice {
  /** When its next alarm is. */
  nextAlarmMs: number;
  /** The alarm: draws what is to be drawn. @returns what is to be sent now, if anything. */
  onAlarm: () => OutgoingBatch | undefined;
  /** The batch was not taken, for now. */
  tryAgain: (batch: OutgoingBatch, nowMs: number, afterMs: number | undefined) => void;
  /** Drawn, and not sent yet. */
  waiting: () => number;
}

export interface DeviceSettings {
  counts: DayCounts;
  days: SimulatedDays;
  origin: Origin;
  dayMs: number;
  random: Random;
}

export function createDevice({ counts, days, origin, dayMs, random }: DeviceSettings): SimulatedDevice {
  const startMs = Math.min(HOUR_MS, Math.max(0, START_MS.mean + START_MS.sd * randomNormal(random)));
  // A hold ends at any hour; what ended while the device was off is due at its start.
  const due = SENT_KINDS.flatMap((kind) =>
    Array.from({ length: counts[kind] }, () => {
      const atMs = random() * DAY_MS;
      return { kind, atMs: atMs < dayMs - startMs ? startMs + atMs : startMs };
    }),
  ).sort((one, other) => one.atMs - other.atMs);
  const ready: { sighting: SentKind[]; records: SentKind[] } = { sighting: [], records: [] };
  const outgoing: OutgoingBatch[] = [];
  let taken = 0;
  let nextDrawMs = startMs + random() * drawSpreadMs(undefined);

  function drawBatch(kinds: SentKind[], most: number, nowMs: number): void {
    if (kinds.length === 0) return;
    const drawn = shuffled(kinds, random).slice(0, most);
    const fresh = drawn.map((kind) => freshRecord(kind, days, origin, random));
    const { body, sent } = packAsMany(fresh, origin.charter);
    for (const kind of drawn.slice(0, sent.length)) kinds.splice(kinds.indexOf(kind), 1);
    outgoing.push({
      body,
      recordIds: sent.map(({ record }) => record.recordId),
      isSighting: kinds === ready.sighting,
      secrets: new Map(sent.map(({ record, secret }) => [record.recordId, secret])),
      attempts: 0,
      dueMs: nowMs,
    });
  }

  const device: SimulatedDevice = {
    nextAlarmMs: startMs + random() * MINUTE_MS,
    onAlarm: () => {
      const nowMs = device.nextAlarmMs;
      device.nextAlarmMs += MINUTE_MS;
      for (; taken < due.length && due[taken]!.atMs <= nowMs; taken += 1) {
        const { kind } = due[taken]!;
        (kind === 'sighting' ? ready.sighting : ready.records).push(kind);
      }
      drawBatch(ready.sighting, 1, nowMs);
      if (nowMs >= nextDrawMs) {
        drawBatch(ready.records, MAX_BATCH_RECORDS, nowMs);
        nextDrawMs = nowMs + random() * drawSpreadMs(undefined);
      }
      const index = outgoing.findIndex(({ dueMs }) => dueMs <= nowMs);
      return index < 0 ? undefined : outgoing.splice(index, 1)[0];
    },
    tryAgain: (batch, nowMs, afterMs) => {
      const delayMs = afterMs ?? backoffMs(batch.attempts, random);
      outgoing.push({ ...batch, attempts: batch.attempts + 1, dueMs: nowMs + delayMs });
    },
    waiting: () => outgoing.length,
  };
  return device;
}

/** As many of them as the product would send together. */
function packAsMany(fresh: FreshRecord[], charter: string): { body: Uint8Array; sent: FreshRecord[] } {
  let count = fresh.length;
  for (;;) {
    const sent = fresh.slice(0, count);
    const packed = packRecords(
      sent.map(({ record }) => record),
      charter,
    );
    const better = betterCount(count, packed.jsonBytes, packed.gzipped.length);
    if (better === count && packed.body !== undefined) return { body: packed.body, sent };
    if (better < 1) throw new Error('one record alone does not fit into a batch');
    count = better;
  }
}

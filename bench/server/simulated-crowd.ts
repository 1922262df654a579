/**
 * Many simulated devices on one day, faster than real: what each sends when, what it does with the answer.
 *
 * Runs in the process that measures. The day's hours pass `compress` times as fast; answers take what they take. A device
 * has at most one batch on its way. Bounded: at the end of the day what is still to be sent is tried for a while, and no
 * longer.
 */
import { randomInt, type Random } from '../../src/trace/random.ts';
import type { Client } from './http-client.ts';
import type { CrowdLedger } from './crowd-ledger.ts';
import type { OutgoingBatch, SimulatedDevice } from './simulated-device.ts';
import { wait } from './fault-load.ts';

export interface CrowdSettings {
  devices: SimulatedDevice[];
  /** Devices take turns among them. */
  clients: readonly Client[];
  ledger: CrowdLedger;
  /** The same for sightings, which the store keeps apart. */
  sightings: CrowdLedger;
  random: Random;
  dayMs: number;
  compress: number;
  /** Shares of records that are erased later, and of batches whose answer does not arrive. */
  erasedShare: number;
  lostAnswerShare: number;
}

export interface CrowdTold {
  batches: number;
  wireBytes: number;
  bySize: Record<number, number>;
  /** Answers that were not 204, by code. */
  refusals: Record<string, number>;
  erasures: { asked: number; erased: number; notHeld: number; failed: number };
  /** Of each batch, to its answer. */
  latenciesMs: number[];
  /** Batches that were still to be sent when the day and its grace were over. */
  unsent: number;
}

const MINUTE_MS = 60_000;
/** After the day, so much simulated time is given to what is still on its way. */
const GRACE_MS = 60 * MINUTE_MS;
/** Erasures come this long after the record or later, spread over the rest of the day. */
const BEFORE_ERASING_MS = 5 * MINUTE_MS;

/** Plays the day. @param onMinute is told of each simulated minute, with the batches that were answered so far. */
export async function playDay(
  settings: CrowdSettings,
  onMinute: (minute: number, batches: number) => void,
): Promise<CrowdTold> {
  const { devices, clients, ledger, sightings, random, dayMs, compress } = settings;
  const told: CrowdTold = {
    batches: 0,
    wireBytes: 0,
    bySize: {},
    refusals: {},
    erasures: { asked: 0, erased: 0, notHeld: 0, failed: 0 },
    latenciesMs: [],
    unsent: 0,
  };
  const startedMs = performance.now();
  const nowMs = () => (performance.now() - startedMs) * compress;
  const underWay = new Set<Promise<void>>();
  const sending = new Set<SimulatedDevice>();
  const erasures: { dueMs: number; secret: string }[] = [];
  const track = (work: Promise<void>) => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };
  const clientOf = (index: number) => clients[index % clients.length]!;

  async function send(device: SimulatedDevice, batch: OutgoingBatch, client: Client): Promise<void> {
    const ledgerOf = batch.isSighting ? sightings : ledger;
    ledgerOf.send(batch.recordIds);
    const sentAtMs = performance.now();
    const answer = await client.postBatch(batch.body);
    told.latenciesMs.push(performance.now() - sentAtMs);
    told.batches += 1;
    told.wireBytes += batch.body.length;
    told.bySize[batch.body.length] = (told.bySize[batch.body.length] ?? 0) + 1;
    if (answer.status !== 204) {
      count(told.refusals, answer.error ?? `status-${answer.status}`);
      device.tryAgain(batch, nowMs(), answer.retryAfterMs);
      return;
    }
    ledgerOf.acknowledge(batch.recordIds);
    // The answer got lost on its way: the device sends the batch again.
    if (random() < settings.lostAnswerShare) {
      device.tryAgain(batch, nowMs(), undefined);
      return;
    }
    for (const secret of batch.secrets.values())
      if (random() < settings.erasedShare) {
        const restMs = Math.max(0, dayMs - nowMs() - BEFORE_ERASING_MS);
        erasures.push({ secret, dueMs: nowMs() + BEFORE_ERASING_MS + random() * restMs });
      }
  }

  async function erase(secret: string): Promise<void> {
    told.erasures.asked += 1;
    const { status, text } = await clientOf(randomInt(random, clients.length)).erase(secret);
    if (status !== 200) told.erasures.failed += 1;
    else if (text.includes('not-held')) told.erasures.notHeld += 1;
    else told.erasures.erased += 1;
  }

  let minute = 0;
  for (;;) {
    const now = nowMs();
    const isDayOver = now >= dayMs;
    if (now >= dayMs + GRACE_MS) break;
    if (now >= minute * MINUTE_MS) onMinute(minute++, told.batches);
    devices.forEach((device, index) => {
      // As in the product: one at a time, the next alarm waits.
      if (sending.has(device)) return;
      if (device.nextAlarmMs > now || (isDayOver && device.waiting() === 0)) return;
      const batch = device.onAlarm();
      if (!batch) return;
      sending.add(device);
      track(send(device, batch, clientOf(index)).finally(() => sending.delete(device)));
    });
    for (const { secret } of takeDue(erasures, now)) track(erase(secret));
    const isQuiet = underWay.size === 0 && erasures.length === 0;
    if (isDayOver && isQuiet && devices.every((device) => device.waiting() === 0)) break;
    await wait(5);
  }
  await Promise.all(underWay);
  told.unsent = devices.reduce((sum, device) => sum + device.waiting(), 0);
  return told;
}

function takeDue<Item extends { dueMs: number }>(items: Item[], nowMs: number): Item[] {
  const due = items.filter(({ dueMs }) => dueMs <= nowMs);
  if (due.length > 0) items.splice(0, items.length, ...items.filter(({ dueMs }) => dueMs > nowMs));
  return due;
}

function count(counts: Record<string, number>, code: string): void {
  counts[code] = (counts[code] ?? 0) + 1;
}

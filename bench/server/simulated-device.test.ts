import { beforeAll, describe, expect, it } from 'vitest';
import { BATCH_SIZES_BYTES } from '../../src/trace/limits.ts';
import { seededRandom } from '../audit/seeded-random.ts';
import { createDevice, type OutgoingBatch } from './simulated-device.ts';
import { dayOfRecords, sharedDay, simulateDays, type SimulatedDays } from './simulated-day.ts';

const HOUR_MS = 3_600_000;
let days: SimulatedDays;
beforeAll(async () => {
  days = await simulateDays(2, seededRandom(1));
});

function aDevice(counts = { motion: 600, rhythm: 200, episode: 20, sighting: 9 }) {
  const origin = { charter: 'A'.repeat(43), expectedParticipants: 10, recordedOn: '2026-11-25' };
  return createDevice({ counts, days, origin, dayMs: 8 * HOUR_MS, random: seededRandom(2) });
}

function sendDay(device = aDevice()): OutgoingBatch[] {
  const sent: OutgoingBatch[] = [];
  while (device.nextAlarmMs < 8 * HOUR_MS) {
    const batch = device.onAlarm();
    if (batch) sent.push(batch);
  }
  return sent;
}

describe('a simulated day', () => {
  it('keeps to the share that a device keeps of a day, and fills up with motions and rhythms for a larger one', () => {
    expect(sharedDay(days)).toMatchObject({ motion: 30, rhythm: 6 });
    const { motion, rhythm, episode, sighting } = dayOfRecords(days, 2500);
    expect(motion + rhythm + episode + sighting).toBe(2500);
    expect(episode).toBe(sharedDay(days).episode);
  });
});

describe('a simulated device', () => {
  it('sends what is due, each record once, padded, sightings alone', () => {
    const sent = sendDay();
    const ids = sent.flatMap(({ recordIds }) => recordIds);
    expect(new Set(ids).size).toBe(ids.length);
    // What comes due in the evening goes the next morning; about two thirds came due over night.
    expect(ids.length).toBeGreaterThan(500);
    for (const { body, isSighting, recordIds } of sent) {
      expect(BATCH_SIZES_BYTES).toContain(body.length);
      if (isSighting) expect(recordIds).toHaveLength(1);
    }
  });

  it('sends again byte for byte, and not before its time', () => {
    const device = aDevice();
    let first: OutgoingBatch | undefined;
    while (first === undefined) first = device.onAlarm();
    const failedMs = device.nextAlarmMs;
    device.tryAgain(first, failedMs, 10 * 60_000);
    for (;;) {
      const nowMs = device.nextAlarmMs;
      const batch = device.onAlarm();
      if (batch?.body !== first.body) continue;
      expect(nowMs).toBeGreaterThanOrEqual(failedMs + 10 * 60_000);
      expect(batch.attempts).toBe(1);
      break;
    }
  });
});

/**
 * Days of people's work -> a real database of the real collector, and what a reader has pulled from it meanwhile.
 *
 * Runs in the audit. Devices record, hold, draw and send; the collector ingests, seals and settles every night; some
 * people withdraw, so that there are tombstones. Who made which record is kept aside, for scoring only.
 */
import { copyFile } from 'node:fs/promises';
import { createKeyedHasher } from '../../../src/anonymize/keyed-hash.ts';
import type { UnlinkedLevel } from '../../../src/anonymize/levels.ts';
import type { Charter } from '../../../src/charter/charter.ts';
import { shuffled, type Random } from '../../../src/trace/random.ts';
import { openTestCollector, sealAndSettle, type TestCollector } from '../../../server/testing/collector.ts';
import { openDevice, type Device } from './device.ts';
import type { WorkMessage } from '../cohort/work-messages.ts';
import type { PersonWork } from './person-work.ts';
import { pullReleases, type Pulled } from './reader.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Hold, and a sighting's longest wait, and a day for the last seal. */
const DAYS_AFTER_WORK = 10;
/** How often in a day a device sends what is due; the product does so more often, with less in a batch. */
const SENDS_A_DAY = 6;

export interface WorldOptions {
  work: readonly PersonWork[];
  apps: readonly string[];
  level: UnlinkedLevel;
  random: Random;
  /** Share of people who withdraw in the last days, each at a time of their own. */
  withdrawing: number;
  charter?: Partial<Charter>;
  /** The same for worlds whose keys shall be comparable: the organisation is one, the people are others. */
  hashingKey: string;
}

export interface JoiningWorld {
  databasePath: string;
  /** A copy from before the first withdrawal, as a backup that was not deleted. */
  earlierPath: string;
  /** What a reader has kept, in the order pulled. */
  pulls: Pulled[];
  /** Who made which record: for scoring, and for learning in a world of other people. */
  personOf: ReadonlyMap<string, string>;
  people: number;
  close: () => Promise<void>;
}

interface Event {
  atMs: number;
  run: () => Promise<void>;
}

/** Lets the days pass. */
export async function openWorld(options: WorldOptions): Promise<JoiningWorld> {
  const { work, apps, random } = options;
  const times = work.flatMap(({ messages }) => messages.map(({ sentMs }) => sentMs));
  const firstMs = Math.floor(Math.min(...times) / DAY_MS) * DAY_MS;
  const lastWorkMs = Math.floor(Math.max(...times) / DAY_MS) * DAY_MS;
  const days = (lastWorkMs - firstMs) / DAY_MS + 1 + DAYS_AFTER_WORK;

  const collector = await openTestCollector({
    apps: apps.map((label) => ({ label, matches: [`https://${label}.example.com/*`] })),
    expectedParticipants: work.length,
    minContributors: Math.min(10, Math.ceil(work.length / 2)),
    release: { everyHours: 24, minRecords: 50 },
    retentionDays: 365,
    ...options.charter,
  });
  collector.clock.nowEpochMs = firstMs;
  const earlierPath = `${collector.dataDir}/earlier.sqlite`;
  const personOf = new Map<string, string>();
  const pulls: Pulled[] = [];
  const events: Event[] = [];
  const hasher = await createKeyedHasher(options.hashingKey);
  const devices = await Promise.all(
    work.map(async (own, index) => {
      const device = await openDevice({
        name: `joining ${index}`,
        charter: collector.charter,
        charterHash: collector.charterHash,
        level: options.level,
        hasher,
        random,
        collector: requestsTo(collector),
        onRecord: (recordId) => void personOf.set(recordId, own.person),
      });
      events.push(...daysOf(device, own.messages, { firstMs, days, random }));
      return device;
    }),
  );

  const firstWithdrawalMs = lastWorkMs + 5 * DAY_MS;
  const leaving = shuffled(devices, random).slice(0, Math.round(options.withdrawing * devices.length));
  events.push({
    atMs: firstWithdrawalMs,
    run: () => copyFile(collector.databasePath, earlierPath),
  });
  for (const device of leaving) {
    const atMs = firstWithdrawalMs + 1 + random() * (DAYS_AFTER_WORK - 7) * DAY_MS;
    events.push({ atMs, run: () => device.withdraw(atMs) });
  }
  for (let day = 1; day <= days; day += 1) {
    const atMs = firstMs + day * DAY_MS;
    events.push({
      // A moment before the copy of the same midnight.
      atMs: atMs - 1,
      run: async () => {
        await sealAndSettle(collector.store, atMs);
        await pullReleases(collector, pulls);
      },
    });
  }

  for (const { atMs, run } of events.sort((one, other) => one.atMs - other.atMs)) {
    collector.clock.nowEpochMs = atMs;
    await run();
  }
  for (const device of devices) device.close();
  await collector.store.settle();
  return {
    databasePath: collector.databasePath,
    earlierPath,
    pulls,
    personOf,
    people: work.length,
    close: () => collector.close(),
  };
}

function daysOf(
  device: Device,
  messages: readonly WorkMessage[],
  { firstMs, days, random }: { firstMs: number; days: number; random: Random },
): Event[] {
  const events = messages.map((message) => ({ atMs: message.sentMs, run: () => device.receive(message) }));
  for (let send = 0; send < days * SENDS_A_DAY; send += 1) {
    const atMs = firstMs + random() * days * DAY_MS;
    events.push({
      atMs,
      run: async () => {
        await device.send(atMs);
        await device.sendErasures(atMs);
      },
    });
  }
  return events;
}

function requestsTo(collector: TestCollector) {
  return {
    postBatch: async (body: Uint8Array<ArrayBuffer>) => {
      const answer = await collector.postBody(body);
      if (answer.status !== 204) throw new Error(`joining: the collector answers ${await answer.text()}`);
    },
    postErasure: async (secret: string) => {
      const answer = await collector.erase(secret);
      if (answer.status !== 200) throw new Error(`joining: the collector answers ${await answer.text()}`);
    },
  };
}

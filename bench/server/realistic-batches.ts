/**
 * Batches as devices send them: simulated people's days through the product's own protection, queue and drawing.
 *
 * Runs in benchmarks of the collector and its simulated load, in Node with the queue in memory. Nothing is asked over a
 * network: what a device would post is kept. How much people do is assumed (`bench/audit/cohort`); which records come
 * of it, and how large they are, is the product's own doing.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { inflateBatch } from '../../server/wire.ts';
import { createKeyedHasher } from '../../src/anonymize/keyed-hash.ts';
import type { UnlinkedLevel } from '../../src/anonymize/levels.ts';
import { parseCharter, type Charter } from '../../src/charter/charter.ts';
import { charterHash } from '../../src/charter/charter-hash.ts';
import type { TraceBatch } from '../../src/trace/batch.ts';
import { SCHEMA_VERSION } from '../../src/trace/limits.ts';
import { shuffled } from '../../src/trace/random.ts';
import type { TraceRecord } from '../../src/trace/record.ts';
import { syntheticPools } from '../audit/cohort/motor-pool.ts';
import { openDevice } from '../audit/joining/device.ts';
import { SIMULATED_APPS, simulatedWork } from '../audit/joining/person-work.ts';
import { seededRandom } from '../audit/seeded-random.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Longer than a sighting waits at most, so that all of them are sent. */
const DAYS_AFTER_WORK = 9;
const MOTOR_POOLS = 6;

export interface RealisticOptions {
  people: number;
  days: number;
  seed: number;
  /** Must list `SIMULATED_APPS`. @default `realisticCharter()` */
  charter?: Charter;
  /** @default balanced */
  level?: UnlinkedLevel;
}

/** What devices have posted, in the order of people. */
export interface SentByDevices {
  charter: Charter;
  charterHash: string;
  /** Each body as it was on the wire, and what it holds. */
  requests: { body: Uint8Array<ArrayBuffer>; batch: TraceBatch }[];
  /** The day that the last of the work was done on; the collector's clock must stand within 30 days of it. */
  lastDay: string;
}

/** A charter that offers all scopes on the simulated apps, without thresholds. */
export function realisticCharter(changes: Partial<Charter> = {}): Charter {
  const parsed = parseCharter({
    organization: 'Example GmbH',
    contact: 'works.council@example.com',
    purpose: 'train-agents',
    collectorUrl: 'https://proffer.example.com',
    apps: SIMULATED_APPS.map((label) => ({ label, matches: [`https://${label}.example.com/*`] })),
    scopes: ['pointer', 'keys', 'workflow'],
    retentionDays: 365,
    expectedParticipants: 40,
    release: { everyHours: 24, minRecords: 0 },
    notice: { version: 1, text: 'Made up for measuring.' },
    ...changes,
  });
  if (!parsed.ok) throw new Error(parsed.problems.join('; '));
  return parsed.charter;
}

/** Lets people work for some days and their devices send everything; the same for the same seed, but for ids. */
export async function sentByDevices(options: RealisticOptions): Promise<SentByDevices> {
  const { people, days, seed, level = 'balanced', charter = realisticCharter() } = options;
  const random = seededRandom(seed);
  const hash = await charterHash(charter);
  const hasher = await createKeyedHasher(randomBytes(32).toString('base64url'));
  const pools = syntheticPools(Math.min(people, MOTOR_POOLS), random);
  const requests: SentByDevices['requests'] = [];
  let lastMs = 0;
  for (const { person, messages } of simulatedWork({ people, days, random, pools })) {
    const device = await openDevice({
      name: `${person} ${randomUUID()}`,
      charter,
      charterHash: hash,
      level,
      hasher,
      random,
      collector: {
        postBatch: (body) => Promise.resolve(void requests.push({ body, batch: readBatch(body) })),
        postErasure: () => Promise.reject(new Error('nobody withdraws here')),
      },
      onRecord: () => undefined,
    });
    // Once a day and when all is over: the product sends more often, with less in a batch.
    let nextSendMs = (messages[0]?.sentMs ?? 0) + DAY_MS;
    for (const message of messages) {
      for (; message.sentMs > nextSendMs; nextSendMs += DAY_MS) await device.send(nextSendMs);
      await device.receive(message);
      lastMs = Math.max(lastMs, message.sentMs);
    }
    await device.send(
      (messages.at(-1)?.sentMs ?? 0) + DAYS_AFTER_WORK * DAY_MS + 2 * charter.holdHours * HOUR_MS,
    );
    device.close();
  }
  return { charter, charterHash: hash, requests, lastDay: new Date(lastMs).toISOString().slice(0, 10) };
}

/**
 * The same records in batches of one size, mixed over all people: what a benchmark can count in.
 *
 * Sightings, which travel alone, are left out. The last records that do not fill a batch are left out too.
 */
export function inBatchesOf(recordsEach: number, sent: SentByDevices, seed: number): TraceBatch[] {
  const records = shuffled(
    sent.requests.flatMap(({ batch }) => batch.records).filter(({ kind }) => kind !== 'sighting'),
    seededRandom(seed),
  );
  const { level } = sent.requests[0]!.batch;
  const count = Math.floor(records.length / recordsEach);
  return Array.from({ length: count }, (_, index) => ({
    schemaVersion: SCHEMA_VERSION,
    batchId: randomUUID(),
    charter: sent.charterHash,
    level,
    records: records.slice(index * recordsEach, (index + 1) * recordsEach),
  }));
}

/** The same batch as another device would have sent it: ids that nobody has seen yet. */
export function withNewIds(batch: TraceBatch): TraceBatch {
  return {
    ...batch,
    batchId: randomUUID(),
    records: batch.records.map((record): TraceRecord => ({ ...record, recordId: newRecordId() })),
  };
}

function newRecordId(): string {
  return randomBytes(16).toString('base64url');
}

function readBatch(body: Uint8Array): TraceBatch {
  const text = inflateBatch(body);
  if (typeof text !== 'string') throw new Error(`a batch cannot be read: ${text.error}`);
  return JSON.parse(text) as TraceBatch;
}

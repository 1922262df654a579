/**
 * People's work -> a dataset folder, on the real way: protected and assembled by the product, taken in, sealed and
 * published by the real collector, and pulled by the real `proffer pull`.
 *
 * Runs in the utility benchmark. Only the device's queue is left out, since it would make the run slow and each run
 * different: nothing waits on hold, batches are not drawn at random, and a day's share is drawn here. Who made which
 * record, and what they know of their steps, is kept aside: for dividing people, and for judging labels.
 */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { createKeyedHasher } from '../../src/anonymize/keyed-hash.ts';
import { sightingsOf } from '../../src/anonymize/sightings.ts';
import type { RawFragment } from '../../src/capture/fragments.ts';
import type { Level } from '../../src/charter/charter.ts';
import { padToFixedSize } from '../../src/trace/batch.ts';
import { KEPT_A_DAY, MAX_BATCH_RECORDS, SCHEMA_VERSION } from '../../src/trace/limits.ts';
import { dayOf } from '../../src/trace/primitives.ts';
import type { Random } from '../../src/trace/random.ts';
import { readingPurposeOf } from '../../src/trace/reading-purpose.ts';
import type { TraceRecord } from '../../src/trace/record.ts';
import { recordIdOf } from '../../src/trace/record-id.ts';
import { openTestCollector, sealAndSettle, type TestCollector } from '../../server/testing/collector.ts';
import { pull } from '../../dataset/pull.ts';
import { recordWork, rememberingHasher, type RecordedWork } from '../audit/cohort/recorded-work.ts';
import type { StepTruth } from '../audit/cohort/step-truth.ts';
import type { WorkMessage } from '../audit/cohort/work-messages.ts';
import { sampled } from '../audit/utility/sampled.ts';

/** What one person did on one day. */
export interface WorkDay {
  person: string;
  messages: readonly WorkMessage[];
  /** What they know of their steps; nothing of recorded people. */
  truth?: ReadonlyMap<RawFragment, StepTruth>;
}

/** Who made a record, and of an episode or trace what is known of each of its steps. */
export interface RecordTruth {
  person: string;
  /** By the step's index; undefined for a change of tab, which nobody did for a reason of its own. */
  steps: (StepTruth | undefined)[];
}

export type TruthOf = ReadonlyMap<string, RecordTruth>;

export interface PublishOptions {
  days: readonly WorkDay[];
  apps: readonly string[];
  level: Level;
  random: Random;
  /** Folder of the dataset, which must not exist yet. */
  outDir: string;
  /** Fewest who must have met an app, a view or an element for it to be named. */
  minContributors: number;
}

const DAY_MS = 86_400_000;
const HASHING_KEY = 'A'.repeat(43);

/** Publishes the work and pulls it. */
export async function publishWork(options: PublishOptions): Promise<TruthOf> {
  const { days, apps, level, random, outDir, minContributors } = options;
  const people = [...Map.groupBy(days, ({ person }) => person)];
  const collector = await openTestCollector({
    apps: apps.map((label) => ({ label, matches: [`https://${label}.example.com/*`] })),
    protection: level === 'linked' ? 'linked' : 'balanced',
    expectedParticipants: Math.min(people.length, 99),
    minContributors,
    holdHours: 168,
  });
  try {
    collector.clock.nowEpochMs =
      DAY_MS + Math.max(...days.flatMap(({ messages }) => messages.map(({ sentMs }) => sentMs)));
    const hasher = rememberingHasher(await createKeyedHasher(HASHING_KEY));
    const truthOf = new Map<string, RecordTruth>();
    for (const [person, own] of people) {
      const records: TraceRecord[] = [];
      const sighted = new Set<string>();
      const counted = new Map<string, number>();
      const add = async (
        content: { kind: string },
        recordedOn: string,
        steps: RecordTruth['steps'] = [],
      ): Promise<void> => {
        // The same work has the same id at every level, and so its place in the order in which it is read.
        const kind = content.kind === 'trace' ? 'episode' : content.kind;
        const number = counted.get(kind) ?? 0;
        counted.set(kind, number + 1);
        const recordId = await recordIdOf(secretOf(`${person} ${kind} ${number}`));
        truthOf.set(recordId, { person, steps });
        records.push({ ...content, recordId, recordedOn } as TraceRecord);
      };
      for (const { messages, truth } of own) {
        const work = await recordWork(messages, { level, hasher, random });
        for (const kind of ['motion', 'rhythm'] as const) {
          const ofKind = work.records.filter(({ content }) => content.kind === kind);
          for (const { content, startMs } of sampled(ofKind, KEPT_A_DAY[kind], random))
            await add(content, dayOf(startMs));
        }
        for (const { content, sequences, startMs } of work.episodes)
          if (content)
            await add(content, dayOf(startMs), truthOfSteps(work, sequences, content.steps, truth));
        for (const { key, content, onDay } of possibleSightings(work, collector, level))
          if (!sighted.has(key)) {
            sighted.add(key);
            await add(content, onDay);
          }
      }
      await postAll(collector, level, records);
    }
    await sealAndSettle(collector.store, collector.clock.nowEpochMs);
    await pullAll(collector, level, outDir);
    return truthOf;
  } finally {
    await collector.close();
  }
}

/** Steps stand in the order in which their items were put together; changes of tab were put between them. */
function truthOfSteps(
  work: RecordedWork,
  sequences: readonly number[],
  steps: readonly { action: string }[],
  truth: WorkDay['truth'],
): RecordTruth['steps'] {
  const known = sequences.flatMap((sequence) => {
    const raw = work.rawSteps[sequence];
    return raw === undefined ? [] : [{ raw, truth: truth?.get(raw) }];
  });
  return steps.map(({ action }) => {
    if (action === 'tabSwitch') return undefined;
    const next = known.shift();
    if (next?.raw.action !== action) throw new Error(`a step is ${action}, its raw step ${next?.raw.action}`);
    return next.truth;
  });
}

function possibleSightings(work: RecordedWork, { charterHash }: TestCollector, level: Level) {
  // The thresholds that sightings serve do not apply to linked data.
  if (level === 'linked') return [];
  return work.protectedMessages.flatMap(({ sentMs, fragments }) =>
    sightingsOf(fragments, { charterHash, level }, undefined, sentMs).map((possible) => ({
      ...possible,
      onDay: dayOf(sentMs),
    })),
  );
}

/** Posts records in as few batches as hold them. */
async function postAll(
  collector: TestCollector,
  level: Level,
  records: readonly TraceRecord[],
): Promise<void> {
  const batch = {
    schemaVersion: SCHEMA_VERSION,
    batchId: uuidOf(records[0]!.recordId),
    charter: collector.charterHash,
    level,
    records,
  };
  const body =
    records.length > MAX_BATCH_RECORDS ? undefined : padToFixedSize(gzipSync(JSON.stringify(batch)));
  if (body === undefined) {
    const half = Math.ceil(records.length / 2);
    await postAll(collector, level, records.slice(0, half));
    await postAll(collector, level, records.slice(half));
    return;
  }
  const answer = await collector.postBody(body);
  if (answer.status !== 204) throw new Error(`the collector answers ${await answer.text()}`);
}

async function pullAll(collector: TestCollector, level: Level, outDir: string): Promise<void> {
  const result = await pull({
    from: 'http://127.0.0.1',
    key: await collector.addKey('reader', 'utility', [readingPurposeOf(collector.charter.purpose, level)]),
    purpose: readingPurposeOf(collector.charter.purpose, level),
    outDir,
    // Nothing goes over the network: the collector's app answers itself.
    fetch: async (input, init) => collector.app.request(input, init),
  });
  if (result.kind === 'refused') throw new Error(result.message);
}

function secretOf(name: string): string {
  return createHash('sha256').update(name).digest('base64url');
}

function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * The fuzz of the collector's door: many planned requests, one after the other, and after each what must hold.
 *
 * Runs in tests and in `npm run fuzz:server`. No answer may be a failure, hang, or repeat what was asked; a refusal
 * changes nothing in any table; what is stored is what the schemas take. Reports counts and plans, never a request.
 */
import fc from 'fast-check';
import type { Charter } from '../../../src/charter/charter.ts';
import type { TestCollector } from '../collector.ts';
import { aBatch, aMotion, anEpisode, aRhythm, aSighting, batchIdOf } from '../builders.ts';
import { checkAnswer } from './check-answer.ts';
import { checkStored, textOf, type Tables } from './check-stored.ts';
import { readContractWords, type ContractWords } from './contract-words.ts';
import { makeRequest, type MadeRequest } from './make-request.ts';
import { anyPlan, type Plan } from './plan.ts';

export type FuzzedCollector = Pick<
  TestCollector,
  'post' | 'seal' | 'dump' | 'close' | 'charterHash' | 'participantKey' | 'readerKey'
> & { app: { request: (request: Request) => Response | Promise<Response> } };

export interface CampaignOptions {
  requests: number;
  seed: number;
  openCollector: (charter: Partial<Charter>) => Promise<FuzzedCollector>;
  /** How long an answer may take. @default 3,000 */
  limitMs?: number;
  onProgress?: (requests: number) => void;
}

export interface CampaignResult {
  /** How many requests came to which end, those after a first fault among them. */
  counts: Record<string, number>;
  fault: { what: string; seed: number; charter: Partial<Charter>; plan: Plan } | undefined;
}

const LIMIT_MS = 3_000;
/** A collector is replaced after so many: its tables stay small enough to be compared after every request. */
const REQUESTS_EACH = 250;
/** What its charter says, in turn. */
const CHARTERS: readonly Partial<Charter>[] = [
  { protection: 'linked' },
  {},
  { protection: 'linked', expectedParticipants: 150 },
  { scopes: ['pointer'], apps: [{ label: 'desk', matches: ['https://desk.example.com/*'] }], tasks: [] },
];
/** Above the batch ids of plans. */
const FIRST_BATCH = 90_000;

export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const { requests, seed, openCollector, limitMs = LIMIT_MS, onProgress } = options;
  const words = readContractWords();
  const counts: Record<string, number> = {};
  const open: Subject[] = [];
  let done = 0;
  let isFound = false;
  let charter = CHARTERS[0]!;

  async function fuzz(plan: Plan): Promise<void> {
    if (isFound || done % REQUESTS_EACH === 0) {
      await open.pop()?.collector.close();
      // A fault is made smaller on collectors that nothing was sent to: what was sent before is no part of the plan.
      if (!isFound) charter = CHARTERS[(done / REQUESTS_EACH) % CHARTERS.length]!;
      open.push(await openSubject(await openCollector(charter)));
    }
    done += 1;
    try {
      const outcome = await askOne(plan, open[0]!, { words, limitMs });
      counts[outcome] = (counts[outcome] ?? 0) + 1;
    } catch (fault) {
      isFound = true;
      throw fault;
    }
    onProgress?.(done);
  }

  const details = await fc.check(fc.asyncProperty(anyPlan, fuzz), { numRuns: requests, seed });
  await open.pop()?.collector.close();
  if (!details.failed) return { counts, fault: undefined };
  const { counterexample, errorInstance } = details;
  const what = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return { counts, fault: { what, seed, charter, plan: counterexample![0] } };
}

interface Subject {
  collector: FuzzedCollector;
  /** All rows when it was last looked, and those that were found right. */
  tables: Tables;
  known: Set<string>;
}

/** With a release that can be pulled and a pool that is not empty. */
async function openSubject(collector: FuzzedCollector): Promise<Subject> {
  const records = [aMotion(90_001), aRhythm(90_002), anEpisode(90_003), aSighting(90_004)];
  await collector.post(aBatch(collector.charterHash, records, { batchId: batchIdOf(FIRST_BATCH) }));
  await collector.seal();
  await collector.post(
    aBatch(collector.charterHash, [aMotion(90_005)], { batchId: batchIdOf(FIRST_BATCH + 1) }),
  );
  return { collector, tables: await dumpOf(collector), known: new Set() };
}

async function askOne(
  plan: Plan,
  subject: Subject,
  { words, limitMs }: { words: ContractWords; limitMs: number },
): Promise<string> {
  const { collector } = subject;
  let made: MadeRequest;
  try {
    made = makeRequest(plan, { ...collector, words });
  } catch (fault) {
    // What no client can send.
    if (fault instanceof TypeError) return `${plan.door} cannot be sent`;
    throw fault;
  }
  const answer = await within(limitMs, () => collector.app.request(made.request));
  const outcome = await checkAnswer(made, answer, words);
  const tables = await dumpOf(collector);
  if (answer.status >= 400 && textOf(tables) !== textOf(subject.tables))
    throw new Error(`a refusal (${answer.status}) has changed what is stored`);
  subject.tables = tables;
  checkStored(tables, collector.charterHash, subject.known);
  return outcome;
}

/** Whether the dump is ready at once or later is the store's affair. */
async function dumpOf(collector: FuzzedCollector): Promise<Tables> {
  return Promise.resolve(collector.dump());
}

/** Once the answer is there, too: while the event loop is held, no timer can speak. */
async function within(limitMs: number, asked: () => Response | Promise<Response>): Promise<Response> {
  const late = new Error(`no answer within ${limitMs} ms`);
  const startMs = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(late), limitMs);
  });
  try {
    const answer = await Promise.race([asked(), never]);
    if (performance.now() - startMs > limitMs) throw late;
    return answer;
  } finally {
    clearTimeout(timer);
  }
}

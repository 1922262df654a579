/**
 * All rounds of all contestants: who visits what in which order, and what each visit comes to.
 *
 * Runs in Node. Within a round everybody plays the same sessions, in an order that changes from round to round, so that
 * a slow minute of the computer does not fall on the same one each time.
 */
import { shuffled } from '../../src/trace/random.ts';
import type { TraceRecord } from '../../src/trace/record.ts';
import { seededRandom } from '../audit/seeded-random.ts';
import { PAGES, type PageName } from './bench-pages.ts';
import type { BuiltContestant } from './build-contestant.ts';
import type { ContestantName } from './contestant-names.ts';
import { isPeer, isRecorder, openContestant, type MeasuredName } from './contestants.ts';
import { fullBatchCost } from './full-batches.ts';
import { asInputs, movesOnly, type HumanPaths } from './human-paths.ts';
import { countSamples } from './pointer-samples.ts';
import type { Product } from './product.ts';
import type { ScriptCost } from './profile-cost.ts';
import { quantile, type Rounds, type VisitFigures } from './results.ts';
import { scriptSession } from './scripted-session.ts';
import type { Sink } from './sink.ts';
import { visitPage, type Visit } from './visit-page.ts';
import { visitPointer } from './visit-pointer.ts';

export interface MeasureRequest {
  names: readonly ContestantName[];
  rounds: number;
  profileMs: number;
  origin: string;
  sink: Sink;
  built: ReadonlyMap<MeasuredName, BuiltContestant>;
  product: Product | undefined;
  paths: HumanPaths;
  tell: (what: string) => void;
}

export interface Measured {
  rounds: Map<ContestantName, Rounds>;
  /** By function, of all rounds together. */
  functions: Map<ContestantName, Record<PageName, ScriptCost['functions']>>;
}

/** A visit, and for the product the records that came of it. */
type RecordedVisit = Visit & { records: TraceRecord[] };
type Round = Map<MeasuredName, Record<PageName, RecordedVisit>>;

/** The session under the trace may be shorter: its figures are of single inputs. */
const TRACE_SHARE = 0.5;
const POINTER_MS = 10_000;

export async function measure(request: MeasureRequest): Promise<Measured> {
  const { names, tell } = request;
  const rounds: Round[] = [];
  const pointerBytes = new Map<ContestantName, number[]>(names.map((name) => [name, []]));
  for (let number = 1; number <= request.rounds; number += 1) {
    const round: Round = new Map();
    for (const name of shuffled<MeasuredName>(['none', ...names], seededRandom(number))) {
      tell(`round ${number} of ${request.rounds}: ${name}`);
      const { visits, bytesPerSample } = await doRound(name, number, request);
      round.set(name, visits);
      if (name !== 'none') pointerBytes.get(name)!.push(bytesPerSample);
    }
    rounds.push(round);
  }
  const wire = await productWire(rounds);
  return {
    rounds: new Map(
      names.map((name) => [
        name,
        {
          visits: byPage((page) =>
            rounds.map((round, index) =>
              figuresOf(
                round.get(name)![page],
                round.get('none')![page],
                name === 'proffer' ? wire[page][index]! : undefined,
              ),
            ),
          ),
          bytesPerPointerSample: pointerBytes.get(name)!,
          bundleGzipBytes:
            name === 'proffer'
              ? request.product!.bundleGzipBytes()
              : request.built.get(name)!.bundleGzipBytes,
        },
      ]),
    ),
    functions: new Map(names.map((name) => [name, byPage((page) => functionsOf(rounds, name, page))])),
  };
}

async function doRound(name: MeasuredName, number: number, request: MeasureRequest) {
  const { origin, sink, product, profileMs } = request;
  const dir = name === 'proffer' ? product!.extensionDir : request.built.get(name)!.extensionDir;
  const contestant = await openContestant(name, dir, product);
  try {
    const visits = {} as Record<PageName, RecordedVisit>;
    for (const page of PAGES) {
      const random = seededRandom(1000 * number + PAGES.indexOf(page));
      const visit = await visitPage({
        ...contestant,
        url: `${origin}/${page}`,
        profileMs,
        traceMs: TRACE_SHARE * profileMs,
        // The form above the changing nodes gets what the form alone gets, so that the two can be compared.
        script: (places, lengthMs) =>
          scriptSession(page === 'nodes' ? 'form' : page, lengthMs, places, random),
        receivedBytes: sink.receivedBytes,
      });
      const batches = name === 'proffer' ? await product!.collect() : [];
      visits[page] = { ...visit, records: batches.flatMap((batch) => batch.records) };
      checkRecorded(name, page, visits[page]);
    }
    return {
      visits,
      bytesPerSample: isPeer(name) ? await pointerVisit(name, contestant, number, request) : 0,
    };
  } finally {
    await contestant.close();
  }
}

/** @returns bytes above what the peer sends when nothing happens, for each sample that the product would keep. */
async function pointerVisit(
  name: string,
  contestant: Awaited<ReturnType<typeof openContestant>>,
  number: number,
  { origin, sink, paths }: MeasureRequest,
): Promise<number> {
  const session = movesOnly(paths.sessions[(number - 1) % paths.sessions.length]!, POINTER_MS);
  const visit = await visitPointer({
    ...contestant,
    url: `${origin}/pointer`,
    inputs: asInputs(session),
    lengthMs: POINTER_MS,
    receivedBytes: sink.receivedBytes,
  });
  if (visit.pathBytes < 100 || visit.pathBytes <= visit.idleBytes)
    throw new Error(
      `${name} does not record: ${visit.pathBytes} bytes for a path, ${visit.idleBytes} for nothing`,
    );
  return (visit.pathBytes - visit.idleBytes) / (await countSamples(session, seededRandom(number)));
}

/** A recorder that recorded nothing would be the cheapest of all. */
function checkRecorded(name: MeasuredName, page: PageName, visit: RecordedVisit): void {
  const isSilent = name === 'proffer' ? visit.records.length === 0 : visit.wireBytes < 100;
  if (isRecorder(name) && (isSilent || visit.cost.selfMs === 0))
    throw new Error(`${name} does not record on ${page}: ${visit.wireBytes} bytes, ${visit.cost.selfMs} ms`);
}

function figuresOf(visit: Visit, none: Visit, wireBytesPerMinute?: number): VisitFigures {
  return {
    selfMsPerMinute: visit.cost.selfMs * (60_000 / visit.profileMs),
    longTasksAdded: visit.longTasksAdded,
    heapKiB: (visit.heapBytes - none.heapBytes) / 1024,
    wireBytesPerMinute: wireBytesPerMinute ?? visit.wireBytes * (60_000 / visit.activeMs),
    clickP50Ms: quantile(visit.dispatch.click, 0.5),
    mousemoveP50Ms: quantile(visit.dispatch.mousemove, 0.5),
    keydownP95Ms: quantile(visit.dispatch.keydown, 0.95),
  };
}

/** Each round's share of what all rounds' records of a page cost in full batches. */
async function productWire(rounds: readonly Round[]): Promise<Record<PageName, number[]>> {
  const wire = byPage((): number[] => []);
  for (const page of PAGES) {
    const visits = rounds.flatMap((round) => round.get('proffer')?.[page] ?? []);
    const records = visits.flatMap((visit) => visit.records);
    if (records.length === 0) continue;
    const cost = await fullBatchCost(records, 'A'.repeat(43), 'balanced', seededRandom(1));
    const jsonBytes = JSON.stringify(records).length;
    for (const visit of visits) {
      const share = JSON.stringify(visit.records).length / jsonBytes;
      wire[page].push(cost.wireBytes * share * (60_000 / visit.activeMs));
    }
  }
  return wire;
}

function functionsOf(rounds: readonly Round[], name: ContestantName, page: PageName) {
  const total = new Map<string, number>();
  for (const round of rounds)
    for (const { name: called, selfMs } of round.get(name)![page].cost.functions)
      total.set(called, (total.get(called) ?? 0) + selfMs);
  return [...total]
    .map(([called, selfMs]) => ({ name: called, selfMs }))
    .sort((one, other) => other.selfMs - one.selfMs);
}

function byPage<Value>(of: (page: PageName) => Value): Record<PageName, Value> {
  return { form: of('form'), nodes: of('nodes'), typing: of('typing') };
}

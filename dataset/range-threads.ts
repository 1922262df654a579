/**
 * The threads that take in ranges side by side, and the way of one range through one of them.
 *
 * Fetches the next page while a thread works on the one before, so that at most two pages a thread are in memory.
 * Threads begin when they are first needed. Must never lose a failure: whatever a thread says or dies of is thrown.
 */
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { UnreadPage } from './collector-client.ts';
import { pullFailure } from './pull-failure.ts';
import { openRangeDesk, type Answered, type Asked } from './range-desk.ts';
import type { FinishedRange, RangeJob } from './range-reader.ts';

/** More than this many ask more of a collector than they gain. */
const MAX_THREADS = 4;
/** What is read sooner than a thread has started. */
const FEW_RECORDS = 20_000;
/** MiB of a thread's JavaScript heap; a page of motions dies young, in place of being moved twice. */
const THREAD_HEAP = { maxOldGenerationSizeMb: 320, maxYoungGenerationSizeMb: 32 };
/** Built, both files end in `.js`. */
const WORKER_FILE = new URL(`./range-worker${extname(import.meta.url)}`, import.meta.url);

export interface PageTaken {
  records: number;
  rows: number;
  sizeBytes: number;
}

export interface RangeThreads {
  /**
   * Reads ranges side by side and gives what came of them, in the order of the jobs. Throws the first failure, and
   * then only `close` may follow.
   *
   * @param records that are expected in all of them.
   */
  read: (
    jobs: readonly RangeJob[],
    records: number,
    fetchPage: (job: RangeJob, after: string | undefined) => Promise<UnreadPage>,
    onPage: (job: RangeJob, page: PageTaken) => void,
  ) => Promise<FinishedRange[]>;
  close: () => Promise<void>;
}

/** Opens none yet; ranges of `fewRecords` records or less together are read in this thread. */
export function openRangeThreads(fewRecords = FEW_RECORDS): RangeThreads {
  const here: RangeThread[] = [];
  const others: RangeThread[] = [];
  return {
    read: async (jobs, records, fetchPage, onPage) => {
      const isLittle = records <= fewRecords;
      const [threads, start, most] = isLittle
        ? ([here, startHere, 1] as const)
        : ([others, startThread, Math.min(MAX_THREADS, availableParallelism())] as const);
      while (threads.length < Math.min(most, jobs.length)) threads.push(start());
      const finished: FinishedRange[] = [];
      let nextJob = 0;
      const work = async (thread: RangeThread) => {
        while (nextJob < jobs.length) {
          const index = nextJob;
          nextJob += 1;
          const job = jobs[index]!;
          finished[index] = await readRange(thread, job, fetchPage, (page) => onPage(job, page));
        }
      };
      await Promise.all(threads.map(work));
      return finished;
    },
    close: async () => {
      await Promise.all([...here, ...others].map((thread) => thread.close()));
    },
  };
}

async function readRange(
  thread: RangeThread,
  job: RangeJob,
  fetchPage: (job: RangeJob, after: string | undefined) => Promise<UnreadPage>,
  onPage: (page: PageTaken) => void,
): Promise<FinishedRange> {
  await thread.ask({ kind: 'open', job });
  let after = job.range.after;
  let taken: Promise<void> | undefined;
  do {
    const page = await fetchPage(job, after);
    await taken;
    const sizeBytes = page.bytes.length;
    const cursor = thread.nextCursor();
    taken = thread.ask({ kind: 'page', ...page }, [page.bytes.buffer]).then((answer) => {
      if (answer.kind === 'added') onPage({ records: answer.records, rows: answer.rows, sizeBytes });
    });
    // It is awaited with the next page or below, whichever comes first.
    taken.catch(() => undefined);
    after = await Promise.race([cursor, taken.then(() => undefined)]);
  } while (after !== undefined);
  await taken;
  const answer = await thread.ask({ kind: 'finish' });
  if (answer.kind !== 'finished') throw new Error(`a thread answers ${answer.kind} to finish`);
  return answer.range;
}

interface RangeThread {
  ask: (asked: Asked, transferred?: ArrayBuffer[]) => Promise<Answered>;
  /** The cursor that comes of the page asked about next. */
  nextCursor: () => Promise<string | undefined>;
  close: () => Promise<void>;
}

/** A desk in this thread: for little, the start of another takes longer than the work. */
function startHere(): RangeThread {
  return speakTo((tell) => ({ post: openRangeDesk(tell), end: () => undefined }));
}

function startThread(): RangeThread {
  return speakTo((tell, die) => {
    const worker = new Worker(WORKER_FILE, { resourceLimits: THREAD_HEAP });
    worker.on('message', tell);
    worker.on('error', die);
    worker.on('exit', (code) => die(new Error(`a thread of the pull ended by itself (${code})`)));
    return {
      post: (asked, transferred) => worker.postMessage(asked, transferred),
      end: async () => {
        await worker.terminate();
      },
    };
  });
}

interface Desk {
  post: (asked: Asked, transferred: ArrayBuffer[]) => void;
  end: () => Promise<void> | undefined;
}

/** Pairs what a desk is asked with what it answers, which it does in order. */
function speakTo(
  start: (tell: (answered: Answered) => void, die: (error: Error) => void) => Desk,
): RangeThread {
  const waiting: { resolve: (answered: Answered) => void; reject: (error: Error) => void }[] = [];
  let onCursor: ((next: string | undefined) => void) | undefined;
  let end: Error | undefined;
  const tell = (answered: Answered) => {
    if (answered.kind === 'cursor') onCursor?.(answered.next);
    else if (answered.kind === 'failed') waiting.shift()?.reject(failureOf(answered));
    else waiting.shift()?.resolve(answered);
  };
  const die = (error: Error) => {
    end ??= error;
    for (const { reject } of waiting.splice(0)) reject(end);
  };
  const desk = start(tell, die);
  const ask = (asked: Asked, transferred: ArrayBuffer[] = []) =>
    new Promise<Answered>((resolve, reject) => {
      if (end !== undefined) {
        reject(end);
        return;
      }
      waiting.push({ resolve, reject });
      desk.post(asked, transferred);
    });
  return {
    ask,
    nextCursor: () => new Promise((resolve) => (onCursor = resolve)),
    close: async () => {
      // What it was asked before ends, then its database is closed: a thread that ends with one open may take the
      // process with it. Whoever still asks is told that it is over.
      const closed = ask({ kind: 'close' }).catch(() => undefined);
      end ??= new Error('the pull has ended');
      await closed;
      await desk.end();
    },
  };
}

function failureOf({ code, message }: Extract<Answered, { kind: 'failed' }>): Error {
  return code === undefined ? new Error(message) : pullFailure(code, message);
}

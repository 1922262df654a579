/**
 * Takes in ranges one at a time as it is told by messages, in this thread or in one of its own (range-worker.ts).
 *
 * What it is told is done in order. Must never fetch anything itself.
 */
import { isPullFailure, type FailureCode } from './pull-failure.ts';
import { openRangeReader, type FinishedRange, type RangeJob, type RangeReader } from './range-reader.ts';

/** What a desk is asked. */
export type Asked =
  | { kind: 'open'; job: RangeJob }
  | { kind: 'page'; path: string; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'finish' }
  | { kind: 'close' };

/** What it answers, once to each; before the answer to a page comes a `cursor`, where the next page begins. */
export type Answered =
  | { kind: 'cursor'; next: string | undefined }
  | { kind: 'done' }
  | { kind: 'added'; records: number; rows: number }
  | { kind: 'finished'; range: FinishedRange }
  | { kind: 'failed'; code: FailureCode | undefined; message: string };

/** Opens a desk that answers to `tell`; gives the function to ask it by. */
export function openRangeDesk(tell: (answered: Answered) => void): (asked: Asked) => void {
  let reader: RangeReader | undefined;
  let before: Promise<void> = Promise.resolve();

  const close = () => {
    reader?.close();
    reader = undefined;
  };
  const answer = async (asked: Asked): Promise<Answered> => {
    switch (asked.kind) {
      case 'open':
        reader = await openRangeReader(asked.job);
        return { kind: 'done' };
      case 'page':
        return { kind: 'added', ...needed(reader).addPage(asked, (next) => tell({ kind: 'cursor', next })) };
      case 'finish': {
        const range = await needed(reader).finish();
        close();
        return { kind: 'finished', range };
      }
      case 'close':
        close();
        return { kind: 'done' };
    }
  };
  return (asked) => {
    before = before.then(async () => {
      try {
        tell(await answer(asked));
      } catch (error) {
        const code = isPullFailure(error) ? error.pullFailureCode : undefined;
        tell({ kind: 'failed', code, message: error instanceof Error ? error.message : String(error) });
      }
    });
  };
}

function needed(reader: RangeReader | undefined): RangeReader {
  if (reader === undefined) throw new Error('no range is open here');
  return reader;
}

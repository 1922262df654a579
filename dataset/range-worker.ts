/**
 * The thread that takes in the pages of one range at a time: decoding, checking, and writing of Parquet.
 *
 * Started by range-threads.ts, which fetches the pages and speaks to it by the messages of range-desk.ts.
 */
import { parentPort } from 'node:worker_threads';
import { openRangeDesk, type Asked } from './range-desk.ts';

const port = parentPort;
if (port !== null) {
  const ask = openRangeDesk((answered) => port.postMessage(answered));
  port.on('message', (asked: Asked) => ask(asked));
}

/**
 * rrweb's events -> the sink, as its guide does it: what has gathered is sent every ten seconds. Here gzip'd as well,
 * by the browser and off the page's thread, since every other peer compresses.
 *
 * Runs in the page, as part of the contestants `rrweb` and `rrweb-light`, which bring no transport of their own.
 */
import { whenFlushed } from './when-flushed.ts';

const EVERY_MS = 10_000;

/** @returns what to call with each event. */
export function startSending(): (event: unknown) => void {
  let waiting: unknown[] = [];
  setInterval(send, EVERY_MS);
  whenFlushed(send);
  return (event) => waiting.push(event);

  function send(): void {
    if (waiting.length === 0) return;
    const json = new Blob([JSON.stringify({ events: waiting })]);
    waiting = [];
    void new Response(json.stream().pipeThrough(new CompressionStream('gzip')))
      .blob()
      .then((body) => fetch(`${SINK_URL}/rrweb`, { method: 'POST', body }));
  }
}

/**
 * Ctrl+C as a signal to stop in order: what is complete stays, what is not is thrown away.
 *
 * For commands of the data team's terminal.
 */

/** Aborted at the first SIGINT or SIGTERM; a second one ends the process as ever. */
export function openStopSignal(): AbortSignal {
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  process.once('SIGTERM', () => stopping.abort());
  return stopping.signal;
}

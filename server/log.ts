/**
 * The collector's log: one JSON line on stderr for what an operator must know.
 *
 * Holds counts, codes and the collector's own settings. Must never be called for a single batch or erasure, and
 * never be given recorded data, an address, a user agent or a key.
 */

export type Log = (event: string, facts?: Record<string, string | number | boolean>) => void;

/** Writes to stderr, with the time of the event. */
export const logToStderr: Log = (event, facts = {}) => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...facts })}\n`);
};

/**
 * The collector's log: one JSON line on stderr for what an operator must know.
 *
 * Runs in the collector and its commands. What may be logged is the closed list below; facts are counts, codes and the
 * collector's own settings. Must never be called for a single batch or erasure, and never be given recorded data, an
 * address, a user agent or a key.
 */
import { destination, pino, stdTimeFunctions, type DestinationStream } from 'pino';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Everything that is ever logged: from which level on, and what it says. */
export const LOG_EVENTS = {
  started: { level: 'info', says: 'listens; `url`, and `charter`, the hash of the current charter' },
  draining: { level: 'info', says: 'was told to stop; `atHand` batches are still to be finished' },
  stopped: { level: 'info', says: 'has closed its store; counts of failures since they were last logged' },
  settled: { level: 'info', says: 'the hourly settling; counts of failures since the last one, by code' },
  forgot: { level: 'info', says: 'the daily forgetting; counts' },
  sealed: { level: 'info', says: 'a release was sealed; `number`, and records by kind' },
  'tombstones-published': { level: 'info', says: '`count` tombstones went out with a seal' },
  'housekeeping-failed': { level: 'error', says: 'a round failed and is tried again; `name` of the failure' },
  'disk-low': { level: 'warn', says: 'batches are refused until there is room; `freeMegabytes`' },
  'disk-enough': { level: 'info', says: 'batches are taken again; `freeMegabytes`' },
  'left-unsettled': {
    level: 'warn',
    says: 'the store could not be settled at the end, which the next start does; `name` of the failure',
  },
  'certificate-reloaded': { level: 'info', says: 'the files of certificate and key were read again' },
  'certificate-refused': {
    level: 'error',
    says: 'they could not be; the former ones stay in use; `problem`',
  },
  request: {
    level: 'debug',
    says: 'a reader or an operator asked; `route` as a pattern, `status`, `durationMs`',
  },
} as const satisfies Record<string, { level: LogLevel; says: string }>;

export type LogEvent = keyof typeof LOG_EVENTS;
export type Log = (event: LogEvent, facts?: Record<string, string | number | boolean>) => void;

/** Opens the log; lines go to stderr, written before the call returns, so that none is lost when the process ends. */
export function openLog(
  level: LogLevel = 'info',
  stream: DestinationStream = destination({ dest: 2, sync: true }),
): Log {
  const logger = pino(
    {
      level,
      // Neither process id nor host name: they say nothing that the service manager does not know.
      base: null,
      timestamp: () => stdTimeFunctions.isoTime().replace('"time"', '"at"'),
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  );
  return (event, facts = {}) => logger[LOG_EVENTS[event].level]({ event, ...facts });
}

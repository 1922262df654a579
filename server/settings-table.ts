/**
 * Every setting of the collector: its flag, its environment variable, its default, what it may be and what it is for.
 *
 * Runs in the collector and its commands, and where the documents are made. Flags, the reading of the environment,
 * the checks and the table in docs/operations.md all come from here. A bad setting is named; it is never guessed.
 */
import { LOG_LEVELS, type LogLevel } from './log.ts';
import { DEFAULT_RATES } from './rate-limit.ts';

interface Setting<Value> {
  hint: string;
  says: string;
  /** As it would be written; without one, a setting that is not required is off. */
  byDefault?: string;
  isRequired?: true;
  /** @throws Error that says what it must be. */
  read: (text: string) => Value;
}

const text = (value: string): string => value;

const wholeNumber =
  (least: number, most: number) =>
  (value: string): number => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < least || number > most)
      throw new Error(`must be a whole number from ${least} to ${most}`);
    return number;
  };

const logLevel = (value: string): LogLevel => {
  const level = LOG_LEVELS.find((name) => name === value);
  if (level === undefined) throw new Error(`must be one of ${LOG_LEVELS.join(', ')}`);
  return level;
};

const MAX_PORT = 65_535;
const MAX_RATE = 1_000_000;

export const SETTINGS = {
  charter: { hint: 'FILE', says: 'The charter, as JSON', isRequired: true, read: text },
  data: { hint: 'DIR', says: 'Where the collector keeps its data', isRequired: true, read: text },
  port: {
    hint: 'PORT',
    says: 'Port to listen on; 0 picks one',
    byDefault: '8787',
    read: wholeNumber(0, MAX_PORT),
  },
  host: { hint: 'ADDRESS', says: 'Address to listen on', byDefault: '127.0.0.1', read: text },
  'tls-cert': { hint: 'FILE', says: 'Certificate with its chain, as PEM; with tls-key', read: text },
  'tls-key': { hint: 'FILE', says: 'The certificate’s private key, as PEM; with tls-cert', read: text },
  'metrics-port': {
    hint: 'PORT',
    says: 'Port for metrics, apart from the one above; off without it; 0 picks one',
    read: wholeNumber(0, MAX_PORT),
  },
  'metrics-host': { hint: 'ADDRESS', says: 'Address for metrics', byDefault: '127.0.0.1', read: text },
  'log-level': {
    hint: LOG_LEVELS.join('|'),
    says: 'From which level on to log',
    byDefault: 'info',
    read: logLevel,
  },
  'batches-per-minute': {
    hint: 'COUNT',
    says: 'Batches a minute that a key may send, for each expected participant; ten minutes’ worth at once',
    byDefault: String(DEFAULT_RATES.batchesPerMinute),
    read: wholeNumber(1, MAX_RATE),
  },
  'batches-per-day': {
    hint: 'COUNT',
    says: 'Batches a day that a key may send under one charter, for each expected participant',
    byDefault: String(DEFAULT_RATES.batchesPerDay),
    read: wholeNumber(1, MAX_RATE),
  },
  'erasures-per-minute': {
    hint: 'COUNT',
    says: 'Erasures a minute that a key may ask for, for each expected participant; ten minutes’ worth at once',
    byDefault: String(DEFAULT_RATES.erasuresPerMinute),
    read: wholeNumber(1, MAX_RATE),
  },
  'batches-at-once': {
    hint: 'COUNT',
    says: 'Batches handled at the same time; each takes a few megabytes of memory',
    byDefault: '64',
    read: wholeNumber(1, 10_000),
  },
  'drain-seconds': {
    hint: 'SECONDS',
    says: 'How long to go on answering after a stop was asked for, so that a load balancer notices',
    byDefault: '0',
    read: wholeNumber(0, 300),
  },
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof SETTINGS;
type Table = typeof SETTINGS;
type Optional<Name extends SettingName> = Table[Name] extends { byDefault: string } | { isRequired: true }
  ? never
  : undefined;

/** The settings as read: off ones are undefined. */
export type Settings = { [Name in SettingName]: ReturnType<Table[Name]['read']> | Optional<Name> };

/** The environment variable of a setting. */
export function variableOf(name: string): string {
  return `PROFFER_${name.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * Checks settings as they were given, by flag or environment.
 *
 * @throws Error that begins with the name of the setting that is wrong.
 */
export function readSettings(given: Readonly<Record<string, unknown>>): Settings {
  const read = Object.entries<Setting<unknown>>(SETTINGS).map(([name, setting]) => {
    const value = given[name] ?? setting.byDefault;
    if (value === undefined) {
      if (setting.isRequired) throw new Error(`${name}: is missing; use --${name} or ${variableOf(name)}`);
      return [name, undefined];
    }
    try {
      if (typeof value !== 'string' || value === '') throw new Error('needs a value');
      return [name, setting.read(value)];
    } catch (fault) {
      throw new Error(`${name}: ${(fault as Error).message}`, { cause: fault });
    }
  });
  return Object.fromEntries(read) as Settings;
}

/** The table for the documents, in Markdown. */
export function settingsTable(): string {
  const rows = Object.entries<Setting<unknown>>(SETTINGS).map(
    ([name, { hint, says, byDefault, isRequired }]) => {
      const otherwise = byDefault === undefined ? (isRequired ? 'required' : 'off') : `\`${byDefault}\``;
      return `| \`--${name} ${hint.replaceAll('|', '\\|')}\` | \`${variableOf(name)}\` | ${otherwise} | ${says} |`;
    },
  );
  return ['| flag | environment | default | what it sets |', '|---|---|---|---|', ...rows].join('\n');
}

/**
 * Every setting of the collector, of the server of packages, of the install kit and of the compliance pack: its flag, its environment variable, its default, what it may be and what it is for.
 *
 * Runs in the collector and its commands, and where the documents are made. Flags, the reading of the environment,
 * the checks and the table in docs/operations.md all come from here. A bad setting is named; it is never guessed.
 */
import { parseOrigin } from '../src/package/served-paths.ts';
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

const origin = (value: string): string => {
  const found = parseOrigin(value);
  if (found === undefined)
    throw new Error(
      'must be an https origin, such as https://extension.example.com (http only for loopback)',
    );
  return found;
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
} as const satisfies SettingsTable;

const packages = {
  hint: 'DIR',
  says: 'The packages, as `npm run package` made them',
  isRequired: true,
  read: text,
} as const;
const extensionUrl = {
  hint: 'URL',
  says: 'Where browsers reach `serve-extension`: an origin of its own, not the collector’s',
  isRequired: true,
  read: origin,
} as const;
const extensionVersion = {
  hint: 'VERSION',
  says: 'The version that is offered, of those in packages; by default the newest',
  read: text,
} as const;

/** Settings of the server of packages. */
export const SERVE_SETTINGS = {
  packages,
  'extension-url': extensionUrl,
  'extension-version': extensionVersion,
  port: { ...SETTINGS.port, byDefault: '8788' },
  host: SETTINGS.host,
  'tls-cert': SETTINGS['tls-cert'],
  'tls-key': SETTINGS['tls-key'],
  'log-level': SETTINGS['log-level'],
} as const satisfies SettingsTable;

/** Settings of the install kit. */
export const KIT_SETTINGS = {
  charter: SETTINGS.charter,
  packages,
  'extension-url': extensionUrl,
  'extension-version': extensionVersion,
  out: { hint: 'DIR', says: 'Where the kit goes', isRequired: true, read: text },
  'participant-key-file': {
    hint: 'FILE',
    says: 'Holds the participant key; without it the key is read from `PROFFER_PARTICIPANT_KEY`',
    read: text,
  },
  'hashing-key-file': {
    hint: 'FILE',
    says: 'The programme’s hashing key, made on first use; by default `proffer-hashing-key` beside the charter',
    read: text,
  },
} as const satisfies SettingsTable;

/** Settings of the compliance pack. */
export const COMPLIANCE_SETTINGS = {
  charter: SETTINGS.charter,
  out: { ...KIT_SETTINGS.out, says: 'Where the pack goes; nothing there is written over' },
} as const satisfies SettingsTable;

export type SettingsTable = Record<string, Setting<unknown>>;
type Optional<Kind> = Kind extends { byDefault: string } | { isRequired: true } ? never : undefined;

/** Settings as read: off ones are undefined. */
export type SettingsOf<Table extends SettingsTable> = {
  [Name in keyof Table]: ReturnType<Table[Name]['read']> | Optional<Table[Name]>;
};

/** The collector's. */
export type Settings = SettingsOf<typeof SETTINGS>;

/** The environment variable of a setting. */
export function variableOf(name: string): string {
  return `PROFFER_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** Checks the collector's settings; see `readSettingsOf`. */
export function readSettings(given: Readonly<Record<string, unknown>>): Settings {
  return readSettingsOf(SETTINGS, given);
}

/**
 * Checks settings as they were given, by flag or environment.
 *
 * @throws Error that begins with the name of the setting that is wrong.
 */
export function readSettingsOf<Table extends SettingsTable>(
  table: Table,
  given: Readonly<Record<string, unknown>>,
): SettingsOf<Table> {
  const read = Object.entries(table).map(([name, setting]) => {
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
  return Object.fromEntries(read) as SettingsOf<Table>;
}

/** The table for the documents, in Markdown. */
export function settingsTable(table: SettingsTable = SETTINGS): string {
  const rows = Object.entries(table).map(([name, { hint, says, byDefault, isRequired }]) => {
    const otherwise = byDefault === undefined ? (isRequired ? 'required' : 'off') : `\`${byDefault}\``;
    return `| \`--${name} ${hint.replaceAll('|', '\\|')}\` | \`${variableOf(name)}\` | ${otherwise} | ${says} |`;
  });
  return ['| flag | environment | default | what it sets |', '|---|---|---|---|', ...rows].join('\n');
}

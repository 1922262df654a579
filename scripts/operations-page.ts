/**
 * docs/operations.md: written by hand, but for the tables of settings and log events, which come from the collector.
 *
 * A table stands between two comments that name it; what is between them is replaced.
 */
import { LOG_EVENTS } from '../server/log.ts';
import { SERVE_SETTINGS, settingsTable } from '../server/settings-table.ts';

/** @param page as it is now. */
export function operationsPage(page: string): string {
  const tables = [
    ['settings', settingsTable()],
    ['settings of serve-extension', settingsTable(SERVE_SETTINGS)],
    ['log events', logTable()],
  ] as const;
  return tables.reduce((text, [name, table]) => withTable(text, name, table), page);
}

/** Replaces what stands between the two comments that name a table. */
export function withTable(page: string, name: string, table: string): string {
  const begin = `<!-- ${name}: generated -->`;
  const end = `<!-- ${name}: end -->`;
  const [before, rest] = cut(page, begin);
  const [, after] = cut(rest, end);
  return `${before}${begin}\n\n${table}\n\n${end}${after}`;
}

function cut(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  if (index < 0) throw new Error(`the page has no ${at}`);
  return [text.slice(0, index), text.slice(index + at.length)];
}

function logTable(): string {
  const rows = Object.entries(LOG_EVENTS).map(
    ([event, { level, says }]) => `| \`${event}\` | ${level} | ${says} |`,
  );
  return ['| event | level | what it says |', '|---|---|---|', ...rows].join('\n');
}

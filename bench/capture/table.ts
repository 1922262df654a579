/**
 * Results -> the tables on the terminal and in the document.
 *
 * Pure.
 */
import { markdownTable } from '../markdown-table.ts';
import { PAGES } from './bench-pages.ts';
import { CONTESTANTS } from './contestant-names.ts';
import type { CaptureResults, ContestantResult } from './results.ts';

type Columns = readonly [string, (result: ContestantResult) => string][];

const COLUMNS: Columns = [
  ['script ms/min', (result) => short(result.selfMsPerMinute)],
  ['long tasks', (result) => short(result.longTasksAdded)],
  ['heap KiB', (result) => short(result.heapKiB)],
  ['wire B/min', (result) => short(result.wireBytesPerMinute)],
  ['B/sample', (result) => short(result.bytesPerPointerSample)],
  ['bundle B', (result) => short(result.bundleGzipBytes)],
  ['click ms', (result) => result.clickP50Ms.toFixed(3)],
  ['move ms', (result) => result.mousemoveP50Ms.toFixed(3)],
  ['key p95 ms', (result) => result.keydownP95Ms.toFixed(3)],
];

/** As Markdown, which is read on a terminal as well. */
export function resultTable(results: CaptureResults): string {
  return table(results, COLUMNS);
}

export function pageTable(results: CaptureResults): string {
  return table(
    results,
    PAGES.flatMap((page): Columns => [
      [`${page} ms/min`, ({ pages }) => short(pages[page].selfMsPerMinute)],
      [`${page} B/min`, ({ pages }) => short(pages[page].wireBytesPerMinute)],
    ]),
  );
}

function table({ contestants }: CaptureResults, columns: Columns): string {
  const rows = CONTESTANTS.flatMap((name) => {
    const result = contestants[name];
    return result ? [[name, ...columns.map(([, cell]) => cell(result))]] : [];
  });
  return markdownTable(['', ...columns.map(([title]) => title)], rows);
}

function short(value: number): string {
  return Math.abs(value) < 10 && !Number.isInteger(value)
    ? value.toFixed(1)
    : Math.round(value).toLocaleString('en');
}

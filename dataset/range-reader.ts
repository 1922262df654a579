/**
 * One range of one kind of a release: its pages, checked, into one Parquet file per table, none of them in place yet.
 *
 * Runs in a thread of its own (range-worker.ts). Checks what the schema cannot: that ids go up and are in the range, so
 * that no record is there twice; that a page goes on, holds the kind asked for and names a charter that is known.
 * Fails whole.
 */
import { join } from 'node:path';
import { RecordsPage } from '../src/trace/collector-api.ts';
import { RecordId } from '../src/trace/primitives.ts';
import type { PublishedKind } from '../src/trace/record.ts';
import { readFacts, type FileFacts } from './file-facts.ts';
import type { IdRange } from './id-ranges.ts';
import { parquetMetadata, quoteIdentifier } from './parquet.ts';
import { checkAnswer, parseJson } from './parse-answer.ts';
import { pullFailure } from './pull-failure.ts';
import { openStaging } from './staging.ts';
import type { Source } from './table.ts';
import { TABLES_BY_KIND } from './tables.ts';
import { digestFile } from './write-whole.ts';

/** What is to be read, and where its files go. */
export interface RangeJob {
  release: number;
  schemaVersion: number;
  purpose: string;
  kind: PublishedKind;
  range: IdRange;
  /** Hashes of the charters whose text is known and true. */
  charterHashes: ReadonlySet<string>;
  /** A folder for the range alone, which is there. */
  dir: string;
}

/** A finished file of a range, by its path where it was written. */
export interface RangeFile {
  table: string;
  writtenAt: string;
  rows: number;
  sizeBytes: number;
  sha256: string;
}

export interface FinishedRange {
  files: RangeFile[];
  facts: FileFacts;
}

export interface RangeReader {
  /**
   * Takes in a page.
   *
   * @param onCursor is told at once where the next page begins, so that it can be fetched meanwhile; the page is not
   * checked then.
   * @returns how many records it had, and rows of tables they became.
   */
  addPage: (
    page: { path: string; bytes: Uint8Array },
    onCursor: (next: string | undefined) => void,
  ) => { records: number; rows: number };
  /** Writes the files. */
  finish: () => Promise<FinishedRange>;
  close: () => void;
}

/** Opens a reader. All of its functions throw failures. */
export async function openRangeReader(job: RangeJob): Promise<RangeReader> {
  const { kind, dir, release } = job;
  const tables = TABLES_BY_KIND[kind];
  const staging = await openStaging(kind, join(dir, 'spill'));
  let { after } = job.range;
  return {
    addPage: ({ path, bytes }, onCursor) => {
      const document = parseJson(bytes);
      onCursor(cursorOf(document));
      const page = checkAnswer(document, RecordsPage, path);
      checkPage(job, page, after);
      after = page.next ?? undefined;
      const sources = page.rows.map(({ charter, level, record }): Source => ({
        release,
        charter,
        level,
        record,
      }));
      return { records: sources.length, rows: staging.add(sources) };
    },
    finish: async () => {
      const facts = await readFacts(staging.query, kind, (table) => quoteIdentifier(table.name));
      const charters = [...new Set(facts.groups.map((group) => group.charter))];
      const files: RangeFile[] = [];
      for (const table of tables) {
        const writtenAt = join(dir, `${table.name}.parquet`);
        const rows = await staging.write(table, writtenAt, parquetMetadata(table, job, charters));
        files.push({ table: table.name, writtenAt, rows, ...(await digestFile(writtenAt)) });
      }
      return { files, facts };
    },
    close: () => staging.close(),
  };
}

/** Where the next page begins, before anything else of the page is known to be right. */
function cursorOf(document: unknown): string | undefined {
  const next = (document as { next?: unknown } | null | undefined)?.next;
  return RecordId.safeParse(next).data;
}

function checkPage(job: RangeJob, page: RecordsPage, after: string | undefined): void {
  const { kind, range } = job;
  const lastId = page.rows.at(-1)?.record.recordId;
  if (page.next !== null && (lastId === undefined || page.next < lastId || !isAfter(page.next, after))) {
    throw inconsistent(job, 'has a page that leads nowhere');
  }
  let before = after;
  page.rows.forEach((row, index) => {
    const where = `has, at rows.${index} of a page,`;
    const { recordId } = row.record;
    if (row.record.kind !== kind) throw inconsistent(job, `${where} a record of another kind`);
    if (row.schemaVersion !== job.schemaVersion) {
      throw inconsistent(job, `${where} another schema version than the release`);
    }
    if (!job.charterHashes.has(row.charter)) {
      throw inconsistent(job, `${where} a charter whose text the collector does not give`);
    }
    if (!isAfter(recordId, before)) throw inconsistent(job, `${where} a record twice or out of order`);
    if (range.until !== undefined && recordId > range.until) {
      throw inconsistent(job, `${where} a record that was not asked for`);
    }
    before = recordId;
  });
}

function isAfter(id: string, before: string | undefined): boolean {
  return before === undefined || id > before;
}

function inconsistent({ release, kind }: RangeJob, what: string): Error {
  return pullFailure(
    'collector-answer-invalid',
    `release ${release} ${what} (kind ${kind}); nothing of this release is kept`,
  );
}

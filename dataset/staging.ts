/**
 * Where the rows of one release wait until all have arrived: a DuckDB file of our own beside the dataset.
 *
 * Takes records page by page in bounded memory and writes each table as one Parquet file. Thrown away afterwards,
 * also by the pull after one that was killed. Values reach DuckDB by its appender only, never as SQL text.
 */
import {
  DuckDBDataChunk,
  DuckDBInstance,
  DuckDBListValue,
  type DuckDBAppender,
  type DuckDBConnection,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Level } from '../src/charter/charter.ts';
import type { PublishedKind } from '../src/trace/record.ts';
import type { Cell, Source, Table } from './table.ts';
import { recordTableOf, TABLES_BY_KIND } from './tables.ts';

/**
 * Rows of a chunk, and chunks before a flush. Small chunks, since what a chunk takes outside the JavaScript heap
 * is given back only when its garbage is collected: 256 rows need 490 MiB where 2048 need 650.
 */
const CHUNK_ROWS = 256;
const FLUSH_CHUNKS = 64;
/** DuckDB's own share. */
const MEMORY_LIMIT = '128MB';

/** How many records of a kind have a charter and level in common. */
export interface RecordGroup {
  kind: PublishedKind;
  charter: string;
  level: Level;
  records: number;
}

export interface Staging {
  /** Adds records, all of one kind. */
  add: (kind: PublishedKind, sources: readonly Source[]) => void;
  /** How many records of a kind are there more than once; counted from what was added so far. */
  countDuplicates: (kind: PublishedKind) => Promise<number>;
  /** What was recorded under which charter and level, in a fixed order. */
  groups: () => Promise<RecordGroup[]>;
  /** Writes a table as Parquet with the metadata given. Gives the number of rows. */
  write: (table: Table, path: string, metadata: Readonly<Record<string, string>>) => Promise<number>;
  close: () => void;
}

/** Opens a staging file that must not exist yet, for some kinds; the caller removes it after `close`. */
export async function openStaging(
  path: string,
  temporaryDir: string,
  kinds: readonly PublishedKind[],
): Promise<Staging> {
  const instance = await DuckDBInstance.create(path, {
    memory_limit: MEMORY_LIMIT,
    temp_directory: temporaryDir,
    // With one thread the order of rows and the bytes of a file are the same each time, and memory stays low.
    threads: '1',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const appenders = new Map<Table, TableAppender>();
  for (const table of kinds.flatMap((kind) => TABLES_BY_KIND[kind])) {
    await connection.run(createTableSql(table));
    appenders.set(table, await openTableAppender(connection, table));
  }

  const flushKind = (kind: PublishedKind) => {
    for (const table of TABLES_BY_KIND[kind]) appenders.get(table)?.flush();
  };

  return {
    add: (kind, sources) => {
      for (const table of TABLES_BY_KIND[kind]) {
        const appender = appenders.get(table);
        for (const source of sources) {
          for (const cells of table.cellsOf(source)) appender?.add(cells);
        }
      }
    },
    countDuplicates: async (kind) => {
      flushKind(kind);
      const name = quoteIdentifier(recordTableOf(kind).name);
      const reader = await connection.runAndReadAll(
        `SELECT count(*) - count(DISTINCT record_id) FROM ${name}`,
      );
      return Number(reader.getRows()[0]?.[0]);
    },
    groups: async () => {
      const groups: RecordGroup[] = [];
      for (const kind of kinds) {
        flushKind(kind);
        const reader = await connection.runAndReadAll(
          `SELECT charter, level, count(*) FROM ${quoteIdentifier(recordTableOf(kind).name)}
           GROUP BY ALL ORDER BY ALL`,
        );
        for (const [charter, level, records] of reader.getRows()) {
          groups.push({
            kind,
            charter: String(charter),
            level: String(level) as Level,
            records: Number(records),
          });
        }
      }
      return groups;
    },
    write: async (table, filePath, metadata) => {
      appenders.get(table)?.flush();
      const reader = await connection.runAndReadAll(copySql(table, metadata), [filePath]);
      return Number(reader.getRows()[0]?.[0]);
    },
    close: () => {
      for (const appender of appenders.values()) appender.close();
      connection.closeSync();
      instance.closeSync();
    },
  };
}

interface TableAppender {
  add: (cells: readonly Cell[]) => void;
  flush: () => void;
  close: () => void;
}

async function openTableAppender(connection: DuckDBConnection, table: Table): Promise<TableAppender> {
  const appender: DuckDBAppender = await connection.createAppender(table.name);
  const chunk = DuckDBDataChunk.create(table.columns.map((_, index) => appender.columnType(index)));
  const columns: DuckDBValue[][] = table.columns.map(() => []);
  let rows = 0;
  let chunks = 0;

  const appendChunk = () => {
    if (rows === 0) return;
    chunk.reset();
    chunk.setColumns(columns);
    appender.appendDataChunk(chunk);
    for (const column of columns) column.length = 0;
    rows = 0;
    chunks += 1;
    if (chunks % FLUSH_CHUNKS === 0) appender.flushSync();
  };
  return {
    add: (cells) => {
      cells.forEach((cell, index) => columns[index]?.push(toDuckDbValue(cell)));
      rows += 1;
      if (rows === CHUNK_ROWS) appendChunk();
    },
    flush: () => {
      appendChunk();
      appender.flushSync();
    },
    close: () => {
      // What is not flushed yet is not wanted any more.
      appender.clear();
      appender.closeSync();
    },
  };
}

function toDuckDbValue(cell: Cell): DuckDBValue {
  return typeof cell === 'object' && cell !== null ? new DuckDBListValue(cell) : cell;
}

function createTableSql(table: Table): string {
  const columns = table.columns.map(
    (column) => `${quoteIdentifier(column.name)} ${column.type}${column.each ? '[]' : ''}`,
  );
  return `CREATE TABLE ${quoteIdentifier(table.name)} (${columns.join(', ')})`;
}

/** Lists of `each` columns become rows here, in DuckDB: one call per list instead of one per item. */
function copySql(table: Table, metadata: Readonly<Record<string, string>>): string {
  const columns = table.columns.map(({ name, each }) =>
    each ? `unnest(${quoteIdentifier(name)}) AS ${quoteIdentifier(name)}` : quoteIdentifier(name),
  );
  const pairs = Object.entries(metadata).map(([key, value]) => `${quoteText(key)}: ${quoteText(value)}`);
  return `COPY (SELECT ${columns.join(', ')} FROM ${quoteIdentifier(table.name)})
    TO $1 (FORMAT parquet, COMPRESSION zstd, KV_METADATA {${pairs.join(', ')}})`;
}

/** Names and texts come from the tables of this folder and from checked slugs, hashes and numbers. */
function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

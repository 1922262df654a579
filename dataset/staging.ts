/**
 * Where the rows of one range of a release wait until all have arrived: tables in DuckDB's memory.
 *
 * Takes records page by page in bounded memory and writes each table as one Parquet file, the same bytes for the same
 * records however they came. Values reach DuckDB by its appender only, never as SQL text.
 */
import { DuckDBInstance, type DuckDBAppender, type DuckDBConnection } from '@duckdb/node-api';
import type { PublishedKind } from '../src/trace/record.ts';
import { CHUNK_ROWS, createChunkBuffer } from './column-buffers.ts';
import { copyToParquetSql, quoteIdentifier } from './parquet.ts';
import type { Source, Table } from './table.ts';
import { TABLES_BY_KIND } from './tables.ts';

/** Chunks before what was appended is moved into its table. */
const FLUSH_CHUNKS = 8;
/**
 * DuckDB's own share of the memory; what does not fit waits in the temporary folder. Each column of a table that is
 * being filled or written is in memory with a block at least, so that wide tables need more.
 */
const MEMORY_LIMIT: Record<PublishedKind, string> = {
  motion: '64MB',
  rhythm: '64MB',
  episode: '128MB',
  trace: '128MB',
};

export interface Staging {
  /** Adds records, all of the kind that the tables are made from. Gives the rows that came of them, by table. */
  add: (sources: readonly Source[]) => number;
  /** Rows of a query; what was added before is in it. */
  query: (sql: string) => Promise<unknown[][]>;
  /** Writes a table as Parquet with the metadata given. Gives the number of rows. */
  write: (table: Table, path: string, metadata: Readonly<Record<string, string>>) => Promise<number>;
  close: () => void;
}

/** Opens an empty staging for the tables that are made from one kind of record. */
export async function openStaging(kind: PublishedKind, temporaryDir: string): Promise<Staging> {
  const tables = TABLES_BY_KIND[kind];
  const instance = await openDuckDb(MEMORY_LIMIT[kind], temporaryDir);
  const connection = await instance.connect();
  const appenders: TableAppender[] = [];
  for (const table of tables) {
    await connection.run(createTableSql(table));
    appenders.push(await openTableAppender(connection, table));
  }
  const flush = () => {
    for (const appender of appenders) appender.flush();
  };
  return {
    add: (sources) => {
      let rows = 0;
      for (const appender of appenders) {
        for (const source of sources) rows += appender.add(source);
      }
      return rows;
    },
    query: async (sql) => {
      flush();
      return (await connection.runAndReadAll(sql)).getRows();
    },
    write: async (table, path, metadata) => {
      flush();
      const sql = copyToParquetSql(table, selectSql(table), metadata);
      const reader = await connection.runAndReadAll(sql, [path]);
      return Number(reader.getRows()[0]?.[0]);
    },
    close: () => {
      for (const appender of appenders) appender.close();
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/**
 * A DuckDB in memory that reaches for nothing outside. With one thread the order of rows and the bytes of a file are
 * the same each time, and memory stays low.
 */
export function openDuckDb(memoryLimit: string, temporaryDir: string): Promise<DuckDBInstance> {
  return DuckDBInstance.create(':memory:', {
    memory_limit: memoryLimit,
    temp_directory: temporaryDir,
    threads: '1',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
}

interface TableAppender {
  /** Adds the rows of a record; gives how many rows of the finished table they are. */
  add: (source: Source) => number;
  flush: () => void;
  close: () => void;
}

async function openTableAppender(connection: DuckDBConnection, table: Table): Promise<TableAppender> {
  const appender: DuckDBAppender = await connection.createAppender(table.name);
  const types = table.columns.map((_, index) => appender.columnType(index));
  const buffer = createChunkBuffer(table.columns, types);
  const listColumn = table.columns.findIndex((column) => column.each);
  let chunks = 0;

  const appendChunk = () => {
    if (buffer.rows() === 0) return;
    appender.appendDataChunk(buffer.take());
    chunks += 1;
    if (chunks % FLUSH_CHUNKS === 0) appender.flushSync();
  };
  return {
    add: (source) => {
      let rows = 0;
      for (const cells of table.cellsOf(source)) {
        buffer.add(cells);
        if (buffer.rows() === CHUNK_ROWS) appendChunk();
        const list = listColumn === -1 ? undefined : cells[listColumn];
        rows += Array.isArray(list) ? list.length : 1;
      }
      return rows;
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

function createTableSql(table: Table): string {
  const columns = table.columns.map(
    (column) => `${quoteIdentifier(column.name)} ${column.type}${column.each ? '[]' : ''}`,
  );
  return `CREATE TABLE ${quoteIdentifier(table.name)} (${columns.join(', ')})`;
}

/** Lists of `each` columns become rows here, in DuckDB: one call per list instead of one per item. */
function selectSql(table: Table): string {
  const columns = table.columns.map(({ name, each }) =>
    each ? `unnest(${quoteIdentifier(name)}) AS ${quoteIdentifier(name)}` : quoteIdentifier(name),
  );
  return `SELECT ${columns.join(', ')} FROM ${quoteIdentifier(table.name)}`;
}

/**
 * The values of a table's columns on their way to DuckDB: gathered in typed arrays and copied a chunk at a time.
 *
 * One call per column and chunk instead of several per value, which is what makes a pull quick. Runs where a release
 * is read. Must never let a value through that its column's type cannot hold.
 */
import duckdb from '@duckdb/node-bindings';
import { DuckDBDataChunk, type DuckDBType } from '@duckdb/node-api';
import type { Cell, ColumnText, ColumnType } from './table.ts';

/** Rows of a chunk; as many as DuckDB's vectors hold. */
export const CHUNK_ROWS = 2048;

/** Values of one column, or the items of its lists, by their place. */
interface Values {
  set: (place: number, value: Item) => void;
  /** Copies the first `count` values to a vector. */
  copyTo: (vector: duckdb.Vector, count: number) => void;
}

type Item = string | number | boolean | null;
type NumberArray = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

export interface ChunkBuffer {
  rows: () => number;
  /** Adds a row. Throws a TypeError if a value is not of its column's type. */
  add: (cells: readonly Cell[]) => void;
  /** Moves all rows to the chunk, which is the same each time; the buffer is empty then. */
  take: () => DuckDBDataChunk;
}

/** A buffer for `CHUNK_ROWS` rows of a table; `types` are those of its columns in DuckDB. */
export function createChunkBuffer(columns: readonly ColumnText[], types: readonly DuckDBType[]): ChunkBuffer {
  const chunk = DuckDBDataChunk.create(types);
  const buffers = columns.map(createColumnBuffer);
  let rows = 0;
  return {
    rows: () => rows,
    add: (cells) => {
      for (let index = 0; index < buffers.length; index += 1) buffers[index]!.set(rows, cells[index]!);
      rows += 1;
    },
    take: () => {
      chunk.reset();
      chunk.rowCount = rows;
      buffers.forEach((buffer, index) =>
        buffer.moveTo(duckdb.data_chunk_get_vector(chunk.chunk, index), rows),
      );
      rows = 0;
      return chunk;
    },
  };
}

interface ColumnBuffer {
  set: (row: number, cell: Cell) => void;
  /** Copies the rows to a vector and forgets them. */
  moveTo: (vector: duckdb.Vector, rows: number) => void;
}

function createColumnBuffer({ name, type, each }: ColumnText): ColumnBuffer {
  const isList = type === 'VARCHAR[]' || each === true;
  const refuse = () => {
    throw new TypeError(`column ${name} was given a value that is not of type ${type}`);
  };
  const values = createValues(type, refuse);
  if (isList) return createListBuffer(values, refuse);
  return {
    set: (row, cell) => (typeof cell === 'object' && cell !== null ? refuse() : values.set(row, cell)),
    moveTo: values.copyTo,
  };
}

function createListBuffer(items: Values, refuse: () => never): ColumnBuffer {
  // Offset and length of each row's list, both of 64 bits, of which the upper halves stay 0.
  const entries = new Uint32Array(CHUNK_ROWS * 4);
  const validity = createValidity();
  let count = 0;
  return {
    set: (row, cell) => {
      if (typeof cell !== 'object') return refuse();
      if (cell === null) validity.setNull(row);
      entries[row * 4] = count;
      entries[row * 4 + 2] = cell?.length ?? 0;
      for (const item of cell ?? []) items.set(count++, item);
    },
    moveTo: (vector, rows) => {
      duckdb.list_vector_reserve(vector, count);
      duckdb.list_vector_set_size(vector, count);
      items.copyTo(duckdb.list_vector_get_child(vector), count);
      duckdb.copy_data_to_vector(vector, 0, entries.buffer, 0, rows * 16);
      validity.moveTo(vector, rows);
      count = 0;
    },
  };
}

function createValues(type: ColumnType, refuse: () => never): Values {
  switch (type) {
    case 'INTEGER':
      return createNumbers(new Int32Array(CHUNK_ROWS), (value) =>
        typeof value === 'number' && (value | 0) === value ? value : refuse(),
      );
    case 'DOUBLE':
      return createNumbers(new Float64Array(CHUNK_ROWS), (value) =>
        typeof value === 'number' ? value : refuse(),
      );
    case 'BOOLEAN':
      return createNumbers(new Uint8Array(CHUNK_ROWS), (value) =>
        typeof value === 'boolean' ? Number(value) : refuse(),
      );
    case 'VARCHAR':
    case 'VARCHAR[]':
      return createTexts(refuse);
  }
}

function createNumbers(start: NumberArray, toNumber: (value: Item) => number): Values {
  const validity = createValidity();
  let numbers = start;
  return {
    set: (place, value) => {
      if (place >= numbers.length) numbers = doubled(numbers);
      if (value === null) validity.setNull(place);
      else numbers[place] = toNumber(value);
    },
    copyTo: (vector, count) => {
      duckdb.copy_data_to_vector(vector, 0, numbers.buffer, 0, count * numbers.BYTES_PER_ELEMENT);
      validity.moveTo(vector, count);
    },
  };
}

function doubled(numbers: NumberArray): NumberArray {
  const larger = new (numbers.constructor as new (length: number) => NumberArray)(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

function createTexts(refuse: () => never): Values {
  const validity = createValidity();
  const texts: (string | null)[] = [];
  return {
    set: (place, value) => {
      if (value === null) validity.setNull(place);
      else if (typeof value !== 'string') refuse();
      texts[place] = value;
    },
    copyTo: (vector, count) => {
      for (let place = 0; place < count; place += 1) {
        const text = texts[place];
        if (typeof text === 'string') duckdb.vector_assign_string_element(vector, place, text);
      }
      validity.moveTo(vector, count);
    },
  };
}

/** Which values are null; a bit for each, as DuckDB has it. */
function createValidity() {
  let bits = new Uint8Array(CHUNK_ROWS / 8).fill(0xff);
  /** Once there was a null, all that follows must be said, since a vector is used again and again. */
  let isNeeded = false;
  return {
    setNull: (place: number) => {
      isNeeded = true;
      bits = withRoom(bits, place + 1);
      bits[place >> 3]! &= ~(1 << (place & 7));
    },
    moveTo: (vector: duckdb.Vector, count: number) => {
      if (!isNeeded) return;
      bits = withRoom(bits, count);
      const sizeBytes = Math.ceil(count / 64) * 8;
      duckdb.vector_ensure_validity_writable(vector);
      duckdb.copy_data_to_vector_validity(vector, 0, bits.buffer, 0, sizeBytes);
      bits.fill(0xff);
    },
  };
}

/** The bits with room for so many, in whole words of 64. */
function withRoom(bits: Uint8Array<ArrayBuffer>, count: number): Uint8Array<ArrayBuffer> {
  if (count <= bits.length * 8) return bits;
  const larger = new Uint8Array(Math.max(bits.length * 2, Math.ceil(count / 64) * 8)).fill(0xff);
  larger.set(bits);
  return larger;
}

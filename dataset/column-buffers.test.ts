/**
 * Every value that goes in comes out of DuckDB as it was, whatever lay in the buffers before.
 */
import { DuckDBInstance, type Json } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createChunkBuffer } from './column-buffers.ts';
import type { Cell, ColumnText } from './table.ts';

const columns: ColumnText[] = (
  [
    ['text', 'VARCHAR'],
    ['texts', 'VARCHAR[]'],
    ['whole', 'INTEGER'],
    ['real', 'DOUBLE'],
    ['truth', 'BOOLEAN'],
  ] as const
).map(([name, type]) => ({ name, type, description: '' }));
const listed: ColumnText = { name: 'each', type: 'INTEGER', description: '', each: true };
const all = [...columns, listed];

const orNull = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null, freq: 4 });
const whole = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const text = fc.stringMatching(/^[a-zé_-]{0,30}$/);
const row: fc.Arbitrary<Cell[]> = fc.tuple(
  orNull(text),
  orNull(fc.array(text, { maxLength: 5 })),
  orNull(whole),
  orNull(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
  orNull(fc.boolean()),
  fc.array(orNull(whole), { maxLength: 12 }),
);

const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await instance.connect();
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

/** Puts chunks of rows through one buffer into a table and reads them back. */
async function throughDuckDb(chunks: readonly (readonly Cell[][])[]): Promise<Json[][]> {
  const types = all.map(({ name, type, each }) => `"${name}" ${type}${each ? '[]' : ''}`);
  await connection.run(`CREATE OR REPLACE TABLE rows (${types.join(', ')})`);
  const appender = await connection.createAppender('rows');
  const buffer = createChunkBuffer(
    all,
    all.map((_, index) => appender.columnType(index)),
  );
  for (const rows of chunks) {
    for (const cells of rows) buffer.add(cells);
    expect(buffer.rows()).toBe(rows.length);
    appender.appendDataChunk(buffer.take());
    expect(buffer.rows()).toBe(0);
  }
  appender.closeSync();
  return (await connection.runAndReadAll('FROM rows')).getRowsJson();
}

describe('a buffer of a chunk', () => {
  it('gives every value as it was, nulls and lists included, chunk after chunk', { timeout: 120_000 }, () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(row, { minLength: 1, maxLength: 80 }), { minLength: 1, maxLength: 4 }),
        async (chunks) => {
          expect(await throughDuckDb(chunks)).toEqual(chunks.flat());
        },
      ),
      { numRuns: 30 },
    ),
  );

  it(
    'holds a full chunk whose lists have many more items than it has rows',
    { timeout: 120_000 },
    async () => {
      const rows = Array.from({ length: 2048 }, (_, index): Cell[] => [
        index % 7 === 0 ? null : `text ${index}`,
        index % 5 === 0 ? null : [String(index), 'word'],
        index,
        index / 3,
        index % 2 === 0,
        Array.from({ length: 40 }, (_, place) => (place === index % 41 ? null : index * place)),
      ]);
      const fewer = rows.slice(0, 100);
      expect(await throughDuckDb([rows, fewer, rows])).toEqual([...rows, ...fewer, ...rows]);
    },
  );

  it.each([
    ['text', 0, 1],
    ['texts', 1, 'word'],
    ['texts', 1, [1]],
    ['whole', 2, 1.5],
    ['whole', 2, 2 ** 31],
    ['whole', 2, Number.NaN],
    ['whole', 2, '1'],
    ['real', 3, '1'],
    ['truth', 4, 1],
    ['each', 5, 1],
    ['each', 5, [0.5]],
  ] as [string, number, Cell][])('refuses a value that %s cannot hold', async (name, place, value) => {
    const good: Cell[] = ['', [], 0, 0, false, []];
    const rows = [good.with(place, value)];
    await expect(throughDuckDb([rows])).rejects.toThrow(
      `column ${name} was given a value that is not of type`,
    );
  });
});

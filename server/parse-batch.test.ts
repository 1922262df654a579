import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { TraceBatch } from '../src/trace/batch.ts';
import type { TraceRecord } from '../src/trace/record.ts';
import { parseBatch } from './parse-batch.ts';
import { isRefusal } from './refusal.ts';
import { aBatch, aMotion, anEpisode, aRhythm, aStep, aTrace } from './testing/builders.ts';

const CHARTER = 'c'.repeat(64);
/** A second is thirty times what these take; with every fault collected they took four to eight. */
const FLOOD_LIMIT = { timeout: 1000 };

const batchOf = (records: object[], changes: object = {}) =>
  aBatch(CHARTER, records as TraceRecord[], changes);

function pathsOf(document: unknown): string[] {
  const outcome = parseBatch(JSON.stringify(document));
  if (!isRefusal(outcome)) throw new Error('was taken');
  return outcome.paths ?? [];
}

test('a right batch is the document itself, as the schema reads it', () => {
  const batch = batchOf([aMotion(1), aRhythm(2), anEpisode(3)]);
  expect(parseBatch(JSON.stringify(batch))).toEqual(TraceBatch.parse(batch));
});

test('the schema can be compiled as a whole, or its speed would be lost in silence', () => {
  expect(() => z.compile(TraceBatch, { strict: true })).not.toThrow();
});

describe('faults are told by their places', () => {
  test('down to the number in a column', () => {
    const { path } = aMotion(1);
    const wrong = { ...aMotion(1), path: { ...path, dxPx: [32, 0.5] } };
    expect(pathsOf(batchOf([aMotion(2), wrong]))).toEqual(['records.1.path.dxPx.1']);
    const keyClass = aRhythm(1).keyClass.with(3, 'x' as 'char');
    expect(pathsOf(batchOf([{ ...aRhythm(1), keyClass }]))).toEqual(['records.0.keyClass.3']);
  });

  test('of the batch and of its records at once', () => {
    const wrong = batchOf([{ ...aMotion(1), end: 1 }], { batchId: 'x', note: 1 });
    expect(pathsOf(wrong)).toEqual(['batchId', 'batch', 'records.0.end']);
  });

  test('of what the level forbids', () => {
    const { path } = aMotion(1);
    const wrong = { ...aMotion(1), path: { ...path, dyPx: [0, 33] } };
    expect(pathsOf(batchOf([wrong, aTrace(2)]))).toEqual(['records.0.path.dyPx', 'records.1.kind']);
  });

  test('twenty of them at most', () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ ...aMotion(index), end: 1 }));
    expect(pathsOf(batchOf(many))).toHaveLength(20);
  });

  test('not of records that are too many', () => {
    expect(pathsOf(batchOf(Array<object>(501).fill({})))).toEqual(['records']);
  });
});

describe('a small body that is wrong in a hundred thousand places is refused as fast as any other:', () => {
  const empty = (count: number) => Array<object>(count).fill({});

  test('steps and views', FLOOD_LIMIT, () => {
    const record = { kind: 'episode', steps: empty(200), views: empty(200) };
    expect(pathsOf(batchOf(Array<object>(500).fill(record)))).toHaveLength(20);
  });

  test('targets', FLOOD_LIMIT, () => {
    const record = { kind: 'episode', steps: Array<object>(200).fill({ target: {}, destination: {} }) };
    expect(pathsOf(batchOf(Array<object>(200).fill(record)))).toHaveLength(20);
  });

  test('movements and keys of traces', FLOOD_LIMIT, () => {
    const rhythms = Array<object>(100).fill({ keyClass: Array(60).fill(0) });
    const record = { kind: 'trace', motions: empty(200), rhythms };
    expect(pathsOf(batchOf(Array<object>(300).fill(record), { level: 'linked' }))).toHaveLength(20);
  });

  test('fields that are not there, in records that are right but for them', FLOOD_LIMIT, () => {
    const record = anEpisode(1, { steps: Array(80).fill({ ...aStep(), note: 1 }) as never });
    expect(pathsOf(batchOf(Array<object>(60).fill(record)))).toHaveLength(20);
  });
});

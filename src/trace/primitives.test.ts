import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { integerColumn, wordColumn } from './primitives.ts';

const limits = { minimum: -5, maximum: 900, minItems: 2, maxItems: 40 };
const Integers = integerColumn(limits);
const Words = wordColumn(['char', 'enter'], { minItems: 1, maxItems: 3 });
const Row = z.strictObject({ xPx: Integers, keyClass: Words.optional() });

const pathsOf = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map((issue) => issue.path.join('.')) ?? [];

describe('a column of integers', () => {
  it('takes and refuses what a schema for each item does, whatever it is given', () => {
    const { minimum, maximum, minItems, maxItems } = limits;
    const itemByItem = z.array(z.int().min(minimum).max(maximum)).min(minItems).max(maxItems);
    const item = fc.oneof(
      { weight: 20, arbitrary: fc.integer({ min: minimum, max: maximum }) },
      fc.constantFrom(-0, minimum - 1, maximum + 1, 0.5, 1e300, NaN, Infinity, 2 ** 53),
      fc.anything(),
    );
    const value = fc.oneof(
      { weight: 5, arbitrary: fc.array(item, { maxLength: maxItems + 2 }) },
      fc.anything(),
      fc.constant(undefined),
    );
    fc.assert(
      fc.property(value, (given) => {
        expect(Integers.safeParse(given).success).toBe(itemByItem.safeParse(given).success);
      }),
      { numRuns: 500 },
    );
  });

  it('names the place of the first fault, and never the value', () => {
    const xPx = [1, 2, 901, 902];
    const { error } = Row.safeParse({ xPx });
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual(['xPx.2']);
    expect(JSON.stringify(error)).not.toContain('901');
  });

  it('has one fault however many items are wrong, or how many there are', () => {
    expect(pathsOf(Row, { xPx: Array(40).fill(0.5) })).toEqual(['xPx.0']);
    expect(pathsOf(Row, { xPx: Array(100_000).fill(0.5) })).toEqual(['xPx']);
  });

  it('may not be missing, unless it is optional', () => {
    expect(pathsOf(Row, {})).toEqual(['xPx']);
    expect(pathsOf(Row, { xPx: null })).toEqual(['xPx']);
    expect(pathsOf(Row, { xPx: [1, 2] })).toEqual([]);
  });
});

it('a column of words takes words of its list only', () => {
  expect(Words.safeParse(['char', 'char', 'enter']).success).toBe(true);
  expect(pathsOf(Words, ['char', 'constructor'])).toEqual(['1']);
  for (const wrong of [[], ['char', 'char', 'char', 'char'], 'char', { 0: 'char', length: 1 }, undefined])
    expect(pathsOf(Words, wrong)).toEqual(['']);
});

it('columns are arrays with limits in JSON Schema, with nothing that it could not say', () => {
  expect(z.toJSONSchema(Row)).toMatchObject({
    required: ['xPx'],
    properties: {
      xPx: {
        type: 'array',
        items: { type: 'integer', minimum: -5, maximum: 900 },
        minItems: 2,
        maxItems: 40,
      },
      keyClass: {
        type: 'array',
        items: { type: 'string', enum: ['char', 'enter'] },
        minItems: 1,
        maxItems: 3,
      },
    },
  });
});

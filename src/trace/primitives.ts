/**
 * The few kinds of value the wire format is made of: random ids, keyed hashes, days and columns of integers.
 *
 * None of them can hold text of a page: ids and hashes have a fixed length, numbers a range.
 */
import { z } from 'zod';
import { CharterHashText } from '../charter/charter-hash.ts';
import { MAX_SPLIT_BUCKETS } from '../charter/split-buckets.ts';

/** 128 bits in base64url: 22 characters, the last of which carries two bits only. */
export const RecordId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{21}[AQgw]$/)
  .meta({
    description: 'First 128 bits of the SHA-256 of a secret that only the device can make; base64url.',
  });

/** 64 bits in base64url: 11 characters, the last of which carries four bits only. */
export const KeyedHash = z
  .string()
  .regex(/^[A-Za-z0-9_-]{10}[AEIMQUYcgkosw048]$/)
  .meta({
    description:
      'First 64 bits of an HMAC-SHA-256 under the hashing key, which the collector never holds; base64url.',
  });

export const CharterHash = CharterHashText.meta({
  description: 'SHA-256 of the canonical JSON of the charter in force when the records were recorded.',
});

/** Slugs are checked here for their form and by the collector against the charter's own lists. */
export const CharterSlug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/)
  .meta({ description: 'A label that the charter lists.' });

/** A person-disjoint bucket; the collector checks it against the charter's number of buckets. */
export const Split = z
  .int()
  .min(0)
  .max(MAX_SPLIT_BUCKETS - 1)
  .meta({ description: 'Person-disjoint bucket for train and test, drawn per kind.' });

/** A UTC day, `YYYY-MM-DD`, that exists. */
export const Day = z.iso.date();

/**
 * A column of integers within a range.
 *
 * One loop instead of a schema per element: on 100 kB of numbers this takes a thirtieth of the time of
 * `z.array(z.int())`, and a column that is wrong throughout is one fault, not thousands.
 */
export function integerColumn(limits: {
  minimum: number;
  maximum: number;
  minItems: number;
  maxItems: number;
}): z.ZodType<number[], number[]> {
  const { minimum, maximum, minItems, maxItems } = limits;
  const isFitting = (item: unknown) =>
    Number.isInteger(item) && (item as number) >= minimum && (item as number) <= maximum;
  return column<number>(isFitting, `integers from ${minimum} to ${maximum}`, limits).meta({
    type: 'array',
    items: { type: 'integer', minimum, maximum },
    minItems,
    maxItems,
  });
}

/** A column of words of a closed list; repetition and order are what it tells. */
export function wordColumn<const Word extends string>(
  words: readonly Word[],
  { minItems, maxItems }: { minItems: number; maxItems: number },
): z.ZodType<Word[], Word[]> {
  const known: ReadonlySet<unknown> = new Set(words);
  const isFitting = (item: unknown) => known.has(item);
  return column<Word>(isFitting, `of ${words.join(', ')}`, { minItems, maxItems }).meta({
    type: 'array',
    items: { type: 'string', enum: [...words] },
    minItems,
    maxItems,
  });
}

/** Stops at the first item that does not fit, and names its place. */
function column<Item>(
  isFitting: (item: unknown) => boolean,
  what: string,
  { minItems, maxItems }: { minItems: number; maxItems: number },
): z.ZodType<Item[], Item[]> {
  const message = `must be ${minItems} to ${maxItems} ${what}`;
  return z.unknown().check(({ value, issues }) => {
    const isLength = Array.isArray(value) && value.length >= minItems && value.length <= maxItems;
    const faultAt = isLength ? value.findIndex((item) => !isFitting(item)) : undefined;
    if (faultAt === -1) return;
    issues.push({ code: 'custom', path: faultAt === undefined ? [] : [faultAt], message, input: value });
  }) as z.ZodType as z.ZodType<Item[], Item[]>;
}

/**
 * Some values of a closed list: each at most once and in the list's order, so that neither repetition nor order can
 * carry anything.
 */
export function subsetOf<const Value extends string>(values: readonly Value[]) {
  return z
    .array(z.enum(values))
    .max(values.length)
    .refine(
      (chosen) =>
        chosen.every(
          (value, index) => index === 0 || values.indexOf(chosen[index - 1]!) < values.indexOf(value),
        ),
      'must hold each value at most once, in the order of the list',
    );
}

/** The values given as `subsetOf` takes them. */
export function inListOrder<const Value extends string>(
  chosen: readonly Value[],
  values: readonly Value[],
): Value[] {
  return values.filter((value) => chosen.includes(value));
}

/** The day on which something happened, in UTC. */
export function dayOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10);
}

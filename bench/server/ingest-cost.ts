/**
 * What ingest costs the collector before its store: one batch of 100 realistic records, step by step.
 *
 * Run by hand: `node bench/server/ingest-cost.ts`. Each step stands beside the plain way of doing the same, measured in
 * turns in the same process, so that the ratio holds where the figures do not. Reads and writes no store.
 */
import { createHmac } from 'node:crypto';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { canonicalBody } from '../../server/canonical-body.ts';
import { checkOffered } from '../../server/check-offered.ts';
import { parseBatch } from '../../server/parse-batch.ts';
import { takeApart } from '../../server/take-apart.ts';
import { onTheWire } from '../../server/testing/builders.ts';
import { inflateBatch } from '../../server/wire.ts';
import { TraceBatch } from '../../src/trace/batch.ts';
import { integerColumn } from '../../src/trace/primitives.ts';
import { inBatchesOf, sentByDevices } from './realistic-batches.ts';

const RECORDS_EACH = 100;
const ROUNDS = 15;
const TURNS_EACH = 20;
const GZIP_HEADER_BYTES = 10;

interface Step {
  name: string;
  plain?: (index: number) => unknown;
  ours: (index: number) => unknown;
}

const sent = await sentByDevices({ people: 6, days: 3, seed: 1 });
const batches = inBatchesOf(RECORDS_EACH, sent, 2);
const bodies = batches.map(onTheWire);
const texts = batches.map((batch) => JSON.stringify(batch));
const documents = texts.map((text) => JSON.parse(text) as TraceBatch);
const said = batches.map((batch) => takeApart(batch).text);
const nowEpochMs = Date.parse(`${sent.lastDay}T12:00:00Z`);
const compiled = z.compile(TraceBatch);
const inflateInThread = promisify(inflateRaw);
const column = Array.from({ length: 25_000 }, (_, index) => 100 + (index % 900));
const limits = { minimum: 0, maximum: 1000, minItems: 0, maxItems: 100_000 };
const oneByOne = z.array(z.int().min(limits.minimum).max(limits.maximum)).max(limits.maxItems);
const inOneLoop = integerColumn(limits);

const STEPS: Step[] = [
  {
    name: 'inflate',
    plain: (index) => inflateInThread(bodies[index]!.subarray(GZIP_HEADER_BYTES)),
    ours: (index) => inflateBatch(bodies[index]!),
  },
  { name: 'JSON.parse', ours: (index) => JSON.parse(texts[index]!) as unknown },
  {
    name: 'schema',
    plain: (index) => TraceBatch.parse(documents[index]),
    ours: (index) => z.validate(compiled, documents[index]),
  },
  { name: 'charter', ours: (index) => checkOffered(documents[index]!, sent.charter, nowEpochMs) },
  {
    name: 'canonical JSON',
    plain: (index) => [
      canonicalize(documents[index]),
      documents[index]!.records.map((record) => canonicalize(record)),
    ],
    ours: (index) => documents[index]!.records.map((record) => canonicalBody(record)),
  },
  { name: 'digest', ours: (index) => createHmac('sha256', 'key').update(said[index]!).digest() },
];
const WHOLE: Step = {
  name: 'all of it, as ingest does',
  ours: (index) => takeApart(parseBatch(inflateBatch(bodies[index]!) as string) as TraceBatch),
};
const COLUMN: Step = {
  name: '100 kB of integers alone',
  plain: () => oneByOne.safeParse(column),
  ours: () => inOneLoop.safeParse(column),
};

const bytesEach = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
console.log(
  `${batches.length} batches of ${RECORDS_EACH} records, ${Math.round(bytesEach / 1000)} kB of JSON each`,
);
console.log('| step | plain, ms | ours, ms | ratio |\n|---|---|---|---|');
const totals = { plain: 0, ours: 0 };
for (const step of [...STEPS, WHOLE, COLUMN]) {
  const { plainMs, oursMs } = await measure(step);
  const isPart = STEPS.includes(step);
  if (isPart) totals.ours += oursMs;
  if (isPart) totals.plain += plainMs ?? oursMs;
  printRow(step.name, plainMs, oursMs);
}
printRow('sum of the steps', totals.plain, totals.ours);

/** The median of the rounds, both ways in turns. */
async function measure({ plain, ours }: Step): Promise<{ plainMs: number | undefined; oursMs: number }> {
  const plainRounds: number[] = [];
  const ourRounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    if (plain) plainRounds.push(await timed(plain));
    ourRounds.push(await timed(ours));
  }
  return { plainMs: plain && medianOf(plainRounds), oursMs: medianOf(ourRounds) };
}

async function timed(work: (index: number) => unknown): Promise<number> {
  const startMs = performance.now();
  for (let turn = 0; turn < TURNS_EACH; turn += 1) await work(turn % batches.length);
  return (performance.now() - startMs) / TURNS_EACH;
}

function medianOf(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!;
}

function printRow(name: string, plainMs: number | undefined, oursMs: number): void {
  const ratio = plainMs === undefined ? '' : (plainMs / oursMs).toFixed(1);
  console.log(`| ${name} | ${plainMs?.toFixed(3) ?? ''} | ${oursMs.toFixed(3)} | ${ratio} |`);
}

/**
 * `npm run bench:capture`: what recording costs a page and the network, beside every peer on the same work.
 *
 * Runs on any computer with Chromium; everything is on loopback. Prints a table and writes
 * `bench/results/capture.json`, from which the picture and the document are generated. Fails where a contestant did not
 * record: a figure of nothing would be the best of all.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineCommand, runMain } from 'citty';
import { chromium } from '@playwright/test';
import { chromiumPath } from '../../demo/open-browser.ts';
import { servePages } from '../../e2e/serve-pages.ts';
import { seededRandom } from '../audit/seeded-random.ts';
import { PAGES, pageDocument, type PageName } from './bench-pages.ts';
import type { BuiltContestant } from './build-contestant.ts';
import { CONTESTANTS, type ContestantName } from './contestant-names.ts';
import { buildOne, type MeasuredName } from './contestants.ts';
import { readHumanPaths } from './human-paths.ts';
import { measure, type Measured } from './measure.ts';
import { measurePointerSamples, type PointerSamples } from './pointer-samples.ts';
import { openProduct } from './product.ts';
import { summarize, type CaptureResults } from './results.ts';
import { openSink } from './sink.ts';
import { pageTable, resultTable } from './table.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RESULTS = join(ROOT, 'bench/results');

const command = defineCommand({
  meta: { name: 'bench:capture', description: 'What recording costs, beside every peer on the same work.' },
  args: {
    rounds: { type: 'string', default: '3', description: 'How often each page is visited by each.' },
    seconds: { type: 'string', default: '20', description: 'Length of a session under the profiler.' },
    only: { type: 'string', description: `Of: ${CONTESTANTS.join(', ')}.`, valueHint: 'NAME,NAME' },
    data: {
      type: 'string',
      default: join(ROOT, '../shared/data'),
      description: 'Folder with recorded pointer paths; made-up ones where it has none.',
    },
    functions: {
      type: 'boolean',
      default: false,
      description: 'Build readable code and print what costs most; writes no results.',
    },
    out: { type: 'string', default: RESULTS, description: 'Folder for the results.', valueHint: 'DIR' },
  },
  run: async ({ args }) => {
    const names = (args.only?.split(',') ?? [...CONTESTANTS]) as ContestantName[];
    const unknown = names.find((name) => !CONTESTANTS.includes(name));
    if (unknown !== undefined) throw new Error(`--only: there is no ${unknown}`);
    const [rounds, seconds] = [Number(args.rounds), Number(args.seconds)];
    if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds: must be a whole number from 1');
    if (!(seconds >= 4)) throw new Error('--seconds: must be at least 4');
    await capture({ names, rounds, seconds, data: args.data, out: args.out, isReadable: args.functions });
  },
});

interface Options {
  names: readonly ContestantName[];
  rounds: number;
  seconds: number;
  data: string;
  out: string;
  isReadable: boolean;
}

async function capture({ names, rounds, seconds, data, out, isReadable }: Options): Promise<void> {
  // At once, not after an hour.
  mkdirSync(out, { recursive: true });
  const dir = mkdtempSync(join(tmpdir(), 'proffer-bench-'));
  const paths = await readHumanPaths(data);
  const sink = await openSink();
  const pages = await servePages((path) => serve(path));
  const product = names.includes('proffer') ? await openProduct(dir, pages.origin, isReadable) : undefined;
  // Stopped half-way, it must not leave a collector behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void product?.close().finally(() => process.exit(1)));
  try {
    const built = new Map<MeasuredName, BuiltContestant>();
    for (const name of ['none', ...names] as MeasuredName[])
      if (name !== 'proffer') built.set(name, await buildOne(name, sink, dir, isReadable));
    const measured = await measure({
      names,
      rounds,
      profileMs: 1000 * seconds,
      origin: pages.origin,
      sink,
      built,
      product,
      paths,
      tell: (what) => process.stderr.write(`${what}\n`),
    });
    const pointer = await measurePointerSamples(paths, seededRandom(1));
    const results: CaptureResults = { machine: await describeMachine(), rounds, contestants: {} };
    for (const [name, of] of measured.rounds)
      results.contestants[name] = summarize(
        name === 'proffer' ? { ...of, bytesPerPointerSample: [pointer.bytesPerSample] } : of,
      );
    console.log(`\n${resultTable(results)}\n\n${pageTable(results)}\n\n${tellPointer(pointer)}`);
    if (isReadable) tellFunctions(measured, rounds * seconds);
    else writeResults(out, results, pointer);
  } finally {
    await product?.close();
    await pages.close();
    await sink.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

function serve(path: string): string | undefined {
  const name = path.slice(1);
  return name === 'pointer' || PAGES.includes(name as PageName)
    ? pageDocument(name as PageName | 'pointer')
    : undefined;
}

/** No name, no address: only what a figure depends on. */
async function describeMachine(): Promise<CaptureResults['machine']> {
  const browser = await chromium.launch({ ...chromiumPath(), args: ['--no-sandbox'] });
  const version = browser.version();
  await browser.close();
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    browser: `Chromium ${version}`,
  };
}

function writeResults(out: string, results: CaptureResults, pointer: PointerSamples): void {
  for (const [name, content] of Object.entries({ capture: results, pointer }))
    writeFileSync(join(out, `${name}.json`), `${JSON.stringify(content, null, 2)}\n`);
  console.log('\nWritten: capture.json, pointer.json. For picture and document: npm run generate');
}

function tellPointer(pointer: PointerSamples): string {
  const bytes = (value: number) => value.toFixed(2);
  return `Proffer at level linked, ${pointer.isSynthetic ? 'made-up' : 'recorded'} paths: ${pointer.samples} samples in ${pointer.motions} movements and ${pointer.traces} traces.
A sample (time and way since the one before, every 50 ms) takes ${bytes(pointer.bytesPerSample)} bytes gzip'd with its envelope, ${bytes(pointer.paddedBytesPerSample)} with the padding of full batches;
the entropy of the same columns is ${bytes(pointer.order0EntropyBytes)} bytes of order 0, ${bytes(pointer.order1EntropyBytes)} of order 1.`;
}

function tellFunctions({ functions }: Measured, seconds: number): void {
  for (const [name, pages] of functions)
    for (const page of PAGES) {
      console.log(`\n${name} on ${page}, ms per minute (readable code):`);
      for (const { name: called, selfMs } of pages[page].slice(0, 25))
        console.log(`  ${((selfMs * 60) / seconds).toFixed(1).padStart(7)}  ${called}`);
    }
}

await runMain(command);

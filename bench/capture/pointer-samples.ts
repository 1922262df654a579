/**
 * People's pointer paths -> bytes per sample at level `linked`, by the product's own cutting, protection and packing;
 * and what the same stream could be told in at best.
 *
 * Runs in Node, no browser needed. One sample is one step of a path: the time, and the way right and down, since the
 * step before it; movements are sampled every 50 ms. The envelope is everything else of the trace and its batch.
 */
import { protectFragments } from '../../src/anonymize/protect-fragments.ts';
import { assembleEpisodes } from '../../src/anonymize/assemble-episodes.ts';
import { createKeyedHasher } from '../../src/anonymize/keyed-hash.ts';
import { onLocalGrid, type HeldItem } from '../../src/trace/held-step.ts';
import { toBase64Url } from '../../src/charter/base64url.ts';
import { dayOf } from '../../src/trace/primitives.ts';
import { countSteps, unpackPath } from '../../src/trace/packed-path.ts';
import type { Random } from '../../src/trace/random.ts';
import type { TraceRecord } from '../../src/trace/record.ts';
import { movementsOf } from '../audit/cohort/raw-fragments.ts';
import type { PointerSession } from '../audit/cohort/sessions.ts';
import { entropyBits, type Column } from './entropy.ts';
import { fullBatchCost } from './full-batches.ts';
import type { HumanPaths } from './human-paths.ts';

export interface PointerSamples {
  isSynthetic: boolean;
  samples: number;
  motions: number;
  traces: number;
  /** Gzip'd, envelope included, without padding. */
  bytesPerSample: number;
  /** With the padding of full batches. */
  paddedBytesPerSample: number;
  /** Of the three columns, each on its own; in bytes per sample. */
  order0EntropyBytes: number;
  /** The same, each value told after the one before it in its path. */
  order1EntropyBytes: number;
}

type TraceContent = Extract<TraceRecord, { kind: 'trace' }>;

/** Some Monday at noon: the data has no day of its own. */
const START_MS = Date.UTC(2026, 0, 5, 12);
const CHARTER = 'A'.repeat(43);

export async function measurePointerSamples(
  { sessions, isSynthetic }: HumanPaths,
  random: Random,
): Promise<PointerSamples> {
  const traces = (await Promise.all(sessions.map((session) => tracesOf(session, random)))).flat();
  const paths = traces.flatMap((trace) => trace.motions.map((motion) => unpackPath(motion.path)));
  const samples = paths.reduce((sum, path) => sum + path.dtMs.length, 0);
  const cost = await fullBatchCost(traces, CHARTER, 'linked', random);
  const columns = (['dtMs', 'dxPx', 'dyPx'] as const).map((name): Column => paths.map((path) => path[name]));
  const entropyBytes = (order: 0 | 1) =>
    columns.reduce((sum, column) => sum + entropyBits(column, order), 0) / 8;
  return {
    isSynthetic,
    samples,
    motions: paths.length,
    traces: traces.length,
    bytesPerSample: cost.gzipBytes / samples,
    paddedBytesPerSample: cost.wireBytes / samples,
    order0EntropyBytes: entropyBytes(0),
    order1EntropyBytes: entropyBytes(1),
  };
}

/** How many samples the product keeps of a path, the unit that everybody's bytes are divided by. */
export async function countSamples(session: PointerSession, random: Random): Promise<number> {
  const traces = await tracesOf(session, random);
  return traces.flatMap((trace) => trace.motions).reduce((sum, motion) => sum + countSteps(motion.path), 0);
}

async function tracesOf(session: PointerSession, random: Random): Promise<TraceContent[]> {
  const fragments = movementsOf(session).map(({ fragment }) => ({
    ...fragment,
    atMs: START_MS + fragment.atMs,
  }));
  const { steps } = await protectFragments(
    { frame: 'F'.repeat(22), number: 0, permit: '', fragments },
    {
      scopes: ['pointer'],
      level: 'linked',
      app: 'desk',
      isTopFrame: true,
      topUrl: 'https://desk.example.com/',
      tabView: undefined,
      hasher: await createKeyedHasher(CHARTER),
      random,
    },
  );
  const held = steps.map(({ atMs, ...content }, sequence): HeldItem => ({
    ...content,
    sequence,
    startMs: onLocalGrid(atMs, 'linked'),
    charter: CHARTER,
    level: 'linked',
    split: undefined,
  }));
  return assembleEpisodes(held, Infinity, true).flatMap(({ content, startMs }) =>
    content?.kind === 'trace' ? [{ ...content, recordedOn: dayOf(startMs), recordId: randomId(random) }] : [],
  );
}

function randomId(random: Random): string {
  return toBase64Url(Uint8Array.from({ length: 16 }, () => Math.floor(random() * 256)));
}

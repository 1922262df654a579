import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawFragment } from '../capture/fragments.ts';
import type { Scope } from '../charter/charter.ts';
import { aMovement, aStep, aTypingRun, aView, NOON_MS } from '../testing/builders.ts';
import { TraceBatch } from '../trace/batch.ts';
import { onLocalGrid, type HeldItem } from '../trace/held-step.ts';
import { fieldAgainstLevel } from '../trace/level-check.ts';
import {
  BATCH_SIZES_BYTES,
  MAX_EPISODE_STEPS,
  MAX_INFLATED_BYTES,
  MAX_TRACE_KEYS,
  MAX_TRACE_MOTIONS,
  MAX_TRACE_RHYTHMS,
  MAX_TRACE_SAMPLES,
} from '../trace/limits.ts';
import { toBase64Url } from '../charter/base64url.ts';
import { countSteps } from '../trace/packed-path.ts';
import { cryptoRandom, randomInt } from '../trace/random.ts';
import { Trace } from '../trace/trace.ts';
import { assembleEpisodes, type TraceContent } from './assemble-episodes.ts';
import { createKeyedHasher } from './keyed-hash.ts';
import { protectFragments } from './protect-fragments.ts';

const ID = { recordId: 'AAAAAAAAAAAAAAAAAAAAAA', recordedOn: '2026-11-23' };
const LATER_MS = NOON_MS + 30 * 24 * 3_600_000;
const hasher = await createKeyedHasher('A'.repeat(43));
const ALL: Scope[] = ['pointer', 'keys', 'workflow'];

/** What the queue would hold of these fragments at level linked. */
async function held(fragments: RawFragment[], scopes = ALL): Promise<HeldItem[]> {
  const { records, steps } = await protectFragments(
    { frame: 'F'.repeat(22), number: 0, permit: '', fragments },
    {
      scopes,
      level: 'linked',
      app: 'desk',
      isTopFrame: true,
      topUrl: 'https://desk.example.com/tickets/7',
      tabView: undefined,
      hasher,
      random: cryptoRandom,
    },
  );
  expect(records).toEqual([]);
  return steps.map(({ atMs, ...content }, sequence) => ({
    ...content,
    sequence,
    startMs: onLocalGrid(atMs, 'linked'),
    charter: 'one',
    level: 'linked',
    split: undefined,
  }));
}

const traces = (items: readonly HeldItem[]) =>
  assembleEpisodes(items, LATER_MS).map(({ content }) => content as TraceContent);
async function tracesOf(fragments: RawFragment[], scopes = ALL) {
  return traces(await held(fragments, scopes));
}
const at = (seconds: number) => NOON_MS + seconds * 1000;

/** A movement that ends in a click, and typing after it. */
const work: RawFragment[] = [
  aView({ atMs: at(0) }),
  aMovement({ atMs: at(1) }),
  aStep({ atMs: at(1) }),
  aTypingRun(40, { atMs: at(8) }),
  aStep({ atMs: at(2), action: 'type' }),
  aMovement({ atMs: at(9), end: 'none' }),
];

describe('traces', () => {
  it('hold movements and typing runs in place, by the step they follow and when they began', async () => {
    const [trace, ...others] = await tracesOf(work);
    expect(others).toEqual([]);
    expect(trace!.kind).toBe('trace');
    expect(trace!.steps.map(({ action }) => action)).toEqual(['click', 'type']);
    // The first movement began 150 ms before its click, which is where the trace begins.
    expect(trace!.motions.map(({ startMs, afterStep }) => [startMs, afterStep])).toEqual([
      [0, -1],
      [8000, 1],
    ]);
    // 40 keys, 150 ms apart, the last one 8 s after the start.
    expect(trace!.rhythms.map(({ startMs, afterStep }) => [startMs, afterStep])).toEqual([[1300, 1]]);
    expect(trace!.rhythms[0]!.keyClass).toHaveLength(40);
    Trace.parse({ ...ID, ...trace });
  });

  it('place a typing run after the step that it is the keys of, whichever arrived first', async () => {
    const run = aTypingRun(3, { atMs: at(1.3) });
    const step = aStep({ atMs: at(1), action: 'type' });
    for (const fragments of [
      [run, step],
      [step, run],
    ]) {
      const [trace] = await tracesOf([aView(), ...fragments]);
      expect(trace!.rhythms).toMatchObject([{ startMs: 0, afterStep: 0 }]);
    }
  });

  it('hold only the parts whose scope is on', async () => {
    const [pointer] = await tracesOf(work, ['pointer']);
    expect(pointer).toMatchObject({ views: [], steps: [], gaps: [], rhythms: [] });
    expect(pointer!.motions.map(({ afterStep }) => afterStep)).toEqual([-1, -1]);
    const [keys] = await tracesOf(work, ['keys']);
    expect(keys).toMatchObject({ views: [], steps: [], motions: [] });
    const [workflow] = await tracesOf(work, ['workflow']);
    expect(workflow).toMatchObject({ motions: [], rhythms: [] });
    for (const trace of [pointer, keys, workflow]) Trace.parse({ ...ID, ...trace });
  });

  it('are cut by silence after the end of a typing run, not after its beginning', async () => {
    const longRun = aTypingRun(100, {
      atMs: at(400),
      downMs: Array.from({ length: 100 }, (_, index) => index * 4000),
    });
    expect(await tracesOf([aView(), aStep({ atMs: at(0) }), longRun, aStep({ atMs: at(519) })])).toHaveLength(
      1,
    );
    expect(await tracesOf([aView(), aStep({ atMs: at(0) }), longRun, aStep({ atMs: at(521) })])).toHaveLength(
      2,
    );
  });

  it('are left for later while a typing run may still go on', async () => {
    const items = await held(work);
    expect(assembleEpisodes(items, at(100))).toEqual([]);
    expect(assembleEpisodes(items, at(130))).toHaveLength(1);
    expect(assembleEpisodes(items, at(100), true)).toHaveLength(1);
  });

  it('never mix levels: what was recorded before agreeing stays in an episode of its own', async () => {
    const items = await held(work);
    const [step] = items.filter((item) => 'view' in item);
    const before = { ...step!, sequence: 100, level: 'balanced', startMs: at(0.5) } as const;
    expect(assembleEpisodes([before, ...items], LATER_MS).map(({ content }) => content!.kind)).toEqual([
      'episode',
      'trace',
    ]);
  });

  it('are the same whenever they are assembled from the same items: a review shows what is sent', async () => {
    const items = await held(work);
    expect(traces(items.toReversed())).toEqual(traces(items));
    expect(assembleEpisodes(items, at(20), true)[0]!.content).toEqual(traces(items)[0]);
  });

  it('are made of everything that was held, once', async () => {
    const many = Array.from({ length: 300 }, (_, index) => [
      aMovement({ atMs: at(index * 40) }),
      aTypingRun(1 + (index % 60), { atMs: at(index * 40 + 10) }),
    ]).flat();
    const items = await held([...work, ...many]);
    const assembled = assembleEpisodes(items, LATER_MS);
    expect(assembled.length).toBeGreaterThan(1);
    expect(assembled.flatMap(({ sequences }) => sequences).sort((one, other) => one - other)).toEqual(
      items.map(({ sequence }) => sequence),
    );
    const made = assembled.map(({ content }) => content as TraceContent);
    expect(made.reduce((sum, { motions }) => sum + motions.length, 0)).toBe(302);
    expect(made.reduce((sum, { rhythms }) => sum + rhythms.length, 0)).toBe(301);
  });
});

/** Anything a page may send, at times in any order. */
const anyFragment: fc.Arbitrary<RawFragment> = fc
  .record({ atMs: fc.integer({ min: 0, max: 8.64e15 }), near: fc.boolean(), seconds: fc.nat(100_000) })
  .chain(({ atMs: far, near, seconds }) => {
    const atMs = near ? at(seconds / 100) : far;
    return fc.oneof(
      fc.constant(aStep({ atMs })),
      fc.constant(aStep({ atMs, action: 'taskDone' })),
      fc.constant({ kind: 'gap' as const, atMs, reason: 'paused' as const }),
      fc
        .array(fc.tuple(fc.integer({ min: -60_000, max: 60_000 }), fc.integer({ min: -1e6, max: 1e6 })), {
          minLength: 3,
          maxLength: 40,
        })
        .map((samples) =>
          aMovement({
            atMs,
            timeMs: samples.map(([ms]) => ms),
            xPx: samples.map(([, px]) => px),
            yPx: samples.map(([, px]) => -px),
          }),
        ),
      fc
        .array(fc.nat(86_400_000), { minLength: 1, maxLength: 60 })
        .map((downMs) => aTypingRun(downMs.length, { atMs, downMs })),
    );
  });

describe('every trace', () => {
  it('is a valid record that keeps what the level promises, hostile input included', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anyFragment, { maxLength: 30 }),
        fc.subarray(ALL, { minLength: 1 }),
        async (fragments, scopes) => {
          for (const content of await tracesOf(fragments, scopes)) {
            if ((content as TraceContent | undefined) === undefined) continue;
            const trace = Trace.parse({ ...ID, ...content });
            expect(fieldAgainstLevel(trace, 'linked')).toBeUndefined();
            expect(JSON.stringify(trace)).not.toMatch(/holdMs|atMs|"[xy]Px"/);
          }
        },
      ),
    ));

  it('ends before it is too large for a batch, however busy the person', async () => {
    const noise = (bound: number) => randomInt(cryptoRandom, 2 * bound + 1) - bound;
    const random = (count: number, make: (index: number) => number) =>
      Array.from({ length: count }, (_, index) => make(index));
    const busy = random(1200, (index) => index).flatMap((index): RawFragment[] => [
      aView({ atMs: at(index), routeShape: `/tickets/${index}` }),
      aMovement({
        atMs: at(index + 0.9),
        timeMs: random(80, (sample) => sample * 50),
        xPx: random(80, () => noise(400)),
        yPx: random(80, () => noise(400)),
      }),
      aStep({ atMs: at(index + 0.9) }),
      aTypingRun(90, {
        atMs: at(index + 0.95),
        keyClass: random(90, () => randomInt(cryptoRandom, 7)),
        downMs: random(90, (key) => key * 500 + randomInt(cryptoRandom, 500)),
      }),
    ]);
    // Keys of views and elements are hashes: as random as can be.
    const items = (await held(busy)).map((item) => withRandomKeys(item));
    const made = traces(items);
    expect(made.length).toBeGreaterThan(5);
    for (const content of made) {
      const { steps, motions, rhythms } = content;
      expect(steps.length).toBeLessThanOrEqual(MAX_EPISODE_STEPS);
      expect(motions.length).toBeLessThanOrEqual(MAX_TRACE_MOTIONS);
      expect(rhythms.length).toBeLessThanOrEqual(MAX_TRACE_RHYTHMS);
      expect(motions.reduce((sum, { path }) => sum + countSteps(path), 0)).toBeLessThanOrEqual(
        MAX_TRACE_SAMPLES,
      );
      expect(rhythms.reduce((sum, { keyClass }) => sum + keyClass.length, 0)).toBeLessThanOrEqual(
        MAX_TRACE_KEYS,
      );
      const batch = TraceBatch.parse({
        schemaVersion: 1,
        batchId: crypto.randomUUID(),
        charter: 'c'.repeat(64),
        level: 'linked',
        records: [{ ...ID, ...content }],
      });
      const json = JSON.stringify(batch);
      expect(json.length).toBeLessThan(MAX_INFLATED_BYTES);
      expect(gzipSync(json).length).toBeLessThanOrEqual(Math.max(...BATCH_SIZES_BYTES));
    }
  });
});

function withRandomKeys(item: HeldItem): HeldItem {
  if (!('view' in item)) return item;
  const key = () => toBase64Url(crypto.getRandomValues(new Uint8Array(8)));
  const target = item.step?.target && { ...item.step.target, elementKey: key() };
  return {
    ...item,
    viewId: key(),
    view: { ...item.view, viewKey: key() },
    step: item.step && { ...item.step, ...(target && { target }) },
  };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RawMessage, type RawFragment, type RawTarget } from '../capture/fragments.ts';
import { aStep, aTarget, aView, NOON_MS } from '../testing/builders.ts';
import { anyGap, anyStep, anyTarget, anyView } from '../testing/raw-arbitraries.ts';
import { Episode } from '../trace/episode.ts';
import { onLocalGrid, type HeldItem } from '../trace/held-step.ts';
import { PAUSE_BUCKETS_MS } from '../trace/limits.ts';
import { assembleEpisodes } from './assemble-episodes.ts';
import { generalizeStep, generalizeView } from './generalize.ts';
import { createKeyedHasher, type KeyedHasher } from './keyed-hash.ts';
import { protectFragments } from './protect-fragments.ts';

const ID = { recordId: 'AAAAAAAAAAAAAAAAAAAAAA', recordedOn: '2026-11-23' };
const hasher = await createKeyedHasher('A'.repeat(43));
const frame = 'F'.repeat(22);

/** The episodes that a message of the workflow scope becomes. */
async function episodesOf(fragments: RawFragment[], using: KeyedHasher = hasher) {
  const message = { frame, number: 0, permit: 'p', fragments };
  RawMessage.parse(message);
  const made = await protectFragments(message, {
    scopes: ['workflow'],
    level: 'balanced',
    app: 'desk',
    isTopFrame: true,
    topUrl: 'https://desk.example.com/tickets/7',
    tabView: undefined,
    hasher: using,
    random: () => 0,
  });
  const held = made.steps.map(({ atMs, ...step }, sequence): HeldItem => ({
    ...step,
    sequence,
    startMs: onLocalGrid(atMs),
    charter: 'one',
    level: 'balanced',
    split: undefined,
  }));
  return assembleEpisodes(held, NOON_MS, true).flatMap(({ content }) => content ?? []);
}

/** Fragments close enough in time to fall into a few episodes. */
const anyWork = fc
  .array(fc.tuple(fc.oneof(anyStep, anyStep, anyView, anyGap), fc.nat(40_000)), {
    minLength: 1,
    maxLength: 200,
  })
  .map((fragments) => {
    let atMs = NOON_MS;
    return fragments.map(([fragment, pauseMs]): RawFragment => ({ ...fragment, atMs: (atMs += pauseMs) }));
  });

/** Every value in a document, with its path. */
function* leaves(value: unknown, path = ''): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null) yield [path, value];
  else for (const [name, inner] of Object.entries(value)) yield* leaves(inner, `${path}.${name}`);
}

describe('episodes', () => {
  it('are valid records for every work that a page could tell of', async () => {
    await fc.assert(
      fc.asyncProperty(anyWork, async (fragments) => {
        for (const content of await episodesOf(fragments)) {
          const record = { ...ID, ...content };
          expect(Episode.parse(record)).toEqual(record);
          expect(JSON.parse(JSON.stringify(record))).toEqual(record);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('are valid also where nearly everything is missing', async () => {
    const gaps = Array.from({ length: 150 }, (): RawFragment => ({
      kind: 'gap',
      atMs: NOON_MS,
      reason: 'paused',
    }));
    const [content] = await episodesOf([aStep(), ...gaps]);
    expect(content!.gaps).toHaveLength(50);
    Episode.parse({ ...ID, ...content });
  });

  it('hold no number but those of buckets, cells and indexes', async () => {
    await fc.assert(
      fc.asyncProperty(anyWork, async (fragments) => {
        for (const content of await episodesOf(fragments)) {
          for (const [path, value] of leaves(content)) {
            if (typeof value !== 'number') continue;
            if (path.endsWith('.pauseBeforeMs')) expect(PAUSE_BUCKETS_MS).toContain(value);
            else if (/\.(view|afterStep)$/.test(path)) expect(value).toBeLessThan(200);
            else expect([path, value >= 0 && value <= 20 && Number.isInteger(value)]).toEqual([path, true]);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('do not show when the work was done', async () => {
    await fc.assert(
      fc.asyncProperty(anyWork, fc.integer({ min: -36_000, max: 36_000 }), async (fragments, shifts) => {
        const later = fragments.map((fragment) => ({ ...fragment, atMs: fragment.atMs + shifts * 100 }));
        expect(await episodesOf(later)).toEqual(await episodesOf(fragments));
      }),
      { numRuns: 30 },
    );
  });

  it('show of a pause only its bucket', async () => {
    const bucketOf = (pauseMs: number) => PAUSE_BUCKETS_MS.findLast((from) => pauseMs >= from)!;
    // Pauses between local times, which are kept on a grid of 100 ms.
    const onGrid = Array.from({ length: 1199 }, (_, index) => index * 100);
    const alike = PAUSE_BUCKETS_MS.map((from) => onGrid.filter((pauseMs) => bucketOf(pauseMs) === from));
    const anyTwoAlike = fc
      .constantFrom(...alike)
      .chain((pauses) => fc.tuple(fc.constantFrom(...pauses), fc.constantFrom(...pauses)));
    const work = (pausesMs: number[]) => {
      let atMs = NOON_MS;
      return [aStep({ atMs }), ...pausesMs.map((pauseMs) => aStep({ atMs: (atMs += pauseMs) }))];
    };
    await fc.assert(
      fc.asyncProperty(fc.array(anyTwoAlike, { minLength: 1, maxLength: 20 }), async (pauses) => {
        const told = await episodesOf(work(pauses.map(([one]) => one)));
        expect(await episodesOf(work(pauses.map(([, other]) => other)))).toEqual(told);
        expect(told[0]!.steps.map((step) => step.pauseBeforeMs)).toEqual([
          0,
          ...pauses.map(([one]) => bucketOf(one)),
        ]);
      }),
      { numRuns: 30 },
    );
  });

  it('hold structures and routes only as what the keyed hash makes of them', async () => {
    const blind: KeyedHasher = { hash: () => Promise.resolve('AAAAAAAAAAA') };
    const without = (fragments: RawFragment[]) =>
      fragments.map((fragment): RawFragment => {
        const blank = (target: RawTarget | undefined) => target && { ...target, structure: '' };
        if (fragment.kind === 'view') return { ...fragment, routeShape: '' };
        if (fragment.kind !== 'step') return fragment;
        const { target, destination, ...rest } = fragment;
        return {
          ...rest,
          ...(target && { target: blank(target)! }),
          ...(destination && { destination: blank(destination)! }),
        };
      });
    await fc.assert(
      fc.asyncProperty(anyWork, async (fragments) => {
        expect(await episodesOf(fragments, blind)).toEqual(await episodesOf(without(fragments), blind));
      }),
      { numRuns: 30 },
    );
  });
});

describe('a target', () => {
  const described = async (target: RawTarget) =>
    (await generalizeStep({ ...aStep(), target }, 'desk', hasher)).target!;

  it('shows of its place only the cell of the grid, and lies in one even outside the viewport', async () => {
    await fc.assert(
      fc.asyncProperty(anyTarget, async (target) => {
        const { gridX, gridY } = await described(target);
        const cell = (px: number, extentPx: number, cells: number) =>
          extentPx > 0 ? Math.min(cells - 1, Math.max(0, Math.floor((px / extentPx) * cells))) + 0 : 0;
        expect([gridX, gridY]).toEqual([
          cell(target.xPx, target.viewportWidthPx, 12),
          cell(target.yPx, target.viewportHeightPx, 8),
        ]);
      }),
    );
  });

  it('is the same for two places in one cell and two sizes of one power of two', async () => {
    const within = aTarget({ viewportWidthPx: 1200, viewportHeightPx: 800, widthPx: 100, heightPx: 30 });
    await fc.assert(
      fc.asyncProperty(fc.nat(99), fc.nat(99), fc.nat(11), fc.nat(7), async (x, y, column, row) => {
        const at = (xPx: number, yPx: number, widthPx: number) =>
          described({ ...within, xPx: column * 100 + xPx, yPx: row * 100 + yPx, widthPx });
        expect(await at(x, y, 91)).toEqual(await at(0, 0, 180));
      }),
    );
  });
});

describe('a view', () => {
  it('shows of its counts and sizes only buckets and classes', async () => {
    const changed = aView({
      viewportWidthPx: 1024,
      inventory: { roles: { button: 4 }, landmarks: { main: 1 } },
      coverage: { unreachableFrames: 0, closedShadowRoots: 0, canvasShare: 0.1 },
    });
    expect(await generalizeView(changed, 'desk', hasher)).toEqual(
      await generalizeView(aView({ viewportWidthPx: 3840 }), 'desk', hasher),
    );
  });
});

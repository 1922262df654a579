/**
 * Histograms count what was pulled, and nothing else.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACTIONS, ROLES } from '../src/trace/limits.ts';
import type { PublishedRow } from '../src/trace/published.ts';
import { readDistributions, type Distribution } from './distributions.ts';
import { openDataset } from './open-dataset.ts';
import { withTemporaryFolder } from './testing/dataset-reader.ts';
import { aMotion, anEpisode, aRhythm, aRow, aStep, aTarget, aView } from './testing/published-rows.ts';
import { aCollector, aLinkedCollector, CHARTER, LINKED_PURPOSE, pullOrFail } from './testing/pulling.ts';

async function distributionsOf(rows: PublishedRow[]): Promise<Map<string, Distribution>> {
  return withTemporaryFolder(async (outDir) => {
    await pullOrFail(aCollector(rows), outDir);
    const dataset = await openDataset(outDir);
    const distributions = await readDistributions(dataset);
    dataset.close();
    return new Map(distributions.map((distribution) => [distribution.id, distribution]));
  });
}

const counts = (distribution: Distribution | undefined) =>
  Object.fromEntries(distribution!.bars.map(({ label, count }) => [label, count]));

describe('the histograms', () => {
  it('count names, ranges, gaps and what could not be seen', async () => {
    const steps = [
      aStep({ action: 'secondaryClick', target: aTarget({ role: 'link' }), pauseBeforeMs: 0 }),
      aStep({ action: 'secondaryClick', effect: 'viewChanged', pauseBeforeMs: 5000 }),
      aStep({ action: 'type', length: '5-9', pauseBeforeMs: 5000 }),
    ];
    const views = [
      aView({ coverage: { unreachableFrames: '1', closedShadowRoots: '0', canvasShareQuarters: 2 } }),
      aView({ coverage: { unreachableFrames: '0', closedShadowRoots: '0', canvasShareQuarters: 0 } }),
    ];
    const gaps = [{ afterStep: 0, reason: 'budget' as const }];
    const keyClass = Array.from('cbbccccc', (key) =>
      key === 'b' ? ('backspace' as const) : ('char' as const),
    );
    const straight = { dtMs: [120, 80], dxPx: [40, 0], dyPx: [0, 30] };
    const found = await distributionsOf([
      aRow(CHARTER.hash, anEpisode(1, { steps, views, gaps, outcome: 'done', recordedWeek: '2026-W02' })),
      aRow(CHARTER.hash, aMotion(1, { path: straight, end: 'wheel' })),
      aRow(CHARTER.hash, aRhythm(1, { keyClass, intervalMs: [90, 100, 3000, 200, 200, 200, 200] })),
    ]);
    expect(counts(found.get('weeks'))).toEqual({ '2026-W02': 1, '2026-W47': 1, '2026-W48': 1 });
    expect(counts(found.get('lengths'))).toEqual({ '2 to 4': 1 });
    expect(counts(found.get('outcomes'))).toEqual({ done: 1 });
    expect(Object.entries(counts(found.get('actions')))).toEqual([
      ['right_click', 2],
      ['type', 1],
    ]);
    const pauses = found.get('pauses')!.bars;
    expect(pauses[0]).toEqual({ label: '0 to under 100 ms', count: 1 });
    expect(pauses.at(-1)).toEqual({ label: '5000 ms and more', count: 2 });
    expect(pauses).toHaveLength(10);
    expect(counts(found.get('roles'))).toEqual({ link: 1 });
    expect(counts(found.get('motion-ends'))).toEqual({ scroll: 1 });
    expect(counts(found.get('motion-lengths'))).toEqual({ '64 to under 128 px': 1 });
    expect(counts(found.get('motion-durations'))).toEqual({ '200 to under 300 ms': 1 });
    expect(counts(found.get('corrections'))).toEqual({ '1': 1 });
    expect(counts(found.get('key-intervals'))).toMatchObject({
      '50 to under 100 ms': 1,
      '100 to under 150 ms': 1,
      '2000 ms and more': 1,
    });
    expect(counts(found.get('gaps'))).toEqual({ '1': 1 });
    expect(counts(found.get('gap-reasons'))).toEqual({ budget: 1 });
    expect(found.get('coverage')).toMatchObject({
      total: 2,
      bars: [{ count: 1 }, { count: 1 }, { count: 0 }, { count: 1 }],
    });
  });

  it('join rare names, and weeks where there are many', async () => {
    const steps = ROLES.slice(0, ACTIONS.length + 3).flatMap((role, index) =>
      Array.from({ length: index < ACTIONS.length ? 2 : 1 }, () => aStep({ target: aTarget({ role }) })),
    );
    const weeks = Array.from({ length: 31 }, (_, index) =>
      aRow(CHARTER.hash, aMotion(index, { recordedWeek: `2026-W${String(index + 23).padStart(2, '0')}` })),
    );
    const found = await distributionsOf([aRow(CHARTER.hash, anEpisode(0, { steps })), ...weeks]);
    expect(found.get('roles')!.bars).toHaveLength(ACTIONS.length + 1);
    expect(found.get('roles')!.bars.at(-1)).toEqual({ label: 'all others', count: 3 });
    expect(counts(found.get('weeks'))).toEqual({
      '2026 quarter 2': 4,
      '2026 quarter 3': 13,
      '2026 quarter 4': 14 + 1,
    });
  });

  it('are there for an empty dataset and for a linked one', async () => {
    const empty = await distributionsOf([]);
    expect([...empty.values()].every(({ bars, total }) => bars.length === 0 && total === 0)).toBe(true);
    await withTemporaryFolder(async (outDir) => {
      await pullOrFail(aLinkedCollector(5), outDir, { purpose: LINKED_PURPOSE });
      const dataset = await openDataset(outDir);
      const found = await readDistributions(dataset);
      dataset.close();
      expect(found.find(({ id }) => id === 'motion-ends')).toMatchObject({ counted: 'movements', total: 10 });
      expect(found.every(({ total }) => total > 0)).toBe(true);
    });
  });
});

describe('the card', () => {
  it('shows each as a picture beside it, with its numbers as text', () =>
    withTemporaryFolder(async (outDir) => {
      const rows = [0, 1, 2].map((seed) => aRow(CHARTER.hash, anEpisode(seed)));
      const { cardPath } = await pullOrFail(aCollector(rows), outDir);
      const card = await readFile(cardPath, 'utf8');
      const pictures = await readdir(join(outDir, 'pictures'));
      const shown = Array.from(card.matchAll(/\]\(pictures\/([a-z-]+\.svg)\)/g), ([, name]) => name);
      expect([...shown].sort()).toEqual(pictures.sort());
      expect(card).toContain('| click | 1 | ');
      expect(card).toContain('## Gaps and coverage');
      expect(await readFile(join(outDir, 'pictures', 'gaps.svg'), 'utf8')).toContain('3 episodes');
    }));
});

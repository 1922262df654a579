import { describe, expect, it } from 'vitest';
import { aStep, aView, NOON_MS } from '../testing/builders.ts';
import type { RawStep } from '../capture/fragments.ts';
import { Episode } from '../trace/episode.ts';
import { MAX_EPISODE_STEPS } from '../trace/limits.ts';
import type { HeldStep } from '../trace/held-step.ts';
import { assembleEpisodes } from './assemble-episodes.ts';
import { generalizeStep, generalizeView } from './generalize.ts';
import { createKeyedHasher } from './keyed-hash.ts';

const hasher = await createKeyedHasher('A'.repeat(43));
const step = await generalizeStep(aStep(), 'desk', hasher);
const view = await generalizeView(aView(), 'desk', hasher);
const LATER_MS = NOON_MS + 3_600_000;

function held(sequence: number, secondsAfterNoon: number, changes: Partial<HeldStep> = {}): HeldStep {
  return {
    sequence,
    startMs: NOON_MS + secondsAfterNoon * 1000,
    charter: 'one',
    level: 'balanced',
    split: undefined,
    viewId: 'first',
    view,
    step,
    gap: undefined,
    ...changes,
  };
}

const marked = (action: 'taskBegun' | 'taskDone' | 'taskGivenUp') => ({
  step: { ...step, action, task: 'triage' },
});
const sizes = (items: HeldStep[]) =>
  assembleEpisodes(items, LATER_MS).map((episode) => episode.content?.steps.length);

describe('episodes', () => {
  it('are cut at two minutes of silence', () => {
    expect(sizes([held(0, 0), held(1, 60), held(2, 60 + 119), held(3, 60 + 119 + 120)])).toEqual([3, 1]);
  });

  it('are cut at 200 steps', () => {
    expect(sizes(Array.from({ length: 450 }, (_, index) => held(index, index)))).toEqual([200, 200, 50]);
  });

  it('are cut at task marks, which give the outcome', () => {
    const episodes = assembleEpisodes(
      [held(0, 0), held(1, 1, marked('taskBegun')), held(2, 2), held(3, 3, marked('taskDone')), held(4, 4)],
      LATER_MS,
    );
    expect(episodes.map((episode) => episode.sequences)).toEqual([[0], [1, 2, 3], [4]]);
    expect(episodes.map((episode) => episode.content?.outcome)).toEqual(['unknown', 'done', 'unknown']);
  });

  it('tell a switch of tabs by where steps are done, once, and not by what is loaded out of sight', () => {
    const inTab = (sequence: number, tabId: number, action: RawStep['action'] = 'click') => ({
      ...held(sequence, sequence, { viewId: `tab ${tabId}`, step: { ...step, action } }),
      taken: { tabId, takenAtMs: 0 },
    });
    const done = (items: ReturnType<typeof inTab>[]) =>
      assembleEpisodes(items, LATER_MS)[0]!.content!.steps.map(({ action, view: of }) => `${action} ${of}`);
    expect(done([inTab(0, 1), inTab(1, 2, 'viewChange'), inTab(2, 1), inTab(3, 2), inTab(4, 2)])).toEqual([
      'click 0',
      'viewChange 1',
      'click 0',
      'tabSwitch 1',
      'click 1',
      'click 1',
    ]);
    expect(done([inTab(0, 1), inTab(1, 2, 'tabSwitch'), inTab(2, 2), inTab(3, 1, 'windowFocus')])).toEqual([
      'click 0',
      'tabSwitch 1',
      'click 1',
      'windowFocus 0',
    ]);
    const busy = Array.from({ length: 450 }, (_, index) => inTab(index, index % 2));
    for (const { content } of assembleEpisodes(busy, LATER_MS))
      expect(content!.steps.length).toBeLessThanOrEqual(MAX_EPISODE_STEPS);
  });

  it('never mix two charters or two levels', () => {
    expect(
      sizes([held(0, 0), held(1, 1, { charter: 'two' }), held(2, 2, { charter: 'two', level: 'strict' })]),
    ).toEqual([1, 1, 1]);
  });

  it('are ordered by time, then by arrival', () => {
    expect(
      assembleEpisodes([held(2, 1), held(1, 1), held(0, 5), held(3, 0)], LATER_MS)[0]?.sequences,
    ).toEqual([3, 1, 2, 0]);
  });

  it('are left for later while they may still go on, unless the person closes them', () => {
    const items = [held(0, 0), held(1, 200)];
    const nowMs = NOON_MS + 210_000;
    expect(assembleEpisodes(items, nowMs).map((episode) => episode.sequences)).toEqual([[0]]);
    expect(assembleEpisodes(items, nowMs, true).map((episode) => episode.sequences)).toEqual([[0], [1]]);
  });

  it('bear the bucket of their steps and never mix two', () => {
    const items = [held(0, 0, { split: 1 }), held(1, 1, { split: 1 }), held(2, 2, { split: 4 }), held(3, 3)];
    const episodes = assembleEpisodes(items, LATER_MS);
    expect(episodes.map((episode) => episode.content?.split)).toEqual([1, 4, undefined]);
    expect(episodes.map((episode) => episode.sequences)).toEqual([[0, 1], [2], [3]]);
  });

  it('name each showing of a view once, pauses by bucket and gaps by the step they follow', () => {
    const items = [
      held(0, 0),
      held(1, 0.3),
      held(2, 3, { viewId: 'second' }),
      held(3, 4, { step: undefined, gap: 'sensitiveField' }),
      held(4, 9),
    ];
    const content = assembleEpisodes(items, LATER_MS)[0]!.content!;
    expect(content.views).toHaveLength(2);
    expect(content.steps.map((made) => made.view)).toEqual([0, 0, 1, 0]);
    expect(content.steps.map((made) => made.pauseBeforeMs)).toEqual([0, 250, 2000, 5000]);
    expect(content.gaps).toEqual([{ afterStep: 2, reason: 'sensitiveField' }]);
    Episode.parse({ ...content, recordId: 'AAAAAAAAAAAAAAAAAAAAAA', recordedOn: '2026-11-23' });
  });

  it('leave a gap until what it is told before has come, even where all is taken', () => {
    const gap = held(0, 0, { step: undefined, gap: 'pageGone' });
    expect(assembleEpisodes([gap], gap.startMs + 1000, true)).toEqual([]);
    const [episode] = assembleEpisodes([gap, held(1, 1)], gap.startMs + 1000, true);
    expect(episode?.content).toMatchObject({ gaps: [{ afterStep: -1, reason: 'pageGone' }] });
  });

  it('make nothing of gaps alone, and use them up', () => {
    const episodes = assembleEpisodes([held(0, 0, { step: undefined, gap: 'paused' })], LATER_MS);
    expect(episodes).toMatchObject([{ content: undefined, sequences: [0] }]);
  });
});

/**
 * Pictures show each control, what was done to it and the way so far, and hold no markup from elsewhere.
 */
import { describe, expect, it } from 'vitest';
import { NOON_MS } from '../testing/builders.ts';
import { aGeneralStep, aHeldStep, aMotionRecord, aRhythmRecord } from '../testing/held-builders.ts';
import { frameAt } from './frame-at.ts';
import { piecesOfHeld, piecesOfRecord } from './pieces.ts';
import { createReplay } from './replay.ts';
import { drawScene, drawShown, drawStrip } from './stage-picture.ts';
import { svgMarkup, svgNode } from './svg-node.ts';

const WORDS = { landmark: (name: string) => `in ${name}`, role: (name: string) => name };
const markupOf = (nodes: readonly Parameters<typeof svgMarkup>[0][]) => nodes.map(svgMarkup).join('');

describe('the picture of a step', () => {
  const replay = createReplay(piecesOfHeld(aHeldStep({ step: aGeneralStep({ action: 'click' }) })));

  it('has its control in the scene, and on it at its moment a ring', () => {
    const { scene, moment, trail } = frameAt(replay, 0);
    expect(svgMarkup(drawScene(scene, WORDS)).match(/class="stage-control"/g)).toHaveLength(1);
    const shown = markupOf(drawShown(moment?.shown, trail, WORDS));
    expect(shown).toContain('class="stage-control used"');
    expect(shown.match(/<circle/g)).toHaveLength(2);
  });

  it('is an empty view where nothing is known', () => {
    expect(svgMarkup(drawScene(undefined, WORDS))).not.toContain('stage-control');
    expect(drawShown(undefined, [], WORDS)).toEqual([]);
  });
});

describe('the picture of a movement', () => {
  it('says of each piece when it was passed, and is broken where its place is not known', () => {
    const replay = createReplay(piecesOfRecord(aMotionRecord(), NOON_MS));
    const { moment, trail } = frameAt(replay, replay.durationMs);
    const shown = markupOf(drawShown(moment?.shown, trail, WORDS));
    const times = trail.map(({ atMs }) => String(atMs));
    expect(Array.from(shown.matchAll(/<line[^>]*data-at="(\d+)"/g), ([, at]) => at)).toEqual(times.slice(1));
    expect(shown).toContain('stroke-dasharray="10 10"');
  });
});

it('a strip has a stroke for each key', () => {
  const replay = createReplay(piecesOfRecord(aRhythmRecord(), NOON_MS));
  const { ticks } = frameAt(replay, replay.durationMs);
  expect(svgMarkup(drawStrip(ticks, 1000)).match(/strip-key/g)).toHaveLength(ticks.length);
});

it('markup of text and values is escaped, and numbers are short', () => {
  const node = svgNode('text', { x: 1 / 3, title: '"><script>' }, ['<b>&']);
  expect(svgMarkup(node)).toBe('<text x="0.33" title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;</text>');
});

/**
 * Recordings pass the parser of `@puppeteer/replay` and lose nothing in it.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from '@puppeteer/replay';
import { describe, expect, it } from 'vitest';
import { ACTIONS, PRESS_KEYS } from '../../src/trace/limits.ts';
import { aCollector, aLinkedCollector, someRows } from '../testing/pulling.ts';
import { anEpisode, aStep, aTarget, aView } from '../testing/published-rows.ts';
import { recordingOf } from './puppeteer.ts';
import { ROW, SLOW, TERMS, withExport } from './testing/exported.ts';

const stepsOf = (changes: Parameters<typeof anEpisode>[1]) =>
  parse(recordingOf(anEpisode(1, { gaps: [], ...changes }), ROW, TERMS)).steps;

describe('the puppeteer export', SLOW, () => {
  it.each([
    ['episodes', aCollector(someRows(0, 11), someRows(11, 4)), 15],
    ['traces', aLinkedCollector(7), 7],
  ])('has a recording of each of the %s that the format’s parser takes', (_what, collector, count) =>
    withExport(collector, 'puppeteer', async ({ outDir, read }) => {
      const names = await readdir(join(outDir, 'recordings'), { recursive: true });
      const files = names.filter((name) => name.endsWith('.json'));
      expect(files).toHaveLength(count);
      for (const file of files) {
        const recording = JSON.parse(await read(join('recordings', file))) as Record<string, unknown>;
        const { proffer: said, ...flow } = recording;
        // What the parser does not know it drops, so that equal means understood.
        expect(parse(recording)).toEqual(flow);
        expect(said).toMatchObject({ is_executable: false, product: 'proffer' });
      }
      expect(await read('README.md')).toContain('cannot be executed');
    }),
  );

  it('takes every action there is, each at least as one step that the tools can turn into a script', async () => {
    const steps = [
      ...ACTIONS.map((action) => aStep({ action, target: aTarget(), destination: aTarget() })),
      ...ACTIONS.map((action) => aStep({ action })),
      ...PRESS_KEYS.map((key) => aStep({ action: 'press', key })),
    ];
    const recording = recordingOf(anEpisode(1, { steps }), ROW, TERMS);
    expect(parse(recording).steps.length).toBeGreaterThan(steps.length);
    expect(await stringify(parse(recording))).toContain('puppeteer');
  });

  it('tells roles and terms as selectors, and addresses that cannot exist', () => {
    const steps = stepsOf({
      views: [aView(), aView({ app: 'mail', viewKey: 'AAAAAAAAAAA', width: 'narrow' })],
      steps: [
        aStep({ target: aTarget({ widthLog2: 7, heightLog2: 5 }), effect: 'viewChanged' }),
        aStep({
          action: 'type',
          view: 1,
          length: '2-4',
          target: aTarget({ role: 'textbox', term: undefined }),
        }),
        aStep({ action: 'secondaryClick', view: 1 }),
      ],
    });
    expect(steps[0]).toMatchObject({ type: 'setViewport', width: 1200 });
    expect(steps[1]).toMatchObject({
      type: 'navigate',
      url: expect.stringMatching(/^https:\/\/desk\.invalid\//),
    });
    expect(steps[2]).toEqual({
      type: 'click',
      selectors: [['aria/save[role="button"]']],
      offsetX: 64,
      offsetY: 16,
      assertedEvents: [{ type: 'navigation', url: 'https://mail.invalid/AAAAAAAAAAA' }],
    });
    expect(steps[3]).toEqual({ type: 'change', selectors: [['aria/[role="textbox"]']], value: '••' });
    expect(steps[4]).toMatchObject({ type: 'click', button: 'secondary', selectors: [['html']] });
  });

  it('sums up scrolls by view and never above the top', () => {
    const scrolls = stepsOf({
      steps: [
        aStep({ action: 'scroll', direction: 'up', amount: 'pages' }),
        aStep({ action: 'scroll', direction: 'down', amount: 'page' }),
        aStep({ action: 'scroll', direction: 'down', amount: 'part' }),
        aStep({ action: 'scroll', direction: 'down', amount: 'part', view: 1 }),
      ],
    }).flatMap((step) => ('y' in step ? [step.y] : []));
    expect(scrolls).toEqual([0, 800, 1000, 200]);
  });
});

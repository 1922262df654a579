/**
 * Trajectories keep to the Agent Data Protocol and tell the work in its order.
 */
import { describe, expect, it } from 'vitest';
import { aCollector, aLinkedCollector, someRows } from '../testing/pulling.ts';
import { anEpisode, aStep, aTarget, aTrace, aView } from '../testing/published-rows.ts';
import { trajectoryOf } from './adp.ts';
import { AdpMetadata, AdpTrajectory, BROWSER_TOOLS } from './testing/adp-schema.ts';
import { parseLines, ROW, SLOW, TERMS, withExport } from './testing/exported.ts';

const parsed = (...parameters: Parameters<typeof anEpisode>) =>
  AdpTrajectory.parse(trajectoryOf(anEpisode(...parameters), ROW, TERMS));

describe('the adp export', SLOW, () => {
  it.each([
    ['episodes', aCollector(someRows(0, 20), someRows(20, 9)), 29],
    ['traces', aLinkedCollector(12), 12],
  ])('has a valid trajectory for each of the %s, with tools that it declares', (_what, collector, count) =>
    withExport(collector, 'adp', async ({ read }) => {
      const trajectories = parseLines(await read('full_std.jsonl')).map((line) => AdpTrajectory.parse(line));
      expect(new Set(trajectories.map(({ id }) => id)).size).toBe(count);
      const { custom_tools } = AdpMetadata.parse(JSON.parse(await read('metadata.json')));
      const own = new Map(
        custom_tools.map((tool) => [tool.function.name, tool.function.parameters.required]),
      );
      for (const item of trajectories.flatMap(({ content }) => content)) {
        if (item.class_ !== 'api_action' || BROWSER_TOOLS.includes(item.function)) continue;
        expect(Object.keys(item.kwargs), item.function).toEqual(own.get(item.function));
      }
      expect(await read('README.md')).toContain('cannot be executed');
    }),
  );

  it('has nothing to tell of a trace without steps', () => {
    const trace = aTrace(1, { steps: [], views: [], gaps: [], motions: [], rhythms: [] });
    expect(AdpTrajectory.parse(trajectoryOf(trace, ROW, TERMS)).content).toEqual([]);
  });

  it('shows the state before each action and answers it by the state after', () => {
    const save = aTarget({ gridX: 9, gridY: 7 });
    const search = aTarget({ role: 'searchbox', tag: 'input', term: 'search', gridX: 1, gridY: 0 });
    const { content, details } = parsed(1, {
      views: [aView(), aView({ app: 'mail', inventory: { roles: {}, landmarks: {} } })],
      steps: [
        aStep({ action: 'taskBegun', task: 'file-a-ticket' }),
        aStep({ action: 'click', target: save, effect: 'viewChanged' }),
        aStep({ action: 'viewChange', navigation: 'push', view: 1 }),
        aStep({ action: 'type', target: search, length: '5-9', view: 0, pathFlags: ['overshot'] }),
        aStep({ action: 'taskDone', task: 'file-a-ticket' }),
      ],
      gaps: [{ afterStep: 1, reason: 'paused' }],
    });
    expect(content.map((item) => item.class_)).toEqual([
      'text_observation',
      'web_observation',
      'api_action',
      'web_observation',
      'text_observation',
      'text_observation',
      'api_action',
      'text_observation',
      'message_action',
    ]);
    expect(content[0]).toMatchObject({ source: 'user', content: 'Task: file-a-ticket' });
    expect(content[2]).toMatchObject({ function: 'click', kwargs: { bid: 'v0c1' } });
    expect(content[4]).toMatchObject({ content: 'Something here was not recorded: paused.' });
    expect(content[5]).toMatchObject({ content: 'The view changed: push.' });
    expect(content[6]).toMatchObject({ function: 'fill', kwargs: { bid: 'v0c0', value: '•••••' } });
    expect(content[7]).toMatchObject({ content: 'Effect: none.', tool_call_id: 'call_000003' });
    expect(details['actions']).toMatchObject({ call_000003: { path: ['overshot'], effect: 'none' } });
  });

  it('lists controls in the order of reading, whichever was used first', () => {
    const early = aTarget({ gridX: 0, gridY: 0, term: 'search', elementKey: undefined });
    const late = aTarget({ gridX: 5, gridY: 6, term: 'save' });
    const treeOf = (first: typeof early, second: typeof early) => {
      const { content } = parsed(1, {
        steps: [aStep({ target: first }), aStep({ target: second })],
        gaps: [],
      });
      const [observation] = content;
      return observation?.class_ === 'web_observation' ? observation.axtree : undefined;
    };
    expect(treeOf(early, late)).toBe(treeOf(late, early));
    expect(treeOf(early, late)).toMatch(/visible roles: button 5\+, link 20\+\n/);
    expect(treeOf(early, late)).toMatch(/\[v0c0\] button 'search'.*\n.*\[v0c1\] button 'save'/);
  });
});

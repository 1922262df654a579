/**
 * What the events tell, when and where; that rrweb's player shows it is tested in e2e/rrweb-export.spec.ts.
 */
import { EventType, IncrementalSource, MouseInteractions } from 'rrweb';
import { describe, expect, it } from 'vitest';
import { packPath } from '../../src/trace/packed-path.ts';
import { anEpisode, aStep, aTarget, aTrace, aView } from '../testing/published-rows.ts';
import { EVENT, eventsOf, MOUSE, SOURCE, type RrwebEvent } from './rrweb.ts';
import { ROW, TERMS } from './testing/exported.ts';

/** Monday of 2026-W48. */
const MONDAY_MS = Date.UTC(2026, 10, 23);

const PLAIN = { gaps: [], motions: [], rhythms: [] };

/** A straight movement of five steps of 40 px to the right, from 0 ms on. */
const MOVEMENT = {
  startMs: 1000,
  afterStep: -1,
  path: packPath({ dxPx: [40, 40, 40, 40, 40], dyPx: [0, 0, 0, 0, 0] }),
  end: 'click',
  pauseBefore: 'short',
  endOffset: { xQuarters: 2, yQuarters: 0 },
  target: { role: 'button', widthLog2: 6, heightLog2: 5 },
  pointerType: 'mouse',
  nestedScroller: false,
} as const;

function told(events: readonly RrwebEvent[]) {
  const increments = events.filter((event) => event.type === 3);
  return {
    moves: increments.flatMap(({ data, timestamp }) =>
      data.source === 1
        ? data.positions.map(({ x, y, timeOffset }) => ({ x, y, atMs: timestamp + timeOffset - MONDAY_MS }))
        : [],
    ),
    mouse: increments.flatMap(({ data, timestamp }) =>
      data.source === 2 ? [{ type: data.type, x: data.x, y: data.y, atMs: timestamp - MONDAY_MS }] : [],
    ),
    inputs: increments.flatMap(({ data }) => (data.source === 5 ? [data.text] : [])),
    scrolls: increments.flatMap(({ data }) => (data.source === 3 ? [data.y] : [])),
    pages: events.flatMap((event) => (event.type === 4 ? [event.data.href] : [])),
  };
}

describe('the rrweb events', () => {
  it('are in order of time, begin with a page and are enough for a player, whatever the work', () => {
    const works = Array.from({ length: 40 }, (_, seed) => [anEpisode(seed), aTrace(seed)]).flat();
    for (const work of [...works, aTrace(1, { ...PLAIN, steps: [], views: [], motions: [MOVEMENT] })]) {
      const events = eventsOf(work, ROW, TERMS);
      expect(events.slice(0, 2).map(({ type }) => type)).toEqual([4, 2]);
      expect(events[0]!.timestamp).toBe(MONDAY_MS);
      const times = events.map(({ timestamp }) => timestamp);
      expect(times).toEqual([...times].sort((one, other) => one - other));
      expect(times.every(Number.isInteger)).toBe(true);
    }
  });

  it('name only nodes of the page that is seen then', () => {
    for (let seed = 0; seed < 40; seed += 1) {
      let known = new Set<number>();
      for (const event of eventsOf(aTrace(seed), ROW, TERMS)) {
        if (event.type === 2) known = idsIn(event.data.node);
        if (event.type !== 3) continue;
        const ids = event.data.source === 1 ? event.data.positions.map(({ id }) => id) : [event.data.id];
        for (const id of ids) expect(known).toContain(id);
      }
    }
  });

  it('move the pointer as it went, to where on its target the movement ended, and click there', () => {
    const target = aTarget({ gridX: 5, gridY: 3, widthLog2: 6, heightLog2: 5 });
    const trace = aTrace(1, { ...PLAIN, views: [aView()], steps: [aStep({ target })], motions: [MOVEMENT] });
    const { moves, mouse } = told(eventsOf(trace, ROW, TERMS));
    // The target's middle is that of its cell, (550, 350); half of its half width of 32 px is 16 px.
    expect(moves.map(({ x }) => x)).toEqual([366, 406, 446, 486, 526, 566]);
    expect(new Set(moves.map(({ y }) => y))).toEqual(new Set([350]));
    expect(moves.map(({ atMs }) => atMs)).toEqual([1000, 1050, 1100, 1150, 1200, 1250]);
    expect(mouse.map(({ type, x, y }) => [type, x, y])).toEqual([1, 0, 2].map((type) => [type, 566, 350]));
    expect(mouse[0]!.atMs).toBe(1250);
  });

  it('of an episode put the pointer in the middle of what each step was done to, at its pause’s lower end', () => {
    const episode = anEpisode(1, {
      ...PLAIN,
      steps: [
        aStep({ target: aTarget({ gridX: 0, gridY: 0 }) }),
        aStep({ target: aTarget({ gridX: 11, gridY: 7 }), pauseBeforeMs: 2000 }),
      ],
    });
    const { moves, mouse } = told(eventsOf(episode, ROW, TERMS));
    expect(moves).toEqual([]);
    expect(mouse.filter(({ type }) => type === 2)).toEqual([
      { type: 2, x: 68, y: 50, atMs: 50 },
      { type: 2, x: 1132, y: 750, atMs: 2050 },
    ]);
  });

  it('mask what was typed, sum up scrolls, and come to a new page with the view', () => {
    const episode = anEpisode(1, {
      ...PLAIN,
      views: [aView(), aView({ app: 'mail', viewKey: 'AAAAAAAAAAA' })],
      steps: [
        aStep({ action: 'type', length: '10-19', target: aTarget({ role: 'textbox' }) }),
        aStep({ action: 'scroll', direction: 'down', amount: 'page' }),
        aStep({ action: 'scroll', direction: 'up', amount: 'part' }),
        aStep({ action: 'scroll', direction: 'down', amount: 'part', view: 1 }),
      ],
    });
    const { inputs, scrolls, pages } = told(eventsOf(episode, ROW, TERMS));
    expect(inputs).toEqual(['•'.repeat(10)]);
    expect(scrolls).toEqual([800, 600, 200]);
    expect(pages.map((href) => new URL(href).hostname)).toEqual(['desk.invalid', 'mail.invalid']);
  });

  it('use rrweb’s own numbers', () => {
    expect(EVENT).toEqual({
      fullSnapshot: EventType.FullSnapshot,
      incremental: EventType.IncrementalSnapshot,
      meta: EventType.Meta,
      custom: EventType.Custom,
    });
    expect(SOURCE).toEqual({
      mouseMove: IncrementalSource.MouseMove,
      mouseInteraction: IncrementalSource.MouseInteraction,
      scroll: IncrementalSource.Scroll,
      input: IncrementalSource.Input,
    });
    expect(MOUSE).toEqual({
      up: MouseInteractions.MouseUp,
      down: MouseInteractions.MouseDown,
      click: MouseInteractions.Click,
      contextMenu: MouseInteractions.ContextMenu,
      doubleClick: MouseInteractions.DblClick,
      focus: MouseInteractions.Focus,
    });
  });
});

type Node = Extract<RrwebEvent, { type: 2 }>['data']['node'];

function idsIn(node: Node): Set<number> {
  const children = 'childNodes' in node ? node.childNodes : [];
  return new Set([node.id, ...children.flatMap((child) => [...idsIn(child)])]);
}

/**
 * Pictures of a replay: the wireframe of a view, what is done to it at a moment, and keys along time.
 *
 * Pure; drawn on the My data page and in the data team's viewer. Colours are the page's own, by the names of their
 * variables. Draws what was found in the records and nothing else.
 */
import type { Action, Landmark, Role } from '../trace/limits.ts';
import type { PathPoint, Shown, Tick } from './replay.ts';
import { svgNode, type SvgNode } from './svg-node.ts';
import { UNKNOWN_STAGE, type Box, type Control, type Region, type Scene } from './wireframe.ts';

/** What landmarks and roles are called on the page. */
export interface StageWords {
  landmark: (landmark: Exclude<Landmark, 'none'>) => string;
  role: (role: Role) => string;
}

/** Around the view, since a turned path may lead over its edge. */
const MARGIN = 40;
/** About how wide a letter of a label is drawn. */
const LETTER = 13;
const LABEL_HEIGHT = 24;

const SURFACE = 'var(--surface)';
const EDGE = 'var(--edge)';
const ACCENT = 'var(--accent)';
const ALARM = 'var(--alarm)';
const ROUND = { 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };

/** What the picture of a scene takes: the view and its margin. */
export function stageViewBox({ width, height }: Pick<Scene, 'width' | 'height'> = UNKNOWN_STAGE): string {
  return `${-MARGIN} ${-MARGIN} ${width + 2 * MARGIN} ${height + 2 * MARGIN}`;
}

/** The wireframe; an empty view where none is known. */
export function drawScene(scene: Scene | undefined, words: StageWords): SvgNode {
  const { width, height } = scene ?? UNKNOWN_STAGE;
  return svgNode('g', {}, [
    svgNode('rect', { width, height, rx: 8, fill: SURFACE, stroke: EDGE, 'stroke-width': 2 }),
    ...(scene?.regions ?? []).map((region) => drawRegion(region, words)),
    ...(scene?.controls ?? []).map((control) => drawControl(control, words)),
  ]);
}

/** What is done at a moment, to be laid over its scene; `trail` is the way of its movement so far. */
export function drawShown(
  shown: Shown | undefined,
  trail: readonly PathPoint[],
  words: StageWords,
): SvgNode[] {
  if (shown?.kind === 'motion') return trail.length > 0 ? [drawTrail(trail, shown.isPlaced)] : [];
  if (shown?.kind !== 'step' || shown.control === undefined) return [];
  return [drawControl(shown.control, words, true), drawMark(shown, shown.control)];
}

function drawRegion({ landmark, box }: Region, words: StageWords): SvgNode {
  const label = words.landmark(landmark);
  const name = svgNode(
    'text',
    { x: box.x + 8, y: box.y + LABEL_HEIGHT - 3, 'font-size': 20, fill: 'var(--ink-soft)' },
    [label],
  );
  return svgNode('g', { class: 'stage-region' }, [
    svgNode('rect', {
      ...place(box),
      rx: 6,
      fill: 'none',
      stroke: 'var(--line)',
      'stroke-dasharray': '8 6',
      'stroke-width': 2,
    }),
    ...(fits(label, box) ? [name] : []),
  ]);
}

function drawControl({ box, role, term }: Control, words: StageWords, isUsed = false): SvgNode {
  const label = [term, words.role(role)].find((text) => text !== undefined && fits(text, box));
  const look = isUsed
    ? { fill: 'var(--accent-tint)', stroke: ACCENT, 'stroke-width': 5 }
    : { fill: 'var(--off-tint)', stroke: EDGE, 'stroke-width': 2 };
  const name = { x: box.x + box.width / 2, y: box.y + box.height / 2 + 8, 'text-anchor': 'middle' };
  return svgNode('g', { class: isUsed ? 'stage-control used' : 'stage-control' }, [
    svgNode('rect', { ...place(box), rx: 6, ...look }),
    ...(label === undefined
      ? []
      : [svgNode('text', { ...name, 'font-size': 22, fill: 'var(--ink)' }, [label])]),
  ]);
}

function place({ x, y, width, height }: Box) {
  return { x, y, width, height };
}

function fits(label: string, box: Box): boolean {
  return label.length * LETTER < box.width && box.height >= LABEL_HEIGHT;
}

const BY_KEYS: ReadonlySet<Action> = new Set(['type', 'press', 'shortcut']);

/** How the step looks on its control: a ring for presses, an arrow for ways, a caret for keys. */
function drawMark({ step, destination }: Shown & { kind: 'step' }, { box }: Control): SvgNode {
  const centre = centreOf(box);
  const { action, direction } = step;
  if (BY_KEYS.has(action))
    return svgNode('rect', { x: box.x + 10, y: centre.y - 12, width: 5, height: 24, fill: ALARM });
  const isWay = action === 'scroll' || action === 'zoom';
  const shapes = isWay
    ? arrow(centre, shifted(centre, direction))
    : action === 'drag' && destination
      ? arrow(centre, centreOf(destination.box))
      : [24, 10].map((r) => svgNode('circle', { cx: centre.x, cy: centre.y, r }));
  return svgNode('g', { fill: 'none', stroke: ALARM, 'stroke-width': 5, ...ROUND }, shapes);
}

interface Point {
  x: number;
  y: number;
}

function centreOf({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

const ARROW_LENGTH = 120;

function shifted({ x, y }: Point, direction: 'up' | 'down' | 'left' | 'right' = 'down'): Point {
  const ways = { up: [0, -1], down: [0, 1], left: [-1, 0], right: [1, 0] } as const;
  const [right, down] = ways[direction];
  return { x: x + right * ARROW_LENGTH, y: y + down * ARROW_LENGTH };
}

function arrow(from: Point, to: Point): SvgNode[] {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const wing = (turn: number) =>
    `${(to.x - 24 * Math.cos(angle + turn)).toFixed(1)},${(to.y - 24 * Math.sin(angle + turn)).toFixed(1)}`;
  return [
    svgNode('line', { x1: from.x, y1: from.y, x2: to.x, y2: to.y }),
    svgNode('polyline', { points: `${wing(0.5)} ${to.x},${to.y} ${wing(-0.5)}` }),
  ];
}

/**
 * The way of the pointer, sample by sample; broken where nothing tells its place.
 *
 * Each piece carries as `data-at` when it was passed, in ms since the movement began, so that a page can play it.
 */
export function drawTrail(points: readonly PathPoint[], isPlaced: boolean): SvgNode {
  const last = points.at(-1)!;
  const lines = points.slice(1).map((point, index) =>
    svgNode('line', {
      x1: points[index]!.x,
      y1: points[index]!.y,
      x2: point.x,
      y2: point.y,
      'data-at': point.atMs,
    }),
  );
  const dots = points
    .slice(0, -1)
    .map(({ x, y, atMs }) => svgNode('circle', { cx: x, cy: y, r: 5, stroke: 'none', 'data-at': atMs }));
  return svgNode('g', { class: 'stage-trail', fill: ACCENT, stroke: ACCENT, 'stroke-width': 4, ...ROUND }, [
    svgNode('g', isPlaced ? {} : { 'stroke-dasharray': '10 10' }, lines),
    ...dots,
    svgNode('circle', {
      class: 'stage-pointer',
      cx: last.x,
      cy: last.y,
      r: 11,
      fill: SURFACE,
      'stroke-width': 5,
      'data-at': last.atMs,
    }),
  ]);
}

const STRIP_WIDTH = 600;
const STRIP_HEIGHT = 40;
/** A rhythm is drawn at least over this long, so that a short one does not look slow. */
const STRIP_MS = 3000;

const STROKES: Record<Tick['keyClass'], [up: number, down: number]> = {
  char: [16, 0],
  space: [6, 0],
  backspace: [0, 16],
  enter: [16, 16],
  navigation: [6, 6],
};

/** Keys as strokes along time: characters up, corrections down, the others short. */
export function drawStrip(ticks: readonly Tick[], spanMs: number): SvgNode {
  const middle = STRIP_HEIGHT / 2;
  const xOf = (atMs: number) => 6 + ((STRIP_WIDTH - 12) * atMs) / Math.max(STRIP_MS, spanMs);
  const base = { x1: 0, x2: STRIP_WIDTH, y1: middle, y2: middle, stroke: 'var(--line)', 'stroke-width': 2 };
  const keys = ticks.map(({ keyClass, atMs }) => {
    const [up, down] = STROKES[keyClass];
    return svgNode('line', {
      class: 'strip-key',
      x1: xOf(atMs),
      x2: xOf(atMs),
      y1: middle - up,
      y2: middle + down,
      stroke: keyClass === 'backspace' ? ALARM : ACCENT,
      'stroke-width': 4,
      'stroke-linecap': 'round',
      'data-at': atMs,
    });
  });
  const viewBox = `0 0 ${STRIP_WIDTH} ${STRIP_HEIGHT}`;
  return svgNode('svg', { class: 'strip', viewBox, 'aria-hidden': 'true' }, [
    ...(ticks.length > 0 ? [svgNode('line', base)] : []),
    ...keys,
  ]);
}

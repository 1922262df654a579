/**
 * Single movements and typing runs as pictures, for pages that show many of them beside each other.
 *
 * Pure. A movement is scaled to its picture, so the scale is written beside it; the box of its target is drawn in its true
 * size where the record tells that, and dashed in a size of no meaning where it does not.
 */
import type { KeyClass } from '../../src/replay/pieces.ts';
import type { PathPoint } from '../../src/replay/replay.ts';
import { drawTrail } from '../../src/replay/stage-picture.ts';
import { svgNode, type SvgNode } from '../../src/replay/svg-node.ts';
import { pointOn, type Box } from '../../src/replay/wireframe.ts';

export interface SingleMovement {
  points: PathPoint[];
  endOffset: { xQuarters: number; yQuarters: number } | null;
  /** Undefined where the record does not tell it. */
  targetSize?: { width: number; height: number } | undefined;
}

const WIDTH = 480;
const HEIGHT = 320;
const MARGIN = 36;
/** What a target is drawn like whose size is not told. */
const SOME_SIZE = { width: 64, height: 32 };

/** The path, where it ended, and what it ended on. */
export function drawMovement({ points, endOffset, targetSize }: SingleMovement): SvgNode {
  const end = points.at(-1)!;
  const box = endOffset === null ? undefined : boxAround(end, endOffset, targetSize ?? SOME_SIZE);
  const corners = box === undefined ? [] : [box, { x: box.x + box.width, y: box.y + box.height }];
  const all = [...points, ...corners];
  const [left, top] = [Math.min(...all.map(({ x }) => x)), Math.min(...all.map(({ y }) => y))];
  const [right, bottom] = [Math.max(...all.map(({ x }) => x)), Math.max(...all.map(({ y }) => y))];
  const scale = Math.min(
    (WIDTH - 2 * MARGIN) / Math.max(1, right - left),
    (HEIGHT - 2 * MARGIN) / Math.max(1, bottom - top),
    MAX_SCALE,
  );
  const toX = (x: number) => WIDTH / 2 + (x - (left + right) / 2) * scale;
  const toY = (y: number) => HEIGHT / 2 + (y - (top + bottom) / 2) * scale;
  const target =
    box &&
    svgNode('rect', {
      x: toX(box.x),
      y: toY(box.y),
      width: box.width * scale,
      height: box.height * scale,
      rx: 4,
      fill: 'var(--off-tint)',
      stroke: 'var(--edge)',
      'stroke-width': 2,
      ...(targetSize === undefined ? { 'stroke-dasharray': '6 5' } : {}),
    });
  const trail = points.map(({ x, y, atMs }) => ({ x: toX(x), y: toY(y), atMs }));
  const start = svgNode('circle', {
    cx: trail[0]!.x,
    cy: trail[0]!.y,
    r: 9,
    fill: 'none',
    stroke: 'var(--ink-soft)',
    'stroke-width': 2,
  });
  return svgNode('svg', { class: 'single', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true' }, [
    ...(target ? [target] : []),
    drawTrail(trail, true),
    start,
    ...scaleBar(scale),
  ]);
}

/** Short movements are not blown up beyond this. */
const MAX_SCALE = 3;

function boxAround(
  end: PathPoint,
  offset: { xQuarters: number; yQuarters: number },
  { width, height }: { width: number; height: number },
): Box {
  const atOrigin = { x: 0, y: 0, width, height };
  const inBox = pointOn(atOrigin, offset);
  return { ...atOrigin, x: end.x - inBox.x, y: end.y - inBox.y };
}

/** A line as long as a round number of px. */
function scaleBar(scale: number): SvgNode[] {
  const px = [10, 20, 50, 100, 200, 500, 1000].find((length) => length * scale >= 50) ?? 2000;
  const y = HEIGHT - 10;
  const line = { x1: 10, x2: 10 + px * scale, y1: y, y2: y, stroke: 'var(--ink-soft)', 'stroke-width': 2 };
  const label = { x: 18 + px * scale, y: y + 6, 'font-size': 18, fill: 'var(--ink-soft)' };
  return [svgNode('line', line), svgNode('text', label, [`${px} px`])];
}

/** The letter that stands for a class of keys below its bar. */
export const KEY_LETTERS: Record<KeyClass, string> = {
  char: 'c',
  space: 's',
  backspace: 'b',
  enter: 'e',
  navigation: 'n',
};
/** A plot shows this many keys; few typing runs have more. */
export const KEYS_PLOTTED = 60;

const KEY_WIDTH = 24;
const PLOT_HEIGHT = 150;
const PLOT_LEFT = 74;
const PLOT_TOP = 12;
/** From the bottom of the plot to its top, on a logarithmic scale. */
const SHORTEST_MS = 30;
const LONGEST_MS = 5000;
const LINES_MS = [100, 300, 1000, 3000];

/** A bar for the interval before each key, as high as it was long, over the letter of the key's class. */
export function drawRhythm(keyClass: readonly KeyClass[], intervalMs: readonly (number | null)[]): SvgNode {
  const keys = keyClass.slice(0, KEYS_PLOTTED);
  const width = PLOT_LEFT + Math.max(20, keys.length) * KEY_WIDTH + 8;
  const bottom = PLOT_TOP + PLOT_HEIGHT;
  const yOf = (ms: number) => {
    const held = Math.min(Math.max(ms, SHORTEST_MS), LONGEST_MS);
    return bottom - (PLOT_HEIGHT * Math.log(held / SHORTEST_MS)) / Math.log(LONGEST_MS / SHORTEST_MS);
  };
  const lines = LINES_MS.flatMap((ms) => [
    svgNode('line', { x1: PLOT_LEFT, x2: width, y1: yOf(ms), y2: yOf(ms), stroke: 'var(--line)' }),
    svgNode(
      'text',
      { x: PLOT_LEFT - 8, y: yOf(ms) + 5, 'text-anchor': 'end', 'font-size': 15, fill: 'var(--ink-soft)' },
      [`${ms} ms`],
    ),
  ]);
  const bars = keys.flatMap((name, index) => {
    const x = PLOT_LEFT + index * KEY_WIDTH;
    const fill = name === 'backspace' ? 'var(--alarm)' : name === 'char' ? 'var(--accent)' : 'var(--edge)';
    const letter = {
      x: x + KEY_WIDTH / 2,
      y: bottom + 20,
      'text-anchor': 'middle',
      'font-size': 16,
      fill: 'var(--ink)',
    };
    const interval = intervalMs[index];
    const bar = {
      x: x + 4,
      y: yOf(interval ?? 0),
      width: KEY_WIDTH - 8,
      height: bottom - yOf(interval ?? 0),
      fill,
    };
    return [
      ...(interval === null || interval === undefined ? [] : [svgNode('rect', bar)]),
      svgNode('text', letter, [KEY_LETTERS[name]]),
    ];
  });
  const base = svgNode('line', { x1: PLOT_LEFT, x2: width, y1: bottom, y2: bottom, stroke: 'var(--edge)' });
  return svgNode(
    'svg',
    { class: 'single plot', viewBox: `0 0 ${width} ${bottom + 28}`, 'aria-hidden': 'true' },
    [...lines, ...bars, base],
  );
}

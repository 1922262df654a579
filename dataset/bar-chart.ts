/**
 * Counts as a picture (SVG): a bar for each, with its label, its number and its share of all.
 *
 * Drawn for the card and for the viewer. Has its own colours for light and dark, and says in words what it shows. The
 * same counts give the same bytes.
 */
import { svgMarkup, svgNode, type SvgNode } from '../src/replay/svg-node.ts';
import { formatCount } from './markdown.ts';

/** A label and how often it occurs. */
export interface Bar {
  label: string;
  count: number;
}

export interface BarChart {
  title: string;
  /** What is counted, in the plural. */
  counted: string;
  bars: readonly Bar[];
  /** How many were counted in all: shares are of them. */
  total: number;
}

const WIDTH = 640;
const TOP = 58;
const ROW = 24;
const BAR_HEIGHT = 14;
const LEFT = 16;
const LABEL_WIDTH = 200;
/** Room for a count and a share on the right. */
const NUMBER_WIDTH = 130;
const BARS_FROM = LEFT + LABEL_WIDTH + 12;
const BARS_WIDTH = WIDTH - BARS_FROM - NUMBER_WIDTH;
/** As many letters of a label as fit into its column. */
const LABEL_LETTERS = 28;

const STYLE = `.ground{fill:#ffffff}.ink{fill:#1c2024}.soft{fill:#50575f}.bar{fill:#0b5f66}.rule{stroke:#7b8188}
@media (prefers-color-scheme:dark){.ground{fill:#16181b}.ink{fill:#eceae6}.soft{fill:#b3b9c0}.bar{fill:#83d5ca}.rule{stroke:#868d95}}`;

/** The whole picture. */
export function drawBarChart(chart: BarChart): string {
  const { title, counted, bars, total } = chart;
  const height = TOP + Math.max(1, bars.length) * ROW + 16;
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  const rows =
    bars.length === 0
      ? [text(LEFT, TOP + 16, 'soft', 'Nothing to count yet.')]
      : bars.flatMap((bar, index) => drawBar(bar, TOP + index * ROW, most, total));
  const picture = svgNode(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${WIDTH} ${height}`,
      width: WIDTH,
      height,
      role: 'img',
      'aria-labelledby': 'title description',
      'font-family': 'system-ui, sans-serif',
      'font-size': 13,
    },
    [
      svgNode('title', { id: 'title' }, [title]),
      svgNode('desc', { id: 'description' }, [describeBars(chart)]),
      svgNode('style', {}, [STYLE]),
      svgNode('rect', { class: 'ground', width: WIDTH, height, rx: 8 }),
      text(LEFT, 26, 'ink', title, { 'font-size': 15, 'font-weight': 600 }),
      text(LEFT, 44, 'soft', `${formatCount(total)} ${counted}`),
      svgNode('line', {
        class: 'rule',
        x1: BARS_FROM - 0.5,
        x2: BARS_FROM - 0.5,
        y1: TOP,
        y2: height - 16,
      }),
      ...rows,
    ],
  );
  return `${svgMarkup(picture)}\n`;
}

/** The same in words, for who cannot see the picture. */
export function describeBars({ title, counted, bars, total }: BarChart): string {
  if (bars.length === 0) return `${title}: nothing to count yet.`;
  const parts = bars.map(({ label, count }) => `${label} ${formatShare(count, total)}`);
  return `${title}, of ${formatCount(total)} ${counted}: ${parts.join(', ')}.`;
}

/** A part of all in per cent; one that is too small to be a hundredth is not said to be none. */
export function formatShare(count: number, total: number): string {
  const percent = total === 0 ? 0 : (100 * count) / total;
  return count > 0 && percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(1)} %`;
}

function drawBar({ label, count }: Bar, y: number, most: number, total: number): SvgNode[] {
  const width = count === 0 ? 0 : Math.max(1.5, (BARS_WIDTH * count) / most);
  const middle = y + ROW / 2;
  return [
    text(LEFT + LABEL_WIDTH, middle + 4, 'ink', shorten(label), { 'text-anchor': 'end' }),
    svgNode('rect', { class: 'bar', x: BARS_FROM, y: middle - BAR_HEIGHT / 2, width, height: BAR_HEIGHT }),
    text(BARS_FROM + width + 8, middle + 4, 'soft', `${formatCount(count)} (${formatShare(count, total)})`),
  ];
}

function shorten(label: string): string {
  return label.length > LABEL_LETTERS ? `${label.slice(0, LABEL_LETTERS - 1)}…` : label;
}

function text(
  x: number,
  y: number,
  className: string,
  content: string,
  more: SvgNode['attributes'] = {},
): SvgNode {
  return svgNode('text', { class: className, x, y, ...more }, [content]);
}

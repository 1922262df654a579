/**
 * What recording costs as a picture (SVG): script time and bytes of each contestant on each page, goals beside them.
 *
 * Drawn from the last results, for the README. Pages are told apart by shape, the product by weight; the scale is
 * logarithmic, since contestants differ a hundredfold.
 */
import { PAGES, type PageName } from './bench-pages.ts';
import { CONTESTANTS, type ContestantName } from './contestant-names.ts';
import type { CaptureResults, ContestantResult } from './results.ts';

const WIDTH_PX = 760;
const ROW_PX = 28;
const TOP_PX = 104;
const NAMES_PX = 96;
const PANEL_PX = 284;
const GAP_PX = 56;

const COLOURS: Record<PageName, string> = { form: '#1f5fa8', nodes: '#8a3324', typing: '#2e6b3a' };
const PAGE_NAMES: Record<PageName, string> = {
  form: 'a form',
  nodes: 'the same form above 10,000 changing nodes',
  typing: 'typing',
};

interface Panel {
  title: string;
  of: 'selfMsPerMinute' | 'wireBytesPerMinute';
  /** The ends of the scale; what costs less is drawn at its lower end. */
  range: readonly [number, number];
  ticks: readonly number[];
  goal: number;
}

const PANELS: readonly Panel[] = [
  {
    title: 'Script time in the page, ms per minute',
    of: 'selfMsPerMinute',
    range: [5, 20_000],
    ticks: [10, 100, 1000, 10_000],
    goal: 50,
  },
  {
    title: 'On the wire, bytes per minute',
    of: 'wireBytesPerMinute',
    range: [500, 1_000_000],
    ticks: [1000, 10_000, 100_000, 1_000_000],
    goal: 2500,
  },
];

/** The whole picture; contestants that were not measured are left out. */
export function drawCaptureCost({ contestants, rounds }: CaptureResults): string {
  const measured = CONTESTANTS.flatMap((name): [ContestantName, ContestantResult][] => {
    const result = contestants[name];
    return result === undefined ? [] : [[name, result]];
  });
  const bottomPx = TOP_PX + measured.length * ROW_PX;
  const heightPx = bottomPx + 48;
  const names = measured.map(
    ([name], index) =>
      `<text x="${NAMES_PX - 8}" y="${middlePx(index) + 4}" text-anchor="end" fill="#1a1a1a"${name === 'proffer' ? ' font-weight="700"' : ''}>${name}</text>`,
  );
  const key = PAGES.map((page, index) => {
    const x = [NAMES_PX + 6, NAMES_PX + 90, NAMES_PX + 420][index]!;
    return `${mark(page, x, 64)}<text x="${x + 12}" y="68" fill="#4a4a4a">${PAGE_NAMES[page]}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH_PX} ${heightPx}" width="${WIDTH_PX}" height="${heightPx}" role="img" aria-labelledby="title description" font-family="system-ui, sans-serif" font-size="13">
<title id="title">What recording costs</title>
<desc id="description">${describe(measured)}</desc>
<rect width="${WIDTH_PX}" height="${heightPx}" fill="#ffffff"/>
<text x="${NAMES_PX}" y="24" font-size="15" font-weight="600" fill="#1a1a1a">What does recording cost?</text>
<text x="${NAMES_PX}" y="44" fill="#4a4a4a">The same busy minute for everybody, median of ${rounds}. Left is better; the dashed line is the goal.</text>
${key.join('')}
${names.join('\n')}
${PANELS.map((panel, index) => drawPanel(panel, NAMES_PX + index * (PANEL_PX + GAP_PX), bottomPx, measured)).join('\n')}
</svg>
`;
}

function drawPanel(
  panel: Panel,
  leftPx: number,
  bottomPx: number,
  measured: readonly [ContestantName, ContestantResult][],
): string {
  const [from, to] = panel.range;
  const xPx = (value: number) => {
    const inside = Math.min(to, Math.max(from, value));
    return round(leftPx + (Math.log(inside / from) / Math.log(to / from)) * PANEL_PX);
  };
  const grid = panel.ticks.map(
    (tick) =>
      `<line x1="${xPx(tick)}" x2="${xPx(tick)}" y1="${TOP_PX}" y2="${bottomPx}" stroke="#dddddd"/><text x="${xPx(tick)}" y="${bottomPx + 18}" text-anchor="middle" fill="#4a4a4a">${tick.toLocaleString('en')}</text>`,
  );
  const rows = measured.map(([name, result], index) =>
    PAGES.flatMap((page) => {
      const value = result.pages[page][panel.of];
      // Nothing has no place on a logarithmic scale.
      return value > 0
        ? [mark(page, xPx(value), middlePx(index), name === 'proffer')]
        : page === 'form'
          ? [`<text x="${leftPx + 4}" y="${middlePx(index) + 4}" fill="#4a4a4a">nothing</text>`]
          : [];
    }).join(''),
  );
  return `<g><text x="${leftPx}" y="${TOP_PX - 12}" font-weight="600" fill="#1a1a1a">${panel.title}</text>
${grid.join('')}
<line x1="${xPx(panel.goal)}" x2="${xPx(panel.goal)}" y1="${TOP_PX}" y2="${bottomPx}" stroke="#1a1a1a" stroke-dasharray="4 3"/><text x="${xPx(panel.goal)}" y="${bottomPx + 34}" text-anchor="middle" fill="#1a1a1a">goal ${panel.goal.toLocaleString('en')}</text>
${rows.join('\n')}</g>`;
}

function mark(page: PageName, x: number, y: number, isOurs = false): string {
  const look = `fill="${COLOURS[page]}"${isOurs ? ' stroke="#1a1a1a" stroke-width="1.5"' : ''}`;
  switch (page) {
    case 'form':
      return `<circle cx="${x}" cy="${y}" r="5" ${look}/>`;
    case 'nodes':
      return `<rect x="${round(x - 5)}" y="${y - 5}" width="10" height="10" ${look}/>`;
    case 'typing':
      return `<path d="M${x} ${y - 6}L${round(x + 6)} ${y + 5}H${round(x - 6)}Z" ${look}/>`;
  }
}

/** The picture in words. */
function describe(measured: readonly [ContestantName, ContestantResult][]): string {
  return measured
    .map(([name, { pages }]) => {
      const figures = PAGES.map(
        (page) =>
          `${page} ${Math.round(pages[page].selfMsPerMinute)} ms and ${Math.round(pages[page].wireBytesPerMinute)} bytes`,
      );
      return `${name}, per minute: ${figures.join(', ')}.`;
    })
    .join(' ');
}

function middlePx(row: number): number {
  return TOP_PX + ROW_PX * row + ROW_PX / 2;
}

function round(px: number): number {
  return Number(px.toFixed(1));
}

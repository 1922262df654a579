/**
 * Privacy against utility as a picture (SVG): what each level protects and what its data is still good for.
 *
 * Drawn from the figures of the audit's last run, for the README and for the folder of a dataset. Colours are told apart
 * by shape and label too.
 */
import { MAX_RHYTHM_KEYS } from '../src/trace/limits.ts';
import type { AuditedLevel, RiskFigures, UtilityFigures } from '../src/trace/risk-figure.ts';

const WIDTH_PX = 760;
const HEIGHT_PX = 400;
const PANEL = { widthPx: 290, heightPx: 250, topPx: 90 };
const LEFT_PX = [64, 440] as const;

const LEVELS = ['raw', 'linked', 'balanced', 'strict'] as const satisfies AuditedLevel[];
const COLOURS: Record<AuditedLevel, string> = {
  raw: '#8a3324',
  linked: '#b06a00',
  balanced: '#1f5fa8',
  strict: '#2e6b3a',
};

interface Panel {
  kind: 'motion' | 'rhythm';
  title: string;
  measure: string;
  /** What lies to the right is more useful. */
  axis: string;
  /** From the left end to the right one. */
  range: readonly [number, number];
  ticks: readonly number[];
}

const PANELS: readonly Panel[] = [
  {
    kind: 'motion',
    title: 'One movement',
    measure: 'movementEndErrorPx',
    axis: 'px off when telling where a movement ends',
    range: [130, 30],
    ticks: [120, 90, 60, 30],
  },
  {
    kind: 'rhythm',
    title: `One rhythm of up to ${MAX_RHYTHM_KEYS} keys`,
    measure: 'pauseAuc',
    axis: 'telling that a pause comes (AUC; 0.5 is chance)',
    range: [0.3, 0.9],
    ticks: [0.3, 0.5, 0.7, 0.9],
  },
];

/** The whole picture; levels that were not measured are left out. */
export function drawRisk(figures: RiskFigures, utility: UtilityFigures): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH_PX} ${HEIGHT_PX}" width="${WIDTH_PX}" height="${HEIGHT_PX}" role="img" aria-labelledby="title description" font-family="system-ui, sans-serif" font-size="13">
<title id="title">Privacy against utility</title>
<desc id="description">${describe(figures, utility)}</desc>
<rect width="${WIDTH_PX}" height="${HEIGHT_PX}" fill="#ffffff"/>
<text x="${LEFT_PX[0]}" y="24" font-size="15" font-weight="600" fill="#1a1a1a">Who is it, and what is it good for?</text>
<text x="${LEFT_PX[0]}" y="44" fill="#4a4a4a">Up: harder to tell whose record it is (equal error rate; 50 % is a coin toss). Right: more useful.</text>
${PANELS.map((panel, index) => drawPanel(panel, LEFT_PX[index]!, figures, utility)).join('\n')}
</svg>
`;
}

function drawPanel(panel: Panel, leftPx: number, figures: RiskFigures, utility: UtilityFigures): string {
  const { widthPx, heightPx, topPx } = PANEL;
  const [from, to] = panel.range;
  const xPx = (value: number) => leftPx + ((value - from) / (to - from)) * widthPx;
  const yPx = (eer: number) => topPx + heightPx - (eer / 0.5) * heightPx;
  const bottomPx = topPx + heightPx;
  const grid = [0, 0.1, 0.2, 0.3, 0.4, 0.5].map(
    (eer) =>
      `<line x1="${leftPx}" x2="${leftPx + widthPx}" y1="${yPx(eer)}" y2="${yPx(eer)}" stroke="#dddddd"/><text x="${leftPx - 8}" y="${yPx(eer) + 4}" text-anchor="end" fill="#4a4a4a">${Math.round(100 * eer)} %</text>`,
  );
  const ticks = panel.ticks.map(
    (value) =>
      `<line x1="${round(xPx(value))}" x2="${round(xPx(value))}" y1="${bottomPx}" y2="${bottomPx + 5}" stroke="#4a4a4a"/><text x="${round(xPx(value))}" y="${bottomPx + 20}" text-anchor="middle" fill="#4a4a4a">${value}</text>`,
  );
  const points = pointsOf(panel, figures, utility).map(({ level, value, eer }) => {
    const [x, y] = [round(xPx(value)), round(yPx(eer))];
    const isRight = x > leftPx + widthPx - 70;
    return `${mark(level, x, y)}<text x="${isRight ? x - 10 : x + 10}" y="${y + 4}" text-anchor="${isRight ? 'end' : 'start'}" fill="${COLOURS[level]}" font-weight="600">${level}</text>`;
  });
  return `<g><text x="${leftPx}" y="${topPx - 10}" font-weight="600" fill="#1a1a1a">${panel.title}</text>
${grid.join('')}
<line x1="${leftPx}" x2="${leftPx + widthPx}" y1="${bottomPx}" y2="${bottomPx}" stroke="#4a4a4a"/>
${ticks.join('')}
<text x="${leftPx + widthPx / 2}" y="${bottomPx + 42}" text-anchor="middle" fill="#4a4a4a">${panel.axis}</text>
${points.join('\n')}</g>`;
}

function pointsOf({ kind, measure }: Panel, figures: RiskFigures, utility: UtilityFigures) {
  return LEVELS.flatMap((level) => {
    const eer = figures[level].record?.[kind]?.eer;
    const value = utility[`${level} ${measure}`]?.value;
    return eer === undefined || value === undefined ? [] : [{ level, value, eer }];
  });
}

function mark(level: AuditedLevel, x: number, y: number): string {
  const fill = COLOURS[level];
  switch (level) {
    case 'raw':
      return `<rect x="${x - 5}" y="${y - 5}" width="10" height="10" fill="${fill}"/>`;
    case 'linked':
      return `<path d="M${x} ${y - 7}L${x + 7} ${y + 5}H${x - 7}Z" fill="${fill}"/>`;
    case 'balanced':
      return `<circle cx="${x}" cy="${y}" r="6" fill="${fill}"/>`;
    case 'strict':
      return `<path d="M${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}L${x - 7} ${y}Z" fill="${fill}"/>`;
  }
}

/** The picture in words. */
function describe(figures: RiskFigures, utility: UtilityFigures): string {
  return PANELS.map((panel) => {
    const points = pointsOf(panel, figures, utility).map(
      ({ level, value, eer }) =>
        `${level}: equal error rate ${Math.round(100 * eer)} %, ${Number(value.toFixed(2))} ${panel.axis}`,
    );
    return `${panel.title}: ${points.join('; ')}.`;
  }).join(' ');
}

function round(px: number): number {
  return Number(px.toFixed(1));
}

/**
 * The charts of the My data page: hours by app and day, and how much each scope has given.
 *
 * SVG of our own. Each says in its title what it shows, and stands beside a table with the same numbers: a picture is
 * never the only way to them. Colours differ in lightness as well as in hue.
 */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { SessionRow } from '../queue/sessions.ts';
import { SCOPE_TEXTS } from '../popup/scope-texts.ts';
import { formatNumber, t } from '../popup/translate.ts';
import { formatDay, formatShortDay, formatSpan } from './format-day.ts';
import { useMediaQuery } from './use-media-query.ts';
import { COUNTED } from './word-texts.ts';
import { appsByTime, workByDay, type DayOfWork } from './work-by-day.ts';

/** On a narrow screen fewer days, so that what is written stays large enough to be read. */
const WIDE = { dayCount: 14, width: 720 };
const NARROW = { dayCount: 7, width: 380 };
const IS_NARROW = '(max-width: 40rem)';
/** Apps that have a colour of their own; all further ones are drawn as one. */
const OWN_COLOURS = 4;
const HOUR_MS = 3_600_000;

const HEIGHT = 220;
const LEFT = 44;
const BOTTOM = 28;
const TOP = 12;
const BAR_SHARE = 0.62;

export function HoursChart({
  sessions,
  nowMs,
}: {
  sessions: readonly SessionRow[];
  nowMs: number;
}): JSX.Element {
  const titleId = useId();
  const { dayCount, width } = useMediaQuery(IS_NARROW) ? NARROW : WIDE;
  const days = workByDay(sessions, nowMs, dayCount);
  const apps = appsByTime(sessions);
  const mostMs = Math.max(HOUR_MS, ...days.map(totalMs));
  const hourStep = stepFor(mostMs / HOUR_MS);
  const topMs = Math.ceil(mostMs / HOUR_MS / hourStep) * hourStep * HOUR_MS;
  const bandWidth = (width - LEFT) / days.length;
  const yOf = (spanMs: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - spanMs / topMs);
  const lines = Array.from({ length: topMs / HOUR_MS / hourStep + 1 }, (_, index) => index * hourStep);
  return (
    <figure class="chart">
      <figcaption>{t('myDataChart_hours', dayCount)}</figcaption>
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-labelledby={titleId}>
        <title id={titleId}>
          {t('myDataChart_hoursTitle', dayCount, formatSpan(sum(days.map(totalMs))))}
        </title>
        {lines.map((hours) => (
          <g key={hours}>
            <line
              class="chart-line"
              x1={LEFT}
              x2={width}
              y1={yOf(hours * HOUR_MS)}
              y2={yOf(hours * HOUR_MS)}
            />
            <text class="chart-text" x={LEFT - 8} y={yOf(hours * HOUR_MS) + 4} text-anchor="end">
              {t('myDataChart_hourMark', hours)}
            </text>
          </g>
        ))}
        {days.map((day, index) => (
          <g key={day.dayMs}>
            <Bar
              day={day}
              apps={apps}
              x={LEFT + (index + (1 - BAR_SHARE) / 2) * bandWidth}
              width={bandWidth * BAR_SHARE}
              yOf={yOf}
            />
            <text class="chart-text" x={LEFT + (index + 0.5) * bandWidth} y={HEIGHT - 8} text-anchor="middle">
              {formatShortDay(day.dayMs)}
            </text>
          </g>
        ))}
      </svg>
      <ul class="legend">
        {[...apps.slice(0, OWN_COLOURS), ...(apps.length > OWN_COLOURS ? [t('myDataChart_others')] : [])].map(
          (name, index) => (
            <li key={name}>
              <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
                <rect class={colourOf(index)} width="12" height="12" rx="2" />
              </svg>
              {name}
            </li>
          ),
        )}
      </ul>
      <details>
        <summary>{t('myDataChart_table')}</summary>
        <HoursTable days={days} apps={apps} />
      </details>
    </figure>
  );
}

interface BarProps {
  day: DayOfWork;
  apps: readonly string[];
  x: number;
  width: number;
  yOf: (spanMs: number) => number;
}

function Bar({ day, apps, x, width, yOf }: BarProps): JSX.Element {
  let belowMs = 0;
  return (
    <>
      {apps.map((app, index) => {
        const spanMs = day.byApp.get(app) ?? 0;
        if (spanMs === 0) return null;
        const [bottom, top] = [yOf(belowMs), yOf(belowMs + spanMs)];
        belowMs += spanMs;
        return (
          <rect
            key={app}
            class={colourOf(index)}
            x={x}
            y={top}
            width={width}
            height={Math.max(1, bottom - top - 1)}
            rx="2"
          >
            <title>{`${formatDay(day.dayMs)}, ${app}: ${formatSpan(spanMs)}`}</title>
          </rect>
        );
      })}
    </>
  );
}

function HoursTable({ days, apps }: { days: readonly DayOfWork[]; apps: readonly string[] }): JSX.Element {
  return (
    <div class="table" tabIndex={0} role="group" aria-label={t('myDataChart_hours', days.length)}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('myDataTable_day')}</th>
            {apps.map((app) => (
              <th scope="col" key={app}>
                {app}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.dayMs}>
              <th scope="row">{formatDay(day.dayMs)}</th>
              {apps.map((app) => (
                <td key={app}>{day.byApp.has(app) ? formatSpan(day.byApp.get(app)!) : '–'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How much each kind of recording has given, in bars that say their number. */
export function ScopesChart({ sessions }: { sessions: readonly SessionRow[] }): JSX.Element {
  const kinds = (['motion', 'rhythm', 'step', 'trace'] as const)
    .map((kind) => ({ kind, count: sum(sessions.map((session) => session.counts[kind])) }))
    // Traces are made at level linked only.
    .filter(({ kind, count }) => kind !== 'trace' || count > 0);
  const most = Math.max(1, ...kinds.map(({ count }) => count));
  return (
    <figure class="chart">
      <figcaption>{t('myDataChart_scopes')}</figcaption>
      <dl class="bars">
        {kinds.map(({ kind, count }, index) => (
          <div key={kind}>
            <dt>
              {t(SCOPE_TEXTS[COUNTED[kind].scope].title)}
              <span class="hint">{t(COUNTED[kind].text)}</span>
            </dt>
            <dd>
              <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect
                  class={colourOf(index)}
                  width={count === 0 ? 0 : Math.max(0.5, (100 * count) / most)}
                  height="10"
                />
              </svg>
              <span>{formatNumber(count)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}

function colourOf(index: number): string {
  return `chart-${Math.min(index, OWN_COLOURS)}`;
}

function totalMs(day: DayOfWork): number {
  return sum([...day.byApp.values()]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Whole hours between two lines, so that there are few of them. */
function stepFor(hours: number): number {
  return [1, 2, 4, 6, 12].find((step) => hours / step <= 4) ?? 24;
}

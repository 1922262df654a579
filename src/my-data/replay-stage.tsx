/**
 * One picture of a replay: the wireframe of the view, what is done to it now, and the keys below it.
 *
 * Draws what `src/replay` found and nothing else. Hidden from screen readers: the sentence beside it says the same.
 */
import type { JSX } from 'preact';
import { t } from '../popup/translate.ts';
import type { Frame } from '../replay/frame-at.ts';
import type { PathPoint, Shown, Tick } from '../replay/replay.ts';
import { UNKNOWN_STAGE, type Box, type Control, type Region } from '../replay/wireframe.ts';
import type { Action } from '../trace/limits.ts';
import { LANDMARK_TEXTS, roleText } from './word-texts.ts';

/** Around the view, since a turned path may lead over its edge. */
const MARGIN = 40;
/** About how wide a letter of a label is drawn. */
const LETTER = 13;
const LABEL_HEIGHT = 24;

export function ReplayStage({ frame }: { frame: Frame }): JSX.Element {
  const { scene, moment, trail } = frame;
  const { width, height } = scene ?? UNKNOWN_STAGE;
  const step = moment?.shown.kind === 'step' ? moment.shown : undefined;
  return (
    <svg
      class="stage"
      viewBox={`${-MARGIN} ${-MARGIN} ${width + 2 * MARGIN} ${height + 2 * MARGIN}`}
      aria-hidden="true"
    >
      <rect class="stage-view" width={width} height={height} rx="8" />
      {scene?.regions.map((region) => (
        <RegionBox key={region.landmark} region={region} />
      ))}
      {scene?.controls.map((control) => (
        <ControlBox key={control.id} control={control} isUsed={step?.control?.id === control.id} />
      ))}
      {step && <StepMark step={step} />}
      {trail.length > 0 && (
        <Trail points={trail} isPlaced={moment?.shown.kind === 'motion' && moment.shown.isPlaced} />
      )}
    </svg>
  );
}

function RegionBox({ region: { landmark, box } }: { region: Region }): JSX.Element {
  const label = t(LANDMARK_TEXTS[landmark]);
  return (
    <g class="stage-region">
      <rect {...box} rx="6" />
      {fits(label, box) && (
        <text x={box.x + 8} y={box.y + LABEL_HEIGHT - 3}>
          {label}
        </text>
      )}
    </g>
  );
}

function ControlBox({ control, isUsed }: { control: Control; isUsed: boolean }): JSX.Element {
  const { box, role, term } = control;
  const label = [term, t(roleText(role))].find((text) => text !== undefined && fits(text, box));
  return (
    <g class={isUsed ? 'stage-control used' : 'stage-control'}>
      <rect {...box} rx="6" />
      {label !== undefined && (
        <text x={box.x + box.width / 2} y={box.y + box.height / 2 + 8} text-anchor="middle">
          {label}
        </text>
      )}
    </g>
  );
}

function fits(label: string, box: Box): boolean {
  return label.length * LETTER < box.width && box.height >= LABEL_HEIGHT;
}

/** How the step looks on its control: a ring for presses, an arrow for ways, a caret for keys. */
function StepMark({ step }: { step: Shown & { kind: 'step' } }): JSX.Element | null {
  const { control, destination } = step;
  if (control === undefined) return null;
  const centre = centreOf(control.box);
  const { action, direction } = step.step;
  if (action === 'scroll' || action === 'zoom')
    return <Arrow from={centre} to={shifted(centre, direction)} />;
  if (action === 'drag' && destination) return <Arrow from={centre} to={centreOf(destination.box)} />;
  if (BY_KEYS.has(action))
    return <rect class="stage-mark solid" x={control.box.x + 10} y={centre.y - 12} width="5" height="24" />;
  return <Ring at={centre} />;
}

const BY_KEYS: ReadonlySet<Action> = new Set(['type', 'press', 'shortcut']);

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

function Ring({ at }: { at: Point }): JSX.Element {
  return (
    <g class="stage-mark">
      <circle cx={at.x} cy={at.y} r="24" />
      <circle cx={at.x} cy={at.y} r="10" />
    </g>
  );
}

function Arrow({ from, to }: { from: Point; to: Point }): JSX.Element {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const wing = (turn: number) =>
    `${to.x - 24 * Math.cos(angle + turn)},${to.y - 24 * Math.sin(angle + turn)}`;
  return (
    <g class="stage-mark">
      <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
      <polyline points={`${wing(0.5)} ${to.x},${to.y} ${wing(-0.5)}`} />
    </g>
  );
}

function Trail({ points, isPlaced }: { points: readonly PathPoint[]; isPlaced: boolean }): JSX.Element {
  const { x, y } = points.at(-1)!;
  return (
    <g class={isPlaced ? 'stage-trail' : 'stage-trail unplaced'}>
      <polyline points={points.map((point) => `${point.x},${point.y}`).join(' ')} />
      {points.slice(0, -1).map((point) => (
        <circle key={point.atMs} cx={point.x} cy={point.y} r="5" />
      ))}
      <circle class="stage-pointer" cx={x} cy={y} r="11" />
    </g>
  );
}

const STRIP_WIDTH = 600;
const STRIP_HEIGHT = 40;
/** A rhythm is drawn at least over this long, so that a short one does not look slow. */
const STRIP_MS = 3000;

/** Keys as strokes along time: characters up, corrections down, the others short. */
export function RhythmStrip({ ticks, spanMs }: { ticks: readonly Tick[]; spanMs: number }): JSX.Element {
  const middle = STRIP_HEIGHT / 2;
  const xOf = (atMs: number) => 6 + ((STRIP_WIDTH - 12) * atMs) / Math.max(STRIP_MS, spanMs);
  return (
    <svg class="strip" viewBox={`0 0 ${STRIP_WIDTH} ${STRIP_HEIGHT}`} aria-hidden="true">
      {ticks.length > 0 && <line class="strip-line" x1="0" x2={STRIP_WIDTH} y1={middle} y2={middle} />}
      {ticks.map(({ keyClass, atMs }) => {
        const [top, bottom] = STROKES[keyClass];
        return (
          <line
            key={atMs}
            class={`strip-key ${keyClass}`}
            x1={xOf(atMs)}
            x2={xOf(atMs)}
            y1={middle - top}
            y2={middle + bottom}
          />
        );
      })}
    </svg>
  );
}

const STROKES: Record<Tick['keyClass'], [up: number, down: number]> = {
  char: [16, 0],
  space: [6, 0],
  backspace: [0, 16],
  enter: [16, 16],
  navigation: [6, 6],
};

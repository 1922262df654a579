/**
 * Sessions -> raw fragments: what capture would have handed to the background, had it watched these people.
 *
 * Cuts movements with the product's own cutter and runs by the product's own rules; only the events come from
 * elsewhere. What the data does not have (targets, nested scrollers) is left out: its risk is not measured here.
 */
import type { RawMovement, RawTypingRun } from '../../../src/capture/fragments.ts';
import { createMovementCutter, type PointerPath } from '../../../src/capture/movement-cutter.ts';
import { createTypingRunCutter } from '../../../src/capture/typing-run.ts';
import type { MovementEnd } from '../../../src/trace/limits.ts';
import type { KeySession, PointerSession } from './sessions.ts';

const DOUBLE_CLICK_MS = 500;

/** A movement as the page would tell it, beside everything that the data knows of it. */
export interface WatchedMovement {
  fragment: RawMovement;
  full: FullMovement;
}

/** Every event of a movement, before any sampling. */
export interface FullMovement {
  timeMs: number[];
  xPx: number[];
  yPx: number[];
  end: MovementEnd;
  pauseBeforeMs: number;
  /** From press to release, where the movement ended in a press; -1 otherwise. */
  dwellMs: number;
}

/** All movements of a sitting, in order. */
export function movementsOf(session: PointerSession): WatchedMovement[] {
  const cutter = createMovementCutter(0);
  const movements: WatchedMovement[] = [];

  session.timeMs.forEach((atMs, index) => {
    const [xPx, yPx] = [session.xPx[index]!, session.yPx[index]!];
    switch (session.state[index]!) {
      case 1:
        keep(cutter.cut(), pressEnd(session, index));
        break;
      case 2:
        keep(cutter.cut(), 'none');
        break;
      case 4:
        keep(cutter.cut(), 'wheel');
        break;
      default:
        keep(cutter.add(atMs, xPx, yPx), 'none');
    }
  });
  keep(cutter.cut(), 'none');
  return movements;

  function keep(path: PointerPath | undefined, end: MovementEnd): void {
    if (path !== undefined)
      movements.push({ fragment: fragmentOf(path, end), full: fullOf(session, path, end) });
  }
}

/** What a press becomes: known from what follows it. */
function pressEnd(session: PointerSession, at: number): MovementEnd {
  if (session.button[at] === 2) return 'secondary';
  const release = nextState(session, at, 2);
  const dragged = nextState(session, at, 3);
  if (dragged >= 0 && (release < 0 || dragged < release)) return 'drag';
  const again = release < 0 ? -1 : nextState(session, release, 1);
  return again >= 0 && session.timeMs[again]! - session.timeMs[at]! < DOUBLE_CLICK_MS
    ? 'doubleClick'
    : 'click';
}

function nextState(session: PointerSession, after: number, state: number): number {
  return session.state.indexOf(state, after + 1);
}

function fragmentOf(path: PointerPath, end: MovementEnd): RawMovement {
  return {
    kind: 'movement',
    atMs: path.endMs,
    timeMs: path.timeMs,
    xPx: path.xPx,
    yPx: path.yPx,
    end,
    pauseBeforeMs: path.pauseBeforeMs,
    pointerType: 'mouse',
    nestedScroller: false,
    target: null,
  };
}

function fullOf(session: PointerSession, path: PointerPath, end: MovementEnd): FullMovement {
  const from = lowerBound(session.timeMs, path.startMs);
  let to = lowerBound(session.timeMs, path.endMs);
  while (to < session.timeMs.length && session.timeMs[to] === path.endMs) to += 1;
  const press = session.state[to] === 1 ? to : -1;
  const release = press < 0 ? -1 : nextState(session, press, 2);
  return {
    timeMs: session.timeMs.slice(from, to).map((atMs) => atMs - path.startMs),
    xPx: session.xPx.slice(from, to),
    yPx: session.yPx.slice(from, to),
    end,
    pauseBeforeMs: path.pauseBeforeMs,
    dwellMs: release < 0 ? -1 : session.timeMs[release]! - session.timeMs[press]!,
  };
}

/** First index whose value is not below; the list is in ascending order. */
function lowerBound(values: readonly number[], wanted: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

const CLASS_NAMES = [
  'letter',
  'digit',
  'space',
  'backspace',
  'enter',
  undefined,
  'navigation',
  'punctuation',
] as const;

/** The typing runs of one sentence, without modifiers, as capture leaves them. */
export function typingRunsOf(session: KeySession): RawTypingRun[] {
  const cutter = createTypingRunCutter();
  const runs: (RawTypingRun | undefined)[] = [];
  const holds: number[] = [];
  session.keyClass.forEach((keyClass, index) => {
    const name = CLASS_NAMES[keyClass];
    if (name === undefined) return;
    runs.push(cutter.press(name, session.downMs[index]!));
    holds.push(Math.round(session.holdMs[index]!));
  });
  runs.push(cutter.cut());
  // The cutter matches releases by class; the data knows each key's own hold time.
  let taken = 0;
  return runs
    .filter((run) => run !== undefined)
    .map((run) => {
      const holdMs = holds.slice(taken, taken + run.keyClass.length);
      taken += run.keyClass.length;
      return { ...run, holdMs };
    });
}

/**
 * Pieces -> a replay: moments one after the other, each with the wireframe it happened on.
 *
 * Pure, on the participant's computer and the data team's. A movement is kept turned and without its place
 * (docs/decisions/0017), so it is drawn to end where the step that it led to was done, and says so when there is none.
 */
import type { MovementEnd, Action } from '../trace/limits.ts';
import type { MotionPath } from '../trace/motion.ts';
import type { Target } from '../trace/target.ts';
import type { Deed, KeyClass, ReplayPiece } from './pieces.ts';
import { controlId, createScene, pointOn, UNKNOWN_STAGE, type Control, type Scene } from './wireframe.ts';

/** A place of the pointer, in units of the scene, and when since its moment began. */
export interface PathPoint {
  x: number;
  y: number;
  atMs: number;
}

export interface Tick {
  keyClass: KeyClass;
  /** Since the moment began. */
  atMs: number;
}

export type Shown =
  | (Deed & { kind: 'step' } & { control: Control | undefined; destination: Control | undefined })
  | (Deed & { kind: 'gap' })
  /** `isPlaced` only if a step tells where it ended; else it is drawn in the middle. */
  | { kind: 'motion'; points: PathPoint[]; end: MovementEnd; isPlaced: boolean }
  | { kind: 'rhythm'; ticks: Tick[] };

export interface Moment {
  /** When it begins in the replay. */
  fromMs: number;
  durationMs: number;
  /** Epoch ms as in its piece. */
  atMs: number;
  /** How much of the rest before it the replay leaves out. */
  skippedMs: number;
  /** Index into the scenes; undefined before any view is known. */
  scene: number | undefined;
  shown: Shown;
}

export interface Replay {
  scenes: Scene[];
  moments: Moment[];
  durationMs: number;
}

/** A step takes no time of its own; it is shown this long. */
const STEP_MS = 600;
/** Longer rests are shortened to this. */
const MAX_REST_MS = 1500;
/** A movement and the step that it led to are no further apart than this. */
const LEADS_WITHIN_MS = 1500;

const LEADS_TO: Partial<Record<MovementEnd, Action>> = {
  click: 'click',
  doubleClick: 'doubleClick',
  secondary: 'secondaryClick',
  drag: 'drag',
  wheel: 'scroll',
};

/** Puts pieces in order of time and in place. */
export function createReplay(pieces: readonly ReplayPiece[]): Replay {
  const ordered = inOrder(pieces);
  const scenes = createScenes(ordered);
  const sceneOf = new Map(scenes.map((scene, index) => [scene.viewId, index]));
  const leads = pairMotions(ordered);
  const moments: Moment[] = [];
  let endMs = 0;
  let beforeMs: number | undefined;
  let scene: number | undefined;
  ordered.forEach((piece, index) => {
    const led = leads.get(piece);
    // A movement belongs to the view of its step, which may come up with it.
    const step =
      piece.kind === 'step' ? piece : (led ?? (scene === undefined ? nextStep(ordered, index) : undefined));
    if (step !== undefined) scene = sceneOf.get(step.viewId);
    const shown = show(piece, led, scene === undefined ? undefined : scenes[scene]);
    const durationMs = durationOf(shown);
    const lastsMs = piece.kind === 'step' || piece.kind === 'gap' ? 0 : durationMs;
    const restMs = Math.max(0, piece.atMs - lastsMs - (beforeMs ?? piece.atMs - lastsMs));
    const skippedMs = Math.max(0, restMs - MAX_REST_MS);
    const fromMs = endMs + restMs - skippedMs;
    moments.push({ fromMs, durationMs, atMs: piece.atMs, skippedMs, scene, shown });
    endMs = fromMs + durationMs;
    beforeMs = piece.atMs;
  });
  return { scenes, moments, durationMs: endMs };
}

/**
 * By time; a movement comes before the step of the same moment, and typing's rhythm after it. A gap stays on the side of
 * its step that its record says.
 */
function inOrder(pieces: readonly ReplayPiece[]): ReplayPiece[] {
  const RANK: Record<ReplayPiece['kind'], number> = { motion: 0, gap: 1, step: 1, rhythm: 2 };
  return [...pieces].sort((one, other) => one.atMs - other.atMs || RANK[one.kind] - RANK[other.kind]);
}

function createScenes(pieces: readonly ReplayPiece[]): Scene[] {
  const showings = new Map<string, { view: Scene['view']; targets: Target[] }>();
  for (const piece of pieces) {
    if (piece.kind !== 'step') continue;
    const { viewId, view, step } = piece;
    const known = showings.get(viewId) ?? { view, targets: [] };
    known.targets.push(...[step.target, step.destination].filter((target) => target !== undefined));
    showings.set(viewId, known);
  }
  return [...showings].map(([viewId, { view, targets }]) => createScene(viewId, view, targets));
}

type StepPiece = ReplayPiece & { kind: 'step' };

/** For each movement the nearest step in time that it can have led to; none leads to two. */
function pairMotions(pieces: readonly ReplayPiece[]): Map<ReplayPiece, StepPiece> {
  const pairs: { motion: ReplayPiece; step: StepPiece; apartMs: number }[] = [];
  const steps = pieces.filter((piece) => piece.kind === 'step');
  let first = 0;
  for (const motion of pieces) {
    if (motion.kind !== 'motion') continue;
    while (first < steps.length && steps[first]!.atMs < motion.atMs - LEADS_WITHIN_MS) first += 1;
    for (let index = first; index < steps.length; index += 1) {
      const step = steps[index]!;
      if (step.atMs > motion.atMs + LEADS_WITHIN_MS) break;
      const isLedTo = step.step.target !== undefined && step.step.action === LEADS_TO[motion.end];
      if (isLedTo) pairs.push({ motion, step, apartMs: Math.abs(step.atMs - motion.atMs) });
    }
  }
  const leads = new Map<ReplayPiece, StepPiece>();
  const taken = new Set<StepPiece>();
  for (const { motion, step } of pairs.sort((one, other) => one.apartMs - other.apartMs)) {
    if (leads.has(motion) || taken.has(step)) continue;
    leads.set(motion, step);
    taken.add(step);
  }
  return leads;
}

function nextStep(pieces: readonly ReplayPiece[], index: number): StepPiece | undefined {
  return pieces.slice(index).find((piece) => piece.kind === 'step');
}

function show(piece: ReplayPiece, led: StepPiece | undefined, scene: Scene | undefined): Shown {
  switch (piece.kind) {
    case 'step': {
      const { target, destination } = piece.step;
      return { ...piece, control: controlOf(scene, target), destination: controlOf(scene, destination) };
    }
    case 'gap':
      return piece;
    case 'motion': {
      const goal = controlOf(scene, led?.step.target);
      const { width, height } = scene ?? UNKNOWN_STAGE;
      const end = goal ? pointOn(goal.box, piece.endOffset) : { x: width / 2, y: height / 2 };
      return {
        kind: 'motion',
        points: pointsTo(end, piece.path),
        end: piece.end,
        isPlaced: goal !== undefined,
      };
    }
    case 'rhythm':
      return { kind: 'rhythm', ticks: ticksOf(piece) };
  }
}

function controlOf(scene: Scene | undefined, target: Target | undefined): Control | undefined {
  if (scene === undefined || target === undefined) return undefined;
  const id = controlId(target);
  return scene.controls.find((control) => control.id === id);
}

/** The path as it is kept, moved so that it ends at `end`. */
function pointsTo(end: { x: number; y: number }, { dtMs, dxPx, dyPx }: MotionPath): PathPoint[] {
  const points: PathPoint[] = [{ x: 0, y: 0, atMs: 0 }];
  dtMs.forEach((spanMs, index) => {
    const { x, y, atMs } = points.at(-1)!;
    points.push({ x: x + dxPx[index]!, y: y + dyPx[index]!, atMs: atMs + spanMs });
  });
  const last = points.at(-1)!;
  return points.map(({ x, y, atMs }) => ({ x: x - last.x + end.x, y: y - last.y + end.y, atMs }));
}

function ticksOf({ keyClass, intervalMs }: Deed & { kind: 'rhythm' }): Tick[] {
  let atMs = 0;
  return keyClass.map((name, index) => {
    atMs += index === 0 ? 0 : intervalMs[index - 1]!;
    return { keyClass: name, atMs };
  });
}

function durationOf(shown: Shown): number {
  switch (shown.kind) {
    case 'step':
    case 'gap':
      return STEP_MS;
    case 'motion':
      return Math.max(1, shown.points.at(-1)!.atMs);
    case 'rhythm':
      return shown.ticks.at(-1)!.atMs + STEP_MS;
  }
}

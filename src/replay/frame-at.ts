/**
 * A replay at one instant: which scene is seen, where the pointer is, which keys have been struck.
 *
 * Pure; called for each picture that is drawn. Between two samples the pointer goes straight.
 */
import type { Moment, PathPoint, Replay, Tick } from './replay.ts';
import type { Scene } from './wireframe.ts';

export interface Frame {
  /** Index of the last moment that has begun; -1 before the first. */
  index: number;
  moment: Moment | undefined;
  scene: Scene | undefined;
  /** The way of the movement shown, up to now. */
  trail: PathPoint[];
  /** Keys of the rhythm shown, up to now. */
  ticks: Tick[];
}

export function frameAt(replay: Replay, positionMs: number): Frame {
  const index = lastBegun(replay.moments, positionMs);
  const moment = replay.moments[index];
  const sceneIndex = moment?.scene ?? replay.moments[0]?.scene;
  const sinceMs = positionMs - (moment?.fromMs ?? 0);
  const { shown } = moment ?? {};
  return {
    index,
    moment,
    scene: sceneIndex === undefined ? undefined : replay.scenes[sceneIndex],
    trail: shown?.kind === 'motion' ? trailUntil(shown.points, sinceMs) : [],
    ticks: shown?.kind === 'rhythm' ? shown.ticks.filter((tick) => tick.atMs <= sinceMs) : [],
  };
}

/** The last instant of a moment, at which it is seen whole. */
export function endOfMoment({ fromMs, durationMs }: Pick<Moment, 'fromMs' | 'durationMs'>): number {
  return fromMs + durationMs - 1;
}

function lastBegun(moments: readonly Moment[], positionMs: number): number {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (moments[middle]!.fromMs <= positionMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function trailUntil(points: readonly PathPoint[], sinceMs: number): PathPoint[] {
  const passed = points.filter((point) => point.atMs <= sinceMs);
  const next = points[passed.length];
  const last = passed.at(-1);
  if (next === undefined || last === undefined) return passed;
  const share = (sinceMs - last.atMs) / (next.atMs - last.atMs);
  const between = {
    x: last.x + share * (next.x - last.x),
    y: last.y + share * (next.y - last.y),
    atMs: sinceMs,
  };
  return [...passed, between];
}

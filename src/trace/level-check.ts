/**
 * What a protection level promises of a record's numbers, checked wherever a batch is parsed.
 *
 * A schema's range would let a measured time or an exact place pass, should protection ever fail; this does not.
 */
import type { Level } from '../charter/charter.ts';
import { LINKED_GRID } from './limits.ts';
import type { Motion } from './motion.ts';
import { ALL_INTERVALS_MS, WITHIN_BURST_MS } from './population.ts';
import type { TraceRecord } from './record.ts';
import type { Rhythm } from './rhythm.ts';
import type { Trace } from './trace.ts';

/** Places lie on a grid of this many px from the start; longest path in samples after the first. */
export const PATH_RULES = {
  balanced: { gridPx: 8, maxSteps: Infinity },
  strict: { gridPx: 32, maxSteps: 2 },
} as const;

/** No ranked interval of `balanced` is longer. */
export const BURST_CEILING_MS = 450;
/**
 * Shorter intervals are ranked at `balanced`, pauses under a second too: how many of them there are tells the pace of
 * the hand (docs/decisions/0015).
 */
export const LONG_PAUSE_MS = 1000;
/** What longer intervals become at `balanced`: `below` is the limit, `becomesMs` the value. */
export const LONG_PAUSES_MS = [
  { below: 2000, becomesMs: 1500 },
  { below: Infinity, becomesMs: 3000 },
] as const;

const INTERVALS_MS = {
  balanced: new Set([
    ...Object.values(WITHIN_BURST_MS).flatMap((levels) => levels.map((ms) => Math.min(ms, BURST_CEILING_MS))),
    ...LONG_PAUSES_MS.map((pause) => pause.becomesMs),
  ]),
  strict: new Set(Object.values(ALL_INTERVALS_MS).flat()),
};

/**
 * The path of the field that breaks the level's promise, if any does.
 *
 * At `linked` there are traces and nothing else, since what stands beside a trace could be joined to it; at the other
 * levels there are none.
 */
export function fieldAgainstLevel(record: TraceRecord, level: Level): string[] | undefined {
  if ((record.kind === 'trace') !== (level === 'linked')) return ['kind'];
  if (record.kind === 'trace') return traceField(record);
  if (level === 'linked') return undefined;
  if (record.kind === 'motion') return pathField(record, level);
  if (record.kind === 'rhythm') return intervalField(record, level);
  return undefined;
}

function traceField({ motions, rhythms }: Trace): string[] | undefined {
  const { motionMs, intervalMs } = LINKED_GRID;
  const isOff = (gridSize: number) => (value: number) => value % gridSize !== 0;
  // Their paths cannot be written off the grid.
  const off = motions.findIndex(({ startMs }) => startMs % motionMs !== 0);
  if (off >= 0) return ['motions', String(off), 'startMs'];
  for (const [index, rhythm] of rhythms.entries()) {
    const where = ['rhythms', String(index)];
    if (rhythm.startMs % motionMs !== 0) return [...where, 'startMs'];
    if (rhythm.intervalMs.some(isOff(intervalMs))) return [...where, 'intervalMs'];
  }
  return undefined;
}

function pathField({ path }: Motion, level: 'balanced' | 'strict'): string[] | undefined {
  const { gridPx, maxSteps } = PATH_RULES[level];
  if (path.dtMs.length > maxSteps) return ['path', 'dtMs'];
  const column = (['dxPx', 'dyPx'] as const).find((name) =>
    path[name].some((stepPx) => stepPx % gridPx !== 0),
  );
  return column && ['path', column];
}

function intervalField({ intervalMs }: Rhythm, level: 'balanced' | 'strict'): string[] | undefined {
  return intervalMs.every((ms) => INTERVALS_MS[level].has(ms)) ? undefined : ['intervalMs'];
}

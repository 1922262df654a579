/**
 * A movement as numbers for the attack: how long, how fast, how straight, how it sets out and how it arrives.
 *
 * The same for raw movements and for every level, so that levels differ by what was left in, not by how the attack
 * looks at it.
 */
import { MOVEMENT_ENDS, type MovementEnd } from '../../../src/trace/limits.ts';
import { courseFeatures } from './motion-course.ts';
import { deviceFeatures } from './motion-device.ts';
import { autocorrelation, deviation, mean, quantiles, share, signedLog, summary } from './statistics.ts';

export interface SeenMovement {
  timeMs: readonly number[];
  xPx: readonly number[];
  yPx: readonly number[];
  end: MovementEnd;
  /** In ms where it was measured, else the lower end of its bucket. */
  pauseBeforeMs: number;
  /** Press to release; -1 where it is not known. */
  dwellMs: number;
}

const PLACES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** One movement; NaN where a feature has no value. */
export function motionFeatures(movement: SeenMovement): number[] {
  const { timeMs, xPx, yPx } = movement;
  const count = timeMs.length;
  const [alongX, alongY] = [xPx[count - 1]! - xPx[0]!, yPx[count - 1]! - yPx[0]!];
  const displacementPx = Math.hypot(alongX, alongY);
  const durationMs = Math.max(1, timeMs[count - 1]! - timeMs[0]!);
  const steps = stepsOf(movement);
  const lengthPx = steps.reduce((sum, step) => sum + step.lengthPx, 0);
  const speeds = steps.map((step) => step.lengthPx / Math.max(1, step.durationMs));
  const accelerations = differences(speeds).map(
    (change, index) => change / Math.max(1, steps[index + 1]!.durationMs),
  );
  const jerks = differences(accelerations);
  const turns = turnsOf(steps);
  const peak = speeds.indexOf(Math.max(...speeds));
  const timesToPeak = timeMs[peak + 1]! - timeMs[0]!;
  const shape = shapeOf(movement, displacementPx || 1);
  const third = Math.max(1, Math.floor(speeds.length / 3));
  return [
    durationMs,
    lengthPx,
    displacementPx,
    lengthPx - displacementPx,
    count,
    lengthPx / durationMs,
    ...summary(speeds),
    Math.max(...speeds),
    timesToPeak,
    mean(speeds.slice(0, third)),
    mean(speeds.slice(-third)),
    speeds[0]!,
    speeds.at(-1)!,
    ...summary(accelerations.map((value) => value * 1000)),
    mean(jerks.map((value) => Math.abs(value) * 1000)),
    peaks(speeds),
    movement.pauseBeforeMs,
    movement.dwellMs,
    ...[0, 1, 2].map((index) => steps[index]?.lengthPx ?? NaN),
    ...[-3, -2, -1].map((index) => steps.at(index)?.lengthPx ?? NaN),
    ...[0, 1].map((index) => steps[index]?.durationMs ?? NaN),
    steps.at(-1)!.durationMs,
    ...quantiles(
      steps.map((step) => step.durationMs),
      [0, 0.25, 0.5, 0.75, 1],
    ),
    deviation(steps.map((step) => step.durationMs)),
    ...quantiles(
      steps.map((step) => step.lengthPx),
      [0.1, 0.5, 0.9],
    ),
  ]
    .map(signedLog)
    .concat([
      displacementPx / Math.max(1, lengthPx),
      Math.cos(Math.atan2(alongY, alongX)),
      Math.sin(Math.atan2(alongY, alongX)),
      Math.cos(2 * Math.atan2(alongY, alongX)),
      Math.sin(2 * Math.atan2(alongY, alongX)),
      timesToPeak / durationMs,
      autocorrelation(speeds, 1),
      share(steps, (step) => step.lengthPx === 0),
      share(steps, (step) => step.xPx === 0),
      share(steps, (step) => step.yPx === 0),
      mean(turns.map(Math.abs)),
      mean(turns),
      deviation(turns),
      Math.max(0, ...turns.map(Math.abs)),
      share(turns, (turn) => Math.abs(turn) > Math.PI / 2),
      share(differences(turns.map(Math.sign)), (change) => change !== 0),
      ...shape,
      ...courseFeatures(movement),
      ...deviceFeatures(movement),
      ...MOVEMENT_ENDS.map((end) => Number(movement.end === end)),
      Number(movement.pauseBeforeMs >= 500),
      Number(movement.pauseBeforeMs >= 2000),
    ]);
}

/** Several movements as one: each feature's summary over them, and how many there were. */
export function blockFeatures(movements: readonly number[][]): number[] {
  const columns = movements[0]!.map((_value, column) =>
    movements.map((row) => row[column]!).filter((value) => !Number.isNaN(value)),
  );
  return [
    Math.log(movements.length),
    ...columns.flatMap((values) => [mean(values), deviation(values), ...quantiles(values, [0.5])]),
  ];
}

interface Step {
  durationMs: number;
  xPx: number;
  yPx: number;
  lengthPx: number;
}

function stepsOf({ timeMs, xPx, yPx }: SeenMovement): Step[] {
  return timeMs.slice(1).map((atMs, index) => {
    const [stepX, stepY] = [xPx[index + 1]! - xPx[index]!, yPx[index + 1]! - yPx[index]!];
    return {
      durationMs: atMs - timeMs[index]!,
      xPx: stepX,
      yPx: stepY,
      lengthPx: Math.hypot(stepX, stepY),
    };
  });
}

function differences(values: readonly number[]): number[] {
  return values.slice(1).map((value, index) => value - values[index]!);
}

function turnsOf(steps: readonly Step[]): number[] {
  const moving = steps.filter((step) => step.lengthPx > 0);
  return moving.slice(1).map((step, index) => {
    const before = moving[index]!;
    return Math.atan2(
      before.xPx * step.yPx - before.yPx * step.xPx,
      before.xPx * step.xPx + before.yPx * step.yPx,
    );
  });
}

function peaks(speeds: readonly number[]): number {
  return speeds.filter(
    (speed, index) => speed > (speeds[index - 1] ?? 0) && speed >= (speeds[index + 1] ?? 0),
  ).length;
}

/** The path turned so that it ends to the right: how far along and how far beside the chord, over time. */
function shapeOf({ timeMs, xPx, yPx }: SeenMovement, chordPx: number): number[] {
  const last = timeMs.length - 1;
  const [alongX, alongY] = [(xPx[last]! - xPx[0]!) / chordPx, (yPx[last]! - yPx[0]!) / chordPx];
  const along = xPx.map((x, index) => ((x - xPx[0]!) * alongX + (yPx[index]! - yPx[0]!) * alongY) / chordPx);
  const beside = xPx.map((x, index) => ((yPx[index]! - yPx[0]!) * alongX - (x - xPx[0]!) * alongY) / chordPx);
  const at = (values: readonly number[], place: number) => {
    const wantedMs = timeMs[0]! + place * (timeMs[last]! - timeMs[0]!);
    const above = Math.max(
      1,
      timeMs.findIndex((atMs) => atMs >= wantedMs),
    );
    const spanMs = timeMs[above]! - timeMs[above - 1]!;
    const passed = spanMs > 0 ? (wantedMs - timeMs[above - 1]!) / spanMs : 0;
    return values[above - 1]! + passed * (values[above]! - values[above - 1]!);
  };
  const limited = [
    ...PLACES.map((place) => at(along, place)),
    ...PLACES.map((place) => at(beside, place)),
    Math.max(...along),
    Math.min(...along),
    Math.max(...beside),
    Math.min(...beside),
    mean(beside),
    mean(beside.map(Math.abs)),
  ];
  return limited.map((value) => Math.min(3, Math.max(-3, value)));
}

/**
 * Which way a movement goes, and how its course bends on the way there.
 *
 * What flattening the times leaves: directions, distances, and on which side of the straight line the hand passes.
 */
import { mean, share, signedLog } from './statistics.ts';

/** Places relative to the first. */
export interface Course {
  xPx: readonly number[];
  yPx: readonly number[];
}

const OCTANTS = 8;
/** Centres of the lengths that a movement is near to, as logarithms. */
const LENGTHS_LOG = [30, 80, 200, 500].map(Math.log1p);
const PARTS = [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875];

/** Directions, distances and bends of one movement. */
export function courseFeatures({ xPx, yPx }: Course): number[] {
  const last = xPx.length - 1;
  const [overX, overY] = [xPx[last]! - xPx[0]!, yPx[last]! - yPx[0]!];
  const direction = Math.atan2(overY, overX);
  const chordPx = Math.hypot(overX, overY);
  const passed = passedPx({ xPx, yPx });
  const lengthPx = passed[last]!;
  const points = [0, ...PARTS, 1].map((part) => pointAt({ xPx, yPx }, passed, part * lengthPx));
  const bends = points.slice(1, -1).map(([x, y]) => {
    const [atX, atY] = [x - xPx[0]!, y - yPx[0]!];
    return (overX * atY - overY * atX) / Math.max(1, chordPx) / Math.max(1, lengthPx);
  });
  const headings = points
    .slice(1)
    .map(([x, y], index) => Math.atan2(y - points[index]![1], x - points[index]![0]));
  const offCourse = headings.map((heading) => wrapped(heading - direction));
  const bend = mean(bends);
  return [
    ...[overX, overY, Math.abs(overX), Math.abs(overY)].map(signedLog),
    ...nearness(direction, chordPx),
    ...[3, 4, 8].flatMap((times) => [Math.cos(times * direction), Math.sin(times * direction)]),
    ...bends,
    ...bends.map(Math.abs),
    ...offCourse.flatMap((angle) => [Math.sin(angle), Math.cos(angle)]),
    ...[Math.cos(direction), Math.sin(direction), Math.cos(2 * direction), Math.sin(2 * direction)].flatMap(
      (way) => [bend * way, Math.abs(bend) * way],
    ),
    ...[1, 2, 4].map((size) => chordsPx(points, size) / Math.max(1, lengthPx)),
    ...reversals({ xPx, yPx }, direction),
  ];
}

/** How near a movement is to each direction and, direction by direction, to each of some lengths. */
function nearness(direction: number, chordPx: number): number[] {
  const lengthLog = Math.log1p(chordPx);
  return Array.from({ length: OCTANTS }, (_unused, octant) => {
    const off = wrapped(direction - (octant * 2 * Math.PI) / OCTANTS) / (Math.PI / OCTANTS);
    const near = Math.exp(-0.5 * off * off);
    return [near, ...LENGTHS_LOG.map((centre) => near * Math.exp(-0.5 * ((lengthLog - centre) / 0.5) ** 2))];
  }).flat();
}

function wrapped(angle: number): number {
  return Math.atan2(Math.sin(angle), Math.cos(angle));
}

function passedPx({ xPx, yPx }: Course): number[] {
  const passed = [0];
  for (let index = 1; index < xPx.length; index += 1)
    passed.push(
      passed[index - 1]! + Math.hypot(xPx[index]! - xPx[index - 1]!, yPx[index]! - yPx[index - 1]!),
    );
  return passed;
}

function pointAt({ xPx, yPx }: Course, passed: readonly number[], atPx: number): [number, number] {
  const found = passed.findIndex((px) => px >= atPx);
  const above = found < 0 ? passed.length - 1 : Math.max(1, found);
  const stepPx = passed[above]! - passed[above - 1]!;
  const part = stepPx > 0 ? (atPx - passed[above - 1]!) / stepPx : 0;
  return [
    xPx[above - 1]! + part * (xPx[above]! - xPx[above - 1]!),
    yPx[above - 1]! + part * (yPx[above]! - yPx[above - 1]!),
  ];
}

/** Length of the path when only every `size`th of its eighths is kept. */
function chordsPx(points: readonly [number, number][], size: number): number {
  let sumPx = 0;
  for (let at = size; at < points.length; at += size)
    sumPx += Math.hypot(points[at]![0] - points[at - size]![0], points[at]![1] - points[at - size]![1]);
  return sumPx;
}

/** How much of the way leads back: share of steps and of px, and how far beyond the end. */
function reversals({ xPx, yPx }: Course, direction: number): number[] {
  const along = xPx.map(
    (x, index) => (x - xPx[0]!) * Math.cos(direction) + (yPx[index]! - yPx[0]!) * Math.sin(direction),
  );
  const steps = along.slice(1).map((px, index) => px - along[index]!);
  const backPx = steps.filter((px) => px < 0).reduce((sum, px) => sum - px, 0);
  return [
    share(steps, (px) => px < 0),
    signedLog(backPx),
    signedLog(Math.max(...along) - along.at(-1)!),
    signedLog(-Math.min(...along)),
  ];
}

/**
 * A path of a trace as one short text, and back: steps of 50 ms, in cells of 4 px.
 *
 * Pure. The encoded polyline of maps (zigzag numbers in groups of five bits) in the base64url alphabet: right, down,
 * right, down. Half the bytes of columns of numbers once compressed, and a finer place or time cannot be written in it.
 */
import { z } from 'zod';
import { LINKED_GRID, MAX_PATH_STEP_PX, MAX_PATH_STEPS } from './limits.ts';
import type { MotionPath } from './motion.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const GROUP_BITS = 5;
const MORE = 1 << GROUP_BITS;
const MAX_CELLS = MAX_PATH_STEP_PX / LINKED_GRID.placePx;
/** Zigzag makes a number twice as large, and each step has two. */
const MAX_LENGTH = 2 * MAX_PATH_STEPS * Math.ceil(Math.log2(2 * MAX_CELLS + 1) / GROUP_BITS);

export const PackedPath = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(MAX_LENGTH)
  .refine((packed) => unpackedCells(packed) !== undefined, 'is not a packed path');
export type PackedPath = z.infer<typeof PackedPath>;

/** Packs a path that lies on the grid of level `linked`. */
export function packPath({ dxPx, dyPx }: Pick<MotionPath, 'dxPx' | 'dyPx'>): PackedPath {
  return dxPx.map((xPx, index) => packed(xPx) + packed(dyPx[index]!)).join('');
}

/**
 * The path as columns.
 *
 * @throws RangeError where `packed` is not of the schema.
 */
export function unpackPath(packed: PackedPath): MotionPath {
  const cells = unpackedCells(packed);
  if (cells === undefined) throw new RangeError('path: is not a packed path');
  const column = (first: 0 | 1) =>
    cells.filter((_cell, index) => index % 2 === first).map((cell) => cell * LINKED_GRID.placePx);
  const [dxPx, dyPx] = [column(0), column(1)];
  return { dtMs: dxPx.map(() => LINKED_GRID.motionMs), dxPx, dyPx };
}

/** How many steps a packed path has: two numbers each, whose last letters are of the alphabet's first half. */
export function countSteps(packed: PackedPath): number {
  return (packed.match(/[A-Za-f]/g)?.length ?? 0) / 2;
}

function packed(px: number): string {
  const cells = Math.round(px / LINKED_GRID.placePx);
  let rest = cells < 0 ? -2 * cells - 1 : 2 * cells;
  let letters = '';
  do {
    const group = rest % MORE;
    rest = Math.floor(rest / MORE);
    letters += ALPHABET[rest > 0 ? group + MORE : group]!;
  } while (rest > 0);
  return letters;
}

/** Undefined for what `packPath` would not have written: every path has one text only. */
function unpackedCells(packed: string): number[] | undefined {
  const cells: number[] = [];
  let value = 0;
  let weight = 1;
  for (const letter of packed) {
    const code = ALPHABET.indexOf(letter);
    if (code < 0 || weight > 2 * MAX_CELLS * MORE) return undefined;
    value += (code % MORE) * weight;
    weight *= MORE;
    if (code >= MORE) continue;
    // A last group of zero could hide anything in how long a number is written.
    if (code === 0 && weight > MORE) return undefined;
    const cell = value % 2 === 1 ? -(value + 1) / 2 : value / 2;
    if (Math.abs(cell) > MAX_CELLS) return undefined;
    cells.push(cell);
    [value, weight] = [0, 1];
  }
  const isWhole = weight === 1 && cells.length % 2 === 0;
  return isWhole && cells.length > 0 && cells.length <= 2 * MAX_PATH_STEPS ? cells : undefined;
}

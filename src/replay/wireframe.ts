/**
 * The targets that steps told of -> a wireframe of each view: boxes on the recorded grid, with role and term.
 *
 * Pure. Draws nothing that was not recorded: a place is a cell of the 12 x 8 grid and a size a power of two, so boxes
 * that share a cell are set beside each other, and a view of which no target is known stays empty.
 */
import type { View } from '../trace/episode.ts';
import { GRID_CELLS, GRID_ROWS, type Landmark } from '../trace/limits.ts';
import type { Target } from '../trace/target.ts';

/** In units of the picture, about CSS px. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Control {
  /** The same for the same control in one view. */
  id: string;
  box: Box;
  role: Target['role'];
  term: Target['term'];
  landmark: Landmark;
}

export interface Region {
  landmark: Exclude<Landmark, 'none'>;
  box: Box;
}

export interface Scene {
  viewId: string;
  view: View;
  width: number;
  height: number;
  /** Largest first, so that what lies within another is drawn on top. */
  controls: Control[];
  regions: Region[];
}

const CELL_HEIGHT = 100;
/** The classes of width say no more than on which side of 1,024 px a viewport was. */
const CELL_WIDTHS: Record<View['width'], number> = { narrow: 64, wide: 100 };
const BETWEEN = 4;
const REGION_MARGIN = 12;
/** Above what lies in it, so that its name can stand there. */
const REGION_TOP = 30;
/** Boxes that differ more than this in area lie within each other rather than beside each other. */
const ALIKE_AREAS = 4;

/** The viewport as it is drawn where no view is known. */
export const UNKNOWN_STAGE = { width: CELL_WIDTHS.wide * GRID_CELLS, height: CELL_HEIGHT * GRID_ROWS };

/** @param targets what the steps of this showing were done to; a control may be told of many times. */
export function createScene(viewId: string, view: View, targets: readonly Target[]): Scene {
  const width = CELL_WIDTHS[view.width] * GRID_CELLS;
  const height = CELL_HEIGHT * GRID_ROWS;
  const controls = new Map<string, Control>();
  for (const target of targets) {
    const id = controlId(target);
    if (!controls.has(id)) controls.set(id, { id, ...labels(target), box: boxOf(target, width, height) });
  }
  const drawn = spread(
    [...controls.values()].sort((one, other) => area(other) - area(one)),
    height,
  );
  return { viewId, view, width, height, controls: drawn, regions: regionsOf(drawn, width, height) };
}

/** Names a control by all that says where and what it is; states come and go. */
export function controlId(target: Target): string {
  const { elementKey = '', gridX, gridY, widthLog2, heightLog2, role, term = '' } = target;
  return [elementKey, gridX, gridY, widthLog2, heightLog2, role, term].join(' ');
}

/** Where a point lies that is given in quarters of half the extent from the centre. */
export function pointOn(box: Box, offset: { xQuarters: number; yQuarters: number } | null) {
  const { xQuarters, yQuarters } = offset ?? { xQuarters: 0, yQuarters: 0 };
  return {
    x: box.x + box.width / 2 + ((xQuarters / 4) * box.width) / 2,
    y: box.y + box.height / 2 + ((yQuarters / 4) * box.height) / 2,
  };
}

function labels({ role, term, landmark }: Target) {
  return { role, term, landmark };
}

function boxOf(target: Target, stageWidth: number, stageHeight: number): Box {
  const width = Math.min(2 ** target.widthLog2, stageWidth - 2 * BETWEEN);
  const height = Math.min(2 ** target.heightLog2, stageHeight - 2 * BETWEEN);
  const centreX = ((target.gridX + 0.5) * stageWidth) / GRID_CELLS;
  const centreY = ((target.gridY + 0.5) * stageHeight) / GRID_ROWS;
  return {
    x: within(centreX - width / 2, stageWidth - width),
    y: within(centreY - height / 2, stageHeight - height),
    width,
    height,
  };
}

function within(value: number, maximum: number): number {
  return Math.min(Math.max(value, BETWEEN), maximum - BETWEEN);
}

function area({ box }: Pick<Control, 'box'>): number {
  return box.width * box.height;
}

/** Sets alike boxes that cover each other below one another: where in its cell a control lay is not recorded. */
function spread(controls: readonly Control[], stageHeight: number): Control[] {
  const placed: Control[] = [];
  for (const control of controls) {
    let { box } = control;
    const isAlike = (other: Control) => area(other) <= ALIKE_AREAS * area(control);
    for (let tries = 0; tries < placed.length; tries += 1) {
      const inTheWay = placed.find((other) => isAlike(other) && cover(other.box, box));
      if (inTheWay === undefined) break;
      const y = inTheWay.box.y + inTheWay.box.height + BETWEEN;
      if (y + box.height > stageHeight) break;
      box = { ...box, y };
    }
    placed.push({ ...control, box });
  }
  return placed;
}

function cover(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

/** A landmark reaches at least around what is known to lie in it. */
function regionsOf(controls: readonly Control[], width: number, height: number): Region[] {
  const boxes = new Map<Region['landmark'], Box>();
  for (const { landmark, box } of controls) {
    if (landmark === 'none') continue;
    const known = boxes.get(landmark);
    boxes.set(landmark, known === undefined ? box : around(known, box));
  }
  return [...boxes]
    .map(([landmark, box]) => ({ landmark, box: widened(box, width, height) }))
    .sort((one, other) => area(other) - area(one));
}

function around(one: Box, other: Box): Box {
  const x = Math.min(one.x, other.x);
  const y = Math.min(one.y, other.y);
  const right = Math.max(one.x + one.width, other.x + other.width);
  const bottom = Math.max(one.y + one.height, other.y + other.height);
  return { x, y, width: right - x, height: bottom - y };
}

function widened(box: Box, width: number, height: number): Box {
  const x = Math.max(1, box.x - REGION_MARGIN);
  const y = Math.max(1, box.y - REGION_TOP);
  const right = Math.min(width - 1, box.x + box.width + REGION_MARGIN);
  const bottom = Math.min(height - 1, box.y + box.height + REGION_MARGIN);
  return { x, y, width: right - x, height: bottom - y };
}

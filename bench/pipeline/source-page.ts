/**
 * The source of events: a page of buttons, each in a cell of its own of the grid that steps tell their target by.
 *
 * Runs in Node and serves on loopback. A trial clicks each button at most once, so that each click is found again in
 * what was stored by its cell alone. The last cell holds a field, to be typed into.
 */
import { servePages, type ServedPages } from '../../e2e/serve-pages.ts';
import { GRID_CELLS, GRID_ROWS } from '../../src/trace/limits.ts';

/** Column and row, as a step's target has them. */
export type Cell = `${number},${number}`;

export function cellAt(column: number, row: number): Cell {
  return `${column},${row}`;
}

export const FIELD_CELL = cellAt(GRID_CELLS - 1, GRID_ROWS - 1);

/** All that can be clicked. */
export const BUTTON_CELLS: readonly Cell[] = Array.from({ length: GRID_CELLS * GRID_ROWS }, (_, index) =>
  cellAt(index % GRID_CELLS, Math.floor(index / GRID_CELLS)),
).filter((cell) => cell !== FIELD_CELL);

/** In CSS px, the middle of a cell. */
export function middleOf(cell: Cell, viewport: { width: number; height: number }): { x: number; y: number } {
  const [column, row] = cell.split(',').map(Number);
  return {
    x: ((column! + 0.5) * viewport.width) / GRID_CELLS,
    y: ((row! + 0.5) * viewport.height) / GRID_ROWS,
  };
}

const PAGE = `<!doctype html><html lang="en"><title>Source</title><style>
body { margin: 0; height: 100vh; display: grid; overflow: hidden;
  grid-template: repeat(${GRID_ROWS}, 1fr) / repeat(${GRID_CELLS}, 1fr); }
button, input { margin: 8px; min-width: 0; }
</style><body>${'<button type="button"></button>'.repeat(BUTTON_CELLS.length)}<input>`;

export function serveSource(): Promise<ServedPages> {
  return servePages((path) => (path === '/' ? PAGE : undefined));
}

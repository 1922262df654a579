/**
 * Raw step, view and target -> what an episode may say of them.
 *
 * In the background. Sizes and counts become buckets, places cells of a grid, structure and route keyed hashes.
 */
import type { RawStep, RawTarget, RawView } from '../capture/fragments.ts';
import { publicRoute } from '../capture/route-words.ts';
import type { View } from '../trace/episode.ts';
import type { GeneralStep } from '../trace/held-step.ts';
import {
  GRID_CELLS,
  GRID_ROWS,
  MAX_DEPTH_BUCKET,
  NARROW_BELOW_PX,
  PATH_FLAGS,
  STATES,
} from '../trace/limits.ts';
import { inListOrder } from '../trace/primitives.ts';
import type { Target } from '../trace/target.ts';
import { countBucket, lengthBucket } from './buckets.ts';
import type { KeyedHasher } from './keyed-hash.ts';
import { sizeLog2 } from './protect-movement.ts';

const DEPTH_STEP = 4;

export async function generalizeStep(raw: RawStep, app: string, hasher: KeyedHasher): Promise<GeneralStep> {
  const { kind: _kind, atMs: _atMs, target, destination, keyCount, ...closed } = raw;
  return {
    ...closed,
    pathFlags: inListOrder(raw.pathFlags, PATH_FLAGS),
    ...(target && { target: await generalizeTarget(target, app, hasher) }),
    ...(destination && { destination: await generalizeTarget(destination, app, hasher) }),
    ...(keyCount !== undefined && { length: lengthBucket(keyCount) }),
  };
}

export async function generalizeView(raw: RawView, app: string, hasher: KeyedHasher): Promise<View> {
  return {
    app,
    viewKey: await hasher.hash('view', app, publicRoute(raw.routeShape)),
    navigation: raw.navigation,
    width: raw.viewportWidthPx < NARROW_BELOW_PX ? 'narrow' : 'wide',
    pointerType: raw.pointerType,
    inventory: { roles: bucketed(raw.inventory.roles), landmarks: bucketed(raw.inventory.landmarks) },
    coverage: {
      unreachableFrames: countBucket(raw.coverage.unreachableFrames),
      closedShadowRoots: countBucket(raw.coverage.closedShadowRoots),
      canvasShareQuarters: Math.round(raw.coverage.canvasShare * 4),
    },
  };
}

async function generalizeTarget(raw: RawTarget, app: string, hasher: KeyedHasher): Promise<Target> {
  return {
    tag: raw.tag,
    role: raw.role,
    ...(raw.inputType && { inputType: raw.inputType }),
    states: inListOrder(raw.states, STATES),
    gridX: cell(raw.xPx, raw.viewportWidthPx, GRID_CELLS),
    gridY: cell(raw.yPx, raw.viewportHeightPx, GRID_ROWS),
    widthLog2: sizeLog2(raw.widthPx),
    heightLog2: sizeLog2(raw.heightPx),
    depth: Math.min(MAX_DEPTH_BUCKET, Math.floor(raw.depth / DEPTH_STEP)),
    siblings: countBucket(raw.siblings),
    landmark: raw.landmark,
    listSize: countBucket(raw.listSize),
    elementKey: await hasher.hash('element', app, raw.structure),
    ...(raw.term && { term: raw.term }),
  };
}

function cell(placePx: number, extentPx: number, cells: number): number {
  if (extentPx <= 0) return 0;
  return Math.min(cells - 1, Math.max(0, Math.floor((placePx / extentPx) * cells)));
}

/** Counts as buckets; what was not met is left out rather than sent as zero. */
function bucketed<Name extends string>(counts: Partial<Record<Name, number | undefined>>) {
  const entries = Object.entries(counts) as [Name, number | undefined][];
  return Object.fromEntries(
    entries
      .filter(([, count]) => count !== undefined && count > 0)
      .map(([name, count]) => [name, countBucket(count!)]),
  ) as Partial<Record<Name, ReturnType<typeof countBucket>>>;
}

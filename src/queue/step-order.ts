/**
 * The order of steps that frames of a page, or several tabs, report each by themselves, a little late.
 *
 * Background only. What rests in the queue has times on a coarse grid, which leave open what came first within it.
 * So the numbers of steps are given in the order of exact times, which are kept for a few seconds, in the browser's
 * session storage, in memory only.
 */
import { browser } from 'wxt/browser';

export interface PlacedStep {
  frame: string;
  /** Not whole where it had to be put between two that were there. */
  sequence: number;
  /** On the local grid. */
  startMs: number;
  /** Epoch ms. */
  atMs: number;
}

const ITEM = 'recentSteps';
/** Longer than a step waits in its frame, with the wait for a message. */
const REMEMBERED_MS = 5000;
const MOST_REMEMBERED = 100;

export async function readRecentSteps(): Promise<PlacedStep[]> {
  return ((await browser.storage.session.get(ITEM))[ITEM] ?? []) as PlacedStep[];
}

export async function rememberSteps(recent: readonly PlacedStep[], placed: readonly PlacedStep[]) {
  if (placed.length === 0) return;
  const sinceMs = Math.max(...placed.map((step) => step.atMs)) - REMEMBERED_MS;
  const kept = [...recent, ...placed].filter((step) => step.startMs >= sinceMs).slice(-MOST_REMEMBERED);
  await browser.storage.session.set({ [ITEM]: kept });
}

export async function forgetRecentSteps(): Promise<void> {
  await browser.storage.session.remove(ITEM);
}

/** Numbers the steps of one frame, in their order, among those that others have told of the same moment. */
export function placeSteps(
  recent: readonly PlacedStep[],
  frame: string,
  steps: readonly { atMs: number; startMs: number }[],
  firstSequence: number,
): PlacedStep[] {
  const known = [...recent];
  return steps.map(({ atMs, startMs }, index) => {
    const ofMoment = known.filter((step) => step.startMs === startMs);
    const later = ofMoment.filter((step) => step.frame !== frame && step.atMs > atMs);
    const above = Math.min(...later.map((step) => step.sequence));
    // Between two whole numbers lie only those that were put before the second.
    const below = Math.max(
      Math.ceil(above) - 1,
      ...known.map((step) => step.sequence).filter((one) => one < above),
    );
    // What a frame tells stays in its own order in any case.
    const isFree = !ofMoment.some((step) => step.frame === frame && step.sequence >= above);
    const own = firstSequence + index;
    const placed = { frame, startMs, atMs, sequence: above < own && isFree ? (below + above) / 2 : own };
    known.push(placed);
    return placed;
  });
}

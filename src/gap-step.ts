/**
 * A gap that the background tells, where no page can: something is missing from here on.
 *
 * Background only.
 */
import type { Terms } from './consent/recording-state.ts';
import { splitBuckets } from './charter/split-buckets.ts';
import type { PipelineContext } from './pipeline.ts';
import { endOfHold } from './queue/hold.ts';
import type { NewStep } from './queue/queue-schema.ts';
import { readSplits } from './queue/splits.ts';
import { onLocalGrid, type StepContent } from './trace/held-step.ts';
import type { GapReason } from './trace/limits.ts';

export interface GapPlace {
  last: Pick<StepContent, 'viewId' | 'view'>;
  sequence: number;
  /** Epoch ms. */
  atMs: number;
  reason: GapReason;
}

/** @returns undefined where workflows are not recorded: nothing is told between steps then. */
export async function createGapMaker(
  { queue, now, random }: Pick<PipelineContext, 'queue' | 'now' | 'random'>,
  { charter, charterHash, level, scopes }: Terms,
): Promise<((place: GapPlace) => NewStep) | undefined> {
  if (!scopes.includes('workflow')) return undefined;
  const splits = await readSplits(queue, splitBuckets(charter), random);
  return ({ last, sequence, atMs, reason }) => ({
    sequence,
    startMs: onLocalGrid(atMs, level),
    dueAtMs: endOfHold(now(), charter.holdHours, random),
    charter: charterHash,
    level,
    split: level === 'linked' ? splits?.trace : splits?.episode,
    collectorUrl: charter.collectorUrl,
    retentionDays: charter.retentionDays,
    viewId: last.viewId,
    view: last.view,
    step: undefined,
    gap: reason,
  });
}

/** For a gap where no view is known: of the view that a gap is told in nothing leaves the device but the app. */
export function viewOfApp(app: string): Pick<StepContent, 'viewId' | 'view'> {
  return {
    viewId: `unseen in ${app}`,
    view: {
      app,
      viewKey: 'A'.repeat(22),
      navigation: 'load',
      width: 'wide',
      pointerType: 'mouse',
      inventory: { roles: {}, landmarks: {} },
      coverage: { unreachableFrames: '0', closedShadowRoots: '0', canvasShareQuarters: 0 },
    },
  };
}

/**
 * Held steps -> episodes: cuts the stream of steps at silences, task marks and the largest size.
 *
 * Pure, called by `pipeline` when steps are released from hold. Never mixes two charters, levels or buckets. An episode
 * that may still go on is left for later.
 */
import type { Episode, Gap, Step, View } from '../trace/episode.ts';
import type { HeldStep } from '../trace/held-step.ts';
import { EPISODE_SILENCE_MS, MAX_EPISODE_STEPS, type Outcome } from '../trace/limits.ts';
import { pauseBucketMs } from './buckets.ts';

export type EpisodeContent = Omit<Episode, 'recordId' | 'recordedOn'>;

export interface AssembledEpisode {
  /** Undefined where nothing but gaps was held: there is no work to tell of. */
  content: EpisodeContent | undefined;
  /** The steps that it is made of; they are consumed with it. */
  sequences: number[];
  /** Epoch ms of its first step: what day it was recorded on. */
  startMs: number;
}

const MAX_GAPS = 50;

/**
 * @param nowMs epoch ms; an episode whose last step is younger than the silence may still go on and is left out.
 * @param closeAll takes such episodes too, as when the person sends everything now.
 */
export function assembleEpisodes(
  held: readonly HeldStep[],
  nowMs: number,
  closeAll = false,
): AssembledEpisode[] {
  const ordered = [...held].sort(
    (one, other) => one.startMs - other.startMs || one.sequence - other.sequence,
  );
  const groups: HeldStep[][] = [];
  for (const item of ordered) {
    const group = groups.at(-1);
    if (group === undefined || endsBefore(group, item)) groups.push([item]);
    else group.push(item);
  }
  const open = groups.at(-1);
  if (open !== undefined && !closeAll && !isOver(open, nowMs)) groups.pop();
  return groups.map(assemble);
}

function endsBefore(group: readonly HeldStep[], next: HeldStep): boolean {
  const last = group.at(-1)!;
  return (
    next.startMs - last.startMs >= EPISODE_SILENCE_MS ||
    group.length >= MAX_EPISODE_STEPS ||
    last.charter !== next.charter ||
    last.level !== next.level ||
    last.split !== next.split ||
    endsTask(last) ||
    next.step?.action === 'taskBegun'
  );
}

function endsTask(item: HeldStep): boolean {
  return item.step?.action === 'taskDone' || item.step?.action === 'taskGivenUp';
}

function isOver(group: readonly HeldStep[], nowMs: number): boolean {
  const last = group.at(-1)!;
  return nowMs - last.startMs >= EPISODE_SILENCE_MS || group.length >= MAX_EPISODE_STEPS || endsTask(last);
}

function assemble(group: readonly HeldStep[]): AssembledEpisode {
  const views: View[] = [];
  const indexOfView = new Map<string, number>();
  const steps: Step[] = [];
  const gaps: Gap[] = [];
  let outcome: Outcome = 'unknown';
  let beforeMs: number | undefined;
  for (const item of group) {
    if (item.gap !== undefined && gaps.length < MAX_GAPS)
      gaps.push({ afterStep: steps.length - 1, reason: item.gap });
    if (item.step === undefined) continue;
    let view = indexOfView.get(item.viewId);
    if (view === undefined) {
      view = views.push(item.view) - 1;
      indexOfView.set(item.viewId, view);
    }
    steps.push({
      ...item.step,
      view,
      pauseBeforeMs: pauseBucketMs(item.startMs - (beforeMs ?? item.startMs)),
    });
    beforeMs = item.startMs;
    if (item.step.action === 'taskDone') outcome = 'done';
    if (item.step.action === 'taskGivenUp') outcome = 'givenUp';
  }
  const { split } = group[0]!;
  const episode = {
    kind: 'episode',
    views,
    steps,
    gaps,
    outcome,
    ...(split !== undefined && { split }),
  } as const;
  return {
    content: steps.length > 0 ? episode : undefined,
    sequences: group.map((item) => item.sequence),
    startMs: group[0]!.startMs,
  };
}

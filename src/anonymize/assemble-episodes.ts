/**
 * Held steps -> episodes: cuts the stream of steps at silences, task marks and the largest size. At level `linked`
 * the stream holds movements and typing runs as well, and becomes traces.
 *
 * Pure, called by `pipeline` when steps are released from hold, and by whoever shows what would be sent. Never mixes
 * two charters, levels or buckets, nor goes on after something was deleted. An episode that may still go on is left for
 * later.
 */
import type { Episode, Gap, Step, View } from '../trace/episode.ts';
import { endMsOf, inTime, isStep, type GeneralStep, type HeldItem } from '../trace/held-step.ts';
import {
  EPISODE_SILENCE_MS,
  MAX_EPISODE_STEPS,
  MAX_TRACE_KEYS,
  MAX_TRACE_MOTIONS,
  MAX_TRACE_MS,
  MAX_TRACE_RHYTHMS,
  MAX_TRACE_SAMPLES,
  type Outcome,
} from '../trace/limits.ts';
import { countSteps } from '../trace/packed-path.ts';
import type { Trace, TraceMotion, TraceRhythm } from '../trace/trace.ts';
import { pauseBucketMs } from './buckets.ts';

export type EpisodeContent = Omit<Episode, 'recordId' | 'recordedOn'>;
export type TraceContent = Omit<Trace, 'recordId' | 'recordedOn'>;

export interface AssembledEpisode {
  /** Undefined where nothing but gaps was held: there is no work to tell of. */
  content: EpisodeContent | TraceContent | undefined;
  /** The steps (at `linked` movements and typing runs too) that it is made of; they are consumed with it. */
  sequences: number[];
  /** Epoch ms of its first step: what day it was recorded on. */
  startMs: number;
}

const MAX_GAPS = 50;

/** As the queue holds it: with the tab it was done in, and whether what followed was deleted. */
type Item = HeldItem & { taken?: { tabId: number }; cutAfter?: true };

/** What is being put together, with what decides where it ends. */
interface Group {
  items: Item[];
  /** Where the person was last seen to do something. */
  tabId: number | undefined;
  /** Epoch ms of the latest end; a typing run may last longer than the silence. */
  endMs: number;
  steps: number;
  motions: number;
  samples: number;
  rhythms: number;
  keys: number;
}

/**
 * @param nowMs epoch ms; an episode whose last step is younger than the silence may still go on and is left out.
 * @param closeAll takes such episodes too, as when the person sends everything now; but a gap waits for what it is told
 * before.
 */
export function assembleEpisodes(held: readonly Item[], nowMs: number, closeAll = false): AssembledEpisode[] {
  const ordered = [...held].sort(inTime);
  const groups: Group[] = [];
  for (const item of ordered) {
    const group = groups.at(-1);
    if (group === undefined || endsBefore(group, item)) groups.push(withItem(emptyGroup(), item));
    else withItem(group, item);
  }
  const open = groups.at(-1);
  if (open !== undefined && !isOver(open, nowMs) && (!closeAll || !open.items.some(isWork))) groups.pop();
  return groups.map(assemble);
}

function isWork(item: Item): boolean {
  return !isStep(item) || item.step !== undefined;
}

function emptyGroup(): Group {
  return {
    items: [],
    tabId: undefined,
    endMs: -Infinity,
    steps: 0,
    motions: 0,
    samples: 0,
    rhythms: 0,
    keys: 0,
  };
}

function withItem(group: Group, item: Item): Group {
  const { steps, motions, samples, rhythms, keys } = sizeOf(item);
  group.steps += Number(switchesTab(group.tabId, item));
  group.tabId = tabAfter(group.tabId, item);
  group.items.push(item);
  group.endMs = Math.max(group.endMs, endMsOf(item));
  group.steps += steps;
  group.motions += motions;
  group.samples += samples;
  group.rhythms += rhythms;
  group.keys += keys;
  return group;
}

function sizeOf(item: HeldItem): Omit<Group, 'items' | 'tabId' | 'endMs'> {
  const none = { steps: 0, motions: 0, samples: 0, rhythms: 0, keys: 0 };
  if (isStep(item)) return { ...none, steps: 1 };
  return 'motion' in item
    ? { ...none, motions: 1, samples: countSteps(item.motion.path) }
    : { ...none, rhythms: 1, keys: item.rhythm.keyClass.length };
}

function endsBefore(group: Group, next: Item): boolean {
  const last = group.items.at(-1)!;
  return (
    next.startMs - group.endMs >= EPISODE_SILENCE_MS ||
    last.cutAfter === true ||
    last.charter !== next.charter ||
    last.level !== next.level ||
    last.split !== next.split ||
    isFull(group, Number(switchesTab(group.tabId, next))) ||
    hasNoRoomFor(group, next) ||
    endsTask(last) ||
    (isStep(next) && next.step?.action === 'taskBegun')
  );
}

/** Steps, gaps included. */
function isFull(group: Group, more = 0): boolean {
  return group.steps + more >= MAX_EPISODE_STEPS;
}

/** A trace must fit a batch, which an episode always does. */
function hasNoRoomFor(group: Group, next: Item): boolean {
  if (next.level !== 'linked') return false;
  const more = sizeOf(next);
  return (
    next.startMs - group.items[0]!.startMs > MAX_TRACE_MS ||
    group.motions + more.motions > MAX_TRACE_MOTIONS ||
    group.samples + more.samples > MAX_TRACE_SAMPLES ||
    group.rhythms + more.rhythms > MAX_TRACE_RHYTHMS ||
    group.keys + more.keys > MAX_TRACE_KEYS
  );
}

function endsTask(item: HeldItem): boolean {
  return isStep(item) && (item.step?.action === 'taskDone' || item.step?.action === 'taskGivenUp');
}

function isOver(group: Group, nowMs: number): boolean {
  return nowMs - group.endMs >= EPISODE_SILENCE_MS || isFull(group) || endsTask(group.items.at(-1)!);
}

function assemble({ items }: Group): AssembledEpisode {
  const { level, startMs, split } = items[0]!;
  const { workflow, motions, rhythms } = putInPlace(items, startMs);
  const bucket = split === undefined ? {} : { split };
  const content: EpisodeContent | TraceContent =
    level === 'linked'
      ? { kind: 'trace', ...workflow, motions, rhythms, ...bucket }
      : { kind: 'episode', ...workflow, ...bucket };
  const isEmpty = workflow.steps.length + motions.length + rhythms.length === 0;
  return {
    content: isEmpty ? undefined : content,
    sequences: items.map((item) => item.sequence),
    startMs,
  };
}

/** @param traceStartMs what the times of movements and typing runs are told from. */
function putInPlace(items: readonly Item[], traceStartMs: number) {
  const views: View[] = [];
  const indexOfView = new Map<string, number>();
  const steps: Step[] = [];
  const gaps: Gap[] = [];
  const motions: TraceMotion[] = [];
  const rhythms: TraceRhythm[] = [];
  let outcome: Outcome = 'unknown';
  let beforeMs: number | undefined;
  let tabId: number | undefined;
  for (const item of items) {
    const place = { startMs: item.startMs - traceStartMs, afterStep: steps.length - 1 };
    if (!isStep(item)) {
      if ('motion' in item) motions.push({ ...place, ...item.motion });
      else rhythms.push({ ...place, ...item.rhythm });
      continue;
    }
    if (item.gap !== undefined && gaps.length < MAX_GAPS)
      gaps.push({ afterStep: place.afterStep, reason: item.gap });
    if (item.step === undefined) continue;
    let view = indexOfView.get(item.viewId);
    if (view === undefined) {
      view = views.push(item.view) - 1;
      indexOfView.set(item.viewId, view);
    }
    const pauseBeforeMs = pauseBucketMs(item.startMs - (beforeMs ?? item.startMs));
    const isSwitch = switchesTab(tabId, item);
    if (isSwitch) steps.push({ ...tabSwitch(item.step), view, pauseBeforeMs });
    steps.push({ ...item.step, view, pauseBeforeMs: isSwitch ? 0 : pauseBeforeMs });
    beforeMs = item.startMs;
    tabId = tabAfter(tabId, item);
    if (item.step.action === 'taskDone') outcome = 'done';
    if (item.step.action === 'taskGivenUp') outcome = 'givenUp';
  }
  return {
    workflow: { views, steps, gaps, outcome } satisfies Omit<EpisodeContent, 'kind'>,
    motions,
    rhythms,
  };
}

/** Whether it is done in another tab than what was done before, which nothing has told yet. */
function switchesTab(tabId: number | undefined, item: Item): boolean {
  if (!isStep(item) || tabId === undefined) return false;
  const next = tabAfter(tabId, item);
  return next !== tabId && !/^(tabSwitch|windowFocus)$/.test(item.step!.action);
}

/** Where the person is; a page can be loaded in a tab that nobody looks at. */
function tabAfter(tabId: number | undefined, item: Item): number | undefined {
  const isSeen = isStep(item) && item.step !== undefined && item.step.action !== 'viewChange';
  return isSeen ? (item.taken?.tabId ?? tabId) : tabId;
}

function tabSwitch({ scrollPosition }: GeneralStep): GeneralStep {
  return { action: 'tabSwitch', pathFlags: [], scrollPosition, effect: 'none' };
}

/**
 * A trace of the browser -> how many long tasks there were only because of a contestant.
 *
 * Pure. A task is added if it is long and would not be without the contestant's calls in it: what the page or a busy
 * computer makes long by itself is nobody's doing, and would drown the figure.
 */
import { completeEvents, ownCalls, spentWithin, type TraceEvent } from './dispatch-cost.ts';

/** As the Long Tasks API has it. */
const LONG_US = 50_000;

export function countLongTasksAdded(events: readonly TraceEvent[], isOwn: (url: string) => boolean): number {
  const complete = completeEvents(events);
  const calls = ownCalls(complete, isOwn);
  return complete.filter((event) => {
    const lastedUs = event.dur ?? 0;
    return event.name === 'RunTask' && lastedUs > LONG_US && lastedUs - spentWithin(calls, event) <= LONG_US;
  }).length;
}

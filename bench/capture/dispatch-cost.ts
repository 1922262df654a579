/**
 * A trace of the browser -> how long a contestant's listeners kept one input from the page.
 *
 * Pure. One input is several events (a click is also a press and a release, a letter also a change of its field);
 * what a contestant does in any of them counts. An input that it does not listen to costs nothing and counts as such.
 */

/** Of the `devtools.timeline` categories; times in µs. */
export interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  pid: number;
  tid: number;
  args: { data?: { type?: string; url?: string } };
}

/** In ms, one for each input of the session. */
export interface DispatchCost {
  click: number[];
  mousemove: number[];
  keydown: number[];
}

/** The events of one input, in the order in which they come; one that is not later in it begins another input. */
const EVENTS_OF: Record<keyof DispatchCost, readonly string[]> = {
  click: ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'],
  mousemove: ['pointermove', 'mousemove'],
  keydown: ['keydown', 'keypress', 'beforeinput', 'input'],
};

export function dispatchCost(events: readonly TraceEvent[], isOwn: (url: string) => boolean): DispatchCost {
  const complete = completeEvents(events);
  const dispatches = complete.filter((event) => event.name === 'EventDispatch');
  const calls = ownCalls(complete, isOwn);
  const costs: DispatchCost = { click: [], mousemove: [], keydown: [] };
  for (const name of ['click', 'mousemove', 'keydown'] as const) {
    let place = Infinity;
    for (const dispatch of dispatches) {
      const nextPlace = EVENTS_OF[name].indexOf(dispatch.args.data?.type ?? '');
      if (nextPlace < 0) continue;
      if (nextPlace <= place) costs[name].push(0);
      place = nextPlace;
      costs[name][costs[name].length - 1]! += spentWithin(calls, dispatch) / 1000;
    }
  }
  return costs;
}

/** From the browser into a script: a callback, or the script's first run. */
const CALLS = ['FunctionCall', 'EvaluateScript'];

/** Calls into the contestant's scripts; one within another is already counted. */
export function ownCalls(complete: readonly TraceEvent[], isOwn: (url: string) => boolean): TraceEvent[] {
  const calls = complete.filter((event) => CALLS.includes(event.name) && isOwn(event.args.data?.url ?? ''));
  const kept: TraceEvent[] = [];
  for (const call of calls) {
    const before = kept.findLast((other) => isSameThread(other, call));
    if (before === undefined || call.ts >= before.ts + (before.dur ?? 0)) kept.push(call);
  }
  return kept;
}

/** How much of an event the calls take up, in µs. */
export function spentWithin(calls: readonly TraceEvent[], around: TraceEvent): number {
  const endUs = around.ts + (around.dur ?? 0);
  let low = 0;
  for (let high = calls.length; low < high;) {
    const middle = (low + high) >> 1;
    if (calls[middle]!.ts < around.ts) low = middle + 1;
    else high = middle;
  }
  let spentUs = 0;
  for (let index = low; index < calls.length && calls[index]!.ts < endUs; index += 1) {
    if (isSameThread(calls[index]!, around)) spentUs += calls[index]!.dur ?? 0;
  }
  return spentUs;
}

/** Only what has a length, in the order of its beginning. */
export function completeEvents(events: readonly TraceEvent[]): TraceEvent[] {
  return events.filter((event) => event.ph === 'X').sort((one, other) => one.ts - other.ts);
}

function isSameThread(one: TraceEvent, other: TraceEvent): boolean {
  return one.pid === other.pid && one.tid === other.tid;
}

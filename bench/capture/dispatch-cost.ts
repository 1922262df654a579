/**
 * A trace of the browser -> how long a contestant's listeners kept one input from the page.
 *
 * Pure. One input is several events (a click is also a press and a release, a letter also a change of its field);
 * what a contestant does in any of them counts. An input that it does not listen to costs nothing and counts as such.
 */

/** Of the `devtools.timeline` category; times in µs. */
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
  const complete = events.filter((event) => event.ph === 'X').sort((one, other) => one.ts - other.ts);
  const dispatches = complete.filter((event) => event.name === 'EventDispatch');
  const calls = outermost(
    complete.filter((event) => event.name === 'FunctionCall' && isOwn(event.args.data?.url ?? '')),
  );
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

/** A call within another of the same contestant is already counted. */
function outermost(calls: readonly TraceEvent[]): TraceEvent[] {
  const kept: TraceEvent[] = [];
  for (const call of calls) {
    const before = kept.findLast((other) => isSameThread(other, call));
    if (before === undefined || call.ts >= before.ts + (before.dur ?? 0)) kept.push(call);
  }
  return kept;
}

function spentWithin(calls: readonly TraceEvent[], dispatch: TraceEvent): number {
  const endUs = dispatch.ts + (dispatch.dur ?? 0);
  let low = 0;
  for (let high = calls.length; low < high;) {
    const middle = (low + high) >> 1;
    if (calls[middle]!.ts < dispatch.ts) low = middle + 1;
    else high = middle;
  }
  let spentUs = 0;
  for (let index = low; index < calls.length && calls[index]!.ts < endUs; index += 1) {
    if (isSameThread(calls[index]!, dispatch)) spentUs += calls[index]!.dur ?? 0;
  }
  return spentUs;
}

function isSameThread(one: TraceEvent, other: TraceEvent): boolean {
  return one.pid === other.pid && one.tid === other.tid;
}

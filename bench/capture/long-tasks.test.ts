import { describe, expect, it } from 'vitest';
import type { TraceEvent } from './dispatch-cost.ts';
import { countLongTasksAdded } from './long-tasks.ts';

const OWN = 'chrome-extension://own/recorder.js';

function anEvent(name: string, tsMs: number, durMs: number, url = ''): TraceEvent {
  return { name, ph: 'X', ts: 1000 * tsMs, dur: 1000 * durMs, pid: 1, tid: 1, args: { data: { url } } };
}
const count = (events: TraceEvent[]) => countLongTasksAdded(events, (url) => url === OWN);

describe('long tasks added', () => {
  it('counts a task that is long only because of the contestant', () => {
    expect(count([anEvent('RunTask', 0, 80), anEvent('FunctionCall', 10, 40, OWN)])).toBe(1);
  });

  it('does not count one that is long without it, nor one that is not long with it', () => {
    expect(count([anEvent('RunTask', 0, 80), anEvent('FunctionCall', 10, 5, OWN)])).toBe(0);
    expect(count([anEvent('RunTask', 0, 49), anEvent('FunctionCall', 10, 39, OWN)])).toBe(0);
    expect(count([anEvent('RunTask', 0, 80), anEvent('FunctionCall', 10, 70, 'page')])).toBe(0);
  });

  it('adds up all its calls in a task, and none of another thread', () => {
    const calls = [anEvent('FunctionCall', 5, 20, OWN), anEvent('FunctionCall', 40, 20, OWN)];
    expect(count([anEvent('RunTask', 0, 80), ...calls])).toBe(1);
    expect(count([anEvent('RunTask', 0, 80), ...calls.map((call) => ({ ...call, tid: 2 }))])).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { dispatchCost, type TraceEvent } from './dispatch-cost.ts';

const OWN = 'chrome-extension://own/recorder.js';
const isOwn = (url: string) => url === OWN;

function anEvent(name: string, ts: number, dur: number, data: TraceEvent['args']['data']): TraceEvent {
  return { name, ph: 'X', ts, dur, pid: 1, tid: 1, args: { data: data ?? {} } };
}
const dispatch = (type: string, ts: number, dur: number) => anEvent('EventDispatch', ts, dur, { type });
const call = (url: string, ts: number, dur: number) => anEvent('FunctionCall', ts, dur, { url });

describe('dispatch time', () => {
  it('adds up the events of one input and counts only the calls of the contestant', () => {
    const events = [
      dispatch('pointerdown', 0, 1000),
      call(OWN, 100, 300),
      dispatch('click', 2000, 1000),
      call('http://127.0.0.1/form', 2050, 400),
      call(OWN, 2500, 200),
    ];
    expect(dispatchCost(events, isOwn).click).toEqual([0.5]);
  });

  it('begins another input where the events begin again', () => {
    const events = [
      dispatch('mousemove', 0, 100),
      dispatch('pointermove', 1000, 100),
      call(OWN, 1010, 50),
      dispatch('mousemove', 1200, 100),
      dispatch('mousemove', 2000, 100),
    ];
    expect(dispatchCost(events, isOwn).mousemove).toEqual([0, 0.05, 0]);
  });

  it('counts a call within a call once', () => {
    const events = [dispatch('keydown', 0, 1000), call(OWN, 100, 600), call(OWN, 200, 300)];
    expect(dispatchCost(events, isOwn).keydown).toEqual([0.6]);
  });

  it('is nothing for an input that is not listened to', () => {
    expect(dispatchCost([dispatch('keydown', 0, 10)], isOwn)).toEqual({
      click: [],
      mousemove: [],
      keydown: [0],
    });
  });
});

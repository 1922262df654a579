import { beforeEach, describe, expect, it, vi } from 'vitest';
import { startAttention } from './attention.ts';
import type { CaptureContext } from './capture-context.ts';
import type { UserCause } from './user-cause.ts';

describe('coming back to a page', () => {
  let document: { hidden: boolean; prerendering?: boolean; hasFocus: () => boolean };
  let hasFocus: boolean;
  let cause: Partial<UserCause> | undefined;
  let told: { action: string; atMs: number }[];
  let happen: (type: string, atMs: number) => void;

  function watch(facts: Partial<typeof document> = {}, isTop = true) {
    document = { hidden: false, hasFocus: () => hasFocus, ...facts };
    const page: { document: object; top?: object } = { document };
    page.top = isTop ? page : {};
    const listeners: Record<string, (event: object, atMs: number) => void> = {};
    startAttention({
      page,
      listen: (type: string, listener: (event: object, atMs: number) => void) => (listeners[type] = listener),
      steps: { findPending: () => told.map((step) => ({ step })).at(-1) },
      causes: { recent: () => cause },
      addStep: (step: (typeof told)[number]) => told.push(step),
      later: (delayMs: number, callback: () => void) => setTimeout(callback, delayMs),
    } as unknown as CaptureContext);
    happen = (type, atMs) => {
      listeners[type]?.({ target: page }, atMs);
      vi.runAllTimers();
    };
  }

  beforeEach(() => {
    vi.useFakeTimers();
    [told, cause, hasFocus] = [[], undefined, true];
  });

  const show = (isHidden: boolean, atMs: number) => {
    document.hidden = isHidden;
    happen('visibilitychange', atMs);
  };
  const focus = (isThere: boolean, atMs: number) => {
    hasFocus = isThere;
    happen(isThere ? 'focus' : 'blur', atMs);
  };
  const actions = () => told.map((step) => step.action);

  it('to its tab is one step, whatever events say so', () => {
    watch();
    focus(false, 0);
    show(true, 10);
    focus(true, 5000);
    show(false, 5010);
    expect(actions()).toEqual(['tabSwitch']);
    show(true, 9000);
    show(false, 12_000);
    focus(true, 12_010);
    expect(actions()).toEqual(['tabSwitch', 'tabSwitch']);
  });

  it('to its window is one, but not where only a frame had the focus', () => {
    watch();
    happen('blur', 0);
    focus(true, 100);
    expect(actions()).toEqual([]);
    focus(false, 2000);
    focus(true, 5000);
    expect(actions()).toEqual(['windowFocus']);
  });

  it('after what a click or Tab has led to, or by a press in it, is none', () => {
    watch();
    cause = { kind: 'pointer' };
    focus(false, 0);
    cause = undefined;
    focus(true, 3000);
    cause = { kind: 'key', movesFocus: true };
    focus(false, 4000);
    cause = undefined;
    focus(true, 7000);
    focus(false, 8000);
    cause = { kind: 'pointer' };
    focus(true, 9000);
    expect(actions()).toEqual([]);
  });

  it('that was opened out of sight is one, to one that was only made ready is none', () => {
    watch({ hidden: true });
    show(false, 1000);
    expect(actions()).toEqual(['tabSwitch']);
    told = [];
    watch({ hidden: true, prerendering: true });
    show(false, 1000);
    expect(actions()).toEqual([]);
  });

  it('is told by the top frame only', () => {
    watch({}, false);
    show(true, 0);
    show(false, 3000);
    expect(actions()).toEqual([]);
  });
});

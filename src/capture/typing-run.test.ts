import { describe, expect, it } from 'vitest';
import { RAW_KEY_CLASSES, RawTypingRun } from './fragments.ts';
import { createTypingRunCutter, KEY_CLASS_ORDER } from './typing-run.ts';

describe('createTypingRunCutter', () => {
  it('writes classes in the order of the contract', () => {
    expect(KEY_CLASS_ORDER).toEqual(RAW_KEY_CLASSES);
  });

  it('matches releases to the oldest key of the class that is down', () => {
    const cutter = createTypingRunCutter();
    cutter.press('letter', 1000);
    cutter.press('letter', 1080);
    cutter.release('letter', 1100);
    cutter.press('space', 1200);
    cutter.release('letter', 1210);
    expect(cutter.cut()).toEqual({
      kind: 'typingRun',
      atMs: 1200,
      keyClass: [0, 0, 3],
      downMs: [0, 80, 200],
      holdMs: [100, 130, -1],
    });
  });

  it('does not let a release that was lost shift those after it', () => {
    const cutter = createTypingRunCutter();
    cutter.press('letter', 0);
    cutter.press('letter', 3000);
    cutter.release('letter', 3090);
    expect(cutter.cut()!.holdMs).toEqual([-1, 90]);
  });

  it('cuts at a pause over 5 s and after 2,000 keys', () => {
    const cutter = createTypingRunCutter();
    cutter.press('letter', 0);
    expect(cutter.press('letter', 5000)).toBeUndefined();
    expect(cutter.press('letter', 10_001)?.keyClass).toHaveLength(2);
    for (let key = 1; key < 2000; key++) cutter.press('letter', 10_001 + key);
    expect(cutter.press('letter', 12_002)?.keyClass).toHaveLength(2000);
    expect(RawTypingRun.safeParse(cutter.cut()).success).toBe(true);
    expect(cutter.cut()).toBeUndefined();
  });
});

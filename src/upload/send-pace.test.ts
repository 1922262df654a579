import { describe, expect, it } from 'vitest';
import type { SendPace } from '../queue/queue-schema.ts';
import { afterOneMore, BURST } from './send-pace.ts';

const NOW_MS = 1_000_000_000;

/** How many batches go at this moment, and what is left then. */
function sendAll(pace: SendPace | undefined, nowMs: number): { count: number; pace: SendPace | undefined } {
  let count = 0;
  for (let next = afterOneMore(pace, nowMs); next !== undefined; next = afterOneMore(pace, nowMs)) {
    pace = next;
    count += 1;
  }
  return { count, pace };
}

describe('afterOneMore', () => {
  it('lets a burst go, then one a minute, and after a rest no more than a burst', () => {
    const first = sendAll(undefined, NOW_MS);
    expect(first.count).toBe(BURST);
    const soon = sendAll(first.pace, NOW_MS + 59_000);
    expect(soon.count).toBe(0);
    const minute = sendAll(soon.pace, NOW_MS + 60_000);
    expect(minute.count).toBe(1);
    expect(sendAll(minute.pace, NOW_MS + 3_600_000).count).toBe(BURST);
  });

  it('begins anew where the clock was set back, and waits for no time that has been', () => {
    const { pace } = sendAll(undefined, NOW_MS);
    const back = sendAll(pace, NOW_MS - 86_400_000);
    expect(back.count).toBe(BURST);
    expect(sendAll(back.pace, NOW_MS - 86_400_000 + 60_000).count).toBe(1);
  });
});

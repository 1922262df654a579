import { afterEach, expect, it, vi } from 'vitest';
import { createHandlers, onAlarm } from './background.ts';
import { charterHash } from './charter/charter-hash.ts';
import { decide } from './consent/decide.ts';
import { writeItem } from './consent/stored-items.ts';
import { MY_DATA_LOCK } from './messages.ts';
import { WORK_ALARM } from './placement/apply-state.ts';
import { openQueue } from './queue/queue.ts';
import { aCharter } from './testing/builders.ts';
import { addMotions, draw } from './testing/fill-queue.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('what was deleted is destroyed by the next alarm, but not while a page is open that can bring it back', async () => {
  const queue = await openQueue();
  await addMotions(queue, 2);
  await createHandlers()['data:delete']({ selection: { kind: 'all' } }, {});
  await navigator.locks.request(MY_DATA_LOCK, { mode: 'shared' }, async () => {
    await onAlarm(WORK_ALARM);
    expect(await queue.count('putAside')).toBe(2);
  });
  await onAlarm(WORK_ALARM);
  expect(await queue.count('putAside')).toBe(0);
  expect(await queue.count('records')).toBe(0);
});

it('a batch that is to be tried again in less than an alarm can wait is tried by a timer', async () => {
  const charter = aCharter();
  const keys = { participantKey: 'A'.repeat(43), hashingKey: 'A'.repeat(43) };
  await writeItem('joined', { charter: JSON.stringify(charter), ...keys });
  const agreed = { charter, charterHash: await charterHash(charter), level: 'balanced' } as const;
  await decide({ ...agreed, scopes: ['pointer'] }, Date.now());
  const queue = await openQueue();
  await draw(queue, crypto.randomUUID(), await addMotions(queue, 1));
  const statuses = [503, 204];
  const asked = vi.fn(() => Promise.resolve(new Response(null, { status: statuses.shift()! })));
  vi.stubGlobal('fetch', asked);
  const timers = vi.spyOn(globalThis, 'setTimeout').mockImplementation(() => 0 as never);
  await onAlarm(WORK_ALARM);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(timers).toHaveBeenCalledTimes(1);
  const [again, delayMs] = timers.mock.calls[0]!;
  timers.mockRestore();
  // The first back-off is at most 5 s.
  expect(delayMs).toBeLessThanOrEqual(5000);
  const later = Date.now() + 5000;
  vi.spyOn(Date, 'now').mockReturnValue(later);
  again();
  await vi.waitFor(async () => expect(await queue.count('batches')).toBe(0));
  expect(asked).toHaveBeenCalledTimes(2);
});

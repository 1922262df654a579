import { expect, it } from 'vitest';
import { createHandlers, onAlarm } from './background.ts';
import { MY_DATA_LOCK } from './messages.ts';
import { WORK_ALARM } from './placement/apply-state.ts';
import { openQueue } from './queue/queue.ts';
import { addMotions } from './testing/fill-queue.ts';

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

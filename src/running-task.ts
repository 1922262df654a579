/**
 * The task that the person has said they are doing, until they say that it is done or given up.
 *
 * Background writes, popup reads. In the browser's session storage: in memory only, gone with the browser.
 */
import { browser } from 'wxt/browser';
import { z } from 'zod';

const RunningTask = z.strictObject({
  /** From the charter's list. */
  task: z.string(),
  /** The tab in which it was begun. */
  tabId: z.int(),
});
export type RunningTask = z.infer<typeof RunningTask>;

const ITEM = 'runningTask';

export async function readRunningTask(): Promise<RunningTask | undefined> {
  return RunningTask.safeParse((await browser.storage.session.get(ITEM))[ITEM]).data;
}

export async function rememberRunningTask(task: RunningTask): Promise<void> {
  await browser.storage.session.set({ [ITEM]: task });
}

export async function forgetRunningTask(): Promise<void> {
  await browser.storage.session.remove(ITEM);
}

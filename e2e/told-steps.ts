/**
 * The steps that rest in the extension's queue, and what will be told of them.
 */
import type { Page } from '@playwright/test';
import { assembleEpisodes } from '../src/anonymize/assemble-episodes.ts';
import type { QueuedStep } from '../src/queue/queue-schema.ts';

/** Steps, views and gaps as they are held, in the order of their keys. */
export function heldSteps(extensionPage: Page): Promise<QueuedStep[]> {
  return extensionPage.evaluate(async () => {
    const asPromise = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve) => (request.onsuccess = () => resolve(request.result)));
    const database = await asPromise(indexedDB.open('proffer'));
    const steps = await asPromise(database.transaction('steps').objectStore('steps').getAll());
    database.close();
    return steps as QueuedStep[];
  });
}

/** What is held, as it will be told: in order, with gaps and switches of tabs, loads left out. */
export async function told(extensionPage: Page): Promise<string[]> {
  const held = await heldSteps(extensionPage);
  return assembleEpisodes(held, Date.now(), true).flatMap(({ content }) => {
    if (!content) return [];
    const gapsAfter = (index: number) =>
      content.gaps.filter((gap) => gap.afterStep === index).map((gap) => `gap ${gap.reason}`);
    return [
      ...gapsAfter(-1),
      ...content.steps.flatMap((step, index) => {
        const isLoad = step.navigation === 'load' || step.navigation === 'reload';
        const { target } = step;
        const words = [step.action, step.navigation, target?.term ?? target?.role].filter(Boolean).join(' ');
        return [...(isLoad ? [] : [words]), ...gapsAfter(index)];
      }),
    ];
  });
}

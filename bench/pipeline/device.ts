/**
 * The extension as a trial reaches it: through a page of its own, with the product's code (`own-page.ts`).
 *
 * Runs in Node.
 */
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import type { OpenBrowser } from '../../demo/open-browser.ts';
import type * as ownPage from './own-page.ts';

type OwnPage = typeof ownPage;
export interface Device {
  page: Page;
  call: <Name extends keyof OwnPage>(name: Name) => Promise<Awaited<ReturnType<OwnPage[Name]>>>;
}

const NAME = 'profferOwnPage';

/** @returns the script that `openDevice` evaluates. */
export async function bundleOwnPage(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('own-page.ts', import.meta.url)),
        formats: ['iife'],
        name: NAME,
        fileName: NAME,
      },
    },
  });
  const result = Array.isArray(built) ? built[0]! : built;
  if (!('output' in result)) throw new Error('the script of the own page was not bundled');
  // Evaluated code may compile more while it starts and no longer when it runs, which the schema library does not expect.
  const withoutEval = 'globalThis.__zod_globalConfig = { jitless: true };';
  // Declared by `var`, which evaluated code keeps to itself.
  return `${withoutEval}\n${result.output[0].code}\n;globalThis.${NAME} = ${NAME};`;
}

/**
 * Opens a page of the extension that does nothing by itself.
 *
 * @throws Error while the extension is not there.
 */
export async function openDevice({ context, extensionId }: OpenBrowser, script: string): Promise<Device> {
  const page = await context.newPage();
  try {
    await page.goto(`chrome-extension://${extensionId}/join.html`);
    await page.evaluate(script);
  } catch (fault) {
    await page.close();
    throw fault;
  }
  const call = async (name: string): Promise<unknown> =>
    page.evaluate(
      ([global, called]) => {
        const own = (globalThis as unknown as Record<string, Record<string, () => unknown>>)[global!]!;
        return own[called!]!();
      },
      [NAME, name],
    );
  return { page, call: call as Device['call'] };
}

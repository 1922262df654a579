/**
 * End-to-end tests: the built extension, a real browser and the real collector together.
 *
 * All of them run on Chromium. On the system's Firefox run those marked `@firefox` as well, and, since they take long,
 * by `npm run e2e:firefox` only, those marked `@firefox-too`; how, and what it cannot show:
 * docs/decisions/0032-firefox-is-driven-by-playwright.md.
 */
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

// The many commands and collectors that tests start need not compile the same files each time.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/node-compile');

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/build-extension.ts',
  // Most of their time they wait, as a person does: more than cores, and not so many that timers starve.
  workers: 3,
  timeout: 300_000,
  expect: { timeout: 15_000 },
  use: { actionTimeout: 15_000 },
  reporter: [[process.env.CI ? 'dot' : 'list'], ['./e2e/say-skipped.ts']],
  projects: [
    { name: 'chromium', grepInvert: /@firefox-only/ },
    { name: 'firefox', grep: /@firefox(?!-too)/, use: { browserName: 'firefox' } },
    { name: 'firefox-too', grep: /@firefox-too/, use: { browserName: 'firefox' } },
  ],
  outputDir: 'test-results',
});

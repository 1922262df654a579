/**
 * End-to-end tests: the built extension, a real browser and the real collector together.
 *
 * All of them run on Chromium, those marked `@firefox` on the system's Firefox as well; how, and what it cannot show:
 * docs/decisions/0032-firefox-is-driven-by-playwright.md.
 */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/build-extension.ts',
  // Two browsers at a time is what a small machine carries without starving their timers.
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  use: { actionTimeout: 15_000 },
  reporter: [[process.env.CI ? 'dot' : 'list'], ['./e2e/say-skipped.ts']],
  projects: [
    { name: 'chromium', grepInvert: /@firefox-only/ },
    { name: 'firefox', grep: /@firefox/, use: { browserName: 'firefox' } },
  ],
  outputDir: 'test-results',
});

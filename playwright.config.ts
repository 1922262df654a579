/**
 * End-to-end tests: the built extension, a real Chromium and the real collector together.
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
  reporter: process.env.CI ? 'dot' : 'list',
  outputDir: 'test-results',
});

/**
 * Contestant `sentry`: Sentry's replay of every session, with its defaults.
 *
 * Runs in the page.
 */
import { init, replayIntegration } from '@sentry/browser';
import { whenFlushed } from './when-flushed.ts';

const replay = replayIntegration();
init({
  dsn: `${SINK_URL.replace('//', '//public@')}/1`,
  replaysSessionSampleRate: 1,
  // It takes the content script for a mistake.
  skipBrowserExtensionCheck: true,
  integrations: [replay],
});
whenFlushed(() => replay.flush());

/**
 * Contestant `openreplay`: OpenReplay's tracker with its defaults.
 *
 * Runs in the page; its worker encodes and sends.
 */
import Tracker from '@openreplay/tracker';
import { whenFlushed } from './when-flushed.ts';

const tracker = new Tracker({
  projectKey: 'bench',
  ingestPoint: SINK_URL,
  __DISABLE_SECURE_MODE: true,
});
void tracker.start();
whenFlushed(() => tracker.forceFlushBatch());

/** What `capture-page.ts` bundles into a page that records itself. */
export { createLastingListeners } from '../src/capture/lasting-listeners.ts';
export { createPageSignals } from '../src/capture/page-signals.ts';
export { startCapture } from '../src/capture/start-capture.ts';

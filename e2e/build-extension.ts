/**
 * Builds the extension once before all end-to-end tests, for each browser that there is.
 */
import { buildExtension } from '../demo/study.ts';
import { whyNoFirefox } from './open-firefox.ts';

export default function buildOnce(): void {
  process.env.PROFFER_EXTENSION_DIR = buildExtension();
  // Beside the first, where it is looked for.
  if (whyNoFirefox() === undefined) buildExtension(undefined, undefined, 'firefox');
}

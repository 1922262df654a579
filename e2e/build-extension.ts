/**
 * Builds the extension once before all end-to-end tests.
 */
import { buildExtension } from '../demo/study.ts';

export default function buildOnce(): void {
  process.env.PROFFER_EXTENSION_DIR = buildExtension();
}

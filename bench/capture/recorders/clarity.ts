/**
 * Contestant `clarity`: Microsoft Clarity's recorder with its defaults.
 *
 * Runs in the page.
 */
import { clarity } from 'clarity-js';

clarity.start({ projectId: 'bench', upload: `${SINK_URL}/collect`, track: true, content: true });

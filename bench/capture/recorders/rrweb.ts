/**
 * Contestant `rrweb`: the recorder that most session replay is built on, with its defaults.
 *
 * Runs in the page's isolated world.
 */
import { record } from 'rrweb';
import { startSending } from './send-events.ts';

record({ emit: startSending() });

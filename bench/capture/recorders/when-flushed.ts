/**
 * The benchmark's word to a recorder: send what you hold. Before a session, so that the snapshot of the page is not
 * counted as activity, and after it, so that nothing is left out.
 *
 * Runs in the page, in whichever world the recorder is in. Never called while anything is timed.
 */
export const FLUSH_EVENT = 'bench:flush';

export function whenFlushed(flush: () => unknown): void {
  document.addEventListener(FLUSH_EVENT, () => void flush());
}

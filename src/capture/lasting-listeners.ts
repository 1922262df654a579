/**
 * Listeners that outlive `document.open()`, which takes all of them off a document and its window without a word:
 * editors write their frames with it, long after recording has begun there.
 *
 * In the page. Notices that the document has another root by watching the size of the one it had. Adding a listener
 * that is still there changes nothing, so that nothing is told twice.
 */
import { unclobbered } from './unclobbered.ts';

export interface LastingListeners {
  add: (type: string, listener: (event: never) => void, options: AddEventListenerOptions) => void;
}

/** How long a document may be without a root while it is written, or be written before it is first drawn. */
const RETRY_MS = 100;

/** @param signal ends the watching; listeners bring their own. */
export function createLastingListeners(
  page: Window & typeof globalThis,
  signal: AbortSignal,
): LastingListeners {
  const additions: (() => void)[] = [];
  const document = unclobbered(page.document);
  let root = document.documentElement as Element | null;

  function look(): void {
    const current = document.documentElement as Element | null;
    if (signal.aborted || current === root) return;
    if (!current) return void setTimeout(look, RETRY_MS);
    root = current;
    observer.observe(root);
    for (const add of additions) add();
  }

  const observer = new page.ResizeObserver(look);
  if (root) observer.observe(root);
  setTimeout(look, RETRY_MS);
  signal.addEventListener('abort', () => observer.disconnect());

  return {
    add: (type, listener, options) => {
      const add = () => page.addEventListener(type, listener as EventListener, options);
      add();
      additions.push(add);
    },
  };
}

/**
 * Where a frame lies in the browser's window, so that the background can tell where in the page it is.
 *
 * In the page. Only for frames that cannot see the top frame, and for the top frame itself. It goes to the background
 * with a message and no further.
 */
import type { PageWindow } from './capture-context.ts';
import type { RawMessage } from './fragments.ts';
import type { LastingListeners } from './lasting-listeners.ts';
import { unclobbered } from './unclobbered.ts';

type Place = NonNullable<RawMessage['windowPlace']>;

export interface WindowPlace {
  /**
   * Learns it exactly from pointer events; `onNews` is called where a top frame has told otherwise before, and when its
   * page is shown again.
   */
  watch: (listeners: LastingListeners, signal: AbortSignal, onNews: () => void) => void;
  /** Undefined where it is not known or not needed. */
  now: () => Place | undefined;
}

/** Less does not matter on the grid that places are told on. */
const NEWS_PX = 4;

export function createWindowPlace(page: PageWindow): WindowPlace {
  let corner: { xPx: number; yPx: number } | undefined;
  return {
    watch: (listeners, signal, onNews) => {
      const note = ({ isTrusted, screenX, screenY, clientX, clientY }: PointerEvent) => {
        // All frames know where the window is, which may be moved meanwhile.
        if (!isTrusted) return;
        const before = corner ?? cornerOfWindow(page);
        corner = { xPx: screenX - clientX - page.screenX, yPx: screenY - clientY - page.screenY };
        if (page === page.top && Math.hypot(corner.xPx - before.xPx, corner.yPx - before.yPx) > NEWS_PX)
          onNews();
      };
      // Moved while nobody looked; and what said, as it was hidden, that this was all, goes on.
      const comeBack = ({ isTrusted }: Event) => {
        if (isTrusted && page === page.top && !unclobbered(page.document).hidden) onNews();
      };
      listeners.add('visibilitychange', comeBack, { signal });
      const how = { capture: true, passive: true, signal };
      listeners.add('pointerdown', note, how);
      listeners.add('pointermove', note, { ...how, once: true });
    },
    now: () => {
      const isTop = page === page.top;
      if (!isTop && seesTop(page)) return undefined;
      const { innerWidth: widthPx, innerHeight: heightPx } = page;
      const found = corner ?? (isTop ? cornerOfWindow(page) : undefined);
      return found && { ...found, widthPx, heightPx };
    },
  };
}

/** Bars of a browser are above the page, and its borders alike on both sides. */
function cornerOfWindow({ outerWidth, outerHeight, innerWidth, innerHeight }: Window) {
  return { xPx: (outerWidth - innerWidth) / 2, yPx: outerHeight - innerHeight };
}

function seesTop(page: Window): boolean {
  let view = page;
  while (view.frameElement) view = view.parent;
  return view === view.parent;
}

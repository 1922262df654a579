/**
 * Watches the views of the top frame: page loads and changes of its address -> views, and a step for each change.
 *
 * In the page. Of the address only the shape of its path gets out of here; query, fragment and title never do.
 * Prefers the Navigation API, which sees the page's own history calls; falls back to popstate and hashchange. A change
 * that the page made by itself is told with what the person does next, as the view it is done in, and is no step.
 */
import { NARROW_BELOW_PX, type Navigation } from '../trace/limits.ts';
import type { CaptureContext } from './capture-context.ts';
import type { RawView } from './fragments.ts';
import type { UserCause } from './user-cause.ts';
import { takeInventory, type ViewInventory } from './inventory.ts';
import { publicWords } from './public-words.ts';
import { unclobbered } from './unclobbered.ts';

/** The page has this long to show a new view before it is looked at. */
const INVENTORY_DELAY_MS = 300;
const INVENTORY_BUDGET_MS = 8;

export function startViews(context: CaptureContext, inventoryBudgetMs = INVENTORY_BUDGET_MS): void {
  const { page, steps, causes, listen } = context;
  const { document, location } = page;
  const isTop = page === page.top;
  // Kept to see whether the address changes; compared here and never told.
  let previousUrl = location.href;
  /** What the page has come to by itself, and what the person had done last by then. */
  let untold: { kind: Navigation; atMs: number; cause: UserCause | undefined } | undefined;
  /** The navigation under way is one by the buttons or the address bar of the browser. */
  let isByBrowser = false;
  let isNarrow = page.innerWidth < NARROW_BELOW_PX;

  function begin(kind: Navigation, atMs: number, isStep: boolean): void {
    if (!isTop) return;
    // The path's shape only, in public words, which the background hashes; no query, no fragment.
    const shape = publicWords()?.routeOf(location.pathname) ?? '/:id';
    let inventory: ViewInventory | undefined;
    const look = () => (inventory ??= takeInventory(page, inventoryBudgetMs));
    const view = steps.addView(() => viewOf(page, shape, kind, atMs, look()));
    if (isStep) {
      context.addStep({ action: 'viewChange', atMs, navigation: kind }, undefined, { consequence: true });
    }
    whenShown(() => {
      look();
      view.complete();
    });
  }

  function whenShown(callback: () => void): void {
    if (unclobbered(document).readyState !== 'complete') {
      listen('load', () => whenShown(callback));
      return;
    }
    context.later(INVENTORY_DELAY_MS, () => {
      context.whenIdle(callback);
    });
  }

  /** Tells a change of the address; state that pages keep in it by replacing it is not a change of view. */
  function changed(kind: Navigation, atMs: number): void {
    const previous = previousUrl;
    previousUrl = location.href;
    if (previous === previousUrl) return;
    if (kind === 'replace' && pathOf(previous) === pathOf(previousUrl)) return;
    const isHash = withoutHash(previous) === withoutHash(previousUrl);
    show(isHash && kind === 'push' ? 'hash' : kind, atMs);
  }

  function show(kind: Navigation, atMs: number): void {
    const isCaused = isByBrowser || causes.recent(atMs) !== undefined;
    isByBrowser = false;
    if (isCaused && causes.bearOneMore()) {
      untold = undefined;
      steps.noteEffect('viewChanged');
      begin(kind, atMs, true);
    } else untold = { kind, atMs, cause: causes.last() };
  }
  steps.beforeAdd(() => {
    if (!untold || untold.cause === causes.last()) return;
    const { kind, atMs } = untold;
    untold = undefined;
    begin(kind, atMs, false);
  });

  // Not everywhere: the type says more than browsers do.
  const navigation = page.navigation as EventTarget | undefined;
  if (navigation) {
    listen(
      'currententrychange',
      (event, atMs) => {
        const kind = (event as Event & { navigationType: string | null }).navigationType;
        if (kind !== null) changed(kind === 'traverse' ? 'backForward' : (kind as Navigation), atMs);
      },
      navigation,
    );
    listen(
      'navigate',
      (event) => {
        const { destination, downloadRequest, userInitiated } = event as NavigateEvent;
        isByBrowser = userInitiated;
        if (!destination.sameDocument && downloadRequest === null) steps.awaitNavigation();
      },
      navigation,
    );
    listen('navigateerror', () => steps.failNavigation(), navigation);
  } else {
    listen('popstate', (_event, atMs) => {
      // Nothing else tells that it was a button of the browser.
      isByBrowser = true;
      changed('backForward', atMs);
    });
    listen('hashchange', (_event, atMs) => changed('push', atMs));
  }

  // By the window or by zooming: only whether the page lays itself out for a small screen is told of its size.
  listen('resize', (_event, atMs) => {
    if (page.innerWidth < NARROW_BELOW_PX === isNarrow) return;
    isNarrow = !isNarrow;
    // By the person, in the browser: pages cannot, but for windows that they have opened.
    isByBrowser = true;
    show('resize', atMs);
  });

  begin(arrivalKind(context), context.nowMs(), context.arrival !== 'alreadyOpen');
}

function arrivalKind({ arrival, page }: CaptureContext): Navigation {
  if (arrival === 'restored') return 'backForward';
  const [entry] = page.performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (entry?.type === 'reload') return 'reload';
  if (entry?.type === 'back_forward') return 'backForward';
  // A link into a new tab, or a window that was opened: there is nothing to go back to.
  return page.history.length === 1 ? 'newTab' : 'load';
}

function viewOf(
  page: Window,
  shape: string,
  navigation: Navigation,
  atMs: number,
  { inventory, coverage }: ViewInventory,
): RawView {
  return {
    kind: 'view',
    atMs,
    routeShape: shape,
    navigation,
    viewportWidthPx: page.innerWidth,
    pointerType: page.matchMedia('(pointer: fine)').matches ? 'mouse' : 'other',
    inventory,
    coverage,
  };
}

function withoutHash(url: string): string {
  return url.split('#')[0]!;
}

function pathOf(url: string): string {
  return withoutHash(url).split('?')[0]!;
}

/**
 * A view -> how many controls of each kind are visible in it, and what of it cannot be seen.
 *
 * In the page, once per view, in idle time and within a budget: what was counted when it is spent is what is told.
 * Visible means that its box meets the viewport. Counts only; looks into open shadow roots.
 */
import type { InteractiveRole, Landmark, Role } from '../trace/limits.ts';
import { isInteractiveRole, roleOf } from './control-role.ts';
import { landmarkAmong } from './describe-target.ts';
import { outward } from './element-tree.ts';
import type { RawView } from './fragments.ts';
import { unclobbered } from './unclobbered.ts';

export type ViewInventory = Pick<RawView, 'inventory' | 'coverage'>;

/** The clock is looked at once for this many elements. */
const ELEMENTS_PER_CHECK = 32;
const FRAMES = new Set(['iframe', 'frame', 'object', 'embed']);

export function takeInventory(page: Window, budgetMs: number): ViewInventory {
  const roles: Partial<Record<InteractiveRole, number>> = {};
  const landmarks: Partial<Record<Landmark, number>> = {};
  const endMs = performance.now() + budgetMs;
  const { innerWidth, innerHeight } = page;
  let unreachableFrames = 0;
  let closedShadowRoots = 0;
  let canvasPx = 0;
  let looked = 0;

  /** Roots within roots come last: a page may nest them deeper than a function can call itself. */
  function count(): void {
    const roots: (Document | ShadowRoot)[] = [page.document];
    for (const root of roots) {
      const walker = unclobbered(page.document).createTreeWalker(root, NodeFilter.SHOW_ELEMENT);
      while (walker.nextNode()) {
        if (++looked % ELEMENTS_PER_CHECK === 0 && performance.now() > endMs) return;
        const element = walker.currentNode as Element;
        const { shadowRoot } = unclobbered(element);
        if (shadowRoot) roots.push(shadowRoot);
        countOne(element);
      }
    }
  }

  function countOne(element: Element): void {
    const name = unclobbered(element).localName;
    if (FRAMES.has(name)) {
      if (isHidden(element as HTMLIFrameElement) && visiblePx(element) > 0) unreachableFrames++;
    } else if (name === 'canvas') canvasPx += visiblePx(element);
    else if (name.includes('-')) {
      // A closed root leaves no trace but that an element without children of its own has something to show.
      if (!element.shadowRoot && !element.firstElementChild && visiblePx(element) > 0) closedShadowRoots++;
    }
    const role = roleOf(element);
    if (!isInteractiveRole(role) || visiblePx(element) === 0) return;
    const landmark = landmarkAmong(outwardRoles(element));
    increase(roles, role as InteractiveRole);
    increase(landmarks, landmark);
  }

  function visiblePx(element: Element): number {
    const box = unclobbered(element).getBoundingClientRect();
    const widthPx = Math.min(box.right, innerWidth) - Math.max(box.left, 0);
    const heightPx = Math.min(box.bottom, innerHeight) - Math.max(box.top, 0);
    return widthPx > 0 && heightPx > 0 ? widthPx * heightPx : 0;
  }

  count();
  return {
    inventory: { roles, landmarks },
    coverage: {
      unreachableFrames,
      closedShadowRoots,
      canvasShare: Math.min(1, canvasPx / Math.max(1, innerWidth * innerHeight)),
    },
  };
}

function increase<Name extends string>(counts: Partial<Record<Name, number>>, name: Name): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** One by one: the nearest landmark is mostly near. */
function* outwardRoles(element: Element): Generator<Role> {
  for (const around of outward(element)) yield roleOf(around);
}

/** Whether a frame is of another origin; whether it is recorded too is known only where the charter is. */
function isHidden(frame: HTMLIFrameElement): boolean {
  return frame.contentDocument === null;
}

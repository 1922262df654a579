/**
 * Ways through the page's tree that cross open shadow roots, and where a child frame lies in the page.
 *
 * In the page. Reads structure only.
 */
import { unclobbered } from './unclobbered.ts';

/** The element and everything around it, from the inside out, through shadow roots. */
export function* outward(element: Element | null): Generator<Element> {
  for (let around = element; around; around = unclobbered(around).parentElement ?? hostOf(around))
    yield around;
}

/** What the open shadow root that it lies in belongs to. */
export function hostOf(element: Element): Element | null {
  const root = unclobbered(element).getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/** The nearest element around it, itself included, that is as asked. */
export function nearest(element: Element, matches: (around: Element) => boolean): Element | undefined {
  for (const around of outward(element)) if (matches(around)) return around;
  return undefined;
}

/** Whether one lies within the other or is it. */
export function isWithin(inner: Element, outer: Element): boolean {
  return nearest(inner, (around) => around === outer) !== undefined;
}

/** What is read of a target, which may also be a text, the document or the window. */
type NodeFacts = Pick<Node, 'nodeType' | 'parentElement'> & Pick<Document, 'documentElement'>;

/** The element an event really happened on, also inside open shadow roots. */
export function eventElement(event: Event): Element | undefined {
  let { target } = event;
  // `composedPath` builds an array; most targets have no shadow root and need none.
  if (target && unclobbered(target as Element).shadowRoot) [target = null] = event.composedPath();
  if (!target) return undefined;
  const { nodeType, parentElement, documentElement } = unclobbered(
    target as EventTarget & Partial<NodeFacts>,
  );
  if (nodeType === Node.ELEMENT_NODE) return target as Element;
  return parentElement ?? documentElement ?? undefined;
}

/** What has the focus, also inside open shadow roots; null when nothing but the page itself has. */
export function focusedElement(document: Document): Element | null {
  let focused = unclobbered(document).activeElement;
  for (let inner = focused; inner; inner = unclobbered(inner).shadowRoot?.activeElement ?? null)
    focused = inner;
  return focused && isPageItself(focused) ? null : focused;
}

/** Whether it is the root or the body, which get events when nothing has the focus; one that is edited is a field. */
export function isPageItself(element: Element): boolean {
  const { localName, ownerDocument } = unclobbered(element);
  // Nearly all are told by their name, without asking the document.
  if (!/^(html|body|frameset)$/.test(localName)) return false;
  const { body, documentElement } = unclobbered(ownerDocument);
  return (element === body || element === documentElement) && !(element as HTMLElement).isContentEditable;
}

/** The innermost element at a place of the viewport, also inside open shadow roots. */
export function elementAt(outermost: Document | ShadowRoot, xPx: number, yPx: number): Element | undefined {
  let innermost: Element | undefined;
  for (let root: Document | ShadowRoot | null = outermost; root;) {
    const found: Element | null = unclobbered(root).elementFromPoint(xPx, yPx);
    if (!found) break;
    innermost = found;
    const facts: Element = unclobbered(found);
    root = facts.getRootNode() === root ? facts.shadowRoot : null;
  }
  return innermost;
}

/**
 * The same, also where the place lies outside this frame or in a frame within it.
 *
 * @param isRecorded whether a frame of the same origin is recorded too: of others only their frame is given.
 */
export function elementAnywhere(
  page: Window,
  xPx: number,
  yPx: number,
  isRecorded: (frame: Window) => boolean,
): Element | undefined {
  const around = page.frameElement;
  if (around && isOutside(page, xPx, yPx)) {
    const [leftPx, topPx] = innerCorner(around);
    return elementAnywhere(page.parent, xPx + leftPx, yPx + topPx, isRecorded);
  }
  const found = elementAt(page.document, xPx, yPx);
  const inside = found && unclobbered(found as HTMLIFrameElement).contentDocument;
  const inner = inside && unclobbered(inside).defaultView;
  if (!inner || !isRecorded(inner)) return found;
  const [leftPx, topPx] = innerCorner(found);
  const [innerXPx, innerYPx] = [xPx - leftPx, yPx - topPx];
  // On the frame's border.
  if (isOutside(inner, innerXPx, innerYPx)) return found;
  return elementAnywhere(inner, innerXPx, innerYPx, isRecorded) ?? found;
}

function isOutside({ innerWidth, innerHeight }: Window, xPx: number, yPx: number): boolean {
  return xPx < 0 || yPx < 0 || xPx >= innerWidth || yPx >= innerHeight;
}

/** Where the content of a frame begins in the viewport around it. */
function innerCorner(frame: Element): [leftPx: number, topPx: number] {
  const box = frame.getBoundingClientRect();
  return [box.left + frame.clientLeft, box.top + frame.clientTop];
}

/** Whether content that overflows it can be scrolled. */
export function isScrollable(element: Element): boolean {
  const { overflowX, overflowY } = getComputedStyle(element);
  return /auto|scroll/.test(overflowX + overflowY);
}

/**
 * Whether there is something to scroll in it. That its content is larger is not enough: in Firefox so is that of all that
 * lies within a line, which has no size inside, and of what has a small line height.
 */
export function canScroll(element: Element): boolean {
  // Styles before sizes: where something has changed, the page is laid out anew for these.
  if (!isScrollable(element)) return false;
  const { scrollHeight, clientHeight, scrollWidth, clientWidth } = unclobbered(element);
  return scrollHeight > clientHeight || scrollWidth > clientWidth;
}

/** Where a frame's content begins in the top frame's viewport, and how large that viewport is. */
export interface FramePlace {
  xPx: number;
  yPx: number;
  viewportWidthPx: number;
  viewportHeightPx: number;
}

/**
 * The place of this frame in the page.
 *
 * A frame of another origin cannot see what is around it: places in it are its own, measured against its own
 * viewport, until the background puts them in place (`compose-places.ts`).
 */
export function framePlace(page: Window): FramePlace {
  let [xPx, yPx] = [0, 0];
  let view = page;
  for (let frame = view.frameElement; frame; frame = view.frameElement) {
    const [leftPx, topPx] = innerCorner(frame);
    xPx += leftPx;
    yPx += topPx;
    view = view.parent;
  }
  if (view !== view.parent) [xPx, yPx, view] = [0, 0, page];
  return { xPx, yPx, viewportWidthPx: view.innerWidth, viewportHeightPx: view.innerHeight };
}

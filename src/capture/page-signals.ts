/**
 * The page as it is shown now -> whether it asks for a secret, and so is a sensitive place whatever its address.
 *
 * In the page, before each message and when a press or the focus may have changed it; no observer. The document's fields
 * and frames are in lists that the browser keeps, so that looking is nothing while none come or go. Tests types,
 * `autocomplete` and the hosts of frames; values and texts are never read.
 *
 * Sources: autofill field names of the HTML standard (html.spec.whatwg.org, section Autofill); what Chromium takes
 * for sign-in forms (chromium.org, "Password Form Styles that Chromium Understands"); the hosts that payment
 * services give for the frames of their card fields.
 */
import { SENSITIVE_AUTOCOMPLETE, isPartOfCode, type SensitiveMemory } from './sensitive-field.ts';
import { unclobbered } from './unclobbered.ts';

export interface PageSignals {
  /** Takes note of where an event came through: open shadow roots, where a form may lie, and components for fields. */
  meet: (event: Event) => void;
  /**
   * Whether a field for a password, a code or payment data is shown, or a frame with one.
   *
   * @param inPassing leaves out lists and areas of text, which are hardly ever such a field where no other is: on a large
   *   page that keeps changing the browser makes each list anew.
   */
  found: (inPassing?: boolean) => boolean;
}

/** Frames first, of which most pages have none. */
const CANDIDATES = ['iframe', 'input', 'select', 'textarea'];
/** Smaller ones are decoys for password managers, and frames that only talk to a server. */
const MIN_SHOWN_PX = 8;
const PAYMENT_FRAME =
  /^https:\/\/([^/]+\.)?(stripe|adyen|braintreegateway|paypal|klarna|checkout|squareup|squarecdn|mollie|worldpay)\.com\//;

/** @param memory which fields were password fields: one that shows its text still counts. */
export function createPageSignals(page: Window, memory: SensitiveMemory): PageSignals {
  const document = unclobbered(page.document);
  const lists = CANDIDATES.map((name) => document.getElementsByTagName(name));
  /** Roots met, and elements that say by `autocomplete` that they are a field of another kind. */
  const met = new Set<ShadowRoot | Element>();

  function asksForSecret(element: Element): boolean {
    const facts = unclobbered(element as HTMLInputElement & HTMLIFrameElement);
    // The frame's alone: to put an address together is dear, and fields have one as well.
    if (facts.localName === 'iframe') return PAYMENT_FRAME.test(facts.src) || facts.allow.includes('payment');
    if (facts.type === 'password') memory.set(element, 'password');
    return (
      memory.get(element) === 'password' ||
      SENSITIVE_AUTOCOMPLETE.test(facts.getAttribute('autocomplete') ?? '') ||
      isPartOfCode(element)
    );
  }

  /** What lies hidden in a dialog says nothing of the page; what is typed into does, however small it is. */
  function isShown(element: Element): boolean {
    const facts = unclobbered(element);
    if (unclobbered(facts.getRootNode() as Document).activeElement === element) return true;
    const { width, height, right, bottom } = facts.getBoundingClientRect();
    return (
      Math.min(width, height, page.innerWidth, page.innerHeight) >= MIN_SHOWN_PX &&
      right + page.scrollX > 0 &&
      bottom + page.scrollY > 0 &&
      getComputedStyle(element).visibility === 'visible'
    );
  }

  const isAsking = (element: Element) => asksForSecret(element) && isShown(element);

  return {
    meet: (event) => {
      for (const node of event.composedPath()) {
        const isFieldLike = node instanceof Element && unclobbered(node).hasAttribute('autocomplete');
        if (isFieldLike || node instanceof ShadowRoot) met.add(node);
      }
    },
    found: (inPassing) => {
      for (const one of met) if (!unclobbered(one).isConnected) met.delete(one);
      return (
        lists
          .slice(page.length > 0 ? 0 : 1, inPassing ? 2 : undefined)
          .some((list) => [...list].some(isAsking)) ||
        [...met].some((one) =>
          one instanceof ShadowRoot
            ? [...one.querySelectorAll(CANDIDATES.join())].some(isAsking)
            : isAsking(one),
        )
      );
    },
  };
}

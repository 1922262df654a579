/**
 * All that a page can see of its surroundings, for comparing a page that is recorded with one that is not.
 *
 * Runs in the page, as its own script. Left out is what differs from load to load: times, and how long things took.
 */
export interface PageView {
  /** What would differ if anything of a recorder were in the page. */
  surroundings: Record<string, unknown>;
  /** What the browser tells of scripts that took time, stacks and errors: looked through for the extension's address. */
  told: string;
}

declare const globalThis: Window &
  typeof global & { seen: { told: unknown[]; changes: number; messages: number } };

/** Runs first in the page: keeps whatever the browser tells it from then on. */
export function watchPage(): void {
  const seen = (globalThis.seen = { told: [] as unknown[], changes: 0, messages: 0 });
  const watcher = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.told.push(entry.toJSON());
  });
  for (const type of PerformanceObserver.supportedEntryTypes) watcher.observe({ type, buffered: true });
  new MutationObserver((changes) => (seen.changes += changes.length)).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
  for (const type of [
    'message',
    'error',
    'unhandledrejection',
    'securitypolicyviolation',
    'rejectionhandled',
  ])
    addEventListener(type, (event) => {
      seen.messages++;
      seen.told.push(String((event as ErrorEvent).error ?? event.type));
    });
  addEventListener('click', () => seen.told.push(new Error('where').stack));
}

/** What the page has come to see. */
export async function viewOfPage(): Promise<PageView> {
  const keysOf = (owner: object) => Reflect.ownKeys(owner).map(String).sort();
  /** Names of everything on it, and whether each function is still the browser's. */
  const shapeOf = (owner: object) =>
    Object.entries(Object.getOwnPropertyDescriptors(owner)).map(([name, { value, get }]) => {
      const call: unknown = get ?? value;
      return `${name} ${typeof call === 'function' ? Function.prototype.toString.call(call) : typeof call}`;
    });
  const prototypes = Object.getOwnPropertyNames(globalThis).flatMap((name) => {
    const value: unknown = (globalThis as unknown as Record<string, unknown>)[name];
    const prototype = typeof value === 'function' && (value.prototype as object | undefined);
    return prototype ? [[name, shapeOf(prototype).sort()]] : [];
  });
  const browserObject = (globalThis as { chrome?: Record<string, unknown> }).chrome ?? {};
  return {
    surroundings: {
      globals: keysOf(globalThis),
      prototypes,
      document: [keysOf(document), document.documentElement.outerHTML],
      styles: [document.styleSheets.length, document.adoptedStyleSheets.length],
      frames: [window.length, history.length, document.getAnimations().length],
      changes: globalThis.seen.changes,
      messages: globalThis.seen.messages,
      stored: [document.cookie, keysOf(localStorage), keysOf(sessionStorage)],
      databases: [await indexedDB.databases(), await caches.keys()],
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      browser: [keysOf(browserObject), typeof browserObject.runtime],
      entries: performance
        .getEntries()
        .map(({ entryType, name }) => `${entryType} ${name}`)
        .filter((entry) => /^(navigation|resource|mark|measure)/.test(entry)),
      counts: [...(performance as Performance & { eventCounts: Map<string, number> }).eventCounts],
      active: document.activeElement?.id,
      selection: getSelection()?.toString(),
    },
    told: JSON.stringify(globalThis.seen.told),
  };
}

/**
 * A form or a document -> the same to read from, whatever the page has named in it.
 *
 * In the page. A field named `localName` is what `form.localName` gives, and a picture named `body` what
 * `document.body` does: the browser looks for names in these two before it looks at their own properties. Whatever
 * may be a form or the document is read through here. What comes out is read from and nothing else: not compared, and
 * not handed to the browser.
 */

const bypassNames: ProxyHandler<object> = {
  get: (target, property) => {
    // Found on the prototype, where no name of the page is, and asked of the object.
    const value: unknown = Reflect.get(Object.getPrototypeOf(target) as object, property, target);
    return typeof value === 'function' ? (value.bind(target) as unknown) : value;
  },
};

/** One for each form and document, which are asked again and again. */
const proxies = new WeakMap<object, object>();

/** @returns itself where the page can name nothing in it. */
export function unclobbered<Of extends object>(target: Of): Of {
  // By a symbol, which nothing can be named as, and which is the same in frames of one origin.
  const { [Symbol.toStringTag]: kind } = target as { [Symbol.toStringTag]?: string };
  if (kind !== 'HTMLFormElement' && kind !== 'HTMLDocument') return target;
  let proxy = proxies.get(target) as Of | undefined;
  if (!proxy) proxies.set(target, (proxy = new Proxy<Of>(target, bypassNames)));
  return proxy;
}

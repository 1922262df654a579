/**
 * Match patterns: which pages a charter names (https://developer.chrome.com/docs/extensions/develop/concepts/match-patterns).
 *
 * Used in the background, the pages of the extension and the collector. The browser itself decides where a
 * content script runs; this decides again for each message, and whether one list lies inside another.
 * Must never answer "inside" when it cannot prove it.
 */

const PATTERN = /^(\*|https?):\/\/(\*|(?:\*\.)?[a-z0-9.-]+(?::\d{1,5})?)(\/\S*)$/;

/** A pattern's three parts; the host keeps its `*.` prefix and its port. */
interface PatternParts {
  scheme: string;
  host: string;
  path: string;
}

/**
 * Whether the text is a match pattern for http or https pages. `<all_urls>` and other schemes are not, nor is what no
 * address can match, since browsers write addresses in one way: a default port, `#`, a character that they escape.
 */
export function isMatchPattern(pattern: string): boolean {
  const parts = parse(pattern);
  if (!parts) return false;
  const schemes = parts.scheme === '*' ? ['http', 'https'] : [parts.scheme];
  return schemes.every((scheme) => isWrittenAsAddress(scheme, parts));
}

function isWrittenAsAddress(scheme: string, { host, path }: PatternParts): boolean {
  const oneHost = host.replace('*', 'any');
  try {
    const address = new URL(`${scheme}://${oneHost}${path}`);
    return address.host === oneHost && address.pathname + address.search === path;
  } catch {
    return false;
  }
}

/** Whether any of the patterns covers the address. An address that cannot be read is covered by none. */
export function matchesAny(patterns: readonly string[], url: string): boolean {
  let address: URL;
  try {
    address = new URL(url);
  } catch {
    return false;
  }
  const path = withEvenEscapes(address.pathname + address.search);
  return patterns.some((pattern) => matches(pattern, address, path));
}

/**
 * Whether every address that `inner` covers is provably covered by `outer`.
 *
 * Conservative: paths with wildcards elsewhere than at the end count as inside only when they are equal.
 */
export function isInside(inner: string, outer: string): boolean {
  if (inner === outer) return true;
  const innerParts = parse(inner);
  const outerParts = parse(outer);
  if (!innerParts || !outerParts) return false;
  const schemeInside = outerParts.scheme === '*' || outerParts.scheme === innerParts.scheme;
  return (
    schemeInside &&
    hostInside(innerParts.host, outerParts.host) &&
    pathInside(innerParts.path, outerParts.path)
  );
}

/** The origin part of a pattern with every path, as host permissions are written. */
export function originPattern(pattern: string): string {
  const parts = parse(pattern);
  if (!parts) throw new TypeError('not a match pattern');
  return `${parts.scheme}://${hostWithoutPort(parts.host)}/*`;
}

/** Scheme, host and port without a path. */
export function hostPattern(pattern: string): string {
  const parts = parse(pattern);
  if (!parts) throw new TypeError('not a match pattern');
  return `${parts.scheme}://${parts.host}`;
}

/** Whether the pattern covers every path of its hosts. */
export function coversWholeHosts(pattern: string): boolean {
  return /^\/\*+$/.test(parse(pattern)?.path ?? '');
}

/** Whether some origin is in both patterns, whatever their paths are. */
export function originsOverlap(one: string, other: string): boolean {
  const [left, right] = [parse(one), parse(other)];
  if (!left || !right) return false;
  const [leftHost, rightHost] = [hostWithoutPort(left.host), hostWithoutPort(right.host)];
  const [leftPort, rightPort] = [left.host.slice(leftHost.length), right.host.slice(rightHost.length)];
  return (
    (left.scheme === right.scheme || left.scheme === '*' || right.scheme === '*') &&
    (leftPort === rightPort || leftPort === '' || rightPort === '') &&
    (hostInside(leftHost, rightHost) || hostInside(rightHost, leftHost))
  );
}

/**
 * The pattern as `scripting.registerContentScripts` takes it: Chromium ignores ports there and Firefox refuses
 * them, so the port is checked by us for each message instead.
 */
export function registrablePattern(pattern: string): string {
  const parts = parse(pattern);
  if (!parts) throw new TypeError('not a match pattern');
  return `${parts.scheme}://${hostWithoutPort(parts.host)}${parts.path}`;
}

function parse(pattern: string): PatternParts | undefined {
  const found = PATTERN.exec(pattern);
  if (!found) return undefined;
  return { scheme: found[1]!, host: found[2]!, path: found[3]! };
}

/** @param path of the address, its escapes evened. */
function matches(pattern: string, address: URL, path: string): boolean {
  const parts = parse(pattern);
  if (!parts) return false;
  const scheme = address.protocol.slice(0, -1);
  if (scheme !== 'http' && scheme !== 'https') return false;
  if (parts.scheme !== '*' && parts.scheme !== scheme) return false;
  const host = /:\d+$/.test(parts.host) ? address.host : address.hostname;
  if (!hostInside(host, parts.host)) return false;
  return globMatches(withEvenEscapes(parts.path), path);
}

/** The same address in one writing: `%68r` is `hr`, and `%c3` is `%C3` (RFC 3986, section 6.2.2). */
function withEvenEscapes(path: string): string {
  return path.replace(/%[0-9a-f]{2}/gi, (escaped) => {
    const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : escaped.toUpperCase();
  });
}

function hostInside(inner: string, outer: string): boolean {
  if (outer === '*' || inner === outer) return true;
  const innerHost = hostWithoutPort(inner);
  const innerPort = inner.slice(innerHost.length);
  const outerHost = hostWithoutPort(outer);
  const outerPort = outer.slice(outerHost.length);
  if (outerPort !== '' && outerPort !== innerPort) return false;
  if (outerHost === innerHost) return true;
  if (!outerHost.startsWith('*.')) return false;
  const domain = outerHost.slice(2);
  const innerDomain = innerHost.startsWith('*.') ? innerHost.slice(2) : innerHost;
  return innerDomain === domain || innerDomain.endsWith(`.${domain}`);
}

function hostWithoutPort(host: string): string {
  return host.replace(/:\d+$/, '');
}

function pathInside(inner: string, outer: string): boolean {
  if (inner === outer) return true;
  const prefix = outer.slice(0, -1);
  if (!outer.endsWith('*') || prefix.includes('*')) return false;
  return inner.startsWith(prefix);
}

/** Linear-time glob with `*` only; a regular expression could be made to backtrack by a hostile pattern. */
function globMatches(glob: string, text: string): boolean {
  const pieces = glob.split('*');
  const first = pieces[0]!;
  if (pieces.length === 1) return text === glob;
  if (!text.startsWith(first)) return false;
  let position = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, position);
    if (found < 0) return false;
    position = found + piece.length;
  }
  const last = pieces.at(-1)!;
  return text.length - position >= last.length && text.endsWith(last);
}

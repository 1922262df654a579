/**
 * Where the extension's own origin serves what browsers ask for by policy.
 *
 * Shared by the server, the install kit that names these addresses, and the build, which writes one into Firefox's manifest.
 */

export const SERVED_PATHS = {
  /** For Chrome and Edge: which version is offered, and where it is. */
  chromeUpdates: '/extension/updates.xml',
  /** The same for Firefox. */
  firefoxUpdates: '/extension/updates.json',
  /** Firefox's package in the version that is offered; a policy names it once and for all. */
  firefoxPackage: '/extension/proffer.xpi',
  /** Packages by their file names, below this. */
  packages: '/extension/',
} as const;

/** Only loopback may be reached without TLS. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** The origin that an address is, without a slash at the end; undefined when it is more than an origin or not safe. */
export function parseOrigin(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url || url.pathname !== '/' || url.search !== '' || url.hash !== '') return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname));
  return isSafe ? url.origin : undefined;
}

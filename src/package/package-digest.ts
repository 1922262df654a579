/**
 * The digest of a package: one figure by which a person can tell that their browser runs what was built from the source.
 *
 * Runs in the extension (over its own files), where packages are made, and wherever one is checked. Signatures do not
 * count, so a signed package has the digest of the unsigned one. Must never depend on order, times or the platform.
 */
import canonicalize from 'canonicalize';

export interface PackageFile {
  /** Inside the package, with `/` and without one at the beginning. */
  path: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** In every package: the paths of all its files, so that the extension can find them. */
export const FILE_LIST = 'package-files.json';
/** In every package: the licence texts of what others wrote and is bundled. */
export const LICENSE_FILE = 'THIRD-PARTY-LICENSES.txt';

/** Signatures of the add-on store, and what Chromium keeps about a package's content. */
const SIGNATURE_FOLDERS = ['META-INF/', '_metadata/'];

/** The manifest fields that a browser or a store adds to its own copy. */
const ADDED_MANIFEST_FIELDS = ['key', 'differential_fingerprint'];

/** What the list of a package names: everything but signatures, in the order of the digest. */
export function listedPaths(paths: readonly string[]): string[] {
  return [...new Set(paths)]
    .filter((path) => !SIGNATURE_FOLDERS.some((folder) => path.startsWith(folder)))
    .sort(byCodeUnit);
}

/**
 * SHA-256, in lower-case hex, over one line for each file, sorted by path: its own SHA-256, two spaces, its path.
 *
 * Chromium writes JSON files and the icons of the manifest anew when it installs a package. So JSON counts by its
 * canonical form (RFC 8785), and pictures by their paths only: they cannot run.
 */
export async function packageDigest(files: readonly PackageFile[]): Promise<string> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const lines = await Promise.all(
    listedPaths([...byPath.keys()]).map(
      async (path) => `${await sha256Hex(countedBytes(byPath.get(path)!))}  ${path}\n`,
    ),
  );
  return sha256Hex(new TextEncoder().encode(lines.join('')));
}

function countedBytes({ path, bytes }: PackageFile): Uint8Array<ArrayBuffer> {
  if (path.endsWith('.png')) return new Uint8Array();
  if (!path.endsWith('.json')) return bytes;
  const document = JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  const counted = path === 'manifest.json' ? withoutAdded(document) : document;
  return new TextEncoder().encode(canonicalize(counted));
}

function withoutAdded(manifest: unknown): unknown {
  const fields = Object.entries(manifest as Record<string, unknown>);
  return Object.fromEntries(fields.filter(([name]) => !ADDED_MANIFEST_FIELDS.includes(name)));
}

async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Not by locale: the order must be the same on every computer. */
function byCodeUnit(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

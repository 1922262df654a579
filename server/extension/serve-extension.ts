/**
 * The extension's own origin: browsers fetch the package and its updates here, by policy.
 *
 * A process of its own beside the collector, at another address: everyone's browser asks here, only those who take part
 * send there, and whoever saw both in one place would know who refused. So nothing of a request is logged or kept,
 * and the store is out of reach.
 */
import { SERVED_PATHS } from '../../src/package/served-paths.ts';
import type { Log } from '../log.ts';
import { openSocket } from '../socket.ts';
import { readTls, type TlsFiles } from '../tls.ts';
import { findOffered, readPackage } from './package-folder.ts';
import { chromeUpdates, firefoxUpdates } from './update-manifests.ts';

export interface ServeSettings {
  packagesDir: string;
  /** The origin that browsers reach it at, which the update manifests name. */
  extensionUrl: string;
  /** The newest without. */
  version?: string | undefined;
  /** 0 picks a free one. */
  port?: number;
  host?: string;
  tls?: TlsFiles | undefined;
  log: Log;
}

export interface ExtensionServer {
  /** Where it listens, without a slash at the end. */
  url: string;
  version: string;
  reloadTls: () => void;
  close: () => Promise<void>;
}

interface ServedFile {
  type: string;
  body: Uint8Array<ArrayBuffer>;
  /** What has its version in its name never changes. */
  isLasting: boolean;
}

const CLOSE_PATIENCE_MS = 5_000;
const CRX_TYPE = 'application/x-chrome-extension';
const XPI_TYPE = 'application/x-xpinstall';
/** What may change with the next roll-out is asked for anew. */
const CHANGING = 'no-cache';
const LASTING = 'public, max-age=31536000, immutable';

/**
 * Reads the packages of the offered version and starts listening.
 *
 * @throws Error that names the setting that is wrong.
 */
export async function openExtensionServer(settings: ServeSettings): Promise<ExtensionServer> {
  const { packagesDir, extensionUrl, port = 0, host = '127.0.0.1', log } = settings;
  const offered = findOffered(packagesDir, settings.version);
  const files = readServed(packagesDir, extensionUrl, offered);
  const tls = settings.tls && readTls(settings.tls);
  const socket = await openSocket((request) => answer(files, request, tls !== undefined), {
    port,
    host,
    settingNames: 'port or host',
    tls,
  });
  log('started', { url: socket.url, version: offered.version });
  return {
    url: socket.url,
    version: offered.version,
    reloadTls: () => {
      if (!settings.tls) return;
      try {
        socket.replaceTls(readTls(settings.tls));
        log('certificate-reloaded');
      } catch (fault) {
        log('certificate-refused', { problem: (fault as Error).message });
      }
    },
    close: async () => {
      await socket.close(CLOSE_PATIENCE_MS);
      log('stopped');
    },
  };
}

/** Everything that is served, by path. Held in memory: a folder that changes meanwhile changes nothing. */
function readServed(
  dir: string,
  extensionUrl: string,
  offered: ReturnType<typeof findOffered>,
): ReadonlyMap<string, ServedFile> {
  const [crx, xpi] = [readPackage(dir, offered.chrome.file), readPackage(dir, offered.firefox.file)];
  const [crxPath, xpiPath] = [offered.chrome.file, offered.firefox.file].map(
    (file) => SERVED_PATHS.packages + file,
  );
  const text = (type: string, content: string): ServedFile => ({
    type: `${type}; charset=utf-8`,
    body: new TextEncoder().encode(content),
    isLasting: false,
  });
  return new Map<string, ServedFile>([
    [
      SERVED_PATHS.chromeUpdates,
      text('application/xml', chromeUpdates(offered, extensionUrl + crxPath!, crx)),
    ],
    [
      SERVED_PATHS.firefoxUpdates,
      text('application/json', firefoxUpdates(offered, extensionUrl + xpiPath!, xpi)),
    ],
    [SERVED_PATHS.firefoxPackage, { type: XPI_TYPE, body: xpi, isLasting: false }],
    [crxPath!, { type: CRX_TYPE, body: crx, isLasting: true }],
    [xpiPath!, { type: XPI_TYPE, body: xpi, isLasting: true }],
    ['/healthz', text('application/json', JSON.stringify({ status: 'ok' }))],
  ]);
}

function answer(files: ReadonlyMap<string, ServedFile>, request: Request, isTls: boolean): Response {
  const file = files.get(new URL(request.url).pathname);
  if (!file) return new Response(null, { status: 404 });
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return new Response(null, { status: 405, headers: { Allow: 'GET, HEAD' } });
  return new Response(request.method === 'HEAD' ? null : file.body, {
    headers: {
      'Content-Type': file.type,
      'Content-Length': String(file.body.length),
      'Cache-Control': file.isLasting ? LASTING : CHANGING,
      'X-Content-Type-Options': 'nosniff',
      ...(isTls && { 'Strict-Transport-Security': 'max-age=31536000' }),
    },
  });
}

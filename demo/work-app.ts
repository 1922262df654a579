/**
 * Serves the demo work app (`demo/app`), an invented internal tool for people and scripted sessions to work in
 * while Proffer records. Runs on Node, on this computer only (127.0.0.1). Never stores or logs anything that is
 * typed into the app, and never answers with a file outside `demo/app`.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve, sep } from 'node:path';

/** How to open the work app. */
export interface WorkAppOptions {
  /** Port on 127.0.0.1; 0 or left out takes any free one. */
  port?: number;
  /** Opens a second port, framed on `/help` as `http://localhost:<port>/partner.html`; off when left out. */
  partnerFrame?: boolean;
}

/** The open work app. */
export interface WorkApp {
  /** Origin without a trailing slash, such as `http://127.0.0.1:4173`. */
  url: string;
  /** Stops listening and drops open connections. */
  close(): Promise<void>;
}

const APP_DIRECTORY = resolve(import.meta.dirname, 'app');
const LOOPBACK_ADDRESS = '127.0.0.1';
const DEFAULT_PORT = 4173;

const CONTENT_TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
};

const COMMON_HEADERS = {
  'cache-control': 'no-cache',
  // As strict as a careful internal tool's, so that a recorder which injects markup or styles shows itself.
  'content-security-policy': "default-src 'self'; frame-src *; base-uri 'none'; form-action 'self'",
  'x-content-type-options': 'nosniff',
};

/** Opens the work app on 127.0.0.1; throws when the port is taken. */
export async function openWorkApp(options: WorkAppOptions = {}): Promise<WorkApp> {
  const servers: Server[] = [];
  try {
    let partnerFrameUrl = '';
    if (options.partnerFrame) {
      const partnerServer = createServer((request, response) => void answer(request, response, ''));
      const partnerPort = await listen(partnerServer, 0);
      servers.push(partnerServer);
      // `localhost` rather than 127.0.0.1 makes it another site too, so the browser gives it its own process.
      partnerFrameUrl = `http://localhost:${partnerPort}/partner.html`;
    }
    const appServer = createServer((request, response) => void answer(request, response, partnerFrameUrl));
    const appPort = await listen(appServer, options.port ?? 0);
    servers.push(appServer);
    return {
      url: `http://${LOOPBACK_ADDRESS}:${appPort}`,
      close: async () => {
        await Promise.all(servers.map(closeServer));
      },
    };
  } catch (cause) {
    await Promise.all(servers.map(closeServer));
    throw cause;
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  partnerFrameUrl: string,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    sendText(response, 405, 'Method not allowed');
    return;
  }
  const filePath = findFilePath(request.url ?? '/');
  if (filePath === undefined) {
    sendText(response, 400, 'Bad request');
    return;
  }
  const contentType = CONTENT_TYPES[extname(filePath)];
  const body = contentType === undefined ? undefined : await readFile(filePath).catch(() => undefined);
  if (contentType === undefined || body === undefined) {
    sendText(response, 404, 'Not found');
    return;
  }
  response.writeHead(200, { ...COMMON_HEADERS, 'content-type': contentType });
  if (request.method === 'HEAD') {
    response.end();
  } else if (filePath === join(APP_DIRECTORY, 'index.html')) {
    response.end(addPartnerFrame(body.toString('utf8'), partnerFrameUrl));
  } else {
    response.end(body);
  }
}

/** The file that a request target names, `index.html` for routes of the app, or undefined when it is not one. */
function findFilePath(requestTarget: string): string | undefined {
  const encodedPath = requestTarget.split(/[?#]/, 1)[0] ?? '/';
  let path: string;
  try {
    path = decodeURIComponent(encodedPath);
  } catch {
    return undefined;
  }
  if (!path.startsWith('/') || path.includes('\0')) return undefined;
  const filePath = resolve(APP_DIRECTORY, `.${path}`);
  // Checked after decoding and resolving, since `..` may come encoded.
  if (filePath !== APP_DIRECTORY && !filePath.startsWith(APP_DIRECTORY + sep)) return undefined;
  return extname(filePath) === '' ? join(APP_DIRECTORY, 'index.html') : filePath;
}

function addPartnerFrame(html: string, partnerFrameUrl: string): string {
  return html.replace('data-partner-frame-url=""', `data-partner-frame-url="${partnerFrameUrl}"`);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...COMMON_HEADERS, 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolveListening, rejectListening) => {
    server.once('error', rejectListening);
    server.listen(port, LOOPBACK_ADDRESS, () => {
      server.off('error', rejectListening);
      resolveListening((server.address() as AddressInfo).port);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolveClosed) => {
    server.close(() => resolveClosed());
    // Browsers keep connections open, which would hold `close` up for minutes.
    server.closeAllConnections();
  });
}

if (import.meta.main) {
  const workApp = await openWorkApp({ port: DEFAULT_PORT, partnerFrame: true });
  console.log(`Work app: ${workApp.url}/tickets`);
}

/**
 * A tap on the wire: stands where the collector is expected, keeps every request, and passes it on.
 *
 * So that a test sees what really leaves the browser, headers included, and whether anything leaves at all.
 */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TappedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** As they came: name and value in turn. */
  rawHeaders: string[];
  body: Buffer;
}

export interface Tap {
  url: string;
  requests: TappedRequest[];
  /** Connections opened, even those that never sent a request. */
  connectionCount(): number;
  /** Where requests are passed on to; until then they are answered 503. */
  forwardTo(url: string): void;
  close(): Promise<void>;
}

export async function openTap(): Promise<Tap> {
  const requests: TappedRequest[] = [];
  let target: string | undefined;
  let connections = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const tapped = {
        method: request.method!,
        path: request.url!,
        headers: request.headers,
        rawHeaders: request.rawHeaders,
        body: Buffer.concat(chunks),
      };
      requests.push(tapped);
      void passOn(target, tapped, response);
    });
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    connectionCount: () => connections,
    forwardTo: (url) => (target = url),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function passOn(
  target: string | undefined,
  request: TappedRequest,
  response: ServerResponse,
): Promise<void> {
  if (target === undefined) {
    response.writeHead(503).end();
    return;
  }
  const answer = await fetch(target + request.path, {
    method: request.method,
    headers: endToEnd(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    ...(request.body.length > 0 && { body: new Uint8Array(request.body) }),
  });
  const headers = endToEnd([...answer.headers]);
  response.writeHead(answer.status, headers).end(Buffer.from(await answer.arrayBuffer()));
}

/** Headers that belong to one connection, or that `fetch` makes itself, are not passed on. */
export function endToEnd(headers: [string, string][]): Record<string, string> {
  const own =
    /^(host|connection|keep-alive|transfer-encoding|content-encoding|content-length|expect|accept-encoding)$/;
  return Object.fromEntries(headers.filter(([name]) => !own.test(name)));
}

/**
 * Where the peers send to: a server on loopback that counts bytes and answers as each peer's own server would.
 *
 * Runs in Node. Keeps no content. A peer that needs a server's consent to record (PostHog's remote configuration,
 * OpenReplay's session) gets it here.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Sink {
  url: string;
  /** Body bytes as they came over the wire since the start. */
  receivedBytes: () => number;
  close(): Promise<void>;
}

/** By the start of a path. */
const ANSWERS: readonly [string, unknown][] = [
  ['/array/phc_bench/config', posthogConfig()],
  ['/flags', posthogConfig()],
  ['/decide', posthogConfig()],
  ['/s/', { status: 1 }],
  [
    '/v1/web/start',
    {
      token: 'bench',
      userUUID: '00000000-0000-4000-8000-000000000000',
      sessionID: '1',
      projectID: '1',
      delay: 0,
      beaconSizeLimit: 1_000_000,
      compressionThreshold: 20_000,
      protocolVersion: 1,
      canvasEnabled: false,
      canvasQuality: 'low',
      canvasFPS: 0,
      features: {},
    },
  ],
];

export async function openSink(): Promise<Sink> {
  let bytes = 0;
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    request.on('end', () => answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    receivedBytes: () => bytes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer({ url = '/', method, headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', headers.origin ?? '*');
  response.setHeader('access-control-allow-credentials', 'true');
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS');
  response.setHeader('access-control-allow-headers', headers['access-control-request-headers'] ?? '*');
  response.setHeader('access-control-allow-private-network', 'true');
  if (method === 'OPTIONS') {
    response.writeHead(204).end();
    return;
  }
  const known = ANSWERS.find(([start]) => url.startsWith(start));
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(known?.[1] ?? {}));
}

function posthogConfig() {
  return {
    supportedCompression: ['gzip-js'],
    sessionRecording: { endpoint: '/s/', recorderVersion: 'v2', consoleLogRecordingEnabled: false },
    featureFlags: {},
    surveys: false,
    heatmaps: false,
    capturePerformance: false,
    autocapture_opt_out: true,
  };
}

/**
 * A listening socket, plain or with TLS, with strict limits on what it reads and for how long it waits.
 *
 * Runs in the collector: one for what participants and readers ask, one for metrics. Must never keep or log the
 * address of who connects.
 */
import { createServer, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { TlsIdentity } from './tls.ts';

/** A batch is small, so whoever takes longer is not sending one. */
const SERVER_LIMITS: ServerOptions = {
  maxHeaderSize: 8 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 5_000,
};
const MAX_HEADERS = 64;
const HANDSHAKE_TIMEOUT_MS = 10_000;

export interface SocketSettings {
  port: number;
  host: string;
  /** What an error calls the two. */
  settingNames: string;
  tls?: TlsIdentity | undefined;
}

export interface Socket {
  /** Where it listens, without a slash at the end. */
  url: string;
  /** New connections are made with this certificate. */
  replaceTls: (identity: TlsIdentity) => void;
  /** Takes no more connections, lets requests at hand end for so long, then closes what is left. */
  close: (patienceMs: number) => Promise<void>;
}

/**
 * Opens a socket and answers what comes.
 *
 * @throws Error that names the settings when it cannot listen there.
 */
export async function openSocket(
  answer: (request: Request) => Response | Promise<Response>,
  { port, host, settingNames, tls }: SocketSettings,
): Promise<Socket> {
  const server =
    tls === undefined
      ? createServer(SERVER_LIMITS)
      : createTlsServer({ ...SERVER_LIMITS, ...tls, handshakeTimeout: HANDSHAKE_TIMEOUT_MS });
  server.maxHeadersCount = MAX_HEADERS;
  const answerRequest = getRequestListener(answer, { overrideGlobalObjects: false });
  server.on('request', (incoming, outgoing) => void answerRequest(incoming, outgoing));
  const address = await listen(server, port, host, settingNames);
  const shownHost = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${shownHost}:${address.port}`,
    replaceTls: (identity) => {
      if ('setSecureContext' in server) server.setSecureContext(identity);
    },
    close: (patienceMs) => stopListening(server, patienceMs),
  };
}

function listen(
  server: Server | TlsServer,
  port: number,
  host: string,
  settingNames: string,
): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (fault: NodeJS.ErrnoException) => {
      reject(new Error(`${settingNames}: cannot listen on ${host}, port ${port} (${fault.code})`));
    });
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}

function stopListening(server: Server | TlsServer, patienceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const patience = setTimeout(() => server.closeAllConnections(), patienceMs);
    server.close(() => {
      clearTimeout(patience);
      resolve();
    });
    server.closeIdleConnections();
  });
}

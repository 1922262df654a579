/**
 * The network between extension and collector, with faults: passes requests on, but for those that it is told to spoil.
 *
 * Runs in Node, on loopback, at the address that the charter names. Only batches are spoiled.
 */
import {
  createServer,
  request as ask,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { endToEnd } from '../../e2e/tap.ts';
import { PATHS } from '../../src/trace/collector-api.ts';
import type { NetworkFault } from './fault-names.ts';

export interface FaultRelay {
  url: string;
  forwardTo: (url: string) => void;
  /** Spoils so many batches that come from now on. */
  spoil: (fault: NetworkFault, count: number) => Promise<void>;
  /** Called once, when the next batch is on its way to the collector. */
  onNextBatch: (callback: () => void) => void;
  /** Batches spoiled so far. */
  spoiledCount: () => number;
  /** Passes everything from now on. */
  heal: () => Promise<void>;
  close: () => Promise<void>;
}

const STALL_MS = 10_000;
const RETRY_AFTER_SECONDS = 30;
/** As from a gateway that asks for a sign-in. */
const GARBAGE = '<!doctype html><title>Sign in</title>';

export async function openFaultRelay(): Promise<FaultRelay> {
  let target = '';
  let fault: NetworkFault | undefined;
  let left = 0;
  let spoiled = 0;
  let onBatch: (() => void) | undefined;
  const server = createServer((request, response) => {
    const isBatch = request.url === PATHS.batches;
    const isSpoiled = isBatch && fault !== undefined && left > 0;
    if (isSpoiled) {
      left -= 1;
      spoiled += 1;
    }
    if (isBatch) onBatch?.();
    if (isBatch) onBatch = undefined;
    answer(isSpoiled ? fault : undefined, target, request, response).catch(() =>
      request.socket.resetAndDestroy(),
    );
  });
  const port = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
    forwardTo: (url) => (target = url),
    async spoil(newFault, count) {
      fault = newFault;
      left = count;
      if (newFault !== 'refused') return;
      await close(server);
      // Nobody is there any more to count what comes.
      spoiled += 1;
    },
    onNextBatch: (callback) => (onBatch = callback),
    spoiledCount: () => spoiled,
    async heal() {
      left = 0;
      if (!server.listening) await listen(server, port);
    },
    close: () => close(server),
  };
}

async function answer(
  fault: NetworkFault | undefined,
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  switch (fault) {
    case 'reset-halfway':
      await passHalf(target, request);
      request.socket.resetAndDestroy();
      return;
    case 'response-lost':
      await passOn(target, request);
      request.socket.resetAndDestroy();
      return;
    case 'too-many-requests':
      request.resume();
      response.writeHead(429, { 'retry-after': String(RETRY_AFTER_SECONDS) }).end();
      return;
    case 'unavailable':
      request.resume();
      response.writeHead(503).end();
      return;
    case 'stall': {
      const { status, headers, body } = await passOn(target, request);
      await wait(STALL_MS);
      response.writeHead(status, headers).end(body);
      return;
    }
    case 'truncated-answer':
      // The end of the headers never comes.
      await passOn(target, request);
      response.socket?.end('HTTP/1.1 204 No Content\r\nDate: ');
      return;
    case 'garbage-answer':
      request.resume();
      response.writeHead(200, { 'content-type': 'text/html' }).end(GARBAGE);
      return;
    case 'refused':
    case undefined: {
      const { status, headers, body } = await passOn(target, request);
      response.writeHead(status, headers).end(body);
    }
  }
}

interface Passed {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

async function passOn(target: string, request: IncomingMessage): Promise<Passed> {
  const body = await readAll(request);
  return new Promise((resolve, reject) => {
    const onward = openOnward(target, request, (answered) => {
      readAll(answered).then(
        (read) => resolve({ status: answered.statusCode!, headers: headersOf(answered), body: read }),
        reject,
      );
    });
    onward.on('error', reject);
    onward.end(body);
  });
}

/** The collector gets the beginning of it and then a reset as well. */
async function passHalf(target: string, request: IncomingMessage): Promise<void> {
  const body = await readAll(request);
  await new Promise<void>((resolve) => {
    const onward = openOnward(target, request, () => undefined);
    onward.on('error', () => undefined);
    onward.on('close', () => resolve());
    onward.write(body.subarray(0, body.length / 2), () => onward.destroy());
  });
}

function openOnward(target: string, request: IncomingMessage, onAnswer: (answered: IncomingMessage) => void) {
  const { method, headers } = request;
  // The length is that of the whole, also where only half of it will come.
  const length = headers['content-length'];
  const own = { ...headersOf(request), ...(length !== undefined && { 'content-length': length }) };
  return ask(target + request.url!, { method, headers: own, agent: false }, onAnswer);
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return endToEnd(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

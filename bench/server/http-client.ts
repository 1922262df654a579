/**
 * Requests to a collector under load: kept-alive connections, and an answer also where there is none.
 *
 * Runs in the process that measures, never in the collector's. No fetch: it costs more than what it asks for.
 */
import { Agent, request, type IncomingMessage } from 'node:http';
import { BATCH_MEDIA_TYPE, PATHS } from '../../src/trace/collector-api.ts';

export interface Answer {
  /** 0 where there was none. */
  status: number;
  /** The collector's stable code; `unreachable` where there was no answer. */
  error?: string;
  retryAfterMs?: number;
  text: string;
}

export interface Client {
  postBatch: (body: Uint8Array, options?: PostOptions) => Promise<Answer>;
  erase: (secret: string) => Promise<Answer>;
  get: (path: string, headers: Record<string, string>) => Promise<Answer>;
  close: () => void;
}

export interface PostOptions {
  /** Without saying beforehand how long it is. */
  isChunked?: boolean;
}

const PATIENCE_MS = 30_000;

export function openClient(url: string, participantKey: string, maxConnections = Infinity): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: maxConnections });
  const { hostname, port } = new URL(url);
  const authorization = `Bearer ${participantKey}`;

  function send(
    method: string,
    path: string,
    headers: Record<string, string | number>,
    body?: Uint8Array | string,
  ): Promise<Answer> {
    return new Promise((resolve) => {
      const noAnswer = () => resolve({ status: 0, error: 'unreachable', text: '' });
      const asking = request({ agent, hostname, port, method, path, headers, timeout: PATIENCE_MS });
      asking.on('response', (response) => {
        readAnswer(response).then(resolve, noAnswer);
      });
      asking.on('timeout', () => asking.destroy());
      asking.on('error', noAnswer);
      asking.end(body);
    });
  }

  return {
    postBatch: (body, { isChunked = false } = {}) =>
      send(
        'POST',
        PATHS.batches,
        {
          authorization,
          'content-type': BATCH_MEDIA_TYPE,
          ...(isChunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': body.length }),
        },
        body,
      ),
    erase: (secret) => {
      const text = JSON.stringify({ secret });
      const headers = { 'content-type': 'application/json', 'content-length': text.length };
      return send('POST', PATHS.erasures, { authorization, ...headers }, text);
    },
    get: (path, headers) => send('GET', path, headers),
    close: () => agent.destroy(),
  };
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const status = response.statusCode ?? 0;
  const retryAfterSeconds = Number(response.headers['retry-after'] ?? Number.NaN);
  return {
    status,
    text,
    ...(status >= 400 && { error: codeOf(text) ?? `status-${status}` }),
    ...(Number.isFinite(retryAfterSeconds) && { retryAfterMs: 1000 * retryAfterSeconds }),
  };
}

function codeOf(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { error?: string }).error;
  } catch {
    return undefined;
  }
}

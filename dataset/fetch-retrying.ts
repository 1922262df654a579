/**
 * One GET that is tried again when trying again can help: no connection, silence, 429 and 5xx.
 *
 * Follows no redirect, since the key would follow too. Waits longer each time, or as long as the server asks.
 */

/** `fetch`, or whatever stands for it in a test. */
export type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/** Waits; comes back early, without throwing, when the signal aborts. */
export type Sleep = (durationMs: number, signal: AbortSignal) => Promise<void>;

export interface Answer {
  status: number;
  /** The body, in memory of its own. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** `failed`: no answer that can be used, after all attempts; `reason` is for people. `stopped`: by the signal. */
export type FetchOutcome =
  { kind: 'answered'; answer: Answer } | { kind: 'failed'; reason: string } | { kind: 'stopped' };

const MAX_ATTEMPTS = 6;
const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 60_000;
/** An attempt is given up after this long without a byte. */
const SILENCE_MS = 30_000;
/** No page is near this size; one that is would not fit in memory. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024;

export interface FetchRetryingOptions {
  url: string;
  headers: Record<string, string>;
  fetch: Fetch;
  sleep: Sleep;
  signal: AbortSignal;
  silenceMs?: number;
}

/** Fetches with retries. An answer may have any status below 500 but 429. */
export async function fetchRetrying(options: FetchRetryingOptions): Promise<FetchOutcome> {
  let reason = '';
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const result = await attemptOnce(options);
    if (result.kind !== 'try-again') return result;
    reason = result.reason;
    if (attempt < MAX_ATTEMPTS - 1) {
      const backOffMs = FIRST_WAIT_MS * 2 ** attempt * (0.75 + Math.random() / 2);
      const waitMs = Math.min(Math.max(backOffMs, result.retryAfterMs), MAX_WAIT_MS);
      await options.sleep(waitMs, options.signal);
    }
  }
  return { kind: 'failed', reason: `${reason} (tried ${MAX_ATTEMPTS} times)` };
}

type AttemptResult = FetchOutcome | { kind: 'try-again'; reason: string; retryAfterMs: number };

async function attemptOnce(options: FetchRetryingOptions): Promise<AttemptResult> {
  if (options.signal.aborted) return { kind: 'stopped' };
  const silenceMs = options.silenceMs ?? SILENCE_MS;
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), silenceMs);
  const stillAlive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), silenceMs);
  };
  try {
    const response = await options.fetch(options.url, {
      headers: options.headers,
      redirect: 'error',
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.any([silence.signal, options.signal]),
    });
    const answer = await readAnswer(response, stillAlive);
    if (answer === undefined) {
      return { kind: 'failed', reason: `an answer is larger than ${MAX_ANSWER_BYTES} bytes` };
    }
    if (answer.status < 500 && answer.status !== 429) return { kind: 'answered', answer };
    const retryAfterMs = parseRetryAfterMs(response.headers.get('retry-after'), Date.now());
    return { kind: 'try-again', reason: `it answers ${answer.status}`, retryAfterMs };
  } catch (error) {
    if (wasStopped(options.signal)) return { kind: 'stopped' };
    const reason = silence.signal.aborted ? `no byte for ${silenceMs / 1000} s` : causeOf(error);
    return isRedirect(error) ? { kind: 'failed', reason } : { kind: 'try-again', reason, retryAfterMs: 0 };
  } finally {
    clearTimeout(timer);
  }
}

async function readAnswer(response: Response, stillAlive: () => void): Promise<Answer | undefined> {
  stillAlive();
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    stillAlive();
    sizeBytes += piece.length;
    if (sizeBytes > MAX_ANSWER_BYTES) return undefined;
    pieces.push(piece);
  }
  const bytes = new Uint8Array(sizeBytes);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return { status: response.status, bytes };
}

/** Milliseconds from a Retry-After header, in seconds or as a date; 0 if there is none or it makes no sense. */
export function parseRetryAfterMs(header: string | null, nowEpochMs: number): number {
  if (header === null) return 0;
  const waitMs = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - nowEpochMs;
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : 0;
}

/** Asked anew after waiting; the compiler takes the first answer for the last. */
function wasStopped(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** Node wraps what went wrong in "fetch failed". */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}

function isRedirect(error: unknown): boolean {
  return causeOf(error).includes('redirect');
}

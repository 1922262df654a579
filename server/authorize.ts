/**
 * Who may do what: a key in the `Authorization` header, and for readers a stated purpose.
 *
 * Runs before anything else of a request is read. The collector knows keys by their SHA-256 only and looks them up by
 * it, so that how long an answer takes tells nothing of a key. Must never log or store what was presented.
 */
import { createHash, randomBytes } from 'node:crypto';
import { PURPOSE_HEADER } from '../src/trace/collector-api.ts';
import { dayOf } from '../src/trace/primitives.ts';
import { refuse, type Refusal } from './refusal.ts';
import type { Store } from './store.ts';
import type { Role } from './store/keys.ts';

/** A new key: 256 random bits, base64url. */
export function createKey(): string {
  return randomBytes(32).toString('base64url');
}

/** What the store keeps of a key: keys are random, so a plain hash is enough. */
export function keyHashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** What every request is checked with. */
export interface RequestParts {
  store: Store;
  nowEpochMs: () => number;
}

/** Whether the request may act in this role: nothing, or why not. */
export async function checkKey(
  headers: Headers,
  role: Role,
  parts: RequestParts,
): Promise<Refusal | undefined> {
  const found = await findKey(headers, role, parts);
  return 'error' in found ? found : undefined;
}

export interface Reader {
  name: string;
  purpose: string;
}

/** The reader that the key stands for, with the purpose it states for this request. */
export async function findReader(headers: Headers, parts: RequestParts): Promise<Reader | Refusal> {
  const found = await findKey(headers, 'reader', parts);
  if ('error' in found) return found;
  const purpose = headers.get(PURPOSE_HEADER);
  if (purpose === null || !found.purposes.includes(purpose)) return refuse('purpose-not-allowed');
  return { name: found.name, purpose };
}

async function findKey(
  headers: Headers,
  role: Role,
  { store, nowEpochMs }: RequestParts,
): Promise<{ name: string; purposes: string[] } | Refusal> {
  const authorization = headers.get('authorization');
  if (authorization === null) return refuse('key-missing');
  const key = /^Bearer ([A-Za-z0-9_-]{43})$/i.exec(authorization)?.[1];
  const found = key === undefined ? undefined : await store.findKey(keyHashOf(key), dayOf(nowEpochMs()));
  if (found === undefined) return refuse('key-unknown');
  return found.role === role ? found : refuse('key-not-allowed');
}

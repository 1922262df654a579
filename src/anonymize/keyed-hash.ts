/**
 * Structures and routes -> keyed hashes: the same place again, without saying which.
 *
 * In the background only: pages on plain http have no WebCrypto, and the hashing key must not enter a page. The
 * key comes with the charter's kit and never reaches the collector, so that it cannot guess routes.
 */
import { fromBase64Url, toBase64Url } from '../charter/base64url.ts';

const HASH_BYTES = 8;

/** What a hash is of; the same text as a route and as a place gives different hashes. */
export type HashedKind = 'view' | 'element';

export interface KeyedHasher {
  /** 64 bits in base64url. */
  hash(kind: HashedKind, app: string, text: string): Promise<string>;
}

/** @param hashingKey 256 bits, base64url. */
export async function createKeyedHasher(hashingKey: string): Promise<KeyedHasher> {
  const key = await crypto.subtle.importKey(
    'raw',
    fromBase64Url(hashingKey),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  return {
    async hash(kind, app, text) {
      const message = new TextEncoder().encode(JSON.stringify([kind, app, text]));
      const digest = await crypto.subtle.sign('HMAC', key, message);
      return toBase64Url(new Uint8Array(digest).subarray(0, HASH_BYTES));
    },
  };
}

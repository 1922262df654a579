/**
 * A charter's identity: SHA-256 of its canonical JSON (RFC 8785), in lower-case hex.
 *
 * Consent is given to this hash and each batch carries it. Runs wherever WebCrypto does: the extension's
 * worker and pages, and Node. Not in content scripts, which have no `crypto.subtle` on plain-http pages.
 */
import canonicalize from 'canonicalize';
import { z } from 'zod';
import type { Charter } from './charter.ts';

/** The form of a charter's hash. */
export const CharterHashText = z.string().regex(/^[0-9a-f]{64}$/);

/** 64 lower-case hex digits. Two charters with the same hash are the same agreement. */
export async function charterHash(charter: Charter): Promise<string> {
  const text = canonicalize(charter);
  if (text === undefined) throw new TypeError('a charter always has a canonical form');
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Where record ids come from.
 *
 * A record's secret is HMAC-SHA-256 of a device key over a counter; its id is the first 128 bits of SHA-256 of
 * the secret. So ids look random, only the device can make the secret again, and whoever shows a secret may
 * erase the record it names. Needs WebCrypto: the extension's worker and pages, and the collector.
 */
import { fromBase64Url, toBase64Url } from '../charter/base64url.ts';

const ID_BYTES = 16;

/** The secret of the record with this number on this device: 256 bits in base64url. */
export async function recordSecret(deviceKey: CryptoKey, counter: number): Promise<string> {
  const message = new TextEncoder().encode(`proffer record ${counter}`);
  return toBase64Url(new Uint8Array(await crypto.subtle.sign('HMAC', deviceKey, message)));
}

/** The id that a secret stands for. */
export async function recordIdOf(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', fromBase64Url(secret));
  return toBase64Url(new Uint8Array(digest).subarray(0, ID_BYTES));
}

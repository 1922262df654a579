/**
 * Canaries: secrets that are typed and placed everywhere on a page, and must be found nowhere afterwards.
 *
 * Each place has a secret of its own, new in every run, so that a leak names its source. Searched for whole, in any
 * piece of six characters, and as base64, hex and plain hashes.
 */
import { createHash, randomInt } from 'node:crypto';

const PIECE_LENGTH = 6;
const SECRET_LENGTH = 14;

export type Canaries<Place extends string> = Record<Place, string>;

/** One secret of lower-case letters for each place: letters alone pass every filter that looks for ids. */
export function hatchCanaries<Place extends string>(places: readonly Place[]): Canaries<Place> {
  const secret = () =>
    Array.from({ length: SECRET_LENGTH }, () => String.fromCharCode(97 + randomInt(26))).join('');
  return Object.fromEntries(places.map((place) => [place, secret()])) as Canaries<Place>;
}

/** Where which secret was found, and in which form; empty if nothing leaked. */
export function findCanaries(where: string, haystack: Buffer | string, canaries: Canaries<string>): string[] {
  const text = (typeof haystack === 'string' ? haystack : haystack.toString('latin1')).toLowerCase();
  const found: string[] = [];
  for (const [place, secret] of Object.entries(canaries)) {
    for (const [form, needle] of formsOf(secret)) {
      if (text.includes(needle.toLowerCase())) found.push(`${where}: the secret of "${place}" as ${form}`);
    }
  }
  return found;
}

function formsOf(secret: string): [form: string, needle: string][] {
  const pieces = Array.from({ length: secret.length - PIECE_LENGTH + 1 }, (_, start) =>
    secret.slice(start, start + PIECE_LENGTH),
  );
  const hashes = ['md5', 'sha1', 'sha256', 'sha512'].flatMap((name): [string, string][] => {
    const digest = createHash(name).update(secret).digest();
    return [
      [`${name} in hex`, digest.toString('hex').slice(0, 16)],
      [`${name} in base64`, digest.toString('base64url').slice(0, 10)],
    ];
  });
  return [
    ...pieces.map((piece): [string, string] => ['text', piece]),
    ...pieces.map((piece): [string, string] => ['utf-16', Array.from(piece).join('\0')]),
    ['hex', Buffer.from(secret).toString('hex').slice(4, 20)],
    ...base64Alignments(secret).map((needle): [string, string] => ['base64', needle]),
    ...hashes,
  ];
}

/** A text inside a longer one has three forms in base64, by where it starts; the characters that neighbours touch are cut off. */
function base64Alignments(secret: string): string[] {
  return [0, 1, 2].map((shift) =>
    Buffer.from('\0'.repeat(shift) + secret)
      .toString('base64url')
      .slice(4, 4 + 12),
  );
}

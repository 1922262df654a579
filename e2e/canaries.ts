/**
 * Canaries: secrets that are typed and placed everywhere on a page, and must be found nowhere afterwards.
 *
 * Each place has a secret of its own, new in every run, so that a leak names its source. Searched for whole, in any
 * piece, in UTF-8 and UTF-16, and as base64, hex and plain hashes. A keyed hash is no trace.
 */
import { createHash, randomInt } from 'node:crypto';

export type Canaries<Place extends string> = Record<Place, string>;

/** What a secret is written in; each is one run of random characters but for dates, which must be dates. */
export type Script =
  'letters' | 'long' | 'digits' | 'date' | 'cyrillic' | 'han' | 'arabic' | 'accented' | 'emoji';

const SECRET_LENGTH = 14;
/** Digits meet by chance what is counted and timed; letters hardly ever do. */
const PIECE_LENGTH: Partial<Record<Script, number>> = { digits: 9, date: 10, han: 3, emoji: 3 };
const DEFAULT_PIECE_LENGTH = 6;
const LONG_LENGTH = 5000;
/** Of a very long secret not every piece is looked for, but some of every part of it. */
const MAX_PIECES = 60;

/** @param scripts of the places whose secret is not of lower-case letters, which pass every filter that looks for ids. */
export function hatchCanaries<Place extends string>(
  places: readonly Place[],
  scripts: Partial<Record<Place, Script>> = {},
): Canaries<Place> {
  return Object.fromEntries(
    places.map((place) => [place, secretIn(scripts[place] ?? 'letters')]),
  ) as Canaries<Place>;
}

function secretIn(script: Script): string {
  const random = (length: number, first: number, count: number) =>
    Array.from({ length }, () => String.fromCodePoint(first + randomInt(count))).join('');
  switch (script) {
    case 'letters':
      return random(SECRET_LENGTH, 0x61, 26);
    case 'long':
      return random(LONG_LENGTH, 0x61, 26);
    case 'digits':
      return `${1 + randomInt(9)}${random(SECRET_LENGTH - 1, 0x30, 10)}`;
    case 'date':
      return `${1200 + randomInt(300)}-${10 + randomInt(3)}-${10 + randomInt(18)}`;
    case 'cyrillic':
      return random(SECRET_LENGTH, 0x430, 32);
    case 'han':
      return random(SECRET_LENGTH, 0x4e00, 20_000);
    case 'arabic':
      return random(SECRET_LENGTH, 0x628, 18);
    case 'accented':
      return random(SECRET_LENGTH, 0xe0, 22);
    case 'emoji':
      return random(SECRET_LENGTH, 0x1f600, 60);
  }
}

export type FindCanaries = (where: string, haystack: Buffer | string) => string[];

/**
 * Makes the search for all of them: where which secret was found, and in which form; empty if nothing leaked.
 *
 * @param known what was there before any secret, such as the extension's own code: of some hundred thousand letters a
 *   few are by chance those of a piece, which is not looked for then.
 */
export function createCanarySearch(
  canaries: Canaries<string>,
  known: readonly Uint8Array[] = [],
): FindCanaries {
  const before = known.map((bytes) => Buffer.from(bytes).toString('latin1').toLowerCase()).join('\n');
  const needles = Object.entries(canaries).flatMap(([place, secret]) =>
    formsOf(secret, (piece) => before.includes(piece.toLowerCase())).map(([form, needle]) => ({
      place,
      form,
      needle: needle.toLowerCase(),
    })),
  );
  return (where, haystack) => {
    // One byte a character, so that every encoding is looked for in the same way.
    const bytes = typeof haystack === 'string' ? Buffer.from(haystack) : haystack;
    const text = bytes.toString('latin1').toLowerCase();
    return needles
      .filter(({ needle }) => text.includes(needle))
      .map(({ place, form }) => `${where}: the secret of "${place}" as ${form}`);
  };
}

function formsOf(secret: string, isByChance: (piece: string) => boolean): [form: string, needle: string][] {
  const hashes = ['md5', 'sha1', 'sha256', 'sha512'].flatMap((name): [string, string][] => {
    const digest = createHash(name).update(secret).digest();
    return [
      [`${name} in hex`, digest.toString('hex').slice(0, 16)],
      [`${name} in base64`, digest.toString('base64').slice(0, 10)],
      [`${name} in base64url`, digest.toString('base64url').slice(0, 10)],
      [`${name} in bytes`, digest.toString('latin1').slice(0, 8)],
    ];
  });
  return [
    ...piecesOf(secret)
      .filter((piece) => !isByChance(Buffer.from(piece).toString('latin1')))
      .flatMap((piece): [string, string][] => [
        ['text', Buffer.from(piece).toString('latin1')],
        ['utf-16', Buffer.from(piece, 'utf16le').toString('latin1')],
        ['escaped text', escaped(piece)],
      ]),
    ['hex', Buffer.from(secret).toString('hex').slice(4, 20)],
    ['address', encodeURIComponent(secret).slice(0, 60)],
    ...base64Alignments(secret).map((needle): [string, string] => ['base64', needle]),
    ...hashes,
  ];
}

function piecesOf(secret: string): string[] {
  const characters = Array.from(secret);
  const script = scriptOf(secret);
  const length = PIECE_LENGTH[script] ?? DEFAULT_PIECE_LENGTH;
  const count = characters.length - length + 1;
  const stride = Math.max(1, Math.ceil(count / MAX_PIECES));
  return Array.from({ length: Math.ceil(count / stride) }, (_, index) =>
    characters.slice(index * stride, index * stride + length).join(''),
  );
}

function scriptOf(secret: string): Script {
  if (/^\d+$/.test(secret)) return 'digits';
  if (/^\d+-/.test(secret)) return 'date';
  if (/\p{Script=Han}/u.test(secret)) return 'han';
  return /\p{Extended_Pictographic}/u.test(secret) ? 'emoji' : 'letters';
}

/** As JSON writes it where only ASCII may be written. */
function escaped(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A text inside a longer one has three forms in base64, by where it starts; the characters that neighbours touch are cut off. */
function base64Alignments(secret: string): string[] {
  return [0, 1, 2].map((shift) =>
    Buffer.from('\0'.repeat(shift) + secret)
      .toString('base64')
      .slice(4, 4 + 12),
  );
}

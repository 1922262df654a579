/**
 * Edits of what is on the wire: the text's characters and bytes, the gzip stream, its padding and its size.
 *
 * Runs in the fuzz of the collector only; the same edit of the same bytes gives the same.
 */
import { constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { padToFixedSize } from '../../../src/trace/batch.ts';
import { MAX_INFLATED_BYTES } from '../../../src/trace/limits.ts';
import { MARK, pick } from './edit-document.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type TextEdit = (text: string, choice: number) => string | Buffer;
type WireEdit = (json: Buffer, choice: number) => Uint8Array;

const KIB = 1024;

/** Of the JSON text, before it is packed. */
export const TEXT_EDITS = {
  cut: (text, choice) => text.slice(0, choice % text.length),
  dropCharacter: (text, choice) => spliced(text, choice, 1, ''),
  insert: (text, choice) =>
    spliced(
      text,
      choice,
      0,
      pick(['"', ',', '[', '}', '\\', '0', '-', '\u0000', '\ufeff', 'é', ' '], choice),
    ),
  flipByte: (text, choice) => {
    const bytes = Buffer.from(text);
    bytes[choice % bytes.length]! ^= 1 << (choice % 8);
    return bytes;
  },
  badUtf8: (text, choice) => {
    const bytes = Buffer.from(text);
    const at = choice % bytes.length;
    const bad = pick(
      [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82]],
      choice,
    );
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(bad), bytes.subarray(at)]);
  },
  doubleKey: (text, choice) => {
    const keys = [...text.matchAll(/"[A-Za-z]+":/g)];
    const key = keys[choice % Math.max(1, keys.length)];
    return key === undefined
      ? text
      : spliced(text, key.index, 0, `${key[0]}${choice % 2 ? 'null' : `"${MARK}"`},`);
  },
  otherEncoding: (text, choice) => Buffer.from(text, choice % 2 ? 'utf16le' : 'latin1'),
  bom: (text) => `\ufeff${text}`,
  space: (text, choice) => ' \n'.repeat(choice * 1000) + text,
  twice: (text) => text + text,
  nothing: () => '',
} satisfies Record<string, TextEdit>;

/** Of the packed body. */
export const WIRE_EDITS = {
  flipByte: (json, choice) => changed(packed(json), (body) => (body[choice % 300]! ^= 1 << (choice % 8))),
  flipAnyByte: (json, choice) =>
    changed(packed(json), (body) => (body[choice % body.length]! ^= 1 << (choice % 8))),
  cut: (json, choice) => padded(zipped(json).subarray(0, choice % 400)),
  size: (json, choice) => resized(zipped(json), pick(SIZES, choice)),
  largerPadding: (json, choice) => resized(zipped(json), pick([16, 64], choice) * KIB),
  filledPadding: (json, choice) =>
    changed(packed(json), (body) => void (body[body.length - 1 - (choice % 50)] = 1)),
  secondMember: (json) => padded(Buffer.concat([zipped(json), gzipSync(`"${MARK}"`)])),
  rightBehind: (json) => padded(Buffer.concat([zipped(json), Buffer.from(MARK)])),
  trailer: (json, choice) => {
    const stream = zipped(json);
    stream[stream.length - 1 - (choice % 8)]! ^= 0x10;
    return padded(stream);
  },
  gzipHeader: (json, choice) => padded(withHeader(json, choice % 256)),
  unpacked: (json) => padded(json.subarray(0, 60 * KIB)),
  otherFormat: (json, choice) => padded(choice % 2 ? deflateSync(json) : deflateRawSync(json)),
  stored: (json) => padded(gzipSync(json, { level: 0 })),
  slowly: (json) => padded(gzipSync(json, { level: 1, strategy: constants.Z_HUFFMAN_ONLY })),
  bomb: (_json, choice) => padded(gzipSync(Buffer.alloc(pick(BOMB_BYTES, choice)), { level: 1 })),
  bombOfText: (json, choice) => {
    const sizeBytes = pick([2 ** 20, MAX_INFLATED_BYTES, MAX_INFLATED_BYTES + 1, 2 ** 22], choice);
    const spaces = Buffer.alloc(Math.max(0, sizeBytes - json.length), ' ');
    return padded(gzipSync(Buffer.concat([spaces, json]), { level: 1 }));
  },
  random: (json, choice) =>
    padded(Buffer.from(Array.from({ length: choice }, (_, at) => (at * (choice + 7)) % 251))),
  empty: () => Buffer.alloc(0),
} satisfies Record<string, WireEdit>;

const SIZES = [
  0,
  1,
  4095,
  4097,
  5000,
  4 * KIB,
  16 * KIB,
  64 * KIB - 1,
  64 * KIB,
  64 * KIB + 1,
  256 * KIB,
  2 ** 20,
];

/** Around what a batch may inflate to, and far beyond. */
const BOMB_BYTES = [MAX_INFLATED_BYTES, MAX_INFLATED_BYTES + 1, 2 ** 23];

/** What a batch is without any edit. */
export function packed(json: Buffer): Bytes {
  return padded(zipped(json));
}

function zipped(json: Buffer): Buffer {
  return gzipSync(json, { level: 1 });
}

/** Too large for any size, it goes as it is. */
function padded(stream: Uint8Array): Bytes {
  return padToFixedSize(stream) ?? new Uint8Array(stream);
}

function resized(stream: Uint8Array, sizeBytes: number): Bytes {
  const body = new Uint8Array(sizeBytes);
  body.set(stream.subarray(0, sizeBytes));
  return body;
}

function changed(body: Bytes, change: (body: Bytes) => void): Bytes {
  change(body);
  return body;
}

function spliced(text: string, at: number, dropped: number, inserted: string): string {
  const place = at % (text.length + 1);
  return text.slice(0, place) + inserted + text.slice(place + dropped);
}

/** A gzip header with these flags, and fields as they ask for, right or not (RFC 1952). */
function withHeader(json: Buffer, flags: number): Buffer {
  const stream = zipped(json);
  const header = Buffer.from(stream.subarray(0, 10));
  header[3] = flags;
  const fields: Buffer[] = [];
  if (flags & 0b00100) fields.push(Buffer.from(flags & 0x80 ? [0xff, 0xff] : [2, 0, 1, 2]));
  if (flags & 0b01000) fields.push(Buffer.from(flags & 0x40 ? MARK : `${MARK}\0`));
  if (flags & 0b10000) fields.push(Buffer.from(`${MARK}\0`));
  if (flags & 0b00010) fields.push(Buffer.from([0, 0]));
  return Buffer.concat([header, ...fields, stream.subarray(10)]);
}

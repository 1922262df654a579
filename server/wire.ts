/**
 * A batch's bytes off the wire: read no further than allowed, inflated no further than allowed.
 *
 * Runs in the collector, first on the way in. Must never hold more of a request than its limit in memory, and never
 * let bytes through that nothing reads: what follows the gzip stream has to be zero.
 */
import { crc32, inflateRawSync, type InputType } from 'node:zlib';
import { BATCH_SIZES_BYTES, MAX_INFLATED_BYTES } from '../src/trace/limits.ts';
import { refuse, type Refusal } from './refusal.ts';

/** Reads the body, giving up as soon as it is larger than `maxBytes`. */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array | Refusal> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return refuse('body-too-large');
  if (request.body === null) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    sizeBytes += value.length;
    if (sizeBytes > maxBytes) {
      await reader.cancel();
      return refuse('body-too-large');
    }
    chunks.push(value);
  }
}

/** Takes the padding off a batch and inflates it to its JSON text. */
export function inflateBatch(body: Uint8Array): string | Refusal {
  if (!BATCH_SIZES_BYTES.some((sizeBytes) => sizeBytes === body.length)) return refuse('padding-invalid');
  const headerBytes = gzipHeaderBytes(body);
  if (headerBytes === undefined) return refuse('not-gzip');
  const inflated = inflate(body.subarray(headerBytes));
  if ('error' in inflated) return inflated;

  const trailerAt = headerBytes + inflated.consumedBytes;
  const paddingAt = trailerAt + TRAILER_BYTES;
  if (paddingAt > body.length || !trailerMatches(body, trailerAt, inflated.content))
    return refuse('not-gzip');
  if (!isZero(body.subarray(paddingAt))) return refuse('padding-invalid');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(inflated.content);
  } catch {
    return refuse('not-json');
  }
}

const TRAILER_BYTES = 8;

/** Most batches fit one piece; zlib's own 16 KiB cost more to put together than to inflate. */
const PIECE_BYTES = 256 * 1024;

/** With `info`, zlib also tells how much of its input it used, which Node's types do not know. */
const inflateRawWithInfo = inflateRawSync as unknown as (
  input: InputType,
  options: { info: true; maxOutputLength: number; chunkSize: number },
) => { buffer: Buffer; engine: { bytesWritten: number } };

/**
 * Inflates a raw deflate stream, no further than a batch may inflate to.
 *
 * Not `gunzip`: after the end of a stream that looks for another one, so that it cannot tell bad padding from a
 * broken stream, and it stops looking at the first zero byte. Not in zlib's threads: to hand a batch there and back
 * takes the event loop longer than to inflate it, and one at a time means that one at most is in memory, however many
 * requests there are.
 */
function inflate(deflated: Uint8Array): { content: Buffer; consumedBytes: number } | Refusal {
  try {
    const { buffer, engine } = inflateRawWithInfo(deflated, {
      info: true,
      maxOutputLength: MAX_INFLATED_BYTES,
      chunkSize: PIECE_BYTES,
    });
    return { content: buffer, consumedBytes: engine.bytesWritten };
  } catch (fault) {
    const tooLarge = (fault as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    return refuse(tooLarge ? 'inflated-too-large' : 'not-gzip');
  }
}

/** A loop: with a function for each byte, 60 KiB of padding cost more than all the rest of the reading. */
function isZero(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte !== 0) return false;
  return true;
}

/** How long the gzip header is (RFC 1952 section 2.3), optional fields included; undefined if it is none. */
function gzipHeaderBytes(body: Uint8Array): number | undefined {
  if (body[0] !== 0x1f || body[1] !== 0x8b || body[2] !== 8) return undefined;
  const flags = body[3]!;
  let position = 10;
  if (flags & 0b00100) position += 2 + body[position]! + 256 * body[position + 1]!;
  for (const optionalText of [0b01000, 0b10000]) {
    if (flags & optionalText) {
      const end = body.indexOf(0, position);
      if (end < 0) return undefined;
      position = end + 1;
    }
  }
  if (flags & 0b00010) position += 2;
  return position < body.length ? position : undefined;
}

function trailerMatches(body: Uint8Array, trailerAt: number, content: Buffer): boolean {
  const trailer = new DataView(body.buffer, body.byteOffset + trailerAt, TRAILER_BYTES);
  return trailer.getUint32(0, true) === crc32(content) && trailer.getUint32(4, true) === content.length;
}

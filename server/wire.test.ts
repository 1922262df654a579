import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { padToFixedSize } from '../src/trace/batch.ts';
import { BATCH_SIZES_BYTES, MAX_INFLATED_BYTES } from '../src/trace/limits.ts';
import { inflateBatch, readBody } from './wire.ts';

const MIB = 2 ** 20;
const MAX_BYTES = BATCH_SIZES_BYTES.at(-1)!;

/** A body of so many bytes in pieces of 16 KiB, without a length, and how much of it was asked for. */
function bodyOf(sizeBytes: number, headers: Record<string, string> = {}) {
  const taken = { bytes: 0, isCancelled: false };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        if (taken.bytes >= sizeBytes) {
          controller.close();
          return;
        }
        taken.bytes += 16_384;
        controller.enqueue(new Uint8Array(16_384));
      },
      cancel: () => void (taken.isCancelled = true),
    },
    { highWaterMark: 0 },
  );
  const request = new Request('http://localhost', {
    method: 'POST',
    headers,
    body: stream,
    duplex: 'half',
  } as RequestInit);
  return { request, taken };
}

test('of a body of 256 MiB no more is read than a batch may have, and one piece', async () => {
  const { request, taken } = bodyOf(256 * MIB);
  expect(await readBody(request, MAX_BYTES)).toEqual({ error: 'body-too-large' });
  expect(taken).toEqual({ bytes: MAX_BYTES + 16_384, isCancelled: true });
});

test('a body that says it is too large is not read at all', async () => {
  const { request, taken } = bodyOf(256 * MIB, { 'content-length': String(256 * MIB) });
  expect(await readBody(request, MAX_BYTES)).toEqual({ error: 'body-too-large' });
  expect(taken.bytes).toBe(0);
});

test('a body of the largest size is read whole', async () => {
  const body = await readBody(bodyOf(MAX_BYTES).request, MAX_BYTES);
  expect(body).toHaveLength(MAX_BYTES);
});

test('a batch inflates to its limit and not to a byte more', () => {
  const inflated = (sizeBytes: number) =>
    inflateBatch(padToFixedSize(gzipSync(Buffer.alloc(sizeBytes, ' ')))!);
  expect(inflated(MAX_INFLATED_BYTES)).toHaveLength(MAX_INFLATED_BYTES);
  expect(inflated(MAX_INFLATED_BYTES + 1)).toEqual({ error: 'inflated-too-large' });
});

test('a bomb is given up where the limit is, not where it ends', () => {
  // 60 MiB fit into the largest body; inflated whole they would show as memory of buffers.
  const bomb = padToFixedSize(gzipSync(Buffer.alloc(60 * MIB)))!;
  const before = process.memoryUsage().arrayBuffers;
  expect(inflateBatch(bomb)).toEqual({ error: 'inflated-too-large' });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 * MAX_INFLATED_BYTES);
});

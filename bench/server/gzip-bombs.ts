/**
 * Small requests that inflate to a lot, and how far the memory of a collector grows on them.
 *
 * Runs in the process that measures. One inflates to 256 MiB and is larger than any batch may be; the other is as large
 * as a batch may be, so that the collector has to begin to inflate it.
 */
import { gzipSync } from 'node:zlib';
import { padToFixedSize } from '../../src/trace/batch.ts';
import { BATCH_SIZES_BYTES } from '../../src/trace/limits.ts';
import type { Client } from './http-client.ts';
import { peakRssBytes, resetPeakRss, rssBytes } from './process-cost.ts';

export interface Bombs {
  large: Uint8Array;
  fitting: Uint8Array;
}

const MIB = 2 ** 20;
const LARGE_BYTES = 256 * MIB;

export function createBombs(): Bombs {
  const large = gzipSync(Buffer.alloc(LARGE_BYTES), { level: 9 });
  // Zeros deflate evenly: the largest that fits is found by halving what may be left to try.
  let [fits, tooLarge] = [MIB, LARGE_BYTES];
  while (tooLarge - fits > MIB / 4) {
    const tried = (fits + tooLarge) / 2;
    const size = gzipSync(Buffer.alloc(tried), { level: 9 }).length;
    if (size <= BATCH_SIZES_BYTES.at(-1)!) fits = tried;
    else tooLarge = tried;
  }
  return { large, fitting: padToFixedSize(gzipSync(Buffer.alloc(fits), { level: 9 }))! };
}

/**
 * Sends each once: the large one with and without saying how long it is, and the one that fits.
 *
 * That many do not add up is a test of the collector's own (`server/listen.test.ts`).
 *
 * @returns by how much the memory of the collector was larger than before, at its largest.
 * @throws Error when one was taken or not answered.
 */
export async function bombGrowthBytes(openNew: () => Client, pid: number, bombs: Bombs): Promise<number> {
  resetPeakRss(pid);
  const beforeBytes = rssBytes(pid);
  for (const [bomb, isChunked] of [
    ['large', false],
    ['large', true],
    ['fitting', false],
  ] as const) {
    // A connection of its own: the collector closes one on which more was sent than it takes.
    const client = openNew();
    const { status } = await client.postBatch(bombs[bomb], { isChunked });
    client.close();
    // It may be closed before the client has read why.
    const isCutOff = status === 0 && bomb === 'large';
    if (status !== 413 && !isCutOff) throw new Error(`a gzip bomb was answered ${status}`);
  }
  return Math.max(0, peakRssBytes(pid) - beforeBytes);
}

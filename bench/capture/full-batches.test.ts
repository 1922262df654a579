import { describe, expect, it } from 'vitest';
import { paddedPerRecord } from './full-batches.ts';

describe('cost of a record in full batches', () => {
  it('has the padding of the batch in it', () => {
    // 500 records of 40 bytes are 20 kB, which would be padded to 64 KiB: 397 of them fill 16 KiB.
    expect(paddedPerRecord(40, 200)).toBeCloseTo(16_384 / 397);
    // 500 records of 120 bytes fill most of 64 KiB.
    expect(paddedPerRecord(120, 200)).toBeCloseTo(65_536 / 500);
  });
});

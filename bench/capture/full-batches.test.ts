import { describe, expect, it } from 'vitest';
import { paddedPerRecord } from './full-batches.ts';

describe('cost of a record in full batches', () => {
  it('has the padding of the batch in it', () => {
    // 500 records of 40 bytes are 20 kB, which are padded to 64 KiB.
    expect(paddedPerRecord(40, 200)).toBeCloseTo(65_536 / 500);
    // Of 200 bytes no 500 fit, but 250 do.
    expect(paddedPerRecord(200, 200)).toBeCloseTo(65_536 / 250);
  });
});

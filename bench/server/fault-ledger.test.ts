import { describe, expect, it } from 'vitest';
import { aMotion } from '../../server/testing/builders.ts';
import { openLedger, total, worst } from './fault-ledger.ts';
import { packRecords, rowOf } from './fresh-records.ts';

const CHARTER = 'A'.repeat(43);
const packed = (...numbers: number[]) =>
  packRecords(
    numbers.map((number) => aMotion(number)),
    CHARTER,
  );
const rows = (...numbers: number[]) => numbers.map((number) => rowOf(aMotion(number)));

function twoBatches() {
  const ledger = openLedger();
  ledger.acknowledge(ledger.add(packed(1, 2)).batchId);
  ledger.add(packed(3, 4));
  return ledger;
}

describe('what is found after a fault', () => {
  it('is well with what was acknowledged, and all or nothing of what was not', () => {
    const fine = { acknowledged: 2, lost: 0, duplicated: 0, corrupt: 0 };
    expect(twoBatches().judge(rows(1, 2))).toEqual(fine);
    expect(twoBatches().judge(rows(1, 2, 3, 4))).toEqual(fine);
  });

  it('is lost where an acknowledged record is missing', () => {
    expect(twoBatches().judge(rows(2, 3, 4))).toMatchObject({ lost: 1, corrupt: 0 });
  });

  it('is corrupt where it is in part, was changed, was never sent, or the database says so', () => {
    expect(twoBatches().judge(rows(1, 2, 3)).corrupt).toBe(1);
    const [one, other] = rows(1, 2);
    expect(twoBatches().judge([one!, { ...other!, body: '{}' }]).corrupt).toBe(1);
    expect(twoBatches().judge(rows(1, 2, 9)).corrupt).toBe(1);
    expect(twoBatches().judge(rows(1, 2), 3).corrupt).toBe(3);
  });

  it('is duplicated where a record is there twice', () => {
    expect(twoBatches().judge(rows(1, 1, 2)).duplicated).toBe(1);
  });

  it('is sent again as long as it was not acknowledged, byte for byte', () => {
    const ledger = openLedger();
    const sent = ledger.add(packed(1));
    expect(ledger.unknown()).toEqual([sent]);
    ledger.acknowledge(sent.batchId);
    expect(ledger.unknown()).toEqual([]);
  });

  it('counts the worst of one trial and all trials together', () => {
    const found = [
      { acknowledged: 5, lost: 1, duplicated: 0, corrupt: 0 },
      { acknowledged: 6, lost: 0, duplicated: 2, corrupt: 0 },
    ];
    expect(worst(found)).toEqual({ acknowledged: 6, lost: 1, duplicated: 2, corrupt: 0 });
    expect(total(found)).toEqual({ acknowledged: 11, lost: 1, duplicated: 2, corrupt: 0 });
  });
});

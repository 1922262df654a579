import { describe, expect, it } from 'vitest';
import { agrees, openCrowdLedger } from './crowd-ledger.ts';

function aLedger() {
  const ledger = openCrowdLedger();
  ledger.send(['a', 'b', 'c']);
  ledger.acknowledge(['a', 'b']);
  return ledger;
}

describe('what a crowd was told', () => {
  it('agrees where acknowledged records are stored, or erased as somebody wished', () => {
    const ledger = aLedger();
    ledger.found('a');
    ledger.foundErased('b');
    expect(ledger.counts()).toMatchObject({ acknowledged: 2, stored: 1, erased: 1, lost: 0 });
    expect(agrees(ledger.counts())).toBe(true);
  });

  it('agrees where a batch was answered twice and its records are there once', () => {
    const ledger = aLedger();
    ledger.acknowledge(['a', 'b']);
    for (const recordId of ['a', 'b']) ledger.found(recordId);
    expect(ledger.counts()).toMatchObject({ answered: 4, repeated: 2, stored: 2 });
    expect(agrees(ledger.counts())).toBe(true);
  });

  it('agrees where a record is there whose answer was lost', () => {
    const ledger = aLedger();
    for (const recordId of ['a', 'b', 'c']) ledger.found(recordId);
    expect(ledger.counts().unanswered).toBe(1);
    expect(agrees(ledger.counts())).toBe(true);
  });

  it.each([
    ['one is missing', ['a']],
    ['one is there twice', ['a', 'b', 'b']],
    ['one was never sent', ['a', 'b', 'x']],
  ])('does not agree where %s', (_what, found) => {
    const ledger = aLedger();
    for (const recordId of found) ledger.found(recordId);
    expect(agrees(ledger.counts())).toBe(false);
  });
});

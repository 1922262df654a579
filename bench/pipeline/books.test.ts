import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/queue/summary.ts';
import { compareBooks, compareLists, type Click, type TrialBooks } from './books.ts';
import type { Cell } from './source-page.ts';

const CELLS: Cell[] = ['0,0', '1,0', '2,0', '3,0'];
const FINE = { events: 4, lost: 0, duplicated: 0, unexplained: 0, afterWithdrawal: 0 };

function anAccount(changes: Partial<Account> = {}): Account {
  return {
    captured: 0,
    held: 0,
    due: 0,
    sending: 0,
    sent: 0,
    refused: 0,
    deleted: 0,
    lost: {},
    leftOut: 0,
    erased: 0,
    erasedNotHeld: 0,
    ...changes,
  };
}

function someClicks(changes: Partial<Click> = {}): Click[] {
  return CELLS.map((cell) => ({ cell, isCertain: true, isAfterWithdrawal: false, ...changes }));
}

/** Four clicks, all acknowledged and all stored. */
function someBooks(changes: Partial<TrialBooks> = {}): TrialBooks {
  return {
    clicks: someClicks(),
    acknowledged: new Set(CELLS),
    stored: { episodes: [{ cells: [undefined, ...CELLS], gaps: [] }], aloneIds: ['a', 'b'] },
    device: {
      before: anAccount(),
      after: anAccount({ captured: 7, sent: 7 }),
      sentIds: ['a', 'b'],
      rowsWithContent: 0,
      hasGapLast: false,
    },
    hasWithdrawn: false,
    ...changes,
  };
}

function storedAs(...episodes: TrialBooks['stored']['episodes']): Pick<TrialBooks, 'stored'> {
  return { stored: { episodes, aloneIds: ['a', 'b'] } };
}

function onDevice(changes: Partial<TrialBooks['device']>): Pick<TrialBooks, 'device'> {
  return { device: { ...someBooks().device, ...changes } };
}

const WITHOUT_ONE = storedAs({ cells: ['0,0', '1,0', '3,0'], gaps: [] });

describe('the books of a trial', () => {
  it('agree where each click is stored once', () => {
    expect(compareBooks(someBooks())).toEqual(FINE);
  });

  it('show what was acknowledged and is not stored', () => {
    expect(compareBooks(someBooks(WITHOUT_ONE))).toEqual({ ...FINE, lost: 1 });
  });

  it('show a loss of what was acknowledged even where a gap is told', () => {
    const gap = storedAs({ cells: ['0,0', '1,0', '3,0'], gaps: [1] });
    expect(compareBooks(someBooks(gap)).lost).toBe(1);
  });

  it('take the device’s own word for what it has deleted, once for each', () => {
    const deleted = onDevice({ after: anAccount({ captured: 7, sent: 6, deleted: 1 }) });
    expect(compareBooks(someBooks({ ...WITHOUT_ONE, ...deleted }))).toEqual(FINE);
    const two = storedAs({ cells: ['0,0', '3,0'], gaps: [] });
    expect(compareBooks(someBooks({ ...two, ...deleted })).lost).toBe(1);
  });

  it('show a record that the device has as sent and the collector does not hold', () => {
    expect(compareBooks(someBooks(onDevice({ sentIds: ['a', 'b', 'c'] }))).lost).toBe(1);
  });

  it('show accounts that do not add up, either way', () => {
    for (const captured of [6, 8])
      expect(compareBooks(someBooks(onDevice({ after: anAccount({ captured, sent: 7 }) }))).lost).toBe(1);
  });

  it('show a click that is stored twice, in one episode or in two', () => {
    const once = storedAs({ cells: [...CELLS, '1,0'], gaps: [] });
    const apart = storedAs({ cells: CELLS, gaps: [] }, { cells: ['1,0'], gaps: [] });
    expect(compareBooks(someBooks(once))).toEqual({ ...FINE, duplicated: 1 });
    expect(compareBooks(someBooks(apart))).toEqual({ ...FINE, duplicated: 1 });
  });

  it('show a click that was neither acknowledged nor covered by a gap', () => {
    const acknowledged = new Set<Cell>(['0,0', '1,0', '3,0']);
    expect(compareBooks(someBooks({ ...WITHOUT_ONE, acknowledged }))).toEqual({ ...FINE, unexplained: 1 });
  });

  it('take a gap as the reason only between the clicks around it', () => {
    const acknowledged = new Set<Cell>(['0,0', '1,0', '3,0']);
    const unexplained = (...episodes: TrialBooks['stored']['episodes']) =>
      compareBooks(someBooks({ ...storedAs(...episodes), acknowledged })).unexplained;
    expect(unexplained({ cells: ['0,0', '1,0', undefined, '3,0'], gaps: [2] })).toBe(0);
    expect(unexplained({ cells: ['0,0', '1,0', '3,0'], gaps: [0] })).toBe(1);
    expect(unexplained({ cells: ['0,0', '1,0'], gaps: [] }, { cells: ['3,0'], gaps: [-1] })).toBe(0);
    expect(unexplained({ cells: ['0,0', '1,0'], gaps: [1] }, { cells: ['3,0'], gaps: [] })).toBe(0);
    expect(unexplained({ cells: ['0,0', '1,0'], gaps: [-1] }, { cells: ['3,0'], gaps: [] })).toBe(1);
  });

  it('take a gap that the device holds last as the reason for all that came after', () => {
    const acknowledged = new Set<Cell>(['0,0', '1,0']);
    const unexplained = (...cells: Cell[]) => {
      const device = onDevice({ hasGapLast: true });
      return compareBooks(someBooks({ ...storedAs({ cells, gaps: [] }), acknowledged, ...device }))
        .unexplained;
    };
    expect(unexplained('0,0', '1,0')).toBe(0);
    expect(unexplained('0,0', '1,0', '3,0')).toBe(1);
  });

  it('ask nothing about a click that may not have been made', () => {
    const clicks = someClicks().map((click) => ({ ...click, isCertain: click.cell !== '2,0' }));
    const acknowledged = new Set<Cell>(['0,0', '1,0', '3,0']);
    expect(compareBooks(someBooks({ ...WITHOUT_ONE, clicks, acknowledged }))).toEqual({ ...FINE, events: 3 });
  });

  it('show what is stored and was made by nobody', () => {
    expect(compareBooks(someBooks(storedAs({ cells: [...CELLS, '9,5'], gaps: [] }))).unexplained).toBe(1);
    expect(compareBooks(someBooks(onDevice({ sentIds: ['a'] }))).unexplained).toBe(1);
  });

  it('show what was recorded after a withdrawal, and what is left of before', () => {
    const clicks = someClicks().map((click) => ({ ...click, isAfterWithdrawal: click.cell === '3,0' }));
    const device = onDevice({ rowsWithContent: 2 });
    expect(compareBooks(someBooks({ clicks, ...device, hasWithdrawn: true })).afterWithdrawal).toBe(3);
    const stopped = storedAs({ cells: ['0,0', '1,0'], gaps: [] });
    const acknowledged = new Set<Cell>(['0,0', '1,0', '2,0']);
    expect(compareBooks(someBooks({ clicks, ...stopped, acknowledged, hasWithdrawn: true }))).toEqual(FINE);
  });
});

describe('a dataset beside the collector', () => {
  it('is told by what it has too little and too much of', () => {
    expect(compareLists(['a', 'b', 'b'], ['b', 'a', 'b'])).toEqual({ lost: 0, duplicated: 0 });
    expect(compareLists(['a', 'b', 'b'], ['a', 'b', 'c'])).toEqual({ lost: 1, duplicated: 1 });
  });
});

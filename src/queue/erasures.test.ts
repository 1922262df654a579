import { beforeEach, describe, expect, it } from 'vitest';
import { NOON_MS } from '../testing/builders.ts';
import { addMotions, aQueue, drawAndAccept } from '../testing/fill-queue.ts';
import type { ErasureAnswer } from '../trace/collector-api.ts';
import {
  dueErasures,
  forgetExpired,
  readErasureReceipts,
  requestErasures,
  settleErasure,
} from './erasures.ts';
import type { QueueDatabase } from './queue.ts';
import { listSessions } from './sessions.ts';
import { sentLedger } from './sent-ledger.ts';
import { summarize } from './summary.ts';

const DAY_MS = 24 * 3_600_000;
const TERMS = { participantKey: 'A'.repeat(43), dueAtMs: () => NOON_MS };

let queue: QueueDatabase;
beforeEach(async () => {
  queue = await aQueue();
});

async function answerAll(answers: Partial<ErasureAnswer>[]): Promise<void> {
  for (const [index, { counter }] of (await dueErasures(queue, NOON_MS, 99)).entries()) {
    const answer = { result: 'erased', answeredOn: '2026-11-24', release: null, pulledBy: 0 } as const;
    const full = { ...answer, ...answers[index % answers.length] };
    await settleErasure(queue, counter, full, { answer: JSON.stringify(full), signature: 'S'.repeat(86) });
  }
}

describe('the ledger of what was sent', () => {
  it('has a line for each day, app and kind, with counts and size', async () => {
    await drawAndAccept(queue, await addMotions(queue, 3));
    await drawAndAccept(queue, await addMotions(queue, 2, { app: 'crm' }));
    await drawAndAccept(queue, await addMotions(queue, 1, { startMs: NOON_MS + DAY_MS }));
    const lines = await sentLedger(queue);
    expect(
      lines.map(({ day, app, kind, records, fragments }) => [day, app, kind, records, fragments]),
    ).toEqual([
      ['2026-11-24', 'desk', 'motion', 1, 1],
      ['2026-11-23', 'desk', 'motion', 3, 3],
      ['2026-11-23', 'crm', 'motion', 2, 2],
    ]);
    expect(lines[1]!.sizeBytes).toBe(3 * lines[0]!.sizeBytes);
    expect(lines[0]!.sizeBytes).toBeGreaterThan(100);
  });

  it('shows what is being erased until it is answered; only the lines that were chosen are', async () => {
    await drawAndAccept(queue, await addMotions(queue, 3));
    await drawAndAccept(queue, await addMotions(queue, 2, { app: 'crm' }));
    expect(await requestErasures(queue, TERMS, [['2026-11-23', 'crm', 'motion']])).toBe(2);
    expect(await sentLedger(queue)).toMatchObject([
      { app: 'desk', records: 3, erasing: 0 },
      { app: 'crm', records: 2, erasing: 2 },
    ]);
    expect(await listSessions(queue)).toMatchObject([{ app: 'desk', sent: 3 }]);
    // Asked for again nothing is asked for twice.
    expect(await requestErasures(queue, TERMS, [['2026-11-23', 'crm', 'motion']])).toBe(2);
    await answerAll([{}]);
    expect(await sentLedger(queue)).toMatchObject([{ app: 'desk', records: 3 }]);
    expect((await summarize(queue, NOON_MS)).accounts).toMatchObject({
      sent: 5,
      erased: 2,
      erasuresPending: 0,
    });
  });

  it('forgets what the collector no longer keeps, two days after its retention, and no sooner', async () => {
    await drawAndAccept(queue, await addMotions(queue, 2));
    await forgetExpired(queue, '2027-11-24');
    expect(await queue.count('records')).toBe(2);
    await forgetExpired(queue, '2027-11-25');
    expect(await queue.count('records')).toBe(0);
    expect(await sentLedger(queue)).toEqual([]);
    expect(await listSessions(queue)).toEqual([]);
    // It was sent all the same.
    expect((await summarize(queue, NOON_MS)).accounts).toMatchObject({ captured: 2, sent: 2 });
  });
});

describe('the receipt of a day', () => {
  it('counts what was erased, where it had been published and who had pulled it', async () => {
    await drawAndAccept(queue, await addMotions(queue, 4));
    await requestErasures(queue, TERMS);
    await answerAll([
      { release: 3, pulledBy: 2 },
      { release: 3 },
      { release: 5, pulledBy: 1 },
      { result: 'not-held' },
    ]);
    expect(await readErasureReceipts(queue)).toMatchObject([
      { day: '2026-11-24', erased: 3, notHeld: 1, publishedIn: { 3: 2, 5: 1 }, pulledBy: 2 },
    ]);
  });

  it('keeps the collector’s signed words with how often they were given, and nothing that names a record', async () => {
    const ids = await addMotions(queue, 5);
    await drawAndAccept(queue, ids);
    await requestErasures(queue, TERMS);
    await answerAll([{ release: 3 }, { release: 3 }, {}]);
    const [receipt] = await readErasureReceipts(queue);
    expect(
      receipt!.signed.map(({ answer, count }) => [(JSON.parse(answer) as ErasureAnswer).release, count]),
    ).toEqual([
      [null, 1],
      [3, 4],
    ]);
    const text = JSON.stringify(receipt);
    for (const id of ids) expect(text).not.toContain(id);
    expect(text).not.toContain('counter');
  });
});

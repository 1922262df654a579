/**
 * One trial: somebody works, something breaks at random instants, everything is brought back and drained, and the books
 * are compared.
 *
 * Runs in Node.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { Random } from '../../src/trace/random.ts';
import { shuffled } from '../../src/trace/random.ts';
import { compareBooks, hasDiscrepancy, type Click, type Discrepancies, type TrialBooks } from './books.ts';
import type { Ground } from './ground.ts';
import { moveClock, type Injection } from './injections.ts';
import type { DeviceBooks } from './own-page.ts';
import { BUTTON_CELLS, FIELD_CELL, middleOf, type Cell } from './source-page.ts';
import { readCollector } from './stored.ts';
import { tellTrial } from './tell-trial.ts';

const MOVE_STEPS = 5;
const MOVE_STEP_MS = 30;
const PRESS_MS = 25;
const TYPED_KEYS = 24;
const TYPE_MS = 30;
/** Longer than a step waits for its effect and the next message together. */
const REST_MS = 3500;
const LONGEST_REST_MS = 30_000;
const HOUR_MS = 3_600_000;
/** No network, collector or clock may keep anything back for longer once all is well again; nobody waits for it here. */
const PATIENCE_HOURS = 3;
/** How long after a request was begun something breaks. */
const LONGEST_LEAD_MS = 300;

export async function runTrial(
  ground: Ground,
  injection: Injection,
  events: number,
  random: Random,
): Promise<Discrepancies> {
  const { witness } = ground;
  await ground.device().call('consent');
  await ground.page().bringToFront();
  await ground.patiently('a recorder that records', () => witness.isRecording());
  witness.forget();
  const before = await ground.device().call('readDevice');
  const storedBefore = readCollector(ground.study.databaseFile);
  const clicks = await work(ground, injection, events, random);
  await injection.heal();
  await ground.page().bringToFront();
  const after = await drain(ground, injection);
  const stored = readCollector(ground.study.databaseFile);
  const sentBefore = new Set(before.sentIds);
  const aloneBefore = new Set(storedBefore.aloneIds);
  const books: TrialBooks = {
    clicks,
    acknowledged: witness.acknowledged,
    stored: {
      episodes: [...stored.episodes].flatMap(([id, episode]) =>
        storedBefore.episodes.has(id) ? [] : [episode],
      ),
      aloneIds: stored.aloneIds.filter((id) => !aloneBefore.has(id)),
    },
    device: {
      before: before.accounts,
      after: after.accounts,
      sentIds: after.sentIds.filter((id) => !sentBefore.has(id)),
      rowsWithContent: after.rowsWithContent,
      hasGapLast: after.hasGapLast,
    },
    hasWithdrawn: injection.withdraws === true,
  };
  const found = compareBooks(books);
  if (hasDiscrepancy(found)) process.stderr.write(`${tellTrial(books)}\n`);
  return found;
}

/** Clicks one cell after the other, types once, and has the fault strike in between. */
async function work(ground: Ground, injection: Injection, events: number, random: Random): Promise<Click[]> {
  const cells = shuffled(BUTTON_CELLS, random).slice(0, events);
  const indexes = shuffled(cells.map((_cell, index) => index).slice(2), random);
  const strikes = new Set(indexes.slice(0, injection.times));
  const typesAt = indexes.at(-1)!;
  const clicks: Click[] = [];
  /** What a strike has come to, while the clicking goes on. */
  const state: { isWithdrawn: boolean; fault?: Error } = { isWithdrawn: false };
  const begin = async (leadMs: number) => {
    try {
      await strike(ground, injection, leadMs);
      if (injection.withdraws) state.isWithdrawn = true;
    } catch (fault) {
      state.fault = new Error('the fault could not be injected', { cause: fault });
    }
  };
  let striking: Promise<void> | undefined;
  const strikingEnds = async () => {
    await striking;
    if (state.fault) throw state.fault;
  };
  for (const [index, cell] of cells.entries()) {
    if (strikes.has(index)) {
      // One at a time.
      await strikingEnds();
      striking = begin(LONGEST_LEAD_MS * random());
    }
    const isAfterWithdrawal = state.isWithdrawn;
    const page = ground.page();
    const isDone = await succeeds(() => click(page, cell));
    // A click that was begun before the withdrawal was confirmed belongs to neither side, and is asked nothing of.
    clicks.push({ cell, isCertain: isDone && isAfterWithdrawal === state.isWithdrawn, isAfterWithdrawal });
    if (isDone && index === typesAt) await succeeds(() => typeInto(page));
    // Its page is gone; the next one comes with the end of the strike.
    if (!isDone) await strikingEnds();
  }
  await strikingEnds();
  return clicks;
}

/** Sends, and breaks something a moment later, so that something may be under way. */
async function strike(ground: Ground, injection: Injection, leadMs: number): Promise<void> {
  const sending = () =>
    void ground
      .device()
      .call('sendNow')
      .catch(() => undefined);
  if (leadMs > LONGEST_LEAD_MS / 2) {
    sending();
    await wait(2 * (leadMs - LONGEST_LEAD_MS / 2));
    await injection.strike();
    sending();
    return;
  }
  const struck = injection.strike();
  sending();
  await struck;
}

async function succeeds(deed: () => Promise<void>): Promise<boolean> {
  try {
    await deed();
    return true;
  } catch {
    return false;
  }
}

async function click(page: Page, cell: Cell): Promise<void> {
  const { x, y } = middleOf(cell, page.viewportSize()!);
  for (let step = 1; step <= MOVE_STEPS; step += 1) {
    const left = (MOVE_STEPS - step) / MOVE_STEPS;
    await page.mouse.move(x + 60 * left, y + 40 * left);
    await wait(MOVE_STEP_MS);
  }
  await page.mouse.down();
  await wait(PRESS_MS);
  await page.mouse.up();
}

async function typeInto(page: Page): Promise<void> {
  await click(page, FIELD_CELL);
  for (let key = 0; key < TYPED_KEYS; key += 1) await page.keyboard.press('e', { delay: TYPE_MS });
}

/** Waits until everything has come in, and sends until nothing is left to send. @returns the books after that. */
async function drain(ground: Ground, injection: Injection): Promise<DeviceBooks> {
  let books = await rest(ground);
  if (injection.withdraws) return books;
  // It may have no work after it to be told with.
  const { hasGapLast } = books;
  const left = ({ accounts: { held, due, sending } }: DeviceBooks) => held + due + sending;
  for (let hours = 0; left(books) > 0 && hours <= PATIENCE_HOURS; hours += 1) {
    await moveClock(ground, hours * HOUR_MS);
    await ground.device().call('sendNow');
    books = await ground.device().call('readDevice');
  }
  await moveClock(ground, 0);
  if (left(books) > 0) {
    const { held, due, sending } = books.accounts;
    process.stderr.write(`not drained: ${held} held, ${due} due, ${sending} being sent\n`);
  }
  return { ...books, hasGapLast };
}

/** Until nothing has changed for a while and the page has no message under way. */
async function rest(ground: Ground): Promise<DeviceBooks> {
  const givenUpAtMs = Date.now() + LONGEST_REST_MS;
  let books = await ground.device().call('readDevice');
  for (let restedSinceMs = Date.now(); Date.now() - restedSinceMs < REST_MS;) {
    await wait(250);
    const next = await ground.device().call('readDevice');
    const isUnchanged = next.accounts.captured === books.accounts.captured;
    if (!isUnchanged || ground.witness.underWay() > 0) restedSinceMs = Date.now();
    books = next;
    if (Date.now() > givenUpAtMs) break;
  }
  return books;
}

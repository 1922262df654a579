/**
 * What a trial does inside one of the extension's own pages: the product's own code, as its pages call it.
 *
 * Bundled by `device.ts` and evaluated in the page, so that nothing of it is in the extension that is tested.
 */
import { browser } from 'wxt/browser';
import { readCharterInForce } from '../../src/consent/charter-in-force.ts';
import { decide, withdraw } from '../../src/consent/decide.ts';
import { sendMessage } from '../../src/messages.ts';
import { openQueue } from '../../src/queue/queue.ts';
import type { QueuedStep } from '../../src/queue/queue-schema.ts';
import { summarize, type Accounts } from '../../src/queue/summary.ts';
import { inTime, isStep } from '../../src/trace/held-step.ts';

/** The device's side of the books. */
export interface DeviceBooks {
  accounts: Accounts;
  /** Motions and rhythms at the collector, as the device has it. */
  sentIds: string[];
  /** Rows that hold content. */
  rowsWithContent: number;
  /** Whether the last that it tells of between steps is that something is missing. */
  hasGapLast: boolean;
}

export async function readDevice(): Promise<DeviceBooks> {
  const queue = await openQueue();
  try {
    const { accounts } = await summarize(queue, Date.now());
    const records = await queue.getAll('records');
    const isAlone = (kind: string) => kind === 'motion' || kind === 'rhythm';
    return {
      accounts,
      sentIds: records.filter((row) => row.state === 'sent' && isAlone(row.kind)).map((row) => row.recordId),
      hasGapLast: isGap((await queue.getAll('steps')).sort(inTime).at(-1)),
      rowsWithContent: records.filter((row) => row.state !== 'sent').length + (await queue.count('steps')),
    };
  } finally {
    queue.close();
  }
}

function isGap(step: QueuedStep | undefined): boolean {
  return step !== undefined && isStep(step) && step.gap !== undefined;
}

/** With a message that nobody answers. */
export async function wakeWorker(): Promise<void> {
  await browser.runtime.sendMessage({ name: '' }).catch(() => undefined);
}

/** What the popup's button says: everything, what is on hold as well. */
export async function sendNow(): Promise<string | undefined> {
  const answer = await sendMessage('popup:send-now', { includeHeld: true });
  return (answer as { kind: string } | undefined)?.kind;
}

/** Says yes to every scope of the charter. */
export async function consent(): Promise<void> {
  const inForce = await readCharterInForce();
  if (inForce.kind !== 'in-force') throw new Error('there is no charter to consent to');
  const { charter } = inForce.agreement;
  await decide({ charter, charterHash: inForce.hash, scopes: charter.scopes, level: charter.protection });
  await sendMessage('popup:decided', {});
}

/** @returns once it is confirmed, as the popup waits for it. */
export async function withdrawConsent(): Promise<void> {
  await withdraw();
  // Stopped before it could answer, the worker has the change in storage to go by, and the popup asks again.
  while (((await sendMessage('popup:decided', {})) as object | undefined) === undefined);
}

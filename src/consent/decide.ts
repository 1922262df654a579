/**
 * The person's decisions, written down with their receipt: yes, no, pause, resume, this site off, withdraw.
 *
 * Called by the extension's own pages when the person presses a button, and by nothing else: no policy key, address
 * or server answer leads here. Level `linked` comes about by `agreeToLinked` alone, which the background calls when the
 * consent page for it asks.
 */
import { browser } from 'wxt/browser';
import type { Charter, Level, Scope } from '../charter/charter.ts';
import { narrows } from '../charter/narrows.ts';
import type { CharterInForce } from './charter-in-force.ts';
import { ordinaryLevel, stricter } from './recording-state.ts';
import { readItem, removeItem, writeItem, type Receipt } from './stored-items.ts';

/** The receipts kept; older ones fall off. */
const MAX_RECEIPTS = 1000;

/** Says yes to some scopes of a charter, or no with none. Ends a pause. Never gives level `linked`. */
export async function decide(
  answer: { charter: Charter; charterHash: string; scopes: Scope[]; level: Level },
  nowMs = Date.now(),
): Promise<void> {
  const { charter, charterHash, scopes } = answer;
  const level = ordinaryLevel(stricter(answer.level, charter.protection));
  await writeItem('decision', { charter, charterHash, scopes, level, decidedAtMs: nowMs });
  await removeItem('pause');
  const event = scopes.length === 0 ? 'declined' : 'granted';
  await addReceipt({ event, charter, charterHash, scopes, level }, nowMs);
}

/**
 * Says yes to level `linked` for some scopes. A pause goes on.
 *
 * @returns false, with nothing written, unless the charter in force asks for `linked` and is the one that was shown.
 */
export async function agreeToLinked(
  inForce: CharterInForce,
  answer: { charterHash: string; scopes: Scope[] },
  nowMs = Date.now(),
): Promise<boolean> {
  if (inForce.kind !== 'in-force' || inForce.hash !== answer.charterHash) return false;
  const { charter } = inForce.agreement;
  const scopes = charter.scopes.filter((scope) => answer.scopes.includes(scope));
  if (charter.protection !== 'linked' || scopes.length === 0 || scopes.length !== answer.scopes.length)
    return false;
  const agreed = { charter, charterHash: inForce.hash, scopes, level: 'linked' as const };
  await writeItem('decision', { ...agreed, decidedAtMs: nowMs });
  await addReceipt({ ...agreed, event: 'granted' }, nowMs);
  return true;
}

/** Takes consent back. The decision becomes a "no" to the same charter, so that nothing asks again. */
export async function withdraw(nowMs = Date.now()): Promise<void> {
  const decision = await readItem('decision');
  if (decision === undefined) return;
  await writeItem('decision', { ...decision, scopes: [], decidedAtMs: nowMs });
  await removeItem('pause', 'sitesOff', 'extraHoldHours', 'neutralIcon');
  await addReceipt({ ...decision, event: 'withdrawn' }, nowMs);
}

/** Notes on the receipt that a narrower charter applies from now on, and measures the next change against it. */
export async function noteNarrowing(
  inForce: CharterInForce & { kind: 'in-force' },
  nowMs = Date.now(),
): Promise<void> {
  const decision = await readItem('decision');
  const { charter } = inForce.agreement;
  if (decision === undefined || decision.charterHash === inForce.hash || !narrows(decision.charter, charter))
    return;
  const scopes = decision.scopes.filter((scope) => charter.scopes.includes(scope));
  const narrowed = {
    ...decision,
    charter,
    charterHash: inForce.hash,
    scopes,
    level: stricter(decision.level, charter.protection),
  };
  await writeItem('decision', narrowed);
  await addReceipt({ ...narrowed, event: 'narrowed' }, nowMs);
}

/** Pauses until a time, or with null until the person resumes. */
export async function pause(untilMs: number | null): Promise<void> {
  await writeItem('pause', { untilMs });
}

export async function resume(): Promise<void> {
  await removeItem('pause');
}

/** Switches recording off or on again for one host, the port included. */
export async function setSiteOff(host: string, off: boolean): Promise<void> {
  const others = ((await readItem('sitesOff')) ?? []).filter((site) => site !== host);
  await writeItem('sitesOff', off ? [...others, host] : others);
}

/** Keeps the toolbar's sign the same in all states, or lets it tell them apart again. */
export async function setNeutralIcon(isNeutral: boolean): Promise<void> {
  await (isNeutral ? writeItem('neutralIcon', true) : removeItem('neutralIcon'));
}

/** The local midnight that ends today: what "until tomorrow" means. */
export function tomorrowMs(nowMs = Date.now()): number {
  const now = new Date(nowMs);
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime();
}

async function addReceipt(
  receipt: Pick<Receipt, 'event' | 'charterHash' | 'scopes' | 'level'> & { charter: Charter },
  nowMs: number,
): Promise<void> {
  const receipts = (await readItem('receipts')) ?? [];
  receipts.push({
    at: new Date(nowMs).toISOString(),
    event: receipt.event,
    charterHash: receipt.charterHash,
    organization: receipt.charter.organization,
    noticeVersion: receipt.charter.notice.version,
    scopes: receipt.scopes,
    level: receipt.level,
    softwareVersion: browser.runtime.getManifest().version,
  });
  await writeItem('receipts', receipts.slice(-MAX_RECEIPTS));
}

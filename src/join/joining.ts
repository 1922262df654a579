/**
 * Taking and leaving a charter by code: who may, and what is written.
 *
 * Runs in the join page, when the person presses a button. Taking a charter is not consent: it only lets the popup
 * ask. A managed policy always wins, so nothing can be joined beside one.
 */
import { browser } from 'wxt/browser';
import type { Agreement } from '../charter/agreement.ts';
import type { Charter } from '../charter/charter.ts';
import { originPattern } from '../charter/match-pattern.ts';
import { readCharterInForce, type CharterInForce } from '../consent/charter-in-force.ts';
import { readCurrentState } from '../consent/current-state.ts';
import type { RecordingState } from '../consent/recording-state.ts';
import { removeItem, writeItem } from '../consent/stored-items.ts';
import { sendMessage } from '../messages.ts';

/** How things stand before anything is joined. */
export interface Standing {
  inForce: CharterInForce;
  state: RecordingState;
}

export async function readStanding(): Promise<Standing> {
  const [inForce, { state }] = await Promise.all([readCharterInForce(), readCurrentState()]);
  return { inForce, state };
}

/** Whether a policy stands in the way of any code, even one that cannot be read. */
export function isSetByPolicy({ inForce }: Standing): boolean {
  return inForce.kind !== 'none' && inForce.source === 'policy';
}

/**
 * Whether this agreement may take the place of what is in force.
 *
 * While consent to another collector's study is given, its records could no longer be erased with the new keys.
 */
export function mayTake(agreement: Agreement, { inForce, state }: Standing): boolean {
  if (inForce.kind === 'none') return true;
  if (inForce.source === 'policy') return false;
  if (inForce.kind === 'unreadable' || !isConsenting(state)) return true;
  return inForce.agreement.charter.collectorUrl === agreement.charter.collectorUrl;
}

/** Leaving is for who has not consented, or has withdrawn. */
export function mayLeave({ inForce, state }: Standing): boolean {
  return inForce.kind !== 'none' && inForce.source === 'join-code' && !isConsenting(state);
}

/** What the extension must be able to reach: the apps and the collector. */
export function neededOrigins(charter: Charter): string[] {
  const patterns = [
    ...charter.apps.flatMap((app) => app.matches),
    `${new URL('/', charter.collectorUrl).href}*`,
  ];
  return [...new Set(patterns.map(originPattern))];
}

/** Those of the needed origins that the browser has not granted yet: none in a kit build. */
export async function missingOrigins(charter: Charter): Promise<string[]> {
  const origins = neededOrigins(charter);
  const granted = await Promise.all(
    origins.map((origin) => browser.permissions.contains({ origins: [origin] })),
  );
  return origins.filter((_origin, index) => !granted[index]);
}

/** Writes the charter down, and has a charter that widened stop recording before anything is recorded under it. */
export async function takeCharter({ charter, participantKey, hashingKey }: Agreement): Promise<void> {
  await writeItem('joined', { charter: JSON.stringify(charter), participantKey, hashingKey });
  await sendMessage('popup:decided', {});
}

/** Removes the charter, its keys, and the leave to reach its apps; the collector stays reachable for erasures. */
export async function leaveStudy({ inForce }: Standing): Promise<void> {
  await removeItem('joined');
  await sendMessage('popup:decided', {});
  if (inForce.kind !== 'in-force') return;
  const { charter } = inForce.agreement;
  const collector = neededOrigins({ ...charter, apps: [] });
  const origins = neededOrigins(charter).filter((origin) => !collector.includes(origin));
  // A kit build's origins are part of the manifest and stay.
  await browser.permissions.remove({ origins }).catch(() => false);
}

function isConsenting(state: RecordingState): boolean {
  return state.kind === 'on' || state.kind === 'paused' || state.kind === 'charter-changed';
}

/**
 * Which agreement this installation is under: managed policy first, else one taken by join code.
 *
 * Background and the extension's own pages. Chromium answers `{}` both for "no policy" and for "not loaded yet",
 * Firefox rejects when there is none; both mean: stay off and listen for a change.
 */
import { browser } from 'wxt/browser';
import { parseAgreement, type Agreement } from '../charter/agreement.ts';
import { charterHash } from '../charter/charter-hash.ts';
import { readItem } from './stored-items.ts';

export type CharterInForce =
  | { kind: 'none' }
  /** There is one, but it cannot be read; whoever gave it must mend it: the administrator, or the study. */
  | { kind: 'unreadable'; source: 'policy' | 'join-code'; problems: string[] }
  | { kind: 'in-force'; source: 'policy' | 'join-code'; agreement: Agreement; hash: string };

export async function readCharterInForce(): Promise<CharterInForce> {
  const [managed, joined] = await Promise.all([readManaged(), readItem('joined')]);
  const source = Object.keys(managed).length > 0 ? 'policy' : 'join-code';
  const input = source === 'policy' ? managed : joined;
  if (input === undefined) return { kind: 'none' };
  const parsed = parseAgreement(input);
  if (!parsed.ok) return { kind: 'unreadable', source, problems: parsed.problems };
  return {
    kind: 'in-force',
    source,
    agreement: parsed.agreement,
    hash: await charterHash(parsed.agreement.charter),
  };
}

async function readManaged(): Promise<Record<string, unknown>> {
  try {
    return await browser.storage.managed.get();
  } catch {
    return {};
  }
}

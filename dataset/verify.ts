/**
 * The `verify` command's work: a folder is looked at, a collector asked if one is named, and what was found told.
 */
import { dayOf } from '../src/trace/primitives.ts';
import { createCollectorClient } from './collector-client.ts';
import type { Fetch } from './fetch-retrying.ts';
import { formatCount } from './markdown.ts';
import { openManifest } from './open-dataset.ts';
import type { VerifyArguments } from './pull-arguments.ts';
import { refusalOf, sleep, type PullResult } from './pull.ts';
import { verifyDataset, type Verified } from './verify-dataset.ts';

export type VerifyResult = { kind: 'done'; verified: Verified } | Extract<PullResult, { kind: 'refused' }>;

/** Verifies a folder for the purpose that its manifest names. */
export async function verify(
  { dir, collector }: VerifyArguments,
  options: { fetch?: Fetch; nowEpochMs?: () => number } = {},
): Promise<VerifyResult> {
  try {
    const { purpose } = await openManifest(dir);
    const client =
      collector &&
      createCollectorClient({
        url: collector.from.replace(/\/+$/, ''),
        key: collector.key,
        purpose,
        fetch: options.fetch ?? fetch,
        sleep,
        signal: new AbortController().signal,
      });
    const today = dayOf((options.nowEpochMs ?? Date.now)());
    return { kind: 'done', verified: await verifyDataset({ dir, today, ...(client && { client }) }) };
  } catch (error) {
    return refusalOf(error);
  }
}

/** The text for a terminal, ending with a line break: each finding on a line of its own, then a sum. */
export function formatVerified({ findings, releases, files, rows, isAsked }: Verified): string {
  const lines = findings.map(({ where, what }) => `${where}: ${what}`);
  const looked = `${formatCount(releases)} releases, ${formatCount(files)} files, ${formatCount(rows)} rows`;
  const verdict =
    findings.length > 0 ? `Not in order: ${findings.length} findings in ${looked}.` : `In order: ${looked}.`;
  const asked = isAsked
    ? ''
    : ' No collector was asked whether records were erased since: give --from and a key for that.';
  return `${[...lines, `${verdict}${asked}`].join('\n')}\n`;
}

/**
 * Pulls from a fake collector in one process, with records of all kinds under one charter.
 *
 * Runs in tests only.
 */
import type { PublishedRow, PublishedTrace } from '../../src/trace/published.ts';
import { pull, type PullOptions, type PullResult } from '../pull.ts';
import type { PullSummary } from '../pull-summary.ts';
import { createFakeCollector, ORIGIN, PURPOSE, READER_KEY, type FakeCollector } from './fake-collector.ts';
import { aCharter, aMotion, anEpisode, aRhythm, aRow, aTrace } from './published-rows.ts';

/** The charter of all rows here. */
export const CHARTER = await aCharter();

/** A motion, a rhythm and an episode for each of `count` seeds. */
export function someRows(from: number, count: number): PublishedRow[] {
  const seeds = Array.from({ length: count }, (_, index) => from + index);
  return seeds.flatMap((seed) => [
    aRow(CHARTER.hash, aMotion(seed)),
    aRow(CHARTER.hash, aRhythm(seed)),
    aRow(CHARTER.hash, anEpisode(seed)),
  ]);
}

/** A collector with these releases, numbered from 1, and small pages. */
export function aCollector(...releases: PublishedRow[][]): FakeCollector {
  return createFakeCollector({
    charters: { [CHARTER.hash]: CHARTER.text },
    maxPageRecords: 7,
    releases: releases.map((rows, index) => ({ number: index + 1, rows })),
  });
}

export const LINKED_PURPOSE = `${PURPOSE}:linked`;
/** The charter of all linked rows here. */
export const LINKED_CHARTER = await aCharter({ protection: 'linked', expectedParticipants: 500 });

/** A trace with a bucket, as its charter has it. */
export function aLinkedTrace(seed: number): PublishedTrace {
  return aTrace(seed, { split: seed % 10 });
}

/** A collector with one release of traces, for readers of linked data. */
export function aLinkedCollector(count: number): FakeCollector {
  const rows = Array.from({ length: count }, (_, seed) => aRow(LINKED_CHARTER.hash, aLinkedTrace(seed)));
  return createFakeCollector({
    charters: { [LINKED_CHARTER.hash]: LINKED_CHARTER.text },
    purpose: LINKED_PURPOSE,
    maxPageRecords: 7,
    releases: [{ number: 1, rows }],
  });
}

export function pullFrom(
  collector: FakeCollector,
  outDir: string,
  changes: Partial<PullOptions> = {},
): Promise<PullResult> {
  return pull({
    from: ORIGIN,
    key: READER_KEY,
    purpose: PURPOSE,
    outDir,
    fetch: collector.fetch,
    sleep: () => Promise.resolve(),
    ...changes,
  });
}

export async function pullOrFail(...parameters: Parameters<typeof pullFrom>): Promise<PullSummary> {
  const result = await pullFrom(...parameters);
  if (result.kind === 'refused') throw new Error(`${result.code}: ${result.message}`);
  return result.summary;
}

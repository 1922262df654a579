/**
 * A reader who keeps everything: each release when it appears, and each tombstone with the day it appeared.
 *
 * Runs in the audit, over the collector's real routes.
 */
import {
  PATHS,
  type RecordsPage,
  type ReleaseList,
  type TombstonesPage,
} from '../../../src/trace/collector-api.ts';
import type { z } from 'zod';
import type { TestCollector } from '../../../server/testing/collector.ts';
import { PUBLISHED_KINDS } from '../../../src/trace/record.ts';

/** What was new in one night. */
export interface Pulled {
  records: { release: number; recordId: string }[];
  /** Ids of records that releases have lost. */
  tombstones: string[];
}

/** Pulls what is new since the pulls before, and adds it to them. */
export async function pullReleases(collector: TestCollector, pulls: Pulled[]): Promise<void> {
  const knownReleases = new Set(pulls.flatMap(({ records }) => records.map(({ release }) => release)));
  const knownTombstones = new Set(pulls.flatMap(({ tombstones }) => tombstones));
  const pulled: Pulled = { records: [], tombstones: [] };
  const { releases } = await read<ReleaseList>(PATHS.releases);
  for (const { number } of releases) {
    const path = `${PATHS.releases}/${number}`;
    for (const kind of knownReleases.has(number) ? [] : PUBLISHED_KINDS) {
      let after: string | null = '';
      while (after !== null) {
        const page: RecordsPage = await read(
          `${path}/records?kind=${kind}&limit=10000${after && `&after=${after}`}`,
        );
        pulled.records.push(
          ...page.rows.map(({ record }) => ({ release: number, recordId: record.recordId })),
        );
        after = page.next;
      }
    }
    let after: string | null = '';
    while (after !== null) {
      const page: z.infer<typeof TombstonesPage> = await read(
        `${path}/tombstones${after && `?after=${after}`}`,
      );
      pulled.tombstones.push(...page.recordIds.filter((recordId) => !knownTombstones.has(recordId)));
      after = page.next;
    }
  }
  pulls.push(pulled);

  async function read<Answer>(path: string): Promise<Answer> {
    const answer = await collector.read(path);
    if (answer.status !== 200) throw new Error(`joining: the collector answers ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }
}

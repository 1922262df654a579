/**
 * On which terms a dataset was given: what every export carries with it, in its README, its note and its own header.
 *
 * Pure. Must leave out no charter, and must name no release that was withdrawn.
 */
import { parseCharter, type Charter } from '../../src/charter/charter.ts';
import { PROHIBITED_USES } from '../card-text.ts';
import type { Manifest } from '../manifest.ts';
import type { Row } from '../stream-work.ts';

export interface Terms {
  collector: string;
  purpose: string;
  /** Those that are in the export, with their content's state: removals make another of a release. */
  releases: { number: number; sealedOn: string; removedRecords: number }[];
  charters: (Pick<Charter, 'organization' | 'contact' | 'purpose' | 'retentionDays'> & {
    hash: string;
    text: string;
  })[];
  prohibitedUses: readonly string[];
}

/** The card's list, for programs. */
const PROHIBITED = PROHIBITED_USES.split(/^- /m)
  .map((text) => text.replace(/\s+/g, ' ').trim())
  .filter((text) => text !== '');

export function describeTerms({ collector, purpose, releases, charters }: Manifest): Terms {
  return {
    collector: collector.url,
    purpose,
    releases: releases
      .filter((release) => !release.withdrawn)
      .map(({ number, sealedOn, tombstonesAtPull }) => ({
        number,
        sealedOn,
        removedRecords: tombstonesAtPull,
      })),
    charters: Object.entries(charters).flatMap(([hash, text]) => {
      const parsed = parseCharter(text);
      if (!parsed.ok) return [];
      const { organization, contact, purpose: forWhat, retentionDays } = parsed.charter;
      return [{ hash, organization, contact, purpose: forWhat, retentionDays, text }];
    }),
    prohibitedUses: PROHIBITED,
  };
}

/** What stands in each trajectory or recording, so that one taken out of its folder still says it. */
export function describeShortly({ purpose, prohibitedUses }: Terms, { charter, release }: Row) {
  return {
    product: 'proffer',
    release,
    charter,
    purpose,
    is_executable: false,
    prohibited_uses: prohibitedUses,
  };
}

/**
 * The receipts as a file: all that was agreed, in the field names of ISO/IEC TS 27560, and nothing that names the person.
 */
import { expect, it } from 'vitest';
import type { Receipt } from '../consent/stored-items.ts';
import { aCharter, NOON_MS } from '../testing/builders.ts';
import { receiptsFile } from './receipts-file.ts';

const HASH = 'a'.repeat(64);
const charter = aCharter();
const aReceipt = (changes: Partial<Receipt> = {}): Receipt => ({
  at: new Date(NOON_MS).toISOString(),
  event: 'granted',
  charterHash: HASH,
  organization: charter.organization,
  noticeVersion: 1,
  scopes: ['pointer', 'keys'],
  level: 'balanced',
  softwareVersion: '0.1.0',
  ...changes,
});

it('holds the charter in full where its text is known', () => {
  const [record] = receiptsFile([aReceipt()], new Map([[HASH, charter]]), NOON_MS).records;
  expect(record!.proffer.charter).toEqual(charter);
  expect(record).toMatchObject({
    privacy_notice: charter.notice,
    purposes: [{ purpose: 'agent-training', lawful_basis: 'consent', retention_period: 'P365D' }],
    party_identification: [{ party_name: 'Example GmbH', party_contact: 'privacy@example.com' }],
  });
});

it('says that a text is unknown rather than leaving the receipt out', () => {
  const [record] = receiptsFile([aReceipt()], new Map(), NOON_MS).records;
  expect(record).toMatchObject({
    proffer: { charter_sha256: HASH, charter: null },
    purposes: [{ purpose: null, pii_information: [{ pii_type: 'pointer' }, { pii_type: 'keys' }] }],
  });
});

it('tells who did it: a narrower charter is the organisation’s deed, all else the person’s', () => {
  const events = (['granted', 'declined', 'withdrawn', 'narrowed'] as const).map((event) =>
    aReceipt({ event }),
  );
  const file = receiptsFile(events, new Map(), NOON_MS);
  expect(file.records.map(({ events: [event] }) => [event!.event_state, event!.entity_id])).toEqual([
    ['granted', 'PII principal'],
    ['declined', 'PII principal'],
    ['withdrawn', 'PII principal'],
    ['narrowed', 'PII controller'],
  ]);
});

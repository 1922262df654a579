/**
 * Consent receipts as a file: the person's own record of what was agreed, and with whom.
 *
 * Pure. Field names follow ISO/IEC TS 27560:2023 where it has one; what it has no name for stands under `proffer`. No id
 * of the person is in it, since none exists. A charter stands in full where this device still knows it.
 */
import type { Charter, Scope } from '../charter/charter.ts';
import type { Receipt } from '../consent/stored-items.ts';

export const RECEIPTS_SCHEMA = 'proffer-receipts-1';

export interface ReceiptsFile {
  schema_version: typeof RECEIPTS_SCHEMA;
  /** The specification that the fields are named after. */
  conforms_to: 'ISO/IEC TS 27560:2023 (field names)';
  created: string;
  records: ReceiptRecord[];
}

export interface ReceiptRecord {
  privacy_notice: { version: number; text?: string; url?: string };
  purposes: Purpose[];
  party_identification: Party[];
  events: Event[];
  proffer: {
    charter_sha256: string;
    protection_level: Receipt['level'];
    software_version: string;
    /** The whole charter, or null where this device no longer has its text. */
    charter: Charter | null;
  };
}

interface Purpose {
  /** Unknown where the charter's text is. */
  purpose: string | null;
  lawful_basis: 'consent';
  pii_information: { pii_type: Scope; pii_optional: true }[];
  pii_controllers: string[];
  storage_locations: string[];
  retention_period: string | null;
  withdrawal_method: 'in the popup of the extension';
}

interface Party {
  party_name: string;
  party_role: 'PII controller';
  party_contact: string | null;
}

interface Event {
  event_time: string;
  event_type: 'explicit';
  event_state: Receipt['event'];
  entity_id: 'PII principal' | 'PII controller';
}

/** @param charters texts of charters by their hash, as far as they are known. */
export function receiptsFile(
  receipts: readonly Receipt[],
  charters: ReadonlyMap<string, Charter>,
  nowMs: number,
): ReceiptsFile {
  return {
    schema_version: RECEIPTS_SCHEMA,
    conforms_to: 'ISO/IEC TS 27560:2023 (field names)',
    created: new Date(nowMs).toISOString(),
    records: receipts.map((receipt) => recordOf(receipt, charters.get(receipt.charterHash) ?? null)),
  };
}

function recordOf(receipt: Receipt, charter: Charter | null): ReceiptRecord {
  const { text, url } = charter?.notice ?? {};
  return {
    privacy_notice: {
      version: receipt.noticeVersion,
      ...(text !== undefined && { text }),
      ...(url !== undefined && { url }),
    },
    purposes: [
      {
        purpose: charter?.purpose ?? null,
        lawful_basis: 'consent',
        pii_information: receipt.scopes.map((scope) => ({ pii_type: scope, pii_optional: true })),
        pii_controllers: [receipt.organization],
        storage_locations: charter === null ? [] : [charter.collectorUrl],
        // ISO 8601.
        retention_period: charter === null ? null : `P${charter.retentionDays}D`,
        withdrawal_method: 'in the popup of the extension',
      },
    ],
    party_identification: [
      {
        party_name: receipt.organization,
        party_role: 'PII controller',
        party_contact: charter?.contact ?? null,
      },
    ],
    events: [
      {
        event_time: receipt.at,
        event_type: 'explicit',
        event_state: receipt.event,
        // A charter is narrowed by who wrote it; all else is the person's.
        entity_id: receipt.event === 'narrowed' ? 'PII controller' : 'PII principal',
      },
    ],
    proffer: {
      charter_sha256: receipt.charterHash,
      protection_level: receipt.level,
      software_version: receipt.softwareVersion,
      charter,
    },
  };
}

/**
 * What a client sent and what it was told, and how the rows that are found after a fault compare with it.
 *
 * Pure. An acknowledged record must be there, once and unchanged; a batch without an answer may be there or not, but
 * whole.
 */
import { rowOf, type PackedBatch, type StoredRow } from './fresh-records.ts';

interface SentBatch {
  body: Uint8Array;
  recordIds: string[];
  isAcknowledged: boolean;
}

export interface Verdict {
  /** Records of acknowledged batches. */
  acknowledged: number;
  lost: number;
  duplicated: number;
  /** Changed, never sent, or of a batch that is there in part; and what the database says of itself. */
  corrupt: number;
}

export interface Ledger {
  /** Before it is sent. */
  add: (packed: PackedBatch) => { batchId: string; body: Uint8Array };
  acknowledge: (batchId: string) => void;
  /** Batches that were never answered with 204. */
  unknown: () => { batchId: string; body: Uint8Array }[];
  /** @param faultsOfStore what the database itself found wrong. */
  judge: (rows: readonly StoredRow[], faultsOfStore?: number) => Verdict;
}

export function openLedger(): Ledger {
  const batches = new Map<string, SentBatch>();
  const contents = new Map<string, string>();

  return {
    add: ({ batch, body }) => {
      if (body === undefined) throw new Error('the records do not fit into a batch');
      for (const record of batch.records) contents.set(record.recordId, contentOf(rowOf(record)));
      const recordIds = batch.records.map(({ recordId }) => recordId);
      batches.set(batch.batchId, { body, recordIds, isAcknowledged: false });
      return { batchId: batch.batchId, body };
    },
    acknowledge: (batchId) => (batches.get(batchId)!.isAcknowledged = true),
    unknown: () =>
      [...batches].flatMap(([batchId, { body, isAcknowledged }]) =>
        isAcknowledged ? [] : [{ batchId, body }],
      ),
    judge: (rows, faultsOfStore = 0) => {
      const found = new Map<string, number>();
      let changed = 0;
      for (const row of rows) {
        found.set(row.recordId, (found.get(row.recordId) ?? 0) + 1);
        if (contents.get(row.recordId) !== contentOf(row)) changed += 1;
      }
      const verdict = { acknowledged: 0, lost: 0, duplicated: 0, corrupt: changed + faultsOfStore };
      verdict.duplicated = [...found.values()].filter((count) => count > 1).length;
      for (const { recordIds, isAcknowledged } of batches.values()) {
        const missing = recordIds.filter((recordId) => !found.has(recordId)).length;
        if (isAcknowledged) {
          verdict.acknowledged += recordIds.length;
          verdict.lost += missing;
        } else if (missing > 0) verdict.corrupt += recordIds.length - missing;
      }
      return verdict;
    },
  };
}

/** Of what was found of the same records at different times, the worst. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  const most = (of: keyof Verdict) => Math.max(0, ...verdicts.map((verdict) => verdict[of]));
  return {
    acknowledged: most('acknowledged'),
    lost: most('lost'),
    duplicated: most('duplicated'),
    corrupt: most('corrupt'),
  };
}

/** Of different records, all together. */
export function total(verdicts: readonly Verdict[]): Verdict {
  const sum = (of: keyof Verdict) => verdicts.reduce((all, verdict) => all + verdict[of], 0);
  return {
    acknowledged: sum('acknowledged'),
    lost: sum('lost'),
    duplicated: sum('duplicated'),
    corrupt: sum('corrupt'),
  };
}

function contentOf({ kind, recordedOn, body }: StoredRow): string {
  return `${kind} ${recordedOn} ${body}`;
}

/**
 * What a simulated crowd was told, to be compared with what its collectors hold in the end.
 *
 * Pure. Keeps ids only: millions of them.
 */
export interface CrowdCounts {
  /** Records in answers of 204, repeated ones as often as they were answered. */
  answered: number;
  /** Of these, in batches that had been answered before. */
  repeated: number;
  /** Different records that were acknowledged. */
  acknowledged: number;
  /** Of these, found in the store. */
  stored: number;
  /** Of these, gone because somebody asked for it, or because they went along (decision 0014). */
  erased: number;
  /** Of these, neither: must be 0. */
  lost: number;
  /** Found twice: must be 0. */
  duplicated: number;
  /** Found and never sent: must be 0. */
  foreign: number;
  /** Found although never acknowledged: an answer was lost. */
  unanswered: number;
}

export interface CrowdLedger {
  send: (recordIds: readonly string[]) => void;
  acknowledge: (recordIds: readonly string[]) => void;
  /** Compares with all that is held, in any number of parts. */
  found: (recordId: string) => void;
  foundErased: (recordId: string) => void;
  counts: () => CrowdCounts;
}

/** What is known of a record, as bits of one number: millions of objects would be too many. */
const SENT = 0;
const ACKNOWLEDGED = 1;
const STORED = 2;
const ERASED = 4;

export function openCrowdLedger(): CrowdLedger {
  const known = new Map<string, number>();
  let [answered, repeated, duplicated, foreign] = [0, 0, 0, 0];
  return {
    send: (recordIds) => {
      for (const recordId of recordIds) if (!known.has(recordId)) known.set(recordId, SENT);
    },
    acknowledge: (recordIds) => {
      answered += recordIds.length;
      for (const recordId of recordIds) {
        const before = known.get(recordId)!;
        if (before & ACKNOWLEDGED) repeated += 1;
        known.set(recordId, before | ACKNOWLEDGED);
      }
    },
    found: (recordId) => {
      const before = known.get(recordId);
      if (before === undefined) foreign += 1;
      else if (before & STORED) duplicated += 1;
      else known.set(recordId, before | STORED);
    },
    foundErased: (recordId) => {
      const before = known.get(recordId);
      if (before !== undefined) known.set(recordId, before | ERASED);
    },
    counts: () => {
      const counted = { acknowledged: 0, stored: 0, erased: 0, lost: 0, unanswered: 0 };
      for (const state of known.values())
        if (state & ACKNOWLEDGED) {
          counted.acknowledged += 1;
          if (state & STORED) counted.stored += 1;
          else if (state & ERASED) counted.erased += 1;
          else counted.lost += 1;
        } else if (state & STORED) counted.unanswered += 1;
      return { answered, repeated, duplicated, foreign, ...counted };
    },
  };
}

/** Whether everything that was acknowledged is accounted for, and nothing else is there. */
export function agrees(counts: CrowdCounts): boolean {
  const { answered, repeated, acknowledged, stored, erased, lost, duplicated, foreign } = counts;
  return (
    lost + duplicated + foreign === 0 &&
    answered === acknowledged + repeated &&
    acknowledged === stored + erased
  );
}

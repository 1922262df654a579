/**
 * What the campaign came to: the shape of `bench/results/faults.json`, its table, and when it is a failure.
 *
 * Pure.
 */
import { markdownTable } from '../markdown-table.ts';
import type { Machine } from '../server/describe-machine.ts';
import { HARMS, hasDiscrepancy, type Discrepancies } from './books.ts';
import { FAULTS, type FaultName } from './fault-names.ts';

export interface PipelineFaults {
  machine: Machine;
  seed: number;
  faults: Partial<Record<FaultName, Discrepancies & { trials: number }>>;
  /** The build that forgets before it has an answer. */
  control: { trials: number; events: number; lost: number };
  /** By fault, why. */
  notTried: Record<string, string>;
}

export function hasFailed({ faults, control, notTried }: PipelineFaults): boolean {
  const isHarmed = Object.values(faults).some(hasDiscrepancy);
  return isHarmed || control.lost === 0 || Object.keys(notTried).length > 0;
}

export function faultTable({ faults, control }: PipelineFaults): string {
  const rows = FAULTS.flatMap((name) => {
    const found = faults[name];
    return found
      ? [[name, whole(found.trials), whole(found.events), ...HARMS.map((harm) => whole(found[harm]))]]
      : [];
  });
  rows.push(['control', whole(control.trials), whole(control.events), whole(control.lost), '', '', '']);
  return markdownTable(
    ['fault', 'trials', 'events', 'lost', 'duplicated', 'unexplained', 'after withdrawal'],
    rows,
  );
}

function whole(value: number): string {
  return value.toLocaleString('en');
}

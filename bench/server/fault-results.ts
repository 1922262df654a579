/**
 * What trials of faults came to: the shape of `bench/results/server-faults.json`, its table, and when it is a failure.
 *
 * Pure.
 */
import type { Machine } from './describe-machine.ts';
import type { Verdict } from './fault-ledger.ts';
import { markdownTable } from '../markdown-table.ts';

export const FAULTS = [
  'kill',
  'power-cut',
  'disk-full',
  'postgres-collector-killed',
  'postgres-failover',
] as const;
export type FaultName = (typeof FAULTS)[number];

export interface FaultResults {
  machine: Machine;
  seed: number;
  faults: Partial<Record<FaultName, Verdict & { trials: number }>>;
  /** The stand-in that must lose at a power cut; absent where that was not tried. */
  control?: { name: 'synchronous=NORMAL'; trials: number; acknowledged: number; lost: number };
  /** By fault, why. */
  notTried: Record<string, string>;
}

export function hasFailed({ faults, control, notTried }: FaultResults): boolean {
  const isHarmed = Object.values(faults).some(
    ({ lost, duplicated, corrupt }) => lost + duplicated + corrupt > 0,
  );
  const isUnproven = faults['power-cut'] !== undefined && (control?.lost ?? 0) === 0;
  return isHarmed || isUnproven || Object.keys(notTried).length > 0;
}

export function faultTable({ faults, control }: FaultResults): string {
  const rows = FAULTS.flatMap((name) => {
    const found = faults[name];
    if (!found) return [];
    const { trials, acknowledged, lost, duplicated, corrupt } = found;
    return [[name, ...[trials, acknowledged, lost, duplicated, corrupt].map(whole)]];
  });
  if (control) {
    const { name, trials, acknowledged, lost } = control;
    rows.push([`control: ${name}`, whole(trials), whole(acknowledged), whole(lost), '', '']);
  }
  return markdownTable(['fault', 'trials', 'acknowledged', 'lost', 'duplicated', 'corrupt'], rows);
}

function whole(value: number): string {
  return value.toLocaleString('en');
}

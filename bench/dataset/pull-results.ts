/**
 * What the pull's benchmark writes.
 */
import type { Machine } from '../server/describe-machine.ts';

export interface PullResults {
  rowsPerSecond: number;
  peakRssMiB: number;
  /** How often a second pull was killed and run again. */
  kills: number;
  identicalToCleanRun: boolean;
  /** Of the compressed files of motions and samples. */
  bytesPerSample: number;
  samples: number;
  /** Of all tables. */
  rows: number;
  seconds: number;
  cpuSeconds: number;
  rowsPerCpuSecond: number;
  /** What else this computer did: figures hold for an idle one only. */
  loadBefore: number;
  readersAgree: boolean;
  /** As the files state it, not compressed. */
  largestRowGroupBytes: number;
  machine: Machine;
}

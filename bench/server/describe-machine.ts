/**
 * The computer that figures were measured on: only what they depend on, no name, no address.
 */
import { cpus, release, totalmem } from 'node:os';

export interface Machine {
  cpu: string;
  cores: number;
  memoryGiB: number;
  platform: string;
  node: string;
}

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${release().split('-')[0]!} ${process.arch}`,
    node: process.version,
  };
}

/** In a sentence of a document. */
export function tellMachine({ cpu, cores, memoryGiB, platform, node }: Machine): string {
  return `${cores} cores (${cpu}), ${memoryGiB} GiB, ${platform}, Node ${node}`;
}

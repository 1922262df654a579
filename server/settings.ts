/**
 * The settings that the collector's commands share, and how a wrong one ends a command.
 *
 * Runs where the commands run. A bad setting ends the command with exit code 1 and a message that names it.
 */
import type { ArgsDef, CommandContext } from 'citty';

export const charterSetting = {
  type: 'string',
  required: true,
  valueHint: 'FILE',
  description: 'The charter, as JSON',
} as const;
export const dataSetting = {
  type: 'string',
  required: true,
  valueHint: 'DIR',
  description: 'Where the collector keeps its data',
} as const;
export const portSetting = {
  type: 'string',
  default: '8787',
  valueHint: 'PORT',
  description: 'Port to listen on; 0 picks one',
} as const;
export const hostSetting = {
  type: 'string',
  default: '127.0.0.1',
  valueHint: 'ADDRESS',
  description: 'Address to listen on',
} as const;

/** @throws Error when it is not a port. */
export function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new Error('port: must be a whole number from 0 to 65535');
  return port;
}

/** Runs a command; a setting that it does not know, or any failure, ends the process with a message and code 1. */
export function endWithMessage(run: (settings: never) => void | Promise<void>) {
  return async <Args extends ArgsDef>({ args, cmd }: CommandContext<Args>): Promise<void> => {
    try {
      const known = Object.keys(cmd.args ?? {});
      const unknown = Object.keys(args).filter((name) => name !== '_' && !known.includes(name));
      if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: no such setting`);
      await run(args as never);
    } catch (fault) {
      console.error(fault instanceof Error ? fault.message : String(fault));
      process.exitCode = 1;
    }
  };
}

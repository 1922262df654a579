/**
 * How commands get their settings, and how a wrong one ends a command.
 *
 * Runs where the commands run. A flag wins over the environment. A bad setting ends the command with exit code 1 and a
 * message that names it.
 */
import type { ArgsDef, CommandContext, StringArgDef } from 'citty';
import { SETTINGS, variableOf, type SettingName } from './settings-table.ts';

/** Variables that the project's other programs read, on the same computer perhaps. */
const VARIABLES_OF_OTHERS = [
  'PROFFER_EXTENSION_DIR',
  'PROFFER_KILLS',
  'PROFFER_OUT',
  'PROFFER_PYTHON',
  'PROFFER_READER_KEY',
];

/** A setting as a command's argument; what it is otherwise is read from the environment when the command runs. */
function argumentOf(name: SettingName): StringArgDef & { type: 'string' } {
  const setting = SETTINGS[name];
  return {
    type: 'string',
    required: 'isRequired' in setting,
    valueHint: setting.hint,
    description: `${setting.says} [${variableOf(name)}]`,
    get default() {
      // An empty variable is how a compose file leaves one out.
      const found = process.env[variableOf(name)] || undefined;
      // The parser takes undefined for "none"; its type does not say so.
      return (found ?? ('byDefault' in setting ? setting.byDefault : undefined)) as string;
    },
  };
}

export const charterSetting = argumentOf('charter');
/** For commands that can do without. A function, so that the environment is read when the command runs. */
export const optionalCharter = () => ({ ...argumentOf('charter'), required: false });
export const dataSetting = argumentOf('data');

/** All settings, as the arguments of the command that starts the collector. */
export function startArguments() {
  const names = Object.keys(SETTINGS) as SettingName[];
  return Object.fromEntries(names.map((name) => [name, argumentOf(name)]));
}

/** @throws Error that names a variable which looks like a setting and is none. */
export function refuseUnknownVariables(environment: NodeJS.ProcessEnv): void {
  const known = [...Object.keys(SETTINGS).map(variableOf), ...VARIABLES_OF_OTHERS];
  const unknown = Object.keys(environment).filter(
    (name) => name.startsWith('PROFFER_') && !known.includes(name),
  );
  if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: no such setting`);
}

/** Runs a command; a setting that it does not know, or any failure, ends the process with a message and code 1. */
export function endWithMessage(run: (settings: never) => void | Promise<void>) {
  return async <Args extends ArgsDef>({ args, cmd }: CommandContext<Args>): Promise<void> => {
    try {
      const named = typeof cmd.args === 'function' ? await cmd.args() : await cmd.args;
      const known = Object.keys(named ?? {}).flatMap((name) => [name, camelCased(name)]);
      const unknown = Object.keys(args).filter((name) => name !== '_' && !known.includes(name));
      if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: no such setting`);
      await run(args as never);
    } catch (fault) {
      console.error(fault instanceof Error ? fault.message : String(fault));
      process.exitCode = 1;
    }
  };
}

/** The parser of arguments gives each of them by both ways of writing. */
function camelCased(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

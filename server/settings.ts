/**
 * How commands get their settings, and how a wrong one ends a command.
 *
 * Runs where the commands run. A flag wins over the environment. A bad setting ends the command with exit code 1 and a
 * message that names it.
 */
import type { ArgsDef, CommandContext, StringArgDef } from 'citty';
import { KIT_SETTINGS, SERVE_SETTINGS, SETTINGS, variableOf, type SettingsTable } from './settings-table.ts';

/** Variables that the project's other programs read, on the same computer perhaps. */
const VARIABLES_OF_OTHERS = [
  'PROFFER_EXTENSION_DIR',
  'PROFFER_FIREFOX_ID',
  'PROFFER_FIREFOX_UPDATE_URL',
  'PROFFER_KILLS',
  'PROFFER_OUT',
  'PROFFER_PACKAGE_VERSION',
  'PROFFER_PYTHON',
  'PROFFER_READER_KEY',
];

/** A key is no flag: the arguments of a process can be read by everyone on the computer. */
export const PARTICIPANT_KEY_VARIABLE = 'PROFFER_PARTICIPANT_KEY';

/** A setting as a command's argument; what it is otherwise is read from the environment when the command runs. */
function argumentOf(name: string, setting: SettingsTable[string]): StringArgDef & { type: 'string' } {
  return {
    type: 'string',
    required: setting.isRequired === true,
    valueHint: setting.hint,
    description: `${setting.says} [${variableOf(name)}]`,
    get default() {
      // An empty variable is how a compose file leaves one out.
      const found = process.env[variableOf(name)] || undefined;
      // The parser takes undefined for "none"; its type does not say so.
      return (found ?? setting.byDefault) as string;
    },
  };
}

export const charterSetting = argumentOf('charter', SETTINGS.charter);
/** For commands that can do without. A function, so that the environment is read when the command runs. */
export const optionalCharter = () => ({ ...argumentOf('charter', SETTINGS.charter), required: false });
export const dataSetting = argumentOf('data', SETTINGS.data);

/** All settings of a table, as arguments. A function of the command's, so that the environment is read when it runs. */
export function argumentsOf(table: SettingsTable) {
  return Object.fromEntries(
    Object.entries(table).map(([name, setting]) => [name, argumentOf(name, setting)]),
  );
}

/** All settings, as the arguments of the command that starts the collector. */
export const startArguments = () => argumentsOf(SETTINGS);

/** @throws Error that names a variable which looks like a setting and is none. */
export function refuseUnknownVariables(environment: NodeJS.ProcessEnv): void {
  const tables = [SETTINGS, SERVE_SETTINGS, KIT_SETTINGS].flatMap((table) => Object.keys(table));
  const known = [...tables.map(variableOf), PARTICIPANT_KEY_VARIABLE, ...VARIABLES_OF_OTHERS];
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

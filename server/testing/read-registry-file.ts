/**
 * A small reader of `.reg` files and of our PowerShell scripts, which takes nothing that it does not know.
 *
 * Runs in tests only.
 */

export interface ReadRegistry {
  /** By key, each with its values by name. */
  keys: Record<string, Record<string, string | number>>;
  removed: string[];
}

/** @throws Error that names the line which is none of a registry file. */
export function readRegistryFile(bytes: Buffer): ReadRegistry {
  const text = bytes.toString('utf16le');
  const [header, ...lines] = text.split('\r\n');
  if (header !== '\ufeffWindows Registry Editor Version 5.00') throw new Error('no header');
  const read: ReadRegistry = { keys: {}, removed: [] };
  let values: Record<string, string | number> = {};
  for (const line of lines) {
    if (line === '') continue;
    const key = /^\[(-?)(HKEY_LOCAL_MACHINE(?:\\[^\\[\]]+)+)\]$/.exec(line);
    const value = /^"((?:[^"\\]|\\["\\])*)"=(?:"((?:[^"\\]|\\["\\])*)"|dword:([0-9a-f]{8}))$/.exec(line);
    if (key?.[1] === '-') read.removed.push(key[2]!);
    else if (key) read.keys[key[2]!] = values = {};
    else if (value) {
      const plain = (quoted: string) => quoted.replace(/\\(["\\])/g, '$1');
      values[plain(value[1]!)] = value[3] === undefined ? plain(value[2]!) : Number.parseInt(value[3], 16);
    } else throw new Error(`no line of a registry file: ${line}`);
  }
  return read;
}

const QUOTED = "'((?:[^']|'')*)'";

/** What a script of ours would set, by key. @throws Error that names the line which is none of ours. */
export function readInstallScript(script: string): ReadRegistry['keys'] {
  const [first, ...lines] = script.trimEnd().split('\r\n');
  if (first !== "$ErrorActionPreference = 'Stop'") throw new Error('does not stop at errors');
  const keys: ReadRegistry['keys'] = {};
  let values: Record<string, string | number> = {};
  const plain = (quoted: string) => quoted.replaceAll("''", "'");
  for (const line of lines) {
    const key = new RegExp(`^\\$key = ${QUOTED}$`).exec(line);
    const value = new RegExp(
      `^New-ItemProperty -Path \\$key -Name ${QUOTED} -PropertyType (?:String -Value ${QUOTED}|DWord -Value (\\d+)) -Force \\| Out-Null$`,
    ).exec(line);
    if (key) keys[plain(key[1]!).replace('HKLM:', 'HKEY_LOCAL_MACHINE')] = values = {};
    else if (value) values[plain(value[1]!)] = value[3] === undefined ? plain(value[2]!) : Number(value[3]);
    else if (line !== 'New-Item -Path $key -Force | Out-Null') throw new Error(`no line of ours: ${line}`);
  }
  return keys;
}

/**
 * What Windows' registry holds for Chrome and Edge, as `.reg` files and as PowerShell.
 *
 * Runs where the install kit is written. Everything goes into two keys of our extension's own, beside whatever policies
 * there are; so removing them removes all. No value can break out of its quotation marks.
 */
import { asciiJson } from './ascii-json.ts';
import { chromiumSettings, type ChromiumBrowser } from './browser-policies.ts';
import type { Programme } from './programme.ts';

const POLICY_KEYS: Record<ChromiumBrowser, string> = {
  chrome: 'SOFTWARE\\Policies\\Google\\Chrome',
  edge: 'SOFTWARE\\Policies\\Microsoft\\Edge',
};

interface RegistryKey {
  /** Below HKEY_LOCAL_MACHINE. */
  path: string;
  values: Record<string, string | number>;
}

/** The two keys of a browser. Lists are JSON in a string there, switches 0 or 1. */
export function registryKeys(programme: Programme, browser: ChromiumBrowser): RegistryKey[] {
  const [settingsPath, managedPath] = keyPaths(programme, browser);
  const settings = Object.entries(chromiumSettings(programme, browser)).map(([name, value]) => [
    name,
    Array.isArray(value) ? asciiJson(value) : typeof value === 'boolean' ? Number(value) : value,
  ]);
  return [
    { path: settingsPath, values: Object.fromEntries(settings) as RegistryKey['values'] },
    { path: `${managedPath}\\policy`, values: { ...programme.managed } },
  ];
}

function keyPaths(programme: Programme, browser: ChromiumBrowser): [settings: string, managed: string] {
  const { extensionId } = programme.packages.chrome;
  const policies = POLICY_KEYS[browser];
  return [
    `${policies}\\ExtensionSettings\\${extensionId}`,
    `${policies}\\3rdparty\\extensions\\${extensionId}`,
  ];
}

/** A `.reg` file that sets both keys, in the encoding that Windows writes such files in. */
export function installRegistryFile(programme: Programme, browser: ChromiumBrowser): Buffer {
  return createRegistryFile(
    registryKeys(programme, browser).flatMap(({ path, values }) => [
      // What an earlier kit has set there goes first.
      `[-HKEY_LOCAL_MACHINE\\${path}]`,
      '',
      `[HKEY_LOCAL_MACHINE\\${path}]`,
      ...Object.entries(values).map(([name, value]) => `${quoteRegistry(name)}=${registryValue(value)}`),
      '',
    ]),
  );
}

/** A `.reg` file that removes both keys. */
export function removeRegistryFile(programme: Programme, browser: ChromiumBrowser): Buffer {
  return createRegistryFile(keyPaths(programme, browser).map((path) => `[-HKEY_LOCAL_MACHINE\\${path}]`));
}

function createRegistryFile(lines: readonly string[]): Buffer {
  const text = ['Windows Registry Editor Version 5.00', '', ...lines, ''].join('\r\n');
  return Buffer.from(`\ufeff${text}`, 'utf16le');
}

function registryValue(value: string | number): string {
  if (typeof value === 'number') return `dword:${value.toString(16).padStart(8, '0')}`;
  return quoteRegistry(value);
}

/** @throws TypeError for what a quoted string cannot hold; values are ASCII JSON, keys and addresses, which have none. */
function quoteRegistry(text: string): string {
  if (!/^[ -~]*$/.test(text)) throw new TypeError('only printable ASCII goes into the registry');
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** A script that sets the keys of both browsers; run by an administrator or by Intune. */
export function installScript(programme: Programme): string {
  return createScript(
    BROWSERS.flatMap((browser) => registryKeys(programme, browser)).flatMap(({ path, values }) => [
      `$key = ${quotePowerShell(`HKLM:\\${path}`)}`,
      // With -Force a key that is there is made anew, empty.
      'New-Item -Path $key -Force | Out-Null',
      ...Object.entries(values).map(
        ([name, value]) =>
          `New-ItemProperty -Path $key -Name ${quotePowerShell(name)} -PropertyType ${typeof value === 'number' ? 'DWord' : 'String'} -Value ${typeof value === 'number' ? value : quotePowerShell(value)} -Force | Out-Null`,
      ),
    ]),
  );
}

/** A script that removes the keys of both browsers. */
export function removeScript(programme: Programme): string {
  return createScript(
    BROWSERS.flatMap((browser) => keyPaths(programme, browser)).map((path) => {
      const key = quotePowerShell(`HKLM:\\${path}`);
      return `if (Test-Path -Path ${key}) { Remove-Item -Path ${key} -Recurse -Force }`;
    }),
  );
}

const BROWSERS: readonly ChromiumBrowser[] = ['chrome', 'edge'];

function createScript(lines: readonly string[]): string {
  return ["$ErrorActionPreference = 'Stop'", ...lines, ''].join('\r\n');
}

/** Between single quotation marks PowerShell changes nothing, and a doubled one is one. @throws TypeError as above. */
export function quotePowerShell(text: string): string {
  if (!/^[ -~]*$/.test(text)) throw new TypeError('only printable ASCII goes into a script');
  return `'${text.replaceAll("'", "''")}'`;
}

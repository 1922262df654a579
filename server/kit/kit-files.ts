/**
 * All files of an install kit, and how they are put into a folder.
 *
 * Runs where the install kit is written. Files with keys are for their owner only.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asciiJson } from './ascii-json.ts';
import {
  chromiumPolicy,
  chromiumSettings,
  firefoxPolicies,
  removingFirefoxPolicies,
  unsignedFirefoxPolicies,
  type ChromiumBrowser,
} from './browser-policies.ts';
import { googleManagedConfiguration, googlePolicies, intuneScript } from './cloud-consoles.ts';
import { firefoxGuide, googleGuide, kitOverview, linuxGuide, macGuide, windowsGuide } from './guides.ts';
import { chromiumProfile, firefoxProfile } from './mobileconfig.ts';
import type { Programme } from './programme.ts';
import { installRegistryFile, installScript, removeRegistryFile, removeScript } from './windows-registry.ts';

export interface KitFile {
  /** In the kit's folder, with `/`. */
  path: string;
  content: string | Buffer;
  holdsKeys: boolean;
}

const OWNER_ONLY = 0o600;
const READABLE = 0o644;

/** The kit as a list; the same programme gives the same bytes. */
export function createKit(programme: Programme): KitFile[] {
  const { extensionId } = programme.packages.chrome;
  const firefox = { policies: firefoxPolicies(programme) };
  const removedFirefox = { policies: removingFirefoxPolicies(programme) };
  const unsignedFirefox = { policies: unsignedFirefoxPolicies(programme) };
  const settingsText = (browser: ChromiumBrowser) =>
    asciiJson({ [extensionId]: chromiumSettings(programme, browser) });
  return [
    open('README.md', kitOverview(programme)),
    open('windows/README.md', windowsGuide(programme)),
    secret('windows/proffer-chrome.reg', installRegistryFile(programme, 'chrome')),
    secret('windows/proffer-edge.reg', installRegistryFile(programme, 'edge')),
    open('windows/proffer-chrome-remove.reg', removeRegistryFile(programme, 'chrome')),
    open('windows/proffer-edge-remove.reg', removeRegistryFile(programme, 'edge')),
    open('windows/group-policy-chrome.json', settingsText('chrome')),
    open('windows/group-policy-edge.json', settingsText('edge')),
    secret('windows/proffer-install.ps1', installScript(programme)),
    open('windows/proffer-remove.ps1', removeScript(programme)),
    secret('windows/intune.json', json(intuneScript(programme, 'install'))),
    open('windows/intune-remove.json', json(intuneScript(programme, 'remove'))),
    open('macos/README.md', macGuide(programme)),
    secret('macos/proffer-chrome.mobileconfig', chromiumProfile(programme, 'chrome')),
    secret('macos/proffer-edge.mobileconfig', chromiumProfile(programme, 'edge')),
    secret('macos/proffer-firefox.mobileconfig', firefoxProfile(programme)),
    open('linux/README.md', linuxGuide(programme)),
    secret('linux/etc/opt/chrome/policies/managed/proffer.json', json(chromiumPolicy(programme, 'chrome'))),
    secret('linux/etc/chromium/policies/managed/proffer.json', json(chromiumPolicy(programme, 'chrome'))),
    secret('linux/etc/opt/edge/policies/managed/proffer.json', json(chromiumPolicy(programme, 'edge'))),
    secret('linux/etc/firefox/policies/policies.json', json(firefox)),
    secret('linux/etc/firefox/policies/policies-unsigned.json', json(unsignedFirefox)),
    open('google-admin/README.md', googleGuide(programme)),
    secret('google-admin/managed-configuration.json', json(googleManagedConfiguration(programme))),
    secret('google-admin/policies.json', json(googlePolicies(programme))),
    open('firefox/README.md', firefoxGuide(programme)),
    secret('firefox/policies.json', json(firefox)),
    secret('firefox/policies-unsigned.json', json(unsignedFirefox)),
    open('firefox/policies-remove.json', json(removedFirefox)),
  ];
}

function open(path: string, content: string | Buffer): KitFile {
  return { path, content, holdsKeys: false };
}

function secret(path: string, content: string | Buffer): KitFile {
  return { path, content, holdsKeys: true };
}

function json(document: object): string {
  return `${asciiJson(document, 2)}\n`;
}

/**
 * Writes a kit, over what an earlier one has left.
 *
 * @throws Error that begins with the setting when the folder cannot be written.
 */
export function writeKit(outDir: string, files: readonly KitFile[]): void {
  try {
    for (const { path, content, holdsKeys } of files) {
      const file = join(outDir, path);
      const mode = holdsKeys ? OWNER_ONLY : READABLE;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content, { mode });
      // A file that was there keeps its mode otherwise.
      chmodSync(file, mode);
    }
  } catch (fault) {
    const { code = 'unknown', path = outDir } = fault as NodeJS.ErrnoException;
    throw new Error(`out: ${path} cannot be written (${code})`, { cause: fault });
  }
}

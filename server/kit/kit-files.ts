/**
 * All files of an install kit.
 *
 * Runs where the install kit is written. Says of each whether it holds keys; those are for their owner only.
 */
import type { OutFile } from '../write-files.ts';
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
import { chromiumProfile, firefoxProfile, removingFirefoxProfile } from './mobileconfig.ts';
import type { Programme } from './programme.ts';
import { installRegistryFile, installScript, removeRegistryFile, removeScript } from './windows-registry.ts';

/** The kit as a list; the same programme gives the same bytes. */
export function createKit(programme: Programme): OutFile[] {
  const { extensionId } = programme.packages.chrome;
  const firefox = { policies: firefoxPolicies(programme) };
  const removedFirefox = { policies: removingFirefoxPolicies(programme) };
  const unsignedFirefox = { policies: unsignedFirefoxPolicies(programme) };
  const settingsText = (browser: ChromiumBrowser) =>
    asciiJson({ [extensionId]: chromiumSettings(programme, browser) });
  const files = [
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
    open('macos/proffer-firefox-remove.mobileconfig', removingFirefoxProfile(programme)),
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
  const withKeys = files.filter(({ holdsKeys }) => holdsKeys).map(({ path }) => path);
  return [open('README.md', kitOverview(programme, withKeys)), ...files];
}

function open(path: string, content: string | Buffer): OutFile {
  return { path, content, holdsKeys: false };
}

function secret(path: string, content: string | Buffer): OutFile {
  return { path, content, holdsKeys: true };
}

function json(document: object): string {
  return `${asciiJson(document, 2)}\n`;
}

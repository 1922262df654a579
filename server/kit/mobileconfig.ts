/**
 * Configuration profiles for macOS, one for each browser and one that takes the extension out of Firefox, as an MDM hands
 * them to computers.
 *
 * Runs where the install kit is written. The identifier of a profile is the same in every kit of a programme, so that a new
 * kit's replaces the last one's.
 */
import { createHash } from 'node:crypto';
import { asciiJson } from './ascii-json.ts';
import {
  chromiumSettings,
  firefoxPolicies,
  removingFirefoxPolicies,
  type ChromiumBrowser,
} from './browser-policies.ts';
import { createPlist, type PlistValue } from './plist.ts';
import type { Programme } from './programme.ts';

const DOMAINS: Record<ChromiumBrowser, string> = { chrome: 'com.google.Chrome', edge: 'com.microsoft.Edge' };
const FIREFOX_DOMAIN = 'org.mozilla.firefox';
const INSTALLS = 'Installs Proffer. It records nothing before the person has consented.';

type Settings = Record<string, PlistValue>;

/** Settings in the browser's own domain, managed storage in one for our extension. */
export function chromiumProfile(programme: Programme, browser: ChromiumBrowser): string {
  const { extensionId } = programme.packages.chrome;
  const domain = DOMAINS[browser];
  return createProfile(programme, browser, INSTALLS, {
    [domain]: { ExtensionSettings: { [extensionId]: chromiumSettings(programme, browser) } },
    [`${domain}.extensions.${extensionId}`]: { ...programme.managed },
  });
}

export function firefoxProfile(programme: Programme): string {
  return createFirefoxProfile(programme, INSTALLS, firefoxPolicies(programme));
}

/** Has the identifier of the one that installs, and so takes its place. */
export function removingFirefoxProfile(programme: Programme): string {
  return createFirefoxProfile(programme, 'Takes Proffer away.', removingFirefoxPolicies(programme));
}

function createFirefoxProfile(programme: Programme, description: string, policies: Settings): string {
  return createProfile(programme, 'firefox', description, {
    [FIREFOX_DOMAIN]: { EnterprisePoliciesEnabled: true, ...policies },
  });
}

/** @param settings by preference domain. */
function createProfile(
  programme: Programme,
  browser: string,
  description: string,
  settings: Record<string, Settings>,
): string {
  const identifier = `org.proffer.${programme.packages.chrome.extensionId}.${browser}`;
  const payloads = Object.entries(settings).map(([domain, values]) => ({
    PayloadType: domain,
    PayloadVersion: 1,
    PayloadIdentifier: `${identifier}.${domain}`,
    PayloadUUID: uuidOf([identifier, domain, values]),
    PayloadEnabled: true,
    ...values,
  }));
  return createPlist({
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: identifier,
    PayloadUUID: uuidOf([identifier, settings]),
    PayloadDisplayName: `Proffer for ${browser}`,
    PayloadDescription: description,
    PayloadOrganization: programme.charter.organization,
    PayloadScope: 'System',
    PayloadContent: payloads,
  });
}

/** The same for the same content, another for another: RFC 9562 version 8, from SHA-256. */
function uuidOf(content: unknown): string {
  const bytes = createHash('sha256').update(asciiJson(content)).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex').toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

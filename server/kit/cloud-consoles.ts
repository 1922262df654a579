/**
 * What the consoles of Intune and Google take: requests to their interfaces, ready to send.
 *
 * Runs where the install kit is written.
 */
import { chromiumSettings } from './browser-policies.ts';
import { asciiJson } from './ascii-json.ts';
import type { Programme } from './programme.ts';
import { installScript, removeScript } from './windows-registry.ts';

/** To be replaced by hand: only the organisation knows it. */
export const ORG_UNIT_PLACEHOLDER = 'orgunits/PUT-THE-ID-HERE';

/**
 * The body of `POST https://graph.microsoft.com/beta/deviceManagement/deviceManagementScripts`.
 *
 * A script, since neither the settings catalog nor an imported template reaches an extension's managed storage in both browsers.
 */
export function intuneScript(programme: Programme, act: 'install' | 'remove'): object {
  const content = act === 'install' ? installScript(programme) : removeScript(programme);
  return {
    '@odata.type': '#microsoft.graph.deviceManagementScript',
    displayName: act === 'install' ? 'Proffer: install in Chrome and Edge' : 'Proffer: remove',
    description: `Charter ${programme.charterHash}. Nothing is recorded before the person has consented.`,
    fileName: `proffer-${act}.ps1`,
    scriptContent: Buffer.from(content, 'ascii').toString('base64'),
    runAsAccount: 'system',
    runAs32Bit: false,
    enforceSignatureCheck: false,
  };
}

/** Intune takes scripts of up to 200 KB. */
const MAX_INTUNE_SCRIPT_BYTES = 200_000;

/** Undefined where Intune takes the script that installs; else how long it is and what to do. */
export function whyNotIntune(programme: Programme): string | undefined {
  const sizeBytes = installScript(programme).length;
  if (sizeBytes <= MAX_INTUNE_SCRIPT_BYTES) return undefined;
  return `the script has ${sizeBytes} bytes and Intune takes ${MAX_INTUNE_SCRIPT_BYTES}, since the charter is long; give its notice by url, or use another way`;
}

/** What goes into "Policy for extensions" of the Google Admin console. */
export function googleManagedConfiguration({ managed }: Programme): object {
  return Object.fromEntries(Object.entries(managed).map(([name, value]) => [name, { Value: value }]));
}

/**
 * The body of the Chrome Policy API's `customers/…/policies/orgunits:batchModify`.
 *
 * The address is set by two schemas, which took the place of `chrome.users.apps.InstallationUrl` (decision 26 says what that
 * rests on).
 */
export function googlePolicies(programme: Programme): object {
  const settings = chromiumSettings(programme, 'chrome');
  const policyTargetKey = {
    targetResource: ORG_UNIT_PLACEHOLDER,
    additionalTargetKeys: { app_id: `chrome:${programme.packages.chrome.extensionId}` },
  };
  const values = {
    InstallType: { appInstallType: 'FORCED_AND_PIN_TO_TOOLBAR' },
    AppInstallationUrl: { installationUrl: settings.update_url },
    OverrideInstallationUrl: { overrideInstallationUrl: settings.override_update_url },
    PermissionsAndUrlAccess: {
      blockedHosts: settings.runtime_blocked_hosts,
      allowedHosts: settings.runtime_allowed_hosts,
    },
    ManagedConfiguration: { managedConfiguration: asciiJson(googleManagedConfiguration(programme)) },
  };
  return {
    requests: Object.entries(values).map(([name, value]) => ({
      policyTargetKey,
      policyValue: { policySchema: `chrome.users.apps.${name}`, value },
      updateMask: Object.keys(value).join(','),
    })),
  };
}

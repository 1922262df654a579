/**
 * What each browser's policy says, before it is written in the form of a platform.
 *
 * Runs where the install kit is written. The same for every platform of a browser, so that no two forms can differ.
 */
import { SERVED_PATHS } from '../../src/package/served-paths.ts';
import type { Programme } from './programme.ts';

export type ChromiumBrowser = 'chrome' | 'edge';

const EVERY_HOST = '*://*';

/** The entry of `ExtensionSettings` for our extension. */
export function chromiumSettings(programme: Programme, browser: ChromiumBrowser) {
  return {
    installation_mode: 'force_installed',
    update_url: programme.extensionUrl + SERVED_PATHS.chromeUpdates,
    // The manifest names no address for updates, and this one holds for them too.
    override_update_url: true,
    ...(browser === 'chrome' ? { toolbar_pin: 'force_pinned' } : { toolbar_state: 'force_shown' }),
    runtime_blocked_hosts: [EVERY_HOST],
    runtime_allowed_hosts: programme.hosts,
  };
}

/** A whole policy document of Chrome, Chromium or Edge, as Linux takes it. */
export function chromiumPolicy(programme: Programme, browser: ChromiumBrowser) {
  const { extensionId } = programme.packages.chrome;
  return {
    ExtensionSettings: { [extensionId]: chromiumSettings(programme, browser) },
    '3rdparty': { extensions: { [extensionId]: programme.managed } },
  };
}

/** Firefox's policies. Its policy knows no hosts: there the extension alone keeps itself out. */
export function firefoxPolicies(programme: Programme) {
  const { extensionId } = programme.packages.firefox;
  return {
    ExtensionSettings: {
      [extensionId]: {
        installation_mode: 'force_installed',
        install_url: firefoxInstallUrl(programme),
        default_area: 'navbar',
      },
    },
    '3rdparty': { Extensions: { [extensionId]: programme.managed } },
  };
}

/** Takes the extension away at the next start, with all that it has stored; a policy that only goes leaves it there. */
export function removingFirefoxPolicies(programme: Programme) {
  const { extensionId } = programme.packages.firefox;
  return { ExtensionSettings: { [extensionId]: { installation_mode: 'blocked' } } };
}

/** Firefox ESR, Developer Edition and Nightly can be told to take packages that the add-on store has not signed. */
export function unsignedFirefoxPolicies(programme: Programme) {
  return {
    ...firefoxPolicies(programme),
    Preferences: { 'xpinstall.signatures.required': { Value: false, Status: 'locked' } },
  };
}

/**
 * Without an address for updates in its manifest, Firefox takes a new version when the policy's address changes; so the
 * version stands in it, where the server does not look.
 */
function firefoxInstallUrl({ extensionUrl, packages }: Programme): string {
  const url = extensionUrl + SERVED_PATHS.firefoxPackage;
  return packages.firefox.updateUrl === null ? `${url}?version=${packages.version}` : url;
}

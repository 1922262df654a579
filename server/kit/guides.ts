/**
 * The pages of an install kit: for each platform one, that an administrator follows from top to bottom.
 *
 * Runs where the install kit is written. A page opens with what must be true before it can work, and says which promise is the
 * browser's and which ours. Holds no key.
 */
import { chromiumSettings } from './browser-policies.ts';
import { plainMarkdown } from '../plain-markdown.ts';
import { ORG_UNIT_PLACEHOLDER, whyNotIntune } from './cloud-consoles.ts';
import { asciiJson } from './ascii-json.ts';
import type { Programme } from './programme.ts';

interface GuideParts {
  title: string;
  precondition: string;
  install: string;
  verify: string;
  upgrade: string;
  rollBack?: string;
  remove: string;
  /** When the browser learns that its policy has changed. */
  changes?: string;
  /** Whether the browser itself holds the list of hosts. */
  browserHoldsHosts: boolean;
}

function guide(programme: Programme, parts: GuideParts): string {
  return `# ${parts.title}

For ${plainMarkdown(programme.charter.organization)}; charter \`${programme.charterHash}\`, version ${programme.packages.version}.

## Before you begin

${parts.precondition}

\`serve-extension\` must be reachable from the computers at ${programme.extensionUrl}, at an origin of its own, without an access log there or in a proxy before it. The files of this kit hold keys: hand them over like passwords, and delete them where you do not need them.

## Install

${parts.install}

## Verify

${parts.verify}

The extension is there, pinned, and **off**: it records nothing and sends nothing until the person has consented in its popup. No policy can do that for them.

## Upgrade

${parts.upgrade}

A new charter is a new kit: make it with the same \`--hashing-key-file\`, install it over the old one. What only narrows applies ${parts.changes ?? 'at once'}; anything else stops recording until each person has agreed again.

## Roll back

${parts.rollBack ?? CHROMIUM_ROLL_BACK}

The former charter comes back with the former kit's files.

## Remove

${parts.remove}

When the policy is gone recording ends ${parts.changes ?? 'at once'}. What was not sent yet goes with the extension; tell people beforehand if they want to see or send it. What the collector holds stays until it is erased or its time is over.

## Whose promise

${promises(programme, parts.browserHoldsHosts)}
`;
}

const CHROMIUM_ROLL_BACK = `Give \`serve-extension\` the former version by \`--extension-version\`: from then on no computer takes the newer one. Browsers never go back to a lower number by themselves. For computers that have the newer one already, make the former state under a higher number (\`git checkout\` it, then \`npm run package -- --package-version 1.4.1 …\`) and offer that.`;

const SERVED_UPGRADE = `Put the new packages beside the old ones and start \`serve-extension\` with the new \`--extension-version\`. Browsers ask every few hours. The policy stays as it is.`;

function promises(programme: Programme, browserHoldsHosts: boolean): string {
  const hosts = programme.hosts.map((host) => `\`${host}\``).join(', ');
  const leftOut =
    programme.leftOut.length === 0
      ? ''
      : `\n\nLeft out, since they lie wholly inside what is never recorded: ${programme.leftOut.map((pattern) => `\`${pattern}\``).join(', ')}.`;
  const byBrowser = browserHoldsHosts
    ? `**The browser's**, whatever the extension's code does: it reaches no other host than ${hosts}. (Paths, and places inside these hosts that are never recorded, are the extension’s to keep.)`
    : `**The browser's**: the extension has permission for the hosts in its manifest only. Firefox has no policy that keeps it out of more.`;
  return `${byBrowser}${leftOut}

**Ours**, to be checked in the source: nothing runs before consent; which pages of these hosts are left out (sign-in, payment, the charter's \`neverRecord\`); that no content can be recorded. That the packages are made of that source, anyone can check: build them from the commit in the packages' description and compare the digest.

**Nobody's**: whoever administers the computers can change the policy, and with the signing key the code. Everyone who can use a computer of the programme can read the participant key and the hashing key there. Both let one send false records or compute element keys; neither lets one read what others have sent.`;
}

const CHROMIUM_VERIFY = (programme: Programme, policyPage: string, extensionsPage: string) =>
  `Open \`${policyPage}\`, press *Reload policies*: \`ExtensionSettings\` is there without an error, and below it, under the extension's name or id \`${programme.packages.chrome.extensionId}\`, \`charter\`, \`hashingKey\` and \`participantKey\`. Open \`${extensionsPage}\`: Proffer ${programme.packages.version}, installed by your administrator. If the popup says that there is no charter, restart the browser once: managed settings of an extension that has just been installed may come with the next start.`;

export function windowsGuide(programme: Programme): string {
  const why = whyNotIntune(programme);
  const notByIntune = why === undefined ? '' : ` **Not for this charter:** ${why}.`;
  return guide(programme, {
    title: 'Windows: Chrome and Edge',
    precondition:
      'Off-store extensions are force-installed only on computers that are joined to Active Directory or Microsoft Entra ID; for Chrome also those enrolled in Chrome Enterprise Core, for Edge those enrolled in an MDM such as Intune. Elsewhere the browsers ignore the entry and say so on their policy page.',
    install: `One of three, as administrator:

- **By hand, for a test:** \`reg import proffer-chrome.reg\`, \`reg import proffer-edge.reg\`.
- **Intune:** Devices > Scripts and remediations > Platform scripts > Add: \`proffer-install.ps1\`, run as system, 64-bit, no signature check. Or send \`intune.json\` to Microsoft Graph (\`POST /beta/deviceManagement/deviceManagementScripts\`). Assign it to the programme's devices.${notByIntune}
- **Group Policy:** Computer Configuration > Preferences > Windows Settings > Registry: import what \`proffer-chrome.reg\` and \`proffer-edge.reg\` have set on a test computer (Registry Wizard). Set them to *Replace* and to be removed when no longer applied.

If \`ExtensionSettings\` is a Group Policy text of yours already, do not use the key of that name as well, since only one of them counts: merge \`group-policy-chrome.json\` and \`group-policy-edge.json\` into that text, and take only the key below \`3rdparty\` from the files above.`,
    verify: `${CHROMIUM_VERIFY(programme, 'chrome://policy', 'chrome://extensions')} In Edge: \`edge://policy\`, \`edge://extensions\`.`,
    upgrade: SERVED_UPGRADE,
    remove:
      '`reg import proffer-chrome-remove.reg`, `reg import proffer-edge-remove.reg`; with Intune assign `proffer-remove.ps1` (`intune-remove.json`) instead of the first script; with Group Policy remove the entries. They touch nothing but the keys of this extension.',
    browserHoldsHosts: true,
  });
}

export function macGuide(programme: Programme): string {
  return guide(programme, {
    title: 'macOS: Chrome, Edge and Firefox',
    precondition:
      'The computers are managed by an MDM, or, for Chrome, enrolled in Chrome Enterprise Core: elsewhere off-store extensions are not force-installed. For Firefox the package must be signed by the add-on store (see the Firefox page).',
    install:
      'Upload `proffer-chrome.mobileconfig`, `proffer-edge.mobileconfig` and `proffer-firefox.mobileconfig`, as far as the browsers are in use, to your MDM as custom configuration profiles and assign them to the programme’s computers. If a profile of yours already sets `ExtensionSettings` (or, for Firefox, `3rdparty`) in the same domain, merge ours into it: macOS does not.',
    verify: `${CHROMIUM_VERIFY(programme, 'chrome://policy', 'chrome://extensions')} In Edge: \`edge://policy\`, in Firefox: \`about:policies\`. On the computer: \`sudo profiles show | grep org.proffer\`.`,
    upgrade: SERVED_UPGRADE,
    remove: 'Withdraw the profiles in the MDM.',
    browserHoldsHosts: true,
  });
}

export function linuxGuide(programme: Programme): string {
  return guide(programme, {
    title: 'Linux: Chrome, Chromium, Edge and Firefox',
    precondition:
      'You are root on the computers (or your configuration management is). No directory service is needed. For release Firefox the package must be signed by the add-on store; Firefox ESR takes an unsigned one with the second file below.',
    install: `The files are laid out as they go under \`/etc\`. Browsers read them as the person who uses them, so they must be readable by all (here they are not, since they hold keys):

\`\`\`sh
sudo install -D -m 0644 etc/opt/chrome/policies/managed/proffer.json /etc/opt/chrome/policies/managed/proffer.json   # Chrome
sudo install -D -m 0644 etc/chromium/policies/managed/proffer.json /etc/chromium/policies/managed/proffer.json       # Chromium
sudo install -D -m 0644 etc/opt/edge/policies/managed/proffer.json /etc/opt/edge/policies/managed/proffer.json       # Edge
sudo install -D -m 0644 etc/firefox/policies/policies.json /etc/firefox/policies/policies.json                       # Firefox, signed package
sudo install -D -m 0644 etc/firefox/policies/policies-unsigned.json /etc/firefox/policies/policies.json              # Firefox ESR, unsigned package
\`\`\`

Firefox has one file for all policies: if there is one already, merge ours into it. For Chrome, Chromium and Edge another file in the folder that sets \`ExtensionSettings\` must be merged with ours too.`,
    verify: `${CHROMIUM_VERIFY(programme, 'chrome://policy', 'chrome://extensions')} In Edge: \`edge://policy\`; in Firefox: \`about:policies\`, \`about:addons\`.`,
    upgrade: SERVED_UPGRADE,
    remove:
      'Delete the files. Chrome, Chromium and Edge notice within seconds and take the extension away. For Firefox put `firefox/policies-remove.json` in the place of its file first ([page for Firefox](../firefox/README.md)).',
    browserHoldsHosts: true,
  });
}

export function googleGuide(programme: Programme): string {
  const { extensionId } = programme.packages.chrome;
  const settings = chromiumSettings(programme, 'chrome');
  return guide(programme, {
    title: 'Google Admin console: Chrome on any platform',
    precondition:
      'Browsers are enrolled in Chrome Enterprise Core, or people sign in to Chrome with a managed account.',
    install: `**In the console.** Devices > Chrome > Apps & extensions > Users & browsers, choose the organisational unit, then *+* > *Add Chrome app or extension by ID* > *From a custom URL*: id \`${extensionId}\`, URL \`${settings.update_url}\`. Then on the right:

- *Installation policy*: Force install + pin to browser toolbar; *Installation URL*: the one above, and switch on that it is used for updates too.
- *Permissions and URL access*: customise; blocked hosts \`${settings.runtime_blocked_hosts.join(' ')}\`; allowed hosts, one a line: ${programme.hosts.map((host) => `\`${host}\``).join(' ')}
- *Policy for extensions*: the content of \`managed-configuration.json\`.

**Or by the Chrome Policy API:** put the id of the organisational unit in the place of \`${ORG_UNIT_PLACEHOLDER}\` in \`policies.json\` and send it to \`https://chromepolicy.googleapis.com/v1/customers/my_customer/policies/orgunits:batchModify\`.`,
    verify: CHROMIUM_VERIFY(programme, 'chrome://policy', 'chrome://extensions'),
    upgrade: SERVED_UPGRADE,
    remove: 'Remove the extension from the organisational unit in the console.',
    browserHoldsHosts: true,
  });
}

export function firefoxGuide(programme: Programme): string {
  const { firefox, version } = programme.packages;
  const keepsItself = firefox.updateUrl !== null;
  return guide(programme, {
    title: 'Firefox: Windows, macOS and Linux',
    precondition: `Firefox ${firefox.minimumVersion} or newer. **Release Firefox takes signed packages only:** have the add-on store sign \`${firefox.file}\` as *unlisted* (\`npx web-ext sign --channel unlisted\`, or by hand on its developer pages), put the signed file in the place of ours under the same name and restart \`serve-extension\`. The digest stays the same, since signatures do not count. **Firefox ESR** takes an unsigned package with \`policies-unsigned.json\`, which switches the check off for every extension: use it for tests, or where extensions are held by policy anyway.`,
    install: `\`policies.json\` (or \`policies-unsigned.json\` under that name) goes to

- Windows: \`C:\\Program Files\\Mozilla Firefox\\distribution\\policies.json\`,
- macOS: \`Firefox.app/Contents/Resources/distribution/policies.json\`, or better the profile \`macos/proffer-firefox.mobileconfig\`, which updates of Firefox leave alone,
- Linux: \`/etc/firefox/policies/policies.json\`.

If there is one already, merge ours into it. Restart Firefox.`,
    verify: `Open \`about:policies\`: \`ExtensionSettings\` and \`3rdparty\` are under *Active*, and *Errors* is not there. Open \`about:addons\`: Proffer ${version}, with the note that your organisation manages it.`,
    changes: 'at the next start of Firefox',
    upgrade: keepsItself
      ? SERVED_UPGRADE
      : 'These packages name no address for updates (`npm run package -- --extension-url …` makes ones that do). So put the new packages beside the old ones, start `serve-extension` with the new `--extension-version`, make a new kit and install its `policies.json`: Firefox takes the new version when the address in it changes.',
    rollBack: keepsItself
      ? CHROMIUM_ROLL_BACK
      : 'Give `serve-extension` the former version by `--extension-version` and install the former kit’s `policies.json`: no computer takes the newer one from then on. Firefox does not go back to a lower number by itself; for computers that have the newer one, make the former state under a higher number (`npm run package -- --package-version …`).',
    remove: `Put \`policies-remove.json\` in the place of the file: it takes the extension away at the next start, with all that it has stored; delete the file once every computer has started Firefox. (A file that is only deleted leaves an extension that is signed where it is: without its charter it does nothing, but it is there.)`,
    browserHoldsHosts: false,
  });
}

/** The first page: what is where. */
export function kitOverview(programme: Programme): string {
  const { charter, packages, extensionUrl, managed } = programme;
  return `# Install kit of Proffer

For ${plainMarkdown(charter.organization)}. Follow one page for each platform: [Windows](windows/README.md), [macOS](macos/README.md), [Linux](linux/README.md), [Google Admin console](google-admin/README.md), [Firefox](firefox/README.md).

| what | |
|---|---|
| charter | \`${programme.charterHash}\` |
| collector | ${new URL(charter.collectorUrl).href} |
| packages from | ${extensionUrl} |
| version | ${packages.version}, commit \`${packages.commit}\`${packages.isCommit ? '' : ' **with changes that no commit holds**'} |
| id in Chrome and Edge | \`${packages.chrome.extensionId}\` |
| id in Firefox | \`${packages.firefox.extensionId}\` |
| digest, Chrome and Edge | \`${packages.chrome.digest}\` |
| digest, Firefox | \`${packages.firefox.digest}\` |
| policy text of the charter | ${managed.charter.length} characters |

Files other than these pages hold the participant key and the hashing key, and only their owner may read them.

## Whose promise

${promises(programme, true)}

In Firefox the list of hosts is in the manifest only: no policy there keeps an extension out of more.

## Host list, as policies have it

\`\`\`json
${asciiJson(programme.hosts, 2)}
\`\`\`
`;
}

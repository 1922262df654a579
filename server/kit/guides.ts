/**
 * The pages of an install kit: for each platform one, that an administrator follows from top to bottom.
 *
 * Runs where the install kit is written. A page opens with what must be true before it can work, and says which promise is the
 * browser's and which ours. Holds no key. Paths in blocks of commands begin in the kit's folder.
 */
import { chromiumSettings } from './browser-policies.ts';
import { plainMarkdown } from '../plain-markdown.ts';
import { ORG_UNIT_PLACEHOLDER, whyNotIntune } from './cloud-consoles.ts';
import { asciiJson } from './ascii-json.ts';
import { guidePage, promises } from './guide-page.ts';
import type { Programme } from './programme.ts';

const CHROMIUM_VERIFY = (programme: Programme) =>
  `Open \`chrome://policy\`, press *Reload policies*: \`ExtensionSettings\` is there without an error, and below it, under the extension's name or id \`${programme.packages.chrome.extensionId}\`, \`charter\`, \`hashingKey\` and \`participantKey\`. Open \`chrome://extensions\`: Proffer ${programme.packages.version}, installed by your administrator. If the popup says that there is no charter, restart the browser once: managed settings of an extension that has just been installed may come with the next start.`;
const IN_EDGE = 'In Edge: `edge://policy`, `edge://extensions`.';

const FIREFOX_VERIFY = (programme: Programme) =>
  `Open \`about:policies\`: \`ExtensionSettings\` and \`3rdparty\` are under *Active*, and *Errors* is not there. Open \`about:addons\`: Proffer ${programme.packages.version}, with the note that your organisation manages it.`;

/** Beside what is said of one file: an administrator may have put our part into theirs. */
const MERGED_REMOVE =
  'Where our part was merged into a file or profile of yours, change only that: our entry in `ExtensionSettings` becomes the one of `firefox/policies-remove.json`, and ours below `3rdparty` goes.';
const WHY_REMOVE_FILE =
  'A policy that is only taken away leaves a signed extension where it is: without its charter it does nothing, but it is there.';

export function windowsGuide(programme: Programme): string {
  const why = whyNotIntune(programme);
  const notByIntune = why === undefined ? '' : ` **Not for this charter:** ${why}.`;
  return guidePage(programme, {
    title: 'Windows: Chrome and Edge',
    browsers: { chromium: 'Chrome and Edge', firefox: false },
    precondition: `Chrome or Edge ${programme.packages.chrome.minimumVersion} or newer. Off-store extensions are force-installed only on computers that are joined to Active Directory or Microsoft Entra ID; for Chrome also those enrolled in Chrome Enterprise Core, for Edge those enrolled in an MDM such as Intune. Elsewhere the browsers ignore the entry and say so on their policy page. For Firefox see [its page](../firefox/README.md).`,
    install: `One of three, as administrator, with the files of the folder \`windows\`:

- **By hand, for a test:** \`reg import proffer-chrome.reg\`, \`reg import proffer-edge.reg\`.
- **Intune:** Devices > Scripts and remediations > Platform scripts > Add: \`proffer-install.ps1\`, run as system, 64-bit, no signature check. Or send \`intune.json\` to Microsoft Graph (\`POST /beta/deviceManagement/deviceManagementScripts\`). Assign it to the programme's devices.${notByIntune}
- **Group Policy:** Computer Configuration > Preferences > Windows Settings > Registry: import what \`proffer-chrome.reg\` and \`proffer-edge.reg\` have set on a test computer (Registry Wizard). Set them to *Replace* and to be removed when no longer applied.

If \`ExtensionSettings\` is a Group Policy text of yours already, do not use the key of that name as well, since only one of them counts: merge \`group-policy-chrome.json\` and \`group-policy-edge.json\` into that text, and take only the key below \`3rdparty\` from the files above.`,
    verify: `${CHROMIUM_VERIFY(programme)} ${IN_EDGE}`,
    remove:
      '`reg import proffer-chrome-remove.reg`, `reg import proffer-edge-remove.reg`; with Intune assign `proffer-remove.ps1` (`intune-remove.json`) instead of the first script; with Group Policy remove the entries. They touch nothing but the keys of this extension.',
  });
}

export function macGuide(programme: Programme): string {
  const { chrome, firefox } = programme.packages;
  return guidePage(programme, {
    title: 'macOS: Chrome, Edge and Firefox',
    browsers: { chromium: 'Chrome and Edge', firefox: true },
    precondition: `Chrome or Edge ${chrome.minimumVersion}, Firefox ${firefox.minimumVersion} or newer. The computers are managed by an MDM, or, for Chrome, enrolled in Chrome Enterprise Core: elsewhere off-store extensions are not force-installed. For Firefox the package must be signed by the add-on store ([page for Firefox](../firefox/README.md)).`,
    install:
      'Upload `proffer-chrome.mobileconfig`, `proffer-edge.mobileconfig` and `proffer-firefox.mobileconfig`, as far as the browsers are in use, to your MDM as custom configuration profiles and assign them to the programme’s computers. If a profile of yours already sets `ExtensionSettings` (or, for Firefox, `3rdparty`) in the same domain, merge ours into it: macOS does not. Restart Firefox, which reads policies only when it starts.',
    verify: `On the computer: \`sudo profiles show | grep org.proffer\`.

**Chrome and Edge:** ${CHROMIUM_VERIFY(programme)} ${IN_EDGE}

**Firefox:** ${FIREFOX_VERIFY(programme)}`,
    remove: `**Chrome and Edge:** withdraw \`proffer-chrome.mobileconfig\` and \`proffer-edge.mobileconfig\` in the MDM; the browsers take the extension away.

**Firefox:** put \`proffer-firefox-remove.mobileconfig\` in the place of \`proffer-firefox.mobileconfig\` (it has the same identifier, and so replaces it on the computers). It takes the extension away at the next start of Firefox, with all that it has stored; withdraw it once every computer has started Firefox. ${WHY_REMOVE_FILE} ${MERGED_REMOVE}`,
  });
}

export function linuxGuide(programme: Programme): string {
  const { chrome, firefox } = programme.packages;
  return guidePage(programme, {
    title: 'Linux: Chrome, Chromium, Edge and Firefox',
    browsers: { chromium: 'Chrome, Chromium and Edge', firefox: true },
    precondition: `Chrome, Chromium or Edge ${chrome.minimumVersion}, Firefox ${firefox.minimumVersion} or newer. You are root on the computers (or your configuration management is). No directory service is needed. Release Firefox takes a package that the add-on store has signed, and no other; Firefox ESR can be told to take an unsigned one ([page for Firefox](../firefox/README.md)).`,
    install: `The files are laid out below \`linux\` as they go under \`/etc\`. Browsers read them as the person who uses them, so they must be readable by all there (\`-m 0644\`; in this kit they are not, since they hold keys). Run the commands in the kit's folder, the one that holds \`linux\`.

**Chrome, Chromium and Edge**, as far as they are in use:

\`\`\`sh
sudo install -D -m 0644 linux/etc/opt/chrome/policies/managed/proffer.json /etc/opt/chrome/policies/managed/proffer.json   # Chrome
sudo install -D -m 0644 linux/etc/chromium/policies/managed/proffer.json /etc/chromium/policies/managed/proffer.json       # Chromium
sudo install -D -m 0644 linux/etc/opt/edge/policies/managed/proffer.json /etc/opt/edge/policies/managed/proffer.json       # Edge
\`\`\`

Another file in the folder that sets \`ExtensionSettings\` must be merged with ours.

**Firefox with the signed package**, the way for people's computers:

\`\`\`sh
sudo install -D -m 0644 linux/etc/firefox/policies/policies.json /etc/firefox/policies/policies.json
\`\`\`

**Firefox ESR with the unsigned package, instead**, for tests: it switches the check of signatures off, for every extension.

\`\`\`sh
sudo install -D -m 0644 linux/etc/firefox/policies/policies-unsigned.json /etc/firefox/policies/policies.json
\`\`\`

Firefox has one file for all policies: if there is one already, merge ours into it instead. Restart Firefox, which reads it only when it starts.`,
    verify: `**Chrome, Chromium and Edge:** ${CHROMIUM_VERIFY(programme)} ${IN_EDGE}

**Firefox:** ${FIREFOX_VERIFY(programme)}`,
    remove: `**Chrome, Chromium and Edge** notice within seconds and take the extension away:

\`\`\`sh
sudo rm -f /etc/opt/chrome/policies/managed/proffer.json /etc/chromium/policies/managed/proffer.json /etc/opt/edge/policies/managed/proffer.json
\`\`\`

**Firefox** takes it away at its next start, with all that it has stored. Run this in the kit's folder, and delete the file once every computer has started Firefox:

\`\`\`sh
sudo install -m 0644 firefox/policies-remove.json /etc/firefox/policies/policies.json
\`\`\`

${WHY_REMOVE_FILE} ${MERGED_REMOVE}`,
  });
}

export function googleGuide(programme: Programme): string {
  const { extensionId, minimumVersion } = programme.packages.chrome;
  const settings = chromiumSettings(programme, 'chrome');
  return guidePage(programme, {
    title: 'Google Admin console: Chrome on any platform',
    browsers: { chromium: 'Chrome', firefox: false },
    precondition: `Chrome ${minimumVersion} or newer. Browsers are enrolled in Chrome Enterprise Core, or people sign in to Chrome with a managed account.`,
    install: `**In the console.** Devices > Chrome > Apps & extensions > Users & browsers, choose the organisational unit, then *+* > *Add Chrome app or extension by ID* > *From a custom URL*: id \`${extensionId}\`, URL \`${settings.update_url}\`. Then on the right:

- *Installation policy*: Force install + pin to browser toolbar; *Installation URL*: the one above, and switch on that it is used for updates too.
- *Permissions and URL access*: customise; blocked hosts \`${settings.runtime_blocked_hosts.join(' ')}\`; allowed hosts, one a line:

  \`\`\`text
${settings.runtime_allowed_hosts.map((host) => `  ${host}`).join('\n')}
  \`\`\`

- *Policy for extensions*: the content of \`managed-configuration.json\`.

**Or by the Chrome Policy API:** put the id of the organisational unit in the place of \`${ORG_UNIT_PLACEHOLDER}\` in \`policies.json\` and send it to \`https://chromepolicy.googleapis.com/v1/customers/my_customer/policies/orgunits:batchModify\`.`,
    verify: CHROMIUM_VERIFY(programme),
    remove: 'Remove the extension from the organisational unit in the console.',
  });
}

const MAC_FOLDER = '/Applications/Firefox.app/Contents/Resources/distribution';

export function firefoxGuide(programme: Programme): string {
  const { firefox } = programme.packages;
  return guidePage(programme, {
    title: 'Firefox: Windows, macOS and Linux',
    browsers: { firefox: true },
    precondition: `Firefox ${firefox.minimumVersion} or newer. **Release Firefox takes signed packages only:** have the add-on store sign \`${firefox.file}\` as *unlisted* (\`npx web-ext sign --channel unlisted\`, or by hand on its developer pages), put the signed file in the place of ours under the same name and restart \`serve-extension\`. The digest stays the same, since signatures do not count. **Firefox ESR** takes an unsigned package with \`policies-unsigned.json\`, which switches the check off for every extension: use it for tests, or where extensions are held by policy anyway.`,
    install: `\`policies.json\` (or \`policies-unsigned.json\` in its place) goes to one folder, under the name \`policies.json\`. Firefox reads it as the person who uses it, so **it must be readable by all there**; in this kit it is not, since it holds keys, and a plain copy made by root stays so. Run the commands in the kit's folder, the one that holds \`firefox\`.

- **Windows:** \`C:\\Program Files\\Mozilla Firefox\\distribution\\policies.json\`. Copy it there as administrator and do not move it: a copy takes the rights of the folder, which everyone may read.

  \`\`\`bat
  mkdir "C:\\Program Files\\Mozilla Firefox\\distribution"
  copy firefox\\policies.json "C:\\Program Files\\Mozilla Firefox\\distribution\\policies.json"
  \`\`\`

- **macOS:** best by the profile \`macos/proffer-firefox.mobileconfig\`, which updates of Firefox leave alone ([page for macOS](../macos/README.md)). For a test by hand:

  \`\`\`sh
  sudo mkdir -p ${MAC_FOLDER}
  sudo install -m 0644 firefox/policies.json ${MAC_FOLDER}/policies.json
  \`\`\`

- **Linux:**

  \`\`\`sh
  sudo install -D -m 0644 firefox/policies.json /etc/firefox/policies/policies.json
  \`\`\`

If there is one already, merge ours into it. Restart Firefox.`,
    verify: FIREFOX_VERIFY(programme),
    remove: `Put \`policies-remove.json\` in the place of the file, by the same commands (with the profile: \`macos/proffer-firefox-remove.mobileconfig\`): it takes the extension away at the next start, with all that it has stored; delete it once every computer has started Firefox. ${WHY_REMOVE_FILE} ${MERGED_REMOVE}`,
  });
}

/**
 * The first page: what is where.
 *
 * @param withKeys paths of the files that hold keys.
 */
export function kitOverview(programme: Programme, withKeys: readonly string[]): string {
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

## Files that hold keys

These hold the participant key and the hashing key, and here only their owner may read them. No other file of this kit holds a key.

${withKeys.map((path) => `- \`${path}\``).join('\n')}

## Whose promise

${promises(programme, { chromium: 'Chrome and Edge', firefox: true })}

## Host list, as policies of Chrome and Edge have it

\`\`\`json
${asciiJson(programme.hosts, 2)}
\`\`\`
`;
}

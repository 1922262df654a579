import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseAgreement } from '../../src/charter/agreement.ts';
import { charterHash } from '../../src/charter/charter-hash.ts';
import type { Charter } from '../../src/charter/charter.ts';
import { aCharter } from '../testing/builders.ts';
import { aPackageDescription } from '../testing/packages.ts';
import { parsePlists } from '../testing/parse-xml.ts';
import { readInstallScript, readRegistryFile } from '../testing/read-registry-file.ts';
import { writeFiles, type OutFile } from '../write-files.ts';
import { createKit } from './kit-files.ts';
import { createProgramme } from './programme.ts';

const newKey = () => randomBytes(32).toString('base64url');
const [participantKey, hashingKey] = [newKey(), newKey()];
const packages = aPackageDescription();
const { extensionId } = packages.chrome;
const firefoxId = packages.firefox.extensionId;
const UPDATE_URL = 'https://extension.example.com/extension/updates.xml';

const programmeOf = (charter: Charter, changes: Partial<Parameters<typeof createProgramme>[0]> = {}) =>
  createProgramme({
    charter,
    packages,
    extensionUrl: 'https://extension.example.com',
    participantKey,
    hashingKey: () => hashingKey,
    ...changes,
  });

function textOf(files: readonly OutFile[], path: string): string {
  const file = files.find((candidate) => candidate.path === path);
  if (!file) throw new Error(`no file ${path}`);
  return file.content.toString();
}
const bytesOf = (files: readonly OutFile[], path: string) =>
  files.find((file) => file.path === path)!.content as Buffer;
const jsonOf = (files: readonly OutFile[], path: string) => JSON.parse(textOf(files, path)) as unknown;

const NASTY = `"q" 'a' \\ ‘s’ “d” & <b> ]]> </string></dict> \`x\` $(y) \${z} %PATH% @' \n'@ \u0000\u0007\u2028 日本 𝕏 --> {{v}}`;

const CHARTERS: Record<string, Charter> = {
  plain: aCharter(),
  'ports, wildcards and places left out': aCharter({
    collectorUrl: 'http://127.0.0.1:8787/base',
    apps: [
      { label: 'desk', matches: ['http://127.0.0.1:4173/*', '*://*.crm.example.org/*'] },
      { label: 'idp', matches: ['https://company.okta.com/*'] },
    ],
    neverRecord: ['http://127.0.0.1:4173/hr/*'],
  }),
  'many apps, texts of every kind': aCharter({
    organization: `Bäckerei Müller & Söhne ${NASTY}`.slice(0, 200),
    contact: NASTY.slice(0, 300),
    apps: Array.from({ length: 90 }, (_, index) => ({
      label: `app-${index}`,
      matches: [`https://a${index}.example.org/x/*`],
    })),
    notice: { version: 3, text: NASTY.repeat(20) },
  }),
};

/** The whole entry, so that a field too many is seen too. */
const ChromiumSettings = z.strictObject({
  installation_mode: z.literal('force_installed'),
  update_url: z.literal(UPDATE_URL),
  override_update_url: z.literal(true),
  toolbar_pin: z.literal('force_pinned').optional(),
  toolbar_state: z.literal('force_shown').optional(),
  runtime_blocked_hosts: z.tuple([z.literal('*://*')]),
  runtime_allowed_hosts: z
    .array(z.string().regex(/^(\*|https?):\/\/(\*\.)?[a-z0-9.-]+(:\d+)?$/))
    .min(1)
    .max(100),
});
const Managed = z.strictObject({
  charter: z.string(),
  participantKey: z.literal(participantKey),
  hashingKey: z.literal(hashingKey),
});
const ChromiumPolicy = z.strictObject({
  ExtensionSettings: z.strictObject({ [extensionId]: ChromiumSettings }),
  '3rdparty': z.strictObject({ extensions: z.strictObject({ [extensionId]: Managed }) }),
});
const FirefoxPolicies = z.strictObject({
  ExtensionSettings: z.strictObject({
    [firefoxId]: z.strictObject({
      installation_mode: z.literal('force_installed'),
      install_url: z.url(),
      default_area: z.literal('navbar'),
    }),
  }),
  '3rdparty': z.strictObject({ Extensions: z.strictObject({ [firefoxId]: Managed }) }),
});
const Unsigned = FirefoxPolicies.extend({
  Preferences: z.strictObject({
    'xpinstall.signatures.required': z.strictObject({ Value: z.literal(false), Status: z.literal('locked') }),
  }),
});

/** Everything that a kit says for managed storage, from every file that says it. */
function managedOfEveryFile(files: readonly OutFile[]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const path of ['opt/chrome', 'chromium', 'opt/edge']) {
    const file = `linux/etc/${path}/policies/managed/proffer.json`;
    found[file] = ChromiumPolicy.parse(jsonOf(files, file))['3rdparty'].extensions[extensionId];
  }
  expect(jsonOf(files, 'firefox/policies-remove.json')).toEqual({
    policies: { ExtensionSettings: { [firefoxId]: { installation_mode: 'blocked' } } },
  });
  for (const folder of ['firefox', 'linux/etc/firefox/policies']) {
    const { policies } = z
      .strictObject({ policies: FirefoxPolicies })
      .parse(jsonOf(files, `${folder}/policies.json`));
    z.strictObject({ policies: Unsigned }).parse(jsonOf(files, `${folder}/policies-unsigned.json`));
    found[folder] = policies['3rdparty'].Extensions[firefoxId];
  }
  const script = readInstallScript(textOf(files, 'windows/proffer-install.ps1'));
  for (const [browser, key] of [
    ['chrome', 'Google\\Chrome'],
    ['edge', 'Microsoft\\Edge'],
  ] as const) {
    const path = `HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\${key}\\3rdparty\\extensions\\${extensionId}\\policy`;
    const { keys } = readRegistryFile(bytesOf(files, `windows/proffer-${browser}.reg`));
    found[`windows/proffer-${browser}.reg`] = keys[path];
    found[`windows/proffer-install.ps1 ${browser}`] = script[path];
  }
  const google = z
    .record(z.string(), z.strictObject({ Value: z.string() }))
    .parse(jsonOf(files, 'google-admin/managed-configuration.json'));
  found['google-admin/managed-configuration.json'] = Object.fromEntries(
    Object.entries(google).map(([name, { Value }]) => [name, Value]),
  );
  return found;
}

describe.each(Object.entries(CHARTERS))('a kit for a charter (%s)', (_, charter) => {
  test('hands the extension the same charter and keys on every platform, whole', async () => {
    const files = createKit(await programmeOf(charter));
    const found = managedOfEveryFile(files);
    expect(Object.keys(found)).toHaveLength(10);
    for (const [file, managed] of Object.entries(found)) {
      const parsed = parseAgreement(managed);
      expect(parsed, file).toEqual({ ok: true, agreement: { charter, participantKey, hashingKey } });
    }
  });

  test('has property lists that a parser reads, with the same settings and managed storage', async () => {
    const programme = await programmeOf(charter);
    const files = createKit(programme);
    const [chrome, edge, firefox] = parsePlists(
      ['chrome', 'edge', 'firefox'].map((browser) => textOf(files, `macos/proffer-${browser}.mobileconfig`)),
    ) as { PayloadContent: Record<string, unknown>[]; PayloadUUID: string }[];
    for (const [profile, domain] of [
      [chrome!, 'com.google.Chrome'],
      [edge!, 'com.microsoft.Edge'],
    ] as const) {
      const [settings, managed] = profile.PayloadContent;
      expect(settings!.PayloadType).toBe(domain);
      ChromiumPolicy.shape.ExtensionSettings.parse(settings!.ExtensionSettings);
      expect(managed!.PayloadType).toBe(`${domain}.extensions.${extensionId}`);
      expect(managed).toMatchObject(programme.managed);
    }
    const [policies] = firefox!.PayloadContent;
    expect(policies).toMatchObject({ PayloadType: 'org.mozilla.firefox', EnterprisePoliciesEnabled: true });
    expect(policies!['3rdparty']).toEqual({ Extensions: { [firefoxId]: programme.managed } });
    const ids = [chrome!, edge!, firefox!].flatMap((profile) => [
      profile.PayloadUUID,
      ...profile.PayloadContent.map((payload) => payload.PayloadUUID as string),
    ]);
    expect(new Set(ids).size).toBe(8);
    for (const id of ids) expect(z.uuid().safeParse(id.toLowerCase()).success).toBe(true);
  });

  test('has a property list that takes the extension out of Firefox, in the place of the one that installs', async () => {
    const files = createKit(await programmeOf(charter));
    const [install, remove] = parsePlists(
      ['firefox', 'firefox-remove'].map((name) => textOf(files, `macos/proffer-${name}.mobileconfig`)),
    ) as Record<'PayloadIdentifier' | 'PayloadUUID' | 'PayloadDescription', string>[] &
      { PayloadContent: Record<string, unknown>[] }[];
    expect(remove!.PayloadIdentifier).toBe(install!.PayloadIdentifier);
    expect(remove!.PayloadUUID).not.toBe(install!.PayloadUUID);
    expect(remove!.PayloadDescription).not.toContain('Installs');
    const { policies } = jsonOf(files, 'firefox/policies-remove.json') as { policies: object };
    const [payload] = remove!.PayloadContent;
    expect(payload).toMatchObject({
      PayloadType: 'org.mozilla.firefox',
      EnterprisePoliciesEnabled: true,
      ...policies,
    });
    expect(payload).not.toHaveProperty('3rdparty');
  });

  test('sets the same hosts in every form of Chrome’s and Edge’s policy', async () => {
    const programme = await programmeOf(charter);
    const files = createKit(programme);
    for (const [browser, key, pin] of [
      ['chrome', 'Google\\Chrome', { toolbar_pin: 'force_pinned' }],
      ['edge', 'Microsoft\\Edge', { toolbar_state: 'force_shown' }],
    ] as const) {
      const path = `HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\${key}\\ExtensionSettings\\${extensionId}`;
      const { keys } = readRegistryFile(bytesOf(files, `windows/proffer-${browser}.reg`));
      expect(keys[path]).toEqual({
        installation_mode: 'force_installed',
        update_url: UPDATE_URL,
        override_update_url: 1,
        ...pin,
        runtime_blocked_hosts: '["*://*"]',
        runtime_allowed_hosts: JSON.stringify(programme.hosts),
      });
      expect(readInstallScript(textOf(files, 'windows/proffer-install.ps1'))[path]).toEqual(keys[path]);
      const text = jsonOf(files, `windows/group-policy-${browser}.json`) as Record<string, unknown>;
      expect(ChromiumSettings.parse(text[extensionId])).toMatchObject({
        ...pin,
        runtime_allowed_hosts: programme.hosts,
      });
    }
  });

  test('has requests for Intune and Google that say the same', async () => {
    const programme = await programmeOf(charter);
    const files = createKit(programme);
    for (const act of ['install', 'remove'] as const) {
      const intune = jsonOf(files, act === 'install' ? 'windows/intune.json' : 'windows/intune-remove.json');
      expect(intune).toMatchObject({
        runAsAccount: 'system',
        runAs32Bit: false,
        fileName: `proffer-${act}.ps1`,
      });
      const script = Buffer.from((intune as { scriptContent: string }).scriptContent, 'base64').toString();
      expect(script).toBe(textOf(files, `windows/proffer-${act}.ps1`));
    }
    const { requests } = jsonOf(files, 'google-admin/policies.json') as {
      requests: {
        policyValue: { policySchema: string; value: Record<string, unknown> };
        updateMask: string;
      }[];
    };
    const values = Object.fromEntries(
      requests.map(({ policyValue, updateMask }) => {
        expect(updateMask.split(',')).toEqual(Object.keys(policyValue.value));
        return [policyValue.policySchema.replace('chrome.users.apps.', ''), policyValue.value];
      }),
    );
    expect(Object.keys(values)).not.toContain('InstallationUrl');
    expect(values).toMatchObject({
      InstallType: { appInstallType: 'FORCED_AND_PIN_TO_TOOLBAR' },
      AppInstallationUrl: { installationUrl: UPDATE_URL },
      OverrideInstallationUrl: { overrideInstallationUrl: true },
      PermissionsAndUrlAccess: { blockedHosts: ['*://*'], allowedHosts: programme.hosts },
    });
    expect(JSON.parse(values.ManagedConfiguration!.managedConfiguration as string)).toEqual(
      jsonOf(files, 'google-admin/managed-configuration.json'),
    );
  });

  test('removes exactly what it has set in the registry', async () => {
    const files = createKit(await programmeOf(charter));
    for (const browser of ['chrome', 'edge']) {
      const set = Object.keys(readRegistryFile(bytesOf(files, `windows/proffer-${browser}.reg`)).keys);
      const { removed } = readRegistryFile(bytesOf(files, `windows/proffer-${browser}-remove.reg`));
      for (const key of set)
        expect(
          removed.some((gone) => `${key}\\`.startsWith(`${gone}\\`)),
          key,
        ).toBe(true);
      for (const gone of removed) {
        expect(gone).toContain(extensionId);
        expect(textOf(files, 'windows/proffer-remove.ps1')).toContain(
          `'${gone.replace('HKEY_LOCAL_MACHINE', 'HKLM:')}'`,
        );
      }
    }
  });

  test('has a page for each platform, without keys, whose headings are its own', async () => {
    const files = createKit(await programmeOf(charter));
    const pages = files.filter(({ path }) => path.endsWith('README.md'));
    expect(pages).toHaveLength(6);
    const HEADINGS = [
      'Before you begin',
      'Install',
      'Verify',
      'Upgrade',
      'Roll back',
      'Remove',
      'Whose promise',
    ];
    for (const { path, content } of pages.slice(1)) {
      const headings = content.toString().match(/^## .*$/gm);
      expect(headings, path).toEqual(HEADINGS.map((heading) => `## ${heading}`));
    }
  });

  test('marks every file that holds a key, and no other', async () => {
    const files = createKit(await programmeOf(charter));
    for (const { path, content, holdsKeys } of files) {
      const plain = path.endsWith('.reg') ? (content as Buffer).toString('utf16le') : content.toString();
      const encoded = [participantKey, hashingKey].some(
        (key) =>
          plain.includes(key) ||
          (path.includes('intune') &&
            Buffer.from((JSON.parse(plain) as { scriptContent: string }).scriptContent, 'base64').includes(
              key,
            )),
      );
      expect(holdsKeys, path).toBe(encoded);
    }
  });
});

test('property: no text of a charter breaks out of its place, in any form', async () => {
  const aText = fc
    .oneof(
      fc.string({ unit: 'binary', minLength: 3, maxLength: 120 }),
      fc
        .array(fc.constantFrom(...Array.from(NASTY), '\r', '\t', '\\"', "''", '\\\\"', '’', ']]>', '&#0;'), {
          minLength: 3,
        })
        .map((parts) => parts.join('').slice(0, 120)),
    )
    .filter((text) => text.trim() !== ''); // A charter may not leave them blank.
  const documents: string[] = [];
  const organizations: string[] = [];
  await fc.assert(
    fc.asyncProperty(aText, aText, aText, async (organization, contact, text) => {
      const charter = aCharter({ organization, contact, notice: { version: 1, text } });
      const programme = await programmeOf(charter);
      const files = createKit(programme);
      for (const [file, managed] of Object.entries(managedOfEveryFile(files)))
        expect(managed, file).toEqual(programme.managed);
      expect(parseAgreement(programme.managed)).toMatchObject({ ok: true, agreement: { charter } });
      expect(textOf(files, 'windows/README.md').match(/^#+ /gm)).toHaveLength(8);
      documents.push(textOf(files, 'macos/proffer-chrome.mobileconfig'));
      organizations.push(organization);
    }),
    { numRuns: 60 },
  );
  const writable = (text: string) =>
    text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
  const read = parsePlists(documents) as { PayloadOrganization: string }[];
  expect(read.map((profile) => profile.PayloadOrganization)).toEqual(organizations.map(writable));
});

describe('a kit is refused', () => {
  test('for packages that were made for other hosts, or for none', async () => {
    const other = aPackageDescription({
      hosts: ['https://desk.example.com/*', 'https://proffer.example.com/*'],
    });
    await expect(programmeOf(aCharter(), { packages: other })).rejects.toThrow(
      /^packages: .* may not reach https:\/\/wiki\.example\.com/,
    );
    await expect(programmeOf(aCharter(), { packages: aPackageDescription({ hosts: null }) })).rejects.toThrow(
      /^packages: .* generic build/,
    );
  });

  test('for packages at the collector’s own origin', async () => {
    await expect(programmeOf(aCharter(), { extensionUrl: 'https://proffer.example.com' })).rejects.toThrow(
      /^extension-url: is the collector’s own/,
    );
  });

  test('for something that is no key, which is not repeated; no hashing key is made then', async () => {
    const made: string[] = [];
    const refused = programmeOf(aCharter(), {
      participantKey: 'not a key',
      hashingKey: () => {
        made.push('key');
        return hashingKey;
      },
    });
    await expect(refused).rejects.toThrow(
      /^participant-key-file or PROFFER_PARTICIPANT_KEY: (?!.*not a key)/,
    );
    expect(made).toEqual([]);
  });

  test('for a charter that is too long for a policy', async () => {
    const charter = aCharter({
      notice: { version: 1, text: '日'.repeat(20_000) },
      neverRecord: Array.from(
        { length: 400 },
        (_, index) => `https://desk.example.com/${index}${'x'.repeat(300)}/*`,
      ),
    });
    await expect(programmeOf(charter)).rejects.toThrow('charter: is too long for a policy');
  });
});

test('a charter whose script is too long for Intune says so on its page, and others do not', async () => {
  const notice = (length: number) => aCharter({ notice: { version: 1, text: '日'.repeat(length) } });
  const pageOf = async (length: number) =>
    textOf(createKit(await programmeOf(notice(length))), 'windows/README.md');
  expect(await pageOf(20_000)).toMatch(
    /Not for this charter:\*\* the script has \d+ bytes and Intune takes 200000/,
  );
  expect(await pageOf(10_000)).not.toContain('Not for this charter');
});

describe('a kit for charters not seen before', () => {
  test('of a hospital names every place that its wildcard overlaps, and keeps a path inside a host', async () => {
    const never = [
      'https://*.patients.clinic.example/*',
      'https://doctor.clinic.example/*',
      '*://*.lab.clinic.example/*',
      'https://clinic.example/whistleblowing/*',
    ];
    const hospital = aCharter({
      apps: [{ label: 'rota', matches: ['https://*.clinic.example/*'] }],
      neverRecord: never,
    });
    const refusal = await programmeOf(hospital).catch((fault: unknown) => (fault as Error).message);
    for (const place of never.slice(0, 3))
      expect(refusal).toContain(`apps.rota: https://*.clinic.example/* overlaps ${place}`);
    expect(refusal).not.toContain('whistleblowing');
  });

  test('of a studio on ports, addresses and a name beyond ASCII keeps them as policies know them', async () => {
    const studio = aCharter({
      collectorUrl: 'http://localhost:8787/proffer/',
      protection: 'linked',
      apps: [
        {
          label: 'editor',
          matches: [
            'http://localhost:5173/editor/*/canvas',
            'http://192.168.1.20:8080/board/*',
            'https://*.xn--mnchen-3ya.example:8443/*',
          ],
        },
      ],
    });
    expect((await programmeOf(studio)).hosts).toEqual([
      'http://192.168.1.20:8080',
      'http://localhost:5173',
      'http://localhost:8787',
      'https://*.xn--mnchen-3ya.example:8443',
    ]);
  });
});

test('the kit’s name for a charter is the hash that consent is given to', async () => {
  const programme = await programmeOf(CHARTERS.plain!);
  expect(textOf(createKit(programme), 'README.md')).toContain(await charterHash(CHARTERS.plain!));
});

test('files with keys are for their owner only, also where an earlier kit left them open', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'proffer-kit-'));
  const files = createKit(await programmeOf(aCharter()));
  mkdirSync(join(dir, 'firefox'));
  writeFileSync(join(dir, 'firefox/policies.json'), '{}');
  chmodSync(join(dir, 'firefox/policies.json'), 0o644);
  writeFiles(dir, files);
  for (const { path, holdsKeys } of files)
    expect(statSync(join(dir, path)).mode & 0o777, path).toBe(holdsKeys ? 0o600 : 0o644);
  rmSync(dir, { recursive: true });
});

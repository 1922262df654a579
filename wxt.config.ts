/**
 * How the extension is built: one manifest for Chrome, Edge and Firefox, with the fewest permissions that work.
 *
 * A kit build (`PROFFER_CHARTER=charter.json`) carries the charter's hosts as `host_permissions`, so that the
 * manifest itself states the scope; the generic build asks for them on the join page.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';
import { parseCharter } from './src/charter/charter.ts';
import { COMMANDS } from './src/command-names.ts';
import { originPattern } from './src/charter/match-pattern.ts';
import { FILE_LIST, LICENSE_FILE, listedPaths } from './src/package/package-digest.ts';
import { FIREFOX_DATA_COLLECTION, PERMISSION_NAMES } from './src/package/permissions.ts';
import { listFolder } from './scripts/package/read-folder.ts';
import { partFileName, takeLicenses } from './scripts/package/third-party-licenses.ts';

const ANY_WEB_HOST = ['http://*/*', 'https://*/*'];

/**
 * Names that parts of the recorder have for each other, made short. Never one that is in a message, that the browser
 * knows, or that another script or another version of this one may look for (`isAlive`, `termOf`).
 */
const INNER_NAMES = [
  'addConsequence addStep addView approach awaitNavigation bearOneMore beforeAdd beginNext causes consequence',
  'continuesByKey covers dueMs endTyping failNavigation findPending focusedBefore fromXPx fromYPx inventoryBudgetMs',
  'describe later spend isDataDrag isObserved isPending isRecorded isSettled isSilenced isTouch isUnderWay lastMs listenInside lookAnew',
  'maySend mayRecord meetRoots movesFocus noteEffect noteWork nowMs observeEffect onFailure onFault onLeaving onSensitive',
  'onStop openElement outbox sampleMs sampledMs scroller sendNow silence stateBefore tellSensitive tellsGaps tries',
  'recent refresh watchers whenIdle whenLeaving whenResting whole listen report scrolls element pending sensitive',
  'arrival listeners memory press composed',
];

const PAGE_SCRIPTS = {
  ecma: 2020,
  compress: { passes: 3, unsafe_arrows: true, unsafe_methods: true, pure_getters: true },
  mangle: { properties: { regex: new RegExp(`^(${INNER_NAMES.join(' ').replaceAll(' ', '|')})$`) } },
  // With one other letter in it the browser keeps the whole script in two bytes a letter, in every page.
  format: { ascii_only: true },
} as const;

const CHROMIUM_FIELDS = {
  // The first with Ed25519 in WebCrypto, which the answers to erasures are checked with.
  minimum_chrome_version: '137',
  storage: { managed_schema: 'managed-schema.json' },
};

export default defineConfig({
  imports: false,
  outDir: process.env.PROFFER_OUT ?? '.output',
  vite: () => ({ plugins: [preact()] }),
  hooks: {
    'vite:build:extendConfig': (entrypoints, config) => {
      // What runs in pages comes out 4 % smaller than by the bundler's own minifier; the rest is not worth the wait.
      const isOfPages = entrypoints.some(({ type }) => type === 'unlisted-script');
      if (isOfPages && config.build?.minify !== false)
        config.build = { ...config.build, minify: 'terser', terserOptions: PAGE_SCRIPTS };
      // The bundler tells what it took from others; each run writes its own part.
      const part = partFileName(entrypoints.map(({ name }) => name));
      config.build = { ...config.build, license: { fileName: part } };
    },
    'build:done': ({ config }) => {
      if (config.command !== 'build') return;
      writeFileSync(join(config.outDir, LICENSE_FILE), takeLicenses(config.outDir));
      const paths = listedPaths([...listFolder(config.outDir), FILE_LIST]);
      writeFileSync(join(config.outDir, FILE_LIST), JSON.stringify(paths));
    },
  },
  manifestVersion: 3,
  manifest: ({ browser }) => {
    const hosts = kitHosts(process.env.PROFFER_CHARTER);
    const version = process.env.PROFFER_PACKAGE_VERSION;
    return {
      ...(version && { version }),
      name: '__MSG_extensionName__',
      description: '__MSG_extensionDescription__',
      default_locale: 'en',
      ...(browser === 'firefox' ? firefoxFields() : CHROMIUM_FIELDS),
      incognito: 'not_allowed' as const,
      permissions: PERMISSION_NAMES,
      ...(hosts ? { host_permissions: hosts } : { optional_host_permissions: ANY_WEB_HOST }),
      // What they do is in `src/shortcut-commands.ts`; a person can change the keys in the browser.
      commands: {
        [COMMANDS.openPopup]: { suggested_key: { default: 'Alt+Shift+Y' as const } },
        [COMMANDS.pauseBriefly]: {
          suggested_key: { default: 'Alt+Shift+U' as const },
          description: '__MSG_command_pauseBriefly__',
        },
        [COMMANDS.pauseOrResume]: {
          suggested_key: { default: 'Alt+Shift+O' as const },
          description: '__MSG_command_pauseOrResume__',
        },
      },
      content_security_policy: {
        extension_pages:
          "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' http: https:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      },
    };
  },
});

/** Firefox reads managed storage without a schema, and wants an id and to be told what is collected. */
function firefoxFields() {
  const updateUrl = process.env.PROFFER_FIREFOX_UPDATE_URL;
  return {
    browser_specific_settings: {
      gecko: {
        id: process.env.PROFFER_FIREFOX_ID ?? 'proffer@generic',
        // The first that knows the field below; Ed25519 came earlier.
        strict_min_version: '140.0',
        data_collection_permissions: { required: [...FIREFOX_DATA_COLLECTION] },
        ...(updateUrl && { update_url: updateUrl }),
      },
    },
  };
}

/** The origins a kit build may reach: the charter's apps and its collector. */
function kitHosts(charterFile: string | undefined): string[] | undefined {
  if (charterFile === undefined || charterFile === '') return undefined;
  const parsed = parseCharter(readFileSync(charterFile, 'utf8'));
  if (!parsed.ok) throw new Error(`${charterFile}: ${parsed.problems.join('; ')}`);
  const patterns = [
    ...parsed.charter.apps.flatMap((app) => app.matches),
    `${new URL('/', parsed.charter.collectorUrl).href}*`,
  ];
  return [...new Set(patterns.map(originPattern))];
}

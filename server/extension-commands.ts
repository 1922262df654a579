/**
 * The commands that bring the extension to people's browsers: serve its packages, and write the install kit.
 *
 * Run on the organisation's server or an administrator's computer, apart from the collector. Never print a key.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defineCommand } from 'citty';
import { readCharterFile } from './charter-file.ts';
import { findOffered } from './extension/package-folder.ts';
import { openExtensionServer } from './extension/serve-extension.ts';
import { whyNotIntune } from './kit/cloud-consoles.ts';
import { createKit } from './kit/kit-files.ts';
import { openHashingKey, readParticipantKey } from './kit/programme-keys.ts';
import { createProgramme } from './kit/programme.ts';
import { openLog } from './log.ts';
import { obeySignals } from './obey-signals.ts';
import { argumentsOf, endWithMessage, PARTICIPANT_KEY_VARIABLE, refuseUnknownVariables } from './settings.ts';
import { KIT_SETTINGS, readSettingsOf, SERVE_SETTINGS } from './settings-table.ts';
import { tlsFilesOf } from './tls.ts';
import { writeFiles } from './write-files.ts';

const HASHING_KEY_FILE = 'proffer-hashing-key';

export const serveExtensionCommand = defineCommand({
  meta: {
    name: 'serve-extension',
    description: 'Serve the packages of the extension, at an origin of their own',
  },
  args: () => argumentsOf(SERVE_SETTINGS),
  run: endWithMessage(async (given: Record<string, unknown>) => {
    refuseUnknownVariables(process.env);
    const settings = readSettingsOf(SERVE_SETTINGS, given);
    const opening = openExtensionServer({
      packagesDir: settings.packages,
      extensionUrl: settings['extension-url'],
      version: settings['extension-version'],
      port: settings.port,
      host: settings.host,
      tls: tlsFilesOf(settings['tls-cert'], settings['tls-key']),
      log: openLog(settings['log-level']),
    });
    obeySignals(opening);
    await opening;
  }),
});

export const kitCommand = defineCommand({
  meta: { name: 'kit', description: 'Write the files by which browsers are told to install the extension' },
  args: () => argumentsOf(KIT_SETTINGS),
  run: endWithMessage(async (given: Record<string, unknown>) => {
    refuseUnknownVariables(process.env);
    const settings = readSettingsOf(KIT_SETTINGS, given);
    const hashingKeyFile = settings['hashing-key-file'] ?? join(dirname(settings.charter), HASHING_KEY_FILE);
    const isNewKey = !existsSync(hashingKeyFile);
    const programme = await createProgramme({
      charter: readCharterFile(settings.charter),
      packages: findOffered(settings.packages, settings['extension-version']),
      extensionUrl: settings['extension-url'],
      participantKey: readParticipantKey(
        settings['participant-key-file'],
        process.env[PARTICIPANT_KEY_VARIABLE],
      ),
      hashingKey: () => openHashingKey(hashingKeyFile),
    });
    const files = createKit(programme);
    writeFiles(settings.out, files);
    console.log(`Charter ${programme.charterHash}, version ${programme.packages.version}`);
    console.log(`${files.length} files in ${settings.out}; begin with ${join(settings.out, 'README.md')}`);
    const why = whyNotIntune(programme);
    if (why !== undefined) console.error(`windows/intune.json: ${why}`);
    for (const pattern of programme.leftOut)
      console.error(`apps: ${pattern} is left out; it lies wholly inside what is never recorded`);
    if (isNewKey) {
      console.error(
        `The hashing key was made: ${hashingKeyFile}. Keep it for the next kit of this programme, and never give it to the collector or the data team.`,
      );
    }
  }),
});

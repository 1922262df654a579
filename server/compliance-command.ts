/**
 * The command that writes the compliance pack of a charter.
 *
 * Runs on an administrator's computer or the organisation's server; needs no collector and no key.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineCommand } from 'citty';
import { dayOf } from '../src/trace/primitives.ts';
import { readCharterFile } from './charter-file.ts';
import { createPack } from './compliance/compliance-pack.ts';
import { argumentsOf, endWithMessage, refuseUnknownVariables } from './settings.ts';
import { COMPLIANCE_SETTINGS, readSettingsOf } from './settings-table.ts';
import { writeNewFiles } from './write-files.ts';

export const complianceCommand = defineCommand({
  meta: {
    name: 'compliance',
    description:
      'Write what data protection officers, representatives and employees need to know of a charter',
  },
  args: () => argumentsOf(COMPLIANCE_SETTINGS),
  run: endWithMessage(async (given: Record<string, unknown>) => {
    refuseUnknownVariables(process.env);
    const { charter, out } = readSettingsOf(COMPLIANCE_SETTINGS, given);
    const files = await createPack(readCharterFile(charter), dayOf(Date.now()), ownVersion());
    writeNewFiles(out, files);
    console.log(`${files.length} files in ${out}; begin with ${join(out, 'README.html')}`);
    console.log('It is not legal advice; what you must decide is in decisions.md.');
  }),
});

function ownVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

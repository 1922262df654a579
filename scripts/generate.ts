/**
 * Writes what is generated from the schemas: the data dictionary and the managed-storage schema.
 *
 * With `--check` it writes nothing and fails if a file is not what it would write, so that the documents cannot
 * drift from the contract.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { dataDictionary } from './data-dictionary.ts';
import { managedSchema } from './managed-schema.ts';

const root = new URL('..', import.meta.url);
const generated: Record<string, string> = {
  'docs/data.md': dataDictionary(),
  'public/managed-schema.json': JSON.stringify(managedSchema()),
};

let staleFiles = 0;
for (const [path, text] of Object.entries(generated)) {
  const file = new URL(path, root);
  const wanted = await format(text, { ...(await resolveConfig(file)), filepath: file.pathname });
  if (!process.argv.includes('--check')) writeFileSync(file, wanted);
  else if (readOr(file, '') !== wanted) {
    console.error(`${path} is not what the schemas say; run: npm run generate`);
    staleFiles += 1;
  }
}
process.exitCode = staleFiles === 0 ? 0 : 1;

function readOr(file: URL, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}

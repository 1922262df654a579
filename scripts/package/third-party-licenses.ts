/**
 * The licence texts of what others wrote and a package of the extension, or the collector's image, carries.
 *
 * Runs where the extension is built, over what the bundler found in its own module graph, and where the image is made, over
 * what is installed there. A package without a licence text stops both: nobody may hand it on. Must depend on what is
 * carried only, never on when or in which order it was found.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** One for each run of the bundler, until they are put together. */
const PART = /^bundled-with-.*\.json$/;
/** Published without their licence text, which stands in their repository (https://github.com/wxt-dev/wxt/blob/main/LICENSE). */
const SUPPLIED: Record<string, string> = { wxt: 'wxt.txt', '@wxt-dev/browser': 'wxt.txt' };

/** A package of others, as the bundler lists it. */
export interface LicensedPackage {
  name: string;
  version: string;
  /** SPDX, as its package.json has it. */
  identifier?: string;
  text?: string;
}

/** Where one run of the bundler writes which packages it took; by the ending it knows that JSON is wanted. */
export function partFileName(entrypointNames: readonly string[]): string {
  return `bundled-with-${entrypointNames.join('-')}.json`;
}

/**
 * Takes the parts out of a built folder and gives what they say together.
 *
 * @throws Error when there is none, or a package in them has no licence text.
 */
export function takeLicenses(dir: string): string {
  const parts = readdirSync(dir).filter((name) => PART.test(name));
  if (parts.length === 0) throw new Error(`${dir}: the bundler has not said what it took from others`);
  const packages = parts.flatMap((name) => {
    const part = join(dir, name);
    const found = JSON.parse(readFileSync(part, 'utf8')) as LicensedPackage[];
    rmSync(part);
    return found;
  });
  return licenseTexts(packages);
}

/** All packages below a `node_modules`, however deep. Some have their licence at the end of their README only. */
export function findInstalled(modulesDir: string): LicensedPackage[] {
  const dirs = readdirSync(modulesDir)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(modulesDir, name)).map((inner) => join(name, inner)) : [name],
    )
    .map((name) => join(modulesDir, name));
  return dirs.flatMap((dir) => {
    const files = readdirSync(dir);
    const { name, version, license } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as {
      name: string;
      version: string;
      license?: string;
    };
    const text = licenseOf(dir, files);
    const found = { name, version, ...(license && { identifier: license }), ...(text && { text }) };
    return files.includes('node_modules') ? [found, ...findInstalled(join(dir, 'node_modules'))] : [found];
  });
}

function licenseOf(dir: string, files: readonly string[]): string | undefined {
  const read = (file: string) => readFileSync(join(dir, file), 'utf8');
  const own = files.find((file) => /^(licen[cs]e|copying)\b/i.test(file));
  if (own !== undefined) return read(own);
  const readme = files.find((file) => /^readme\.md$/i.test(file));
  return readme === undefined ? undefined : /^#+ licen[cs]e\s*$([\s\S]+)/im.exec(read(readme))?.[1];
}

/**
 * The file's text: every package once, sorted by name and version, each with its own words.
 *
 * @throws Error that names each package without a licence text.
 */
export function licenseTexts(packages: readonly LicensedPackage[]): string {
  const byTitle = new Map(packages.map((found) => [`${found.name} ${found.version}`, withText(found)]));
  const sorted = [...byTitle.entries()].sort(([one], [other]) => (one < other ? -1 : 1));
  const bare = sorted.filter(([, { text }]) => text === '').map(([title]) => title);
  if (bare.length > 0) throw new Error(`no licence text: ${bare.join(', ')}; it may not be handed on`);
  const pieces = sorted.map(([title, { identifier, text }]) => {
    const line = identifier === undefined ? title : `${title} (${identifier})`;
    return `${line}\n${'-'.repeat(line.length)}\n\n${text}`;
  });
  return `${['What others wrote and is part of this, each under its own licence.', ...pieces].join('\n\n\n')}\n`;
}

function withText({ name, identifier, text = '' }: LicensedPackage): { identifier?: string; text: string } {
  const own = text.replaceAll('\r\n', '\n').trim();
  const file = SUPPLIED[name];
  const isSupplied = own === '' && file !== undefined && identifier === 'MIT';
  const known = isSupplied ? readFileSync(join(import.meta.dirname, 'licenses', file), 'utf8').trim() : own;
  return { ...(identifier !== undefined && { identifier }), text: known };
}

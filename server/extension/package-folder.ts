/**
 * The packages that lie in a folder, and the one version of them that is offered.
 *
 * Runs in the server of packages and where the install kit is written. What the folder lacks is named; a version is never
 * offered by halves.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PackageDescription } from '../../src/package/package-description.ts';

const DESCRIPTION_FILE = /^proffer-[\d.]+\.json$/;

/**
 * The description of the version that is offered: the one asked for, or the newest.
 *
 * @throws Error that begins with the setting that is wrong.
 */
export function findOffered(dir: string, version: string | undefined): PackageDescription {
  const all = readDescriptions(dir);
  if (version !== undefined) {
    const found = all.find((description) => description.version === version);
    if (found) return found;
    const held = all.map((description) => description.version).join(', ');
    throw new Error(`extension-version: ${dir} has no version ${version}, but ${held}`);
  }
  return all.sort((one, other) => compareVersions(other.version, one.version))[0]!;
}

/**
 * A package's bytes.
 *
 * @throws Error that names the setting and the file.
 */
export function readPackage(dir: string, file: string): Buffer<ArrayBuffer> {
  try {
    return readFileSync(join(dir, file));
  } catch (fault) {
    const { code = 'unknown' } = fault as NodeJS.ErrnoException;
    throw new Error(`packages: ${join(dir, file)} cannot be read (${code})`, { cause: fault });
  }
}

function readDescriptions(dir: string): PackageDescription[] {
  let names: string[];
  try {
    names = readdirSync(dir).filter((name) => DESCRIPTION_FILE.test(name));
  } catch (fault) {
    const { code = 'unknown' } = fault as NodeJS.ErrnoException;
    throw new Error(`packages: the folder ${dir} cannot be read (${code})`, { cause: fault });
  }
  if (names.length === 0)
    throw new Error(`packages: ${dir} holds no packages; make them with: npm run package`);
  return names.map((name) => parseDescription(dir, name));
}

function parseDescription(dir: string, name: string): PackageDescription {
  const parsed = PackageDescription.safeParse(parseJson(readPackage(dir, name).toString('utf8')));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(
    `packages: ${join(dir, name)} describes no packages (${issue!.path.join('.')}: ${issue!.message})`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** As browsers do: number by number, a missing one is 0. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split('.').map(Number));
  for (let index = 0; index < 4; index += 1) {
    const difference = (left![index] ?? 0) - (right![index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

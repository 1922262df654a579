/**
 * Packages for tests: a description that is valid until a test changes something, and a folder of them.
 *
 * Runs in tests only.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { descriptionFileName, type PackageDescription } from '../../src/package/package-description.ts';

/** Packages that may reach every host, so that any charter fits them. */
export function aPackageDescription(changes: Partial<PackageDescription> = {}): PackageDescription {
  const version = changes.version ?? '1.2.0';
  return {
    version,
    commit: 'a'.repeat(40),
    isCommit: true,
    charterHash: null,
    hosts: ['*://*/*'],
    chrome: {
      file: `proffer-${version}-chrome.crx`,
      extensionId: 'abcdefghijklmnopabcdefghijklmnop',
      minimumVersion: '137',
      digest: 'b'.repeat(64),
    },
    firefox: {
      file: `proffer-${version}-firefox.xpi`,
      extensionId: 'proffer@example.com',
      minimumVersion: '140.0',
      digest: 'c'.repeat(64),
      updateUrl: null,
    },
    source: { file: `proffer-${version}-source.tar.gz` },
    ...changes,
  };
}

/** Writes packages of a version whose content says which they are. */
export function writePackages(dir: string, changes: Partial<PackageDescription> = {}): PackageDescription {
  const description = aPackageDescription(changes);
  const { version, chrome, firefox } = description;
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, chrome.file), `crx of ${version}`);
  writeFileSync(join(dir, firefox.file), `xpi of ${version}`);
  writeFileSync(join(dir, descriptionFileName(version)), JSON.stringify(description));
  return description;
}

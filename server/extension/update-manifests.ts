/**
 * What browsers are told when they ask for the newest version: gupdate 2.0 for Chrome and Edge, JSON for Firefox.
 *
 * Runs in the server of packages. Both name one version only, the one that is offered.
 */
import { createHash } from 'node:crypto';
import type { PackageDescription } from '../../src/package/package-description.ts';
import { escapeXml } from '../escape-xml.ts';

/** @param codebase the address of the CRX. */
export function chromeUpdates(offered: PackageDescription, codebase: string, crx: Uint8Array): string {
  const { extensionId, minimumVersion } = offered.chrome;
  const attributes = Object.entries({
    codebase,
    version: offered.version,
    prodversionmin: minimumVersion,
    hash_sha256: sha256Hex(crx),
    size: String(crx.length),
    status: 'ok',
  }).map(([name, value]) => `${name}="${escapeXml(value)}"`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<gupdate xmlns="http://www.google.com/update2/response" protocol="2.0">
  <app appid="${escapeXml(extensionId)}">
    <updatecheck ${attributes.join(' ')}/>
  </app>
</gupdate>
`;
}

/** @param updateLink the address of the XPI. */
export function firefoxUpdates(offered: PackageDescription, updateLink: string, xpi: Uint8Array): string {
  const { extensionId, minimumVersion } = offered.firefox;
  const update = {
    version: offered.version,
    update_link: updateLink,
    update_hash: `sha256:${sha256Hex(xpi)}`,
    applications: { gecko: { strict_min_version: minimumVersion } },
  };
  return `${JSON.stringify({ addons: { [extensionId]: { updates: [update] } } }, undefined, 2)}\n`;
}

function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

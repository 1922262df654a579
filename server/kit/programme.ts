/**
 * What an install kit is made from: one charter, its keys, the packages and where browsers find them.
 *
 * Runs where the kit is written. Checked as a whole before a file is written; a kit that could not work is never begun.
 */
import type { z } from 'zod';
import { ManagedAgreement } from '../../src/charter/agreement.ts';
import { charterHash } from '../../src/charter/charter-hash.ts';
import type { Charter } from '../../src/charter/charter.ts';
import { isInside, originPattern } from '../../src/charter/match-pattern.ts';
import type { PackageDescription } from '../../src/package/package-description.ts';
import { findAllowedHosts, type AllowedHosts } from './allowed-hosts.ts';
import { asciiJson } from './ascii-json.ts';

export interface Programme extends AllowedHosts {
  charter: Charter;
  charterHash: string;
  packages: PackageDescription;
  /** Origin of `serve-extension`, without a slash at the end. */
  extensionUrl: string;
  /** What the browser hands to the extension as managed storage. */
  managed: ManagedAgreement;
}

export interface ProgrammeParts {
  charter: Charter;
  packages: PackageDescription;
  extensionUrl: string;
  participantKey: string;
  /** Asked for when all else was found right, since it is made on first use. */
  hashingKey: () => string;
}

/** @throws Error that begins with the setting that is wrong. Never repeats a key. */
export async function createProgramme(parts: ProgrammeParts): Promise<Programme> {
  const { charter, packages, extensionUrl, participantKey } = parts;
  if (new URL(charter.collectorUrl).origin === extensionUrl) {
    throw new Error(
      'extension-url: is the collector’s own; everyone’s browser asks there for updates, and beside the uploads of those who take part that would show who does not',
    );
  }
  checkHosts(charter, packages);
  const allowed = findAllowedHosts(charter);
  const withoutKey = { charter: asciiJson(charter), participantKey };
  parseManaged(ManagedAgreement.omit({ hashingKey: true }), withoutKey);
  const managed = parseManaged(ManagedAgreement, { ...withoutKey, hashingKey: parts.hashingKey() });
  return { ...allowed, charter, charterHash: await charterHash(charter), packages, extensionUrl, managed };
}

/** The manifest must name every host, or the browser would never let the extension there. */
function checkHosts(charter: Charter, packages: PackageDescription): void {
  const { hosts, version } = packages;
  if (hosts === null) {
    throw new Error(
      `packages: version ${version} is the generic build, which asks for its hosts on a join page; make packages with --charter`,
    );
  }
  const wanted = [
    ...charter.apps.flatMap((app) => app.matches),
    `${new URL('/', charter.collectorUrl).href}*`,
  ].map(originPattern);
  const missing = wanted.find((host) => !hosts.some((held) => isInside(host, held)));
  if (missing === undefined) return;
  throw new Error(
    `packages: version ${version} was made for another charter and may not reach ${missing}; make packages for this one`,
  );
}

function parseManaged<Value>(schema: z.ZodType<Value>, values: object): Value {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new Error(sayWhich(String(parsed.error.issues[0]!.path[0])));
}

function sayWhich(field: string): string {
  if (field === 'charter') return 'charter: is too long for a policy; shorten the notice, or give it by url';
  const setting =
    field === 'participantKey' ? 'participant-key-file or PROFFER_PARTICIPANT_KEY' : 'hashing-key-file';
  return `${setting}: holds no key; it must be 43 characters of base64url`;
}

/**
 * What stands beside the packages of a version: which files they are, under which ids browsers know them, what they are made of.
 *
 * Written where packages are made, read where they are served and where the install kit is written. Holds no key.
 */
import { z } from 'zod';
import { CharterHashText } from '../charter/charter-hash.ts';

/** One to four numbers, as all browsers compare versions; the last is free for a former state under a new number. */
export const PackageVersion = z
  .string()
  .regex(
    /^(0|[1-9]\d{0,4})(\.(0|[1-9]\d{0,4})){0,3}$/,
    'must be one to four numbers from 0 to 65535, such as 1.4.0',
  )
  .refine((text) => text.split('.').every((part) => Number(part) <= 65_535), 'no part may be over 65535');

/** A name in the same folder: never a way out of it. */
const FileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be a plain file name');
const Hash = z.string().regex(/^[0-9a-f]{64}$/);

export const PackageDescription = z.strictObject({
  version: PackageVersion,
  /** Of the source; `isCommit` says whether the working copy was exactly that. */
  commit: z.string().regex(/^[0-9a-f]{40,64}$/),
  isCommit: z.boolean(),
  /** Null for the generic build. */
  charterHash: CharterHashText.nullable(),
  /** The hosts that the manifest names; null for the generic build, which asks for them on its join page. */
  hosts: z.array(z.string().max(500)).nullable(),
  chrome: z.strictObject({
    file: FileName,
    extensionId: z.string().regex(/^[a-p]{32}$/, 'must be 32 letters from a to p'),
    minimumVersion: z.string().max(20),
    digest: Hash,
  }),
  firefox: z.strictObject({
    file: FileName,
    extensionId: z
      .string()
      .max(80)
      .regex(/^[a-zA-Z0-9._-]*@[a-zA-Z0-9._-]+$/, 'must look like name@place'),
    minimumVersion: z.string().max(20),
    digest: Hash,
    /** Where the manifest says that updates are; null when only a new policy brings one. */
    updateUrl: z.url().max(500).nullable(),
  }),
  source: z.strictObject({ file: FileName }),
});
export type PackageDescription = z.infer<typeof PackageDescription>;

/** The name of the description's own file. */
export function descriptionFileName(version: string): string {
  return `proffer-${version}.json`;
}

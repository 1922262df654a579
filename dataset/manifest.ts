/**
 * `manifest.json`: which releases a dataset folder holds, file by file.
 *
 * Written last and whole, so that it lists nothing that is not there. Holds no clock reading: the same releases
 * give the same manifest, however often the pull was interrupted.
 */
import { z } from 'zod';
import { LEVELS } from '../src/charter/charter.ts';
import { CharterHash, Day } from '../src/trace/primitives.ts';
import { ReadingPurpose } from '../src/trace/reading-purpose.ts';
import { PUBLISHED_KINDS } from '../src/trace/record.ts';

/** Version of the folder's layout. */
export const FOLDER_FORMAT = 1;

const Count = z.int().min(0);

export const ManifestFile = z.strictObject({
  table: z.string(),
  /** Relative to the folder, with forward slashes. */
  path: z.string().regex(/^[a-z_]+\/release-\d{4,}\.parquet$/),
  rows: Count,
  sizeBytes: Count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ManifestFile = z.infer<typeof ManifestFile>;

export const HeldRelease = z.strictObject({
  number: z.int().positive(),
  sealedOn: Day,
  schemaVersion: z.int().positive(),
  /** Whether the collector has withdrawn it since it was pulled. */
  withdrawn: z.boolean(),
  /** Tombstones that the collector had published for it when it was pulled, and has published by now. */
  tombstonesAtPull: Count,
  tombstones: Count,
  files: z.array(ManifestFile),
  /** Records by kind, charter and level. */
  groups: z.array(
    z.strictObject({
      kind: z.enum(PUBLISHED_KINDS),
      charter: CharterHash,
      level: z.enum(LEVELS),
      records: Count,
    }),
  ),
});
export type HeldRelease = z.infer<typeof HeldRelease>;

export const Manifest = z.strictObject({
  product: z.literal('proffer dataset'),
  format: z.literal(FOLDER_FORMAT),
  collector: z.strictObject({ url: z.string(), publicKey: z.string() }),
  purpose: ReadingPurpose,
  /** Charters in use, as the JSON text the collector keeps, by hash. */
  charters: z.record(CharterHash, z.string()),
  releases: z.array(HeldRelease),
});
export type Manifest = z.infer<typeof Manifest>;

/** What came of reading a manifest: it, or where it is wrong. */
export type ParsedManifest = { ok: true; manifest: Manifest } | { ok: false; problem: string };

/** Reads a manifest's JSON text. */
export function parseManifest(text: string): ParsedManifest {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'is not JSON' };
  }
  const parsed = Manifest.safeParse(document);
  if (parsed.success) return { ok: true, manifest: parsed.data };
  const [issue] = parsed.error.issues;
  return { ok: false, problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is invalid'}` };
}

/** A release's file of one table, relative to the folder: `motions/release-0001.parquet`. */
export function releaseFilePath(table: string, release: number): string {
  return `${table}/release-${String(release).padStart(4, '0')}.parquet`;
}

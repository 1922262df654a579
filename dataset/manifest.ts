/**
 * `manifest.json`: which releases a dataset folder holds, file by file.
 *
 * Written last and whole, so that it lists nothing that is not there. Holds no clock reading: the same releases and
 * removals give the same manifest, however often the pull was interrupted.
 */
import { z } from 'zod';
import { LEVELS } from '../src/charter/charter.ts';
import { CharterHash, Day } from '../src/trace/primitives.ts';
import { ReadingPurpose } from '../src/trace/reading-purpose.ts';
import { PUBLISHED_KINDS } from '../src/trace/record.ts';

/** Version of the folder's layout. */
export const FOLDER_FORMAT = 2;

const Count = z.int().min(0);

/** A release's file: its number, the range of ids if there are several, and the version that wrote it anew. */
export const RELEASE_FILE = /^release-\d{4,}(-part-\d{4})?(-v\d+)?\.parquet$/;

export const ManifestFile = z.strictObject({
  table: z.string(),
  /** Relative to the folder, with forward slashes. */
  path: z.string().regex(new RegExp(`^[a-z_]+/${RELEASE_FILE.source.slice(1)}`)),
  rows: Count,
  sizeBytes: Count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ManifestFile = z.infer<typeof ManifestFile>;

/** How many records of a kind have a charter and level in common. */
export const RecordGroup = z.strictObject({
  kind: z.enum(PUBLISHED_KINDS),
  charter: CharterHash,
  level: z.enum(LEVELS),
  records: Count,
});
export type RecordGroup = z.infer<typeof RecordGroup>;

export const HeldRelease = z.strictObject({
  number: z.int().positive(),
  sealedOn: Day,
  schemaVersion: z.int().positive(),
  /** Whether the collector has withdrawn it since it was pulled. */
  withdrawn: z.boolean(),
  /** Tombstones that the collector had published for it when it was pulled, and has published by now. */
  tombstonesAtPull: Count,
  tombstones: Count,
  /** How many of them the files heed. */
  tombstonesApplied: Count,
  files: z.array(ManifestFile),
  groups: z.array(RecordGroup),
  /** Of the values of a column, how many are the word that stands for what too few have met. */
  hidden: z.array(z.strictObject({ table: z.string(), column: z.string(), values: Count, hidden: Count })),
});
export type HeldRelease = z.infer<typeof HeldRelease>;

/** One step of a dataset's history; every step makes a version. */
export const Change = z.strictObject({
  version: z.int().positive(),
  release: z.int().positive(),
  /** `removed`: erased, gone with one that was erased, or at the end of retention. `withdrawn`: the release left whole. */
  what: z.enum(['added', 'removed', 'withdrawn']),
  /** Records added or gone, by kind; kinds without any are left out. */
  records: z.partialRecord(z.enum(PUBLISHED_KINDS), Count),
});
export type Change = z.infer<typeof Change>;

export const Manifest = z.strictObject({
  product: z.literal('proffer dataset'),
  format: z.literal(FOLDER_FORMAT),
  collector: z.strictObject({ url: z.string(), publicKey: z.string() }),
  purpose: ReadingPurpose,
  /** Charters in use, as the JSON text the collector keeps, by hash. */
  charters: z.record(CharterHash, z.string()),
  /** Goes up with each change to what is held. */
  version: Count,
  changes: z.array(Change),
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

/** A manifest's JSON text; its fields are always in the same order. */
export function formatManifest(manifest: Manifest): string {
  return `${JSON.stringify(Manifest.parse(manifest), null, 2)}\n`;
}

/**
 * A release's file of one table, relative to the folder: `motions/release-0001.parquet`.
 *
 * @param part of the ranges of ids that the release is cut into, if there are several; from 0.
 * @param version of the dataset that wrote it anew, if records were taken out of it.
 */
export function releaseFilePath(table: string, release: number, part?: number, version?: number): string {
  const number = `release-${String(release).padStart(4, '0')}`;
  const ofPart = part === undefined ? '' : `-part-${String(part).padStart(4, '0')}`;
  return `${table}/${number}${ofPart}${version === undefined ? '' : `-v${version}`}.parquet`;
}

/** The path that a file gets when records are taken out of it. */
export function rewrittenFilePath(path: string, version: number): string {
  return path.replace(/(-v\d+)?\.parquet$/, `-v${version}.parquet`);
}

/** The charters of what is held, in a fixed order, with their texts as they are known by now. */
export function chartersInUse(
  releases: readonly HeldRelease[],
  texts: ReadonlyMap<string, string>,
): Manifest['charters'] {
  const hashes = new Set(releases.flatMap((release) => release.groups.map((group) => group.charter)));
  return Object.fromEntries([...hashes].sort().map((hash) => [hash, texts.get(hash) ?? '']));
}

/** Records by kind of a release; kinds without any are left out. */
export function recordCounts(groups: readonly RecordGroup[]): Change['records'] {
  const counts: Change['records'] = {};
  for (const { kind, records } of groups) counts[kind] = (counts[kind] ?? 0) + records;
  return counts;
}

/** What is in the first and not in the second; kinds without a difference are left out. */
export function subtractCounts(from: Change['records'], less: Change['records']): Change['records'] {
  const left = PUBLISHED_KINDS.map((kind) => [kind, (from[kind] ?? 0) - (less[kind] ?? 0)] as const);
  return Object.fromEntries(left.filter(([, records]) => records > 0));
}

/** The manifest after one more step, which makes a version; unchanged where no record came or went. */
export function withChange(manifest: Manifest, change: Omit<Change, 'version'>): Manifest {
  const isEmpty = Object.keys(change.records).length === 0;
  if (isEmpty && change.what === 'removed') return manifest;
  const version = manifest.version + 1;
  return { ...manifest, version, changes: [...manifest.changes, { version, ...change }] };
}

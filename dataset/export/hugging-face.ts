/**
 * The `huggingface` export: the layout of Hugging Face's `datasets`, Parquet shards by split under a README with a YAML
 * header, and a Croissant description of them.
 *
 * Runs on the data team's computer, in bounded memory: a shard is of one release. Must never put one person's records
 * into two splits where the charter allows it to be otherwise, nor say that it does not where it does.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCharter } from '../../src/charter/charter.ts';
import { splitBuckets } from '../../src/charter/split-buckets.ts';
import type { PublishedKind } from '../../src/trace/record.ts';
import type { HeldRelease, Manifest } from '../manifest.ts';
import { readParquetSql, rowGroupRows } from '../parquet.ts';
import { kindsFor, recordTableOf, TABLES_BY_KIND, tablesFor } from '../tables.ts';
import type { Table } from '../table.ts';
import { digestFile } from '../write-whole.ts';
import { describeInCroissant } from './croissant.ts';
import { countRows } from './export-progress.ts';
import type { Exported, Exporting } from './exporting.ts';
import { renderHeader } from './hugging-face-header.ts';
import { SPLITS, sumRows, type Shard, type SplitName } from './shards.ts';

export async function exportHuggingFace(exporting: Exporting): Promise<Exported> {
  const { dataset, folder, terms, report } = exporting;
  // One of which a sync left nothing has no files.
  const releases = dataset.manifest.releases.filter(({ withdrawn, files }) => !withdrawn && files.length > 0);
  const buckets = bucketsOf(dataset.manifest);
  const tables = tablesFor(dataset.manifest.purpose);
  const expected = countRows(dataset.manifest);
  let done = 0;
  const shards: Shard[] = [];
  for (const split of buckets === undefined ? (['train'] as const) : SPLITS) {
    for (const release of releases) {
      for (const kind of kindsFor(dataset.manifest.purpose)) {
        for await (const shard of writeKind(
          exporting,
          kind,
          release,
          split,
          splitCondition(split, buckets),
        )) {
          shards.push(shard);
          done += shard.rows;
          report({ what: 'rows', done, expected });
        }
      }
    }
  }
  await folder.writeText('croissant.json', describeInCroissant(tables, shards, terms));
  const rows = tables.flatMap(({ name }) =>
    SPLITS.map((split): [string, number] => [`rows of ${name} in ${split}`, sumRows(shards, name, split)]),
  );
  const counts = Object.fromEntries(rows.filter(([, count]) => count > 0));
  return { counts, header: renderHeader(tables, shards, terms), notes: describeSplits(buckets) };
}

/** Buckets of a split; undefined if no charter has any. */
export interface Buckets {
  /** How many there are. */
  count: number;
  /** Hashes of the charters that share them; records of others are in no split. */
  charters: string[];
}

/**
 * The buckets that most records bear.
 *
 * Charters with the same number of buckets share them; those of others have nothing to do with each other, so that
 * only one number of buckets can be split by.
 */
export function bucketsOf({ charters, releases }: Manifest): Buckets | undefined {
  const counts = Object.entries(charters).map(([hash, text]) => {
    const parsed = parseCharter(text);
    const records = releases
      .filter(({ withdrawn }) => !withdrawn)
      .flatMap(({ groups }) => groups)
      .filter(({ charter }) => charter === hash)
      .reduce((sum, group) => sum + group.records, 0);
    return { hash, count: parsed.ok ? splitBuckets(parsed.charter) : 0, records };
  });
  const recordsBy = new Map<number, number>();
  for (const { count, records } of counts) recordsBy.set(count, (recordsBy.get(count) ?? 0) + records);
  recordsBy.delete(0);
  const [most] = [...recordsBy].sort(([, one], [, other]) => other - one);
  if (most === undefined) return undefined;
  const [count] = most;
  return {
    count,
    charters: counts
      .filter((charter) => charter.count === count)
      .map(({ hash }) => hash)
      .sort(),
  };
}

/** Which buckets a split takes: the last for testing, from three on the one before it for validation. */
export function splitOfBucket(bucket: number, count: number): SplitName {
  if (bucket === count - 1) return 'test';
  return count >= 3 && bucket === count - 2 ? 'validation' : 'train';
}

/** In SQL, of a row of the table of whole records. Hashes are hexadecimal, checked by the manifest's schema. */
function splitCondition(split: SplitName, buckets: Buckets | undefined): string {
  if (buckets === undefined) return 'true';
  const charters = buckets.charters.map((hash) => `'${hash}'`).join(', ');
  const isOfBuckets = `(split IS NOT NULL AND charter IN (${charters}))`;
  if (split === 'unassigned') return `NOT ${isOfBuckets}`;
  const taken = Array.from({ length: buckets.count }, (_, bucket) => bucket).filter(
    (bucket) => splitOfBucket(bucket, buckets.count) === split,
  );
  return taken.length === 0 ? 'false' : `${isOfBuckets} AND split IN (${taken.join(', ')})`;
}

/** The shards of one kind's tables: none where a split has no records of a release, or a table no rows of them. */
async function* writeKind(
  { dataset, datasetDir, folder, pause }: Exporting,
  kind: PublishedKind,
  release: HeldRelease,
  split: SplitName,
  condition: string,
): AsyncGenerator<Shard> {
  const whole = recordTableOf(kind);
  // Several where the release is large; their names are the manifest's, which a sync changes.
  const rowsOf = (table: Table) =>
    readParquetSql(
      release.files.filter((file) => file.table === table.name).map(({ path }) => join(datasetDir, path)),
    );
  for (const table of TABLES_BY_KIND[kind]) {
    pause();
    const path = `data/${table.name}/${split}-release-${String(release.number).padStart(4, '0')}.parquet`;
    const place = await folder.pathFor(path);
    const isWhole = table.name === whole.name;
    const records = `SELECT record_id FROM ${rowsOf(whole)} WHERE ${condition}`;
    const wanted = isWhole ? condition : `${table.columns[0]!.name} IN (${records})`;
    const [copied] = await dataset.query(
      `COPY (SELECT * FROM ${rowsOf(table)} WHERE ${wanted}) TO $1 (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rowGroupRows(table.columns)})`,
      [place],
    );
    const rows = Number(copied?.['Count']);
    if (rows > 0) yield { table: table.name, split, path, rows, ...(await digestFile(place)) };
    else await rm(place);
    if (rows === 0 && isWhole) break;
  }
}

function describeSplits(buckets: Buckets | undefined): string {
  if (buckets === undefined) {
    return `No charter expects enough people for buckets, so a person-disjoint split cannot be had: all records are in
\`train\`, and the same person may be in whatever you take out of it for testing.`;
  }
  const { count, charters } = buckets;
  return `Splits are person-disjoint within one kind of record: they are made of the ${count} buckets of the charters
${charters.map((hash) => `\`${hash.slice(0, 12)}…\``).join(', ')}. Buckets of different kinds (motions, rhythms, episodes) were drawn apart, so people in \`test\` of
one kind may be in \`train\` of another. Records in \`unassigned\` bear no bucket, or one of other charters: they may be of the
same people as any split. A person who works in two browsers, or who withdrew and came back, may be in two splits.`;
}

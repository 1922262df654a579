/**
 * Whether a folder still is what a pull left: unaltered, fitting its schema, and holding nothing that is gone since.
 *
 * Runs on the data team's computer, reads the folder and, if it is given one, asks a collector. Changes nothing. Must
 * never repeat a value of a record in what it says.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { checkTables, type Finding } from './check-tables.ts';
import type { CollectorClient } from './collector-client.ts';
import {
  CARD_NAME,
  INCOMING_NAME,
  LOCK_NAME,
  MANIFEST_NAME,
  PICTURE_NAME,
  PICTURES_DIR,
} from './dataset-folder.ts';
import { formatManifest, type HeldRelease, type Manifest } from './manifest.ts';
import { openManifest } from './open-dataset.ts';
import { quoteText, readParquetSql } from './parquet.ts';
import { expiredSql } from './retention.ts';
import { openDuckDb } from './staging.ts';
import { kindsFor, recordTableOf, tablesFor } from './tables.ts';
import { makeCard } from './write-card.ts';
import { digestFile } from './write-whole.ts';

const MEMORY_LIMIT = '192MB';
/** Ids of tombstones that are asked about at once. */
const ASKED_IDS = 5000;

export interface VerifyOptions {
  dir: string;
  /** The UTC day it is. */
  today: string;
  /** Asked what is gone since; without it, only the folder itself is looked at. */
  client?: CollectorClient;
}

export interface Verified {
  findings: Finding[];
  releases: number;
  files: number;
  rows: number;
  /** Whether a collector was asked. */
  isAsked: boolean;
}

/** Verifies a folder. Throws a failure if it is no dataset, or if the collector gives no answer. */
export async function verifyDataset({ dir, today, client }: VerifyOptions): Promise<Verified> {
  const manifest = await openManifest(dir);
  const findings = [...(await findForeign(dir, manifest)), ...(await findAltered(dir, manifest))];
  const broken = new Set(findings.map(({ where }) => where));
  const whole = manifest.releases.filter((release) => release.files.every(({ path }) => !broken.has(path)));
  const instance = await openDuckDb(MEMORY_LIMIT, '');
  const connection = await instance.connect();
  try {
    for (const release of whole) {
      findings.push(...(await checkTables(connection, dir, manifest.purpose, release)));
      findings.push(...(await findExpired(connection, dir, manifest, release, today)));
    }
    if (client !== undefined) findings.push(...(await findGone(connection, dir, manifest, client)));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  const files = manifest.releases.flatMap((release) => release.files);
  return {
    findings,
    releases: manifest.releases.length,
    files: files.length,
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    isAsked: client !== undefined,
  };
}

/** Whatever lies where a pull puts its files and is not one of them. */
async function findForeign(dir: string, manifest: Manifest): Promise<Finding[]> {
  const listed = new Set(manifest.releases.flatMap((release) => release.files.map(({ path }) => path)));
  const tables = tablesFor(manifest.purpose).map(({ name }) => name);
  const pictures = [PICTURE_NAME, PICTURES_DIR];
  const ours = [MANIFEST_NAME, CARD_NAME, ...pictures, LOCK_NAME, INCOMING_NAME, ...tables];
  const findings = (await readdir(dir))
    .filter((name) => !ours.includes(name))
    .map((where) => ({ where, what: 'is not part of the dataset' }));
  for (const table of tables) {
    for (const name of await readdir(join(dir, table)).catch(() => [])) {
      const where = `${table}/${name}`;
      if (!listed.has(where)) findings.push({ where, what: 'is not listed in the manifest' });
    }
  }
  return findings;
}

/** What differs from the manifest, and manifest, card and pictures from what a pull writes. */
async function findAltered(dir: string, manifest: Manifest): Promise<Finding[]> {
  const findings = await findUnlike(dir, { [MANIFEST_NAME]: formatManifest(manifest) });
  for (const file of manifest.releases.flatMap((release) => release.files)) {
    const what = await describeDifference(join(dir, file.path), file);
    if (what !== undefined) findings.push({ where: file.path, what });
  }
  // The card is counted from the tables, so it can be told only of tables that are what they were.
  return findings.length > 0 ? findings : findAlteredCard(dir, manifest);
}

async function findAlteredCard(dir: string, manifest: Manifest): Promise<Finding[]> {
  const card = await makeCard(dir, manifest).catch(() => undefined);
  // A table that cannot be counted does not fit its schema, and is found for that.
  if (card === undefined) return [];
  const findings = await findUnlike(dir, { [CARD_NAME]: card.text, ...card.pictures });
  for (const name of await readdir(join(dir, PICTURES_DIR)).catch(() => [])) {
    const where = `${PICTURES_DIR}/${name}`;
    if (!(where in card.pictures)) findings.push({ where, what: 'is not part of the dataset' });
  }
  return findings;
}

/** Which texts are not in the folder as they should be. */
async function findUnlike(dir: string, texts: Readonly<Record<string, string>>): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [where, text] of Object.entries(texts)) {
    const found = await readFile(join(dir, where), 'utf8').catch(() => undefined);
    if (found === undefined) findings.push({ where, what: 'is missing' });
    else if (found !== text) findings.push({ where, what: 'is not as this version of proffer writes it' });
  }
  return findings;
}

async function describeDifference(
  path: string,
  { sizeBytes, sha256 }: { sizeBytes: number; sha256: string },
): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return 'is missing';
  if (found.size !== sizeBytes) return `was altered: has ${found.size} bytes and had ${sizeBytes}`;
  return (await digestFile(path)).sha256 === sha256 ? undefined : 'was altered: its SHA-256 differs';
}

async function findExpired(
  connection: DuckDBConnection,
  dir: string,
  manifest: Manifest,
  release: HeldRelease,
  today: string,
): Promise<Finding[]> {
  const condition = expiredSql(manifest, today);
  return countHeld(connection, dir, manifest, release, condition, 'past the retention of their charter');
}

/** What the collector says is gone and the folder still holds. */
async function findGone(
  connection: DuckDBConnection,
  dir: string,
  manifest: Manifest,
  client: CollectorClient,
): Promise<Finding[]> {
  const { publicKey } = await client.readWellKnown();
  if (publicKey !== manifest.collector.publicKey) {
    return [{ where: MANIFEST_NAME, what: 'names another collector than the one that was asked' }];
  }
  const { releases } = await client.readReleases();
  const listed = new Map(releases.map((release) => [release.number, release]));
  const findings: Finding[] = [];
  for (const held of manifest.releases) {
    const release = listed.get(held.number);
    if (release === undefined || release.withdrawn) {
      findings.push({ where: `release ${held.number}`, what: 'was withdrawn by the collector' });
    } else if (release.tombstones > 0) {
      for await (const recordIds of client.readTombstones(held.number)) {
        for (let first = 0; first < recordIds.length; first += ASKED_IDS) {
          const ids = recordIds.slice(first, first + ASKED_IDS).map(quoteText);
          const condition = `record_id IN (${ids.join(', ')})`;
          findings.push(...(await countHeld(connection, dir, manifest, held, condition, 'erased since')));
        }
      }
    }
  }
  return findings;
}

async function countHeld(
  connection: DuckDBConnection,
  dir: string,
  manifest: Manifest,
  release: HeldRelease,
  condition: string,
  what: string,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const kind of kindsFor(manifest.purpose)) {
    const { name } = recordTableOf(kind);
    for (const { path } of release.files.filter(({ table }) => table === name)) {
      const reader = await connection
        .runAndReadAll(`SELECT count(*) FROM ${readParquetSql([join(dir, path)])} WHERE ${condition}`)
        .catch(() => undefined);
      const count = Number(reader?.getRows()[0]?.[0] ?? 0);
      if (count > 0) findings.push({ where: path, what: `holds ${count} records that are ${what}` });
    }
  }
  return findings;
}

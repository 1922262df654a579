/**
 * Pulls from a fake collector and exports, in a folder that is gone afterwards.
 *
 * Runs in tests only.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FakeCollector } from '../../testing/fake-collector.ts';
import { withTemporaryFolder } from '../../testing/dataset-reader.ts';
import { pullOrFail } from '../../testing/pulling.ts';
import { exportDataset } from '../export-dataset.ts';
import type { ExportFormat } from '../formats.ts';
import { describeTerms, type Terms } from '../terms.ts';

/** For tests that export: many files are opened, which takes long where the computer does much else meanwhile. */
export const SLOW = { timeout: 120_000 };

export interface ExportedFolder {
  datasetDir: string;
  outDir: string;
  read: (path: string) => Promise<string>;
}

/** A dataset of what the collector has, exported. */
export function withExport<Result>(
  collector: FakeCollector,
  format: ExportFormat,
  use: (exported: ExportedFolder) => Promise<Result>,
): Promise<Result> {
  return withTemporaryFolder(async (folder) => {
    const [datasetDir, outDir] = [join(folder, "a data set's"), join(folder, 'an export')];
    await pullOrFail(collector, datasetDir, { purpose: collector.purpose });
    await exportOrFail(datasetDir, format, outDir);
    return use({ datasetDir, outDir, read: (path) => readFile(join(outDir, path), 'utf8') });
  });
}

export async function exportOrFail(datasetDir: string, format: ExportFormat, outDir: string) {
  const result = await exportDataset({ datasetDir, format, outDir });
  if (result.kind === 'refused') throw new Error(`${result.code}: ${result.message}`);
  return result;
}

/** Lines of JSON. */
export function parseLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Terms and a row, for writers that are tried on one record. */
export const TERMS: Terms = describeTerms({
  product: 'proffer dataset',
  format: 2,
  version: 0,
  changes: [],
  collector: { url: 'https://proffer.example.com', publicKey: 'A'.repeat(43) },
  purpose: 'agent-training',
  charters: {},
  releases: [],
});
export const ROW = { release: 3, charter: 'c'.repeat(64), level: 'balanced' };

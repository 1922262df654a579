/**
 * The YAML header of the README of a Hugging Face dataset: which files are which split, and what the columns are.
 *
 * Pure. Every text is written as JSON, which YAML reads as it is, so that no organisation's name can become a key.
 */
import type { ColumnType, Table } from '../table.ts';
import { SPLITS, sumRows, type Shard } from './shards.ts';
import type { Terms } from './terms.ts';

const FEATURES: Record<ColumnType, string> = {
  VARCHAR: 'dtype: string',
  'VARCHAR[]': 'sequence: string',
  INTEGER: 'dtype: int32',
  DOUBLE: 'dtype: float64',
  BOOLEAN: 'dtype: bool',
};

/** The header with the lines that open and close it; tables without rows have no configuration. */
export function renderHeader(tables: readonly Table[], shards: readonly Shard[], terms: Terms): string {
  const filled = tables.filter(({ name }) => sumRows(shards, name) > 0);
  const organizations = [...new Set(terms.charters.map(({ organization }) => organization))].join('; ');
  const lines = [
    '---',
    `pretty_name: ${JSON.stringify(`Proffer dataset: ${organizations}`)}`,
    // Not to be given to anyone by a licence: the charters bind.
    'license: other',
    'license_name: "the charters in export.json"',
    'tags: ["computer-use", "web-agents", "interaction-traces", "proffer"]',
    ...(filled.length === 0 ? [] : ['configs:', ...filled.flatMap((table) => describeFiles(table, shards))]),
    ...(filled.length === 0
      ? []
      : ['dataset_info:', ...filled.flatMap((table) => describeColumns(table, shards))]),
    '---',
  ];
  return `${lines.join('\n')}\n\n`;
}

function splitsOf({ name }: Table, shards: readonly Shard[]) {
  return SPLITS.map((split) => ({ split, rows: sumRows(shards, name, split) })).filter(
    ({ rows }) => rows > 0,
  );
}

function describeFiles(table: Table, shards: readonly Shard[]): string[] {
  return [
    `- config_name: ${table.name}`,
    '  data_files:',
    ...splitsOf(table, shards).flatMap(({ split }) => [
      `  - split: ${split}`,
      `    path: "data/${table.name}/${split}-*.parquet"`,
    ]),
  ];
}

function describeColumns(table: Table, shards: readonly Shard[]): string[] {
  const own = shards.filter((shard) => shard.table === table.name);
  return [
    `- config_name: ${table.name}`,
    '  features:',
    ...table.columns.flatMap(({ name, type }) => [`  - name: ${name}`, `    ${FEATURES[type]}`]),
    '  splits:',
    ...splitsOf(table, shards).flatMap(({ split, rows }) => [
      `  - name: ${split}`,
      `    num_examples: ${rows}`,
    ]),
    `  download_size: ${own.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)}`,
  ];
}

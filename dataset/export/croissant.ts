/**
 * `croissant.json`: the export described as Croissant 1.1 with the RAI vocabulary 1.0, for programs that look for data.
 *
 * Pure, and without a clock reading. Says of the data what the card says, in the vocabulary's words.
 */
import type { ColumnType, Table } from '../table.ts';
import { SPLITS, sumRows, type Shard } from './shards.ts';
import type { Terms } from './terms.ts';

/** The context that the specification recommends (its appendix 1). */
const CONTEXT = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  sc: 'https://schema.org/',
  cr: 'http://mlcommons.org/croissant/',
  rai: 'http://mlcommons.org/croissant/RAI/',
  dct: 'http://purl.org/dc/terms/',
  wd: 'http://www.wikidata.org/entity/',
  annotation: 'cr:annotation',
  arrayShape: 'cr:arrayShape',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  containedIn: 'cr:containedIn',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  equivalentProperty: 'cr:equivalentProperty',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  excludes: 'cr:excludes',
  extract: 'cr:extract',
  field: 'cr:field',
  fileProperty: 'cr:fileProperty',
  fileObject: 'cr:fileObject',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isArray: 'cr:isArray',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  parentField: 'cr:parentField',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  readLines: 'cr:readLines',
  sdVersion: 'cr:sdVersion',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
  unArchive: 'cr:unArchive',
  value: 'cr:value',
} as const;

const PARQUET = 'application/vnd.apache.parquet';
const DATA_TYPES: Record<ColumnType, string> = {
  VARCHAR: 'sc:Text',
  'VARCHAR[]': 'sc:Text',
  INTEGER: 'sc:Integer',
  DOUBLE: 'sc:Float',
  BOOLEAN: 'sc:Boolean',
};

/** The JSON text. */
export function describeInCroissant(
  tables: readonly Table[],
  shards: readonly Shard[],
  terms: Terms,
): string {
  const filled = tables.filter(({ name }) => sumRows(shards, name) > 0);
  const organizations = [...new Set(terms.charters.map(({ organization }) => organization))];
  const days = terms.releases.map(({ sealedOn }) => sealedOn).sort();
  const document = {
    '@context': CONTEXT,
    '@type': 'sc:Dataset',
    conformsTo: ['http://mlcommons.org/croissant/1.1', 'http://mlcommons.org/croissant/RAI/1.0'],
    name: 'proffer-dataset',
    description: `Traces of how people worked in web applications, recorded with consent and without content, of ${organizations.join('; ') || 'nobody yet'}, for the purpose ${terms.purpose}.`,
    license: terms.charters.map(({ hash, organization, contact, retentionDays }) => ({
      '@type': 'sc:CreativeWork',
      name: `Charter ${hash} of ${organization}`,
      description: `Kept for ${retentionDays} days; contact ${contact}; text in export.json.`,
    })),
    url: terms.collector,
    creator: organizations.map((name) => ({ '@type': 'sc:Organization', name })),
    datePublished: days.at(-1) ?? '1970-01-01',
    version: versionOf(terms),
    isLiveDataset: false,
    citeAs: `Proffer dataset of ${organizations.join('; ')}, releases ${terms.releases.map(({ number }) => number).join(', ')}.`,
    usageInfo: terms.prohibitedUses.map((use) => ({
      '@type': 'sc:CreativeWork',
      name: 'Prohibited use',
      description: use,
    })),
    ...RESPONSIBLE,
    ...(days.length === 0 ? {} : { 'rai:dataCollectionTimeframe': `${days[0]!}/${days.at(-1)!}` }),
    'rai:dataUseCases': `Training of agents that use computers, for the purpose ${terms.purpose} alone. Prohibited: ${terms.prohibitedUses.join(' ')}`,
    distribution: [
      ...shards.map(describeFile),
      ...filled.map(({ name }) => ({
        '@type': 'cr:FileSet',
        '@id': `${name}-files`,
        name: `${name}-files`,
        description: `The files of ${name}, of all splits and releases.`,
        encodingFormat: PARQUET,
        includes: `data/${name}/*.parquet`,
      })),
    ],
    recordSet: [SPLIT_NAMES, ...filled.map(describeTable)],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** What the RAI vocabulary asks, answered alike for every dataset. */
const RESPONSIBLE = {
  'rai:dataCollection':
    'A browser extension recorded how people worked in the web applications that a charter names, after each had given consent per scope, and protected the records on their device before they were sent. No field can hold content.',
  'rai:dataCollectionType': ['Software Collection', 'Passive Data Collection'],
  'rai:dataCollectionRawData':
    'Pointer, keyboard, scroll and navigation events of a browser, in memory only; what is published are movements turned at random, levels of typing rhythm and steps described by closed lists.',
  'rai:dataCollectionMissingData':
    'Where something is known to be missing the table of gaps says where and why. Password, one-time-code and payment fields, private windows and a list of sensitive places gave nothing.',
  'rai:dataPreprocessingProtocol':
    'Levels of protection: durations of movements are drawn from population values, paths lie on a grid, typing intervals are levels of the population. Keys that too few installations met are published as other. At level linked the timing is the person’s own.',
  'rai:personalSensitiveInformation':
    'Pseudonymous personal data of people at work. No names, text, addresses or identifiers; re-identification was measured, and the figures are in the dataset’s card.',
  'rai:dataBiases':
    'Only people who agreed took part, at few organisations, in the applications of their charters, with a mouse for the most part.',
  'rai:dataLimitations':
    'Cannot train instruction-following or grounding in what a page says; movement durations are synthetic but at level linked, so that no effect of target width may be fitted; rhythms hardly support models of the next interval.',
  'rai:dataSocialImpact':
    'Could be misused to watch people at work, which the terms prohibit; records are separated so that they are hard to join.',
  'rai:dataReleaseMaintenancePlan':
    'The collector publishes numbered releases and tombstones of what was erased; whoever holds the data brings it up to date, exports again, and deletes it when its retention ends.',
  'rai:annotationsPerItem': 'None by people; outcomes only where the person gave one.',
} as const;

/** Removals change what is there, which is a new major version by the specification; releases add, which is a minor one. */
function versionOf({ releases }: Terms): string {
  const removed = releases.reduce((sum, release) => sum + release.removedRecords, 0);
  return `${removed + 1}.${releases.at(-1)?.number ?? 0}.0`;
}

function describeFile({ path, sizeBytes, sha256, table, split, rows }: Shard) {
  return {
    '@type': 'cr:FileObject',
    '@id': path,
    name: path,
    description: `${rows} rows of ${table} in ${split}.`,
    contentUrl: path,
    contentSize: `${sizeBytes} B`,
    encodingFormat: PARQUET,
    sha256,
  };
}

/** The meaning of the splits' names, which fields refer to. */
const SPLIT_NAMES = {
  '@type': 'cr:RecordSet',
  '@id': 'split_names',
  name: 'split_names',
  description: 'Names of the splits. Records in unassigned are in no person-disjoint split.',
  dataType: 'cr:Split',
  key: { '@id': 'split_names/name' },
  field: [
    { '@type': 'cr:Field', '@id': 'split_names/name', name: 'split_names/name', description: 'Name of the split.', dataType: 'sc:Text' },
    { '@type': 'cr:Field', '@id': 'split_names/url', name: 'split_names/url', description: 'What it is, as Croissant defines it.', dataType: ['sc:URL', 'wd:Q3985153'] },
  ],
  data: SPLITS.map((split) => ({
    'split_names/name': split,
    'split_names/url': { train: 'cr:TrainingSplit', validation: 'cr:ValidationSplit', test: 'cr:TestSplit', unassigned: null }[split],
  })),
} as const; // prettier-ignore

function describeTable({ name, description, columns }: Table) {
  const field = (column: string, text: string, dataType: string, rest: object) => ({
    '@type': 'cr:Field',
    '@id': `${name}/${column}`,
    name: `${name}/${column}`,
    description: text,
    dataType,
    ...rest,
  });
  const files = { '@id': `${name}-files` };
  return {
    '@type': 'cr:RecordSet',
    '@id': name,
    name,
    description,
    field: [
      // Not the column `split`, which is a number of a bucket: the name that the file bears.
      field('split_name', 'The split that the row is in, as its file’s name says.', 'sc:Text', {
        references: { field: { '@id': 'split_names/name' } },
        source: {
          fileSet: files,
          extract: { fileProperty: 'filename' },
          transform: { regex: '^(train|validation|test|unassigned)-' },
        },
      }),
      ...columns.map(({ name: column, type, description: text, unit }) =>
        field(column, unit === undefined ? text : `${text} Unit: ${unit}.`, DATA_TYPES[type], {
          ...(type === 'VARCHAR[]' ? { isArray: true, arrayShape: '-1' } : {}),
          source: { fileSet: files, extract: { column } },
        }),
      ),
    ],
  };
}

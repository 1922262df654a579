/**
 * Every route in words: who asks, what is sent, what comes back, and each way it can be refused.
 *
 * Runs in the collector; the OpenAPI document is made from it. A test holds it against the routes of the app, both
 * ways, and against real answers.
 */
import { z } from 'zod';
import { BATCH_MEDIA_TYPE, PATHS, RecordsQuery, type ErrorCode } from '../src/trace/collector-api.ts';
import { BATCH_SIZES_BYTES, MAX_INFLATED_BYTES } from '../src/trace/limits.ts';
import { RecordId } from '../src/trace/primitives.ts';

export const TAGS = {
  participants: 'What the extension asks for. In no log; counted by the hour, or not at all.',
  readers: 'What the data team asks for. Every page of records is in the access log.',
  operators: 'What watches over the collector.',
} as const;

export type ComponentName =
  | 'TraceBatch'
  | 'ErasureRequest'
  | 'SignedErasureAnswer'
  | 'ReleaseList'
  | 'RecordsPage'
  | 'TombstonesPage'
  | 'AccessLog'
  | 'WellKnown'
  | 'OpenApiDocument'
  | 'Health'
  | 'Readiness';

export interface Operation {
  method: 'get' | 'post';
  /** With parameters in braces, as OpenAPI writes them. */
  path: string;
  id: string;
  tag: keyof typeof TAGS;
  summary: string;
  description: string;
  /** Whose key it takes; none where anyone may ask. */
  key?: 'participant' | 'reader' | 'administrator';
  parameters?: { name: string; in: 'path' | 'query' | 'header'; description: string; schema: z.ZodType }[];
  body?: { mediaType: string; schema: ComponentName; isPacked?: boolean; description: string };
  answer: {
    status: 200 | 204;
    description: string;
    schema?: ComponentName;
    /** Of an answer that is not JSON. */ mediaType?: string;
  };
  errors: ErrorCode[];
}

const KEY_ERRORS = ['key-missing', 'key-unknown', 'key-not-allowed'] as const;
const READER_ERRORS = [...KEY_ERRORS, 'purpose-not-allowed'] as const;
/** Any route can meet these: a fault of ours, or a store that is busy, full or away. */
const COMMON_ERRORS = ['internal', 'overloaded', 'disk-low', 'store-unavailable'] as const;

const releaseParameter = {
  name: 'number',
  in: 'path' as const,
  description: 'The release’s number.',
  schema: z.int().positive(),
};

export const OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: PATHS.batches,
    id: 'sendBatch',
    tag: 'participants',
    summary: 'Send a batch of records',
    description:
      'Answered only after the records are stored durably. The same batch may be sent again: it is stored once. ' +
      'Checked in this order: draining, load and disk; key; rate; media type; size; gzip and padding; JSON; schema; ' +
      'charter; level, scopes, labels, buckets and days; the day’s cap; the batch’s id.',
    key: 'participant',
    body: {
      mediaType: BATCH_MEDIA_TYPE,
      schema: 'TraceBatch',
      isPacked: true,
      description:
        `The batch as JSON, in gzip, followed by zero bytes up to the next of ${BATCH_SIZES_BYTES.join(', ')} bytes. ` +
        `It may inflate to ${MAX_INFLATED_BYTES} bytes.`,
    },
    answer: { status: 204, description: 'Stored, now or before.' },
    errors: [
      ...KEY_ERRORS,
      'rate-limited',
      'media-type-unsupported',
      'body-too-large',
      'padding-invalid',
      'not-gzip',
      'inflated-too-large',
      'not-json',
      'schema-unknown',
      'schema-invalid',
      'charter-unknown',
      'charter-withdrawn',
      'level-not-offered',
      'scope-not-offered',
      'label-unknown',
      'split-unfit',
      'day-out-of-range',
      'daily-cap',
      'batch-different',
      'draining',
      ...COMMON_ERRORS,
    ],
  },
  {
    method: 'post',
    path: PATHS.erasures,
    id: 'eraseRecord',
    tag: 'participants',
    summary: 'Erase one record',
    description:
      'Whoever shows the secret of a record has it removed. One record a request, so that no request says which ' +
      'records are one person’s. The answer is signed with the collector’s key.',
    key: 'participant',
    body: {
      mediaType: 'application/json',
      schema: 'ErasureRequest',
      description: 'The secret that the record’s id was made from.',
    },
    answer: { status: 200, description: 'Done, or not there.', schema: 'SignedErasureAnswer' },
    errors: [
      ...KEY_ERRORS,
      'rate-limited',
      'media-type-unsupported',
      'body-too-large',
      'not-json',
      'request-invalid',
      ...COMMON_ERRORS,
    ],
  },
  {
    method: 'get',
    path: PATHS.accessLog,
    id: 'showAccessLog',
    tag: 'participants',
    summary: 'See who has read what',
    description: 'Every pull, newest first: who, for which purpose, from which release, how many rows.',
    key: 'participant',
    answer: { status: 200, description: 'The latest entries.', schema: 'AccessLog' },
    errors: [...KEY_ERRORS, ...COMMON_ERRORS],
  },
  {
    method: 'get',
    path: PATHS.wellKnown,
    id: 'describeCollector',
    tag: 'participants',
    summary: 'Know a collector',
    description:
      'The hash of the charter in force, and the Ed25519 key that answers to erasures are signed with.',
    answer: { status: 200, description: 'What anyone may know.', schema: 'WellKnown' },
    errors: [...COMMON_ERRORS],
  },
  {
    method: 'get',
    path: PATHS.join,
    id: 'showJoinPage',
    tag: 'participants',
    summary: 'Read the charter and get a join code',
    description: 'For people, in a browser. Only where the study can be joined by invitation.',
    answer: { status: 200, description: 'The page.', mediaType: 'text/html' },
    errors: ['not-found', ...COMMON_ERRORS],
  },
  {
    method: 'get',
    path: PATHS.releases,
    id: 'listReleases',
    tag: 'readers',
    summary: 'List the releases of a purpose',
    description: 'With the charters that their records were recorded under.',
    key: 'reader',
    answer: { status: 200, description: 'All releases of the stated purpose.', schema: 'ReleaseList' },
    errors: [...READER_ERRORS, ...COMMON_ERRORS],
  },
  {
    method: 'get',
    path: `${PATHS.releases}/{number}/records`,
    id: 'pullRecords',
    tag: 'readers',
    summary: 'Pull records of a release',
    description:
      'In the order of the bytes of their random ids, page by page. The pull is in the access log before it is answered.',
    key: 'reader',
    parameters: [
      releaseParameter,
      { name: 'kind', in: 'query', description: 'Kind of record.', schema: RecordsQuery.shape.kind },
      {
        name: 'after',
        in: 'query',
        description: 'The `next` of the page before.',
        schema: RecordsQuery.shape.after,
      },
      {
        name: 'until',
        in: 'query',
        description: 'The last id of a range, which need not exist: ranges can be pulled side by side.',
        schema: RecordsQuery.shape.until,
      },
      { name: 'limit', in: 'query', description: 'Rows of a page.', schema: RecordsQuery.shape.limit },
    ],
    answer: { status: 200, description: 'One page.', schema: 'RecordsPage' },
    errors: [...READER_ERRORS, 'not-found', 'request-invalid', ...COMMON_ERRORS],
  },
  {
    method: 'get',
    path: `${PATHS.releases}/{number}/tombstones`,
    id: 'pullTombstones',
    tag: 'readers',
    summary: 'Pull the ids that a release has lost',
    description:
      'By erasure and by retention, which are not told apart. Whoever has a copy removes them from it.',
    key: 'reader',
    parameters: [
      releaseParameter,
      {
        name: 'after',
        in: 'query',
        description: 'The `next` of the page before.',
        schema: RecordId.optional(),
      },
    ],
    answer: { status: 200, description: 'One page.', schema: 'TombstonesPage' },
    errors: [...READER_ERRORS, 'not-found', 'request-invalid', ...COMMON_ERRORS],
  },
  {
    method: 'get',
    path: PATHS.health,
    id: 'checkHealth',
    tag: 'operators',
    summary: 'Does the process live?',
    description: 'Asks nothing of the store.',
    answer: { status: 200, description: 'It does.', schema: 'Health' },
    errors: [],
  },
  {
    method: 'get',
    path: PATHS.ready,
    id: 'checkReadiness',
    tag: 'operators',
    summary: 'Does it take batches?',
    description: 'The store answers, there is room on the disk, and it was not told to stop.',
    answer: { status: 200, description: 'It does.', schema: 'Readiness' },
    errors: ['draining', 'store-unavailable', 'disk-low', 'internal'],
  },
  {
    method: 'get',
    path: PATHS.metrics,
    id: 'showMetrics',
    tag: 'operators',
    summary: 'The collector’s figures',
    description:
      'In Prometheus’ format. What participants send is shown as it stood at the last full hour since the start.',
    key: 'administrator',
    answer: { status: 200, description: 'The figures.', mediaType: 'text/plain' },
    errors: [...KEY_ERRORS, ...COMMON_ERRORS],
  },
  {
    method: 'get',
    path: PATHS.openapi,
    id: 'showInterface',
    tag: 'operators',
    summary: 'This document',
    description: 'OpenAPI 3.1, made from the schemas that the collector parses by.',
    answer: { status: 200, description: 'The document.', schema: 'OpenApiDocument' },
    errors: [],
  },
  {
    method: 'get',
    path: PATHS.docs,
    id: 'showDocs',
    tag: 'operators',
    summary: 'This document, to read',
    description: 'A page without scripts.',
    answer: { status: 200, description: 'The page.', mediaType: 'text/html' },
    errors: [],
  },
];

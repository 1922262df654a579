/**
 * The collector's interface as the extension and the dataset command see it: paths, answers, error codes.
 */
import { z } from 'zod';
import { CharterHash, Day, RecordId } from './primitives.ts';
import { PUBLISHED_KINDS } from './record.ts';
import { PublishedRow } from './published.ts';

export const PATHS = {
  wellKnown: '/.well-known/proffer.json',
  batches: '/v1/batches',
  erasures: '/v1/erasures',
  releases: '/v1/releases',
  accessLog: '/v1/access-log',
  join: '/join',
  health: '/healthz',
  ready: '/readyz',
  metrics: '/metrics',
  openapi: '/openapi.json',
  docs: '/docs',
} as const;

/** Media type of a batch on the wire: gzip and zero padding. */
export const BATCH_MEDIA_TYPE = 'application/gzip';
/** Readers state their purpose with every request. */
export const PURPOSE_HEADER = 'proffer-purpose';

/** Stable error codes with their HTTP status. Answers are `{ error, message, paths? }`, never with values. */
export const ERRORS = {
  'key-missing': 401,
  'key-unknown': 401,
  'key-not-allowed': 403,
  'purpose-not-allowed': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'batch-different': 409,
  'charter-unknown': 410,
  'charter-withdrawn': 410,
  'body-too-large': 413,
  'inflated-too-large': 413,
  'media-type-unsupported': 415,
  'not-gzip': 400,
  'padding-invalid': 400,
  'not-json': 400,
  'request-invalid': 400,
  'schema-invalid': 422,
  'schema-unknown': 422,
  'label-unknown': 422,
  'scope-not-offered': 422,
  'level-not-offered': 422,
  'split-unfit': 422,
  'day-out-of-range': 422,
  'rate-limited': 429,
  'daily-cap': 429,
  'internal': 500,
  'overloaded': 503,
  'disk-low': 503,
  'draining': 503,
  'store-unavailable': 503,
} as const; // prettier-ignore
export type ErrorCode = keyof typeof ERRORS;

export const ErrorAnswer = z.object({
  error: z.string(),
  message: z.string(),
  paths: z.array(z.string()).optional(),
});
export type ErrorAnswer = z.infer<typeof ErrorAnswer>;

/** What anyone may know of a collector. The key is Ed25519, raw, base64url. */
export const WellKnown = z.strictObject({
  product: z.literal('proffer'),
  charter: CharterHash,
  publicKey: z.string().length(43),
});
export type WellKnown = z.infer<typeof WellKnown>;

/** The collector's process lives; nothing is said of its store. */
export const Health = z.strictObject({ status: z.literal('ok') });
/** The collector takes batches. */
export const Readiness = z.strictObject({ status: z.literal('ready') });

/** One erasure request: the secret of one record. */
export const ErasureRequest = z.strictObject({ secret: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });

/**
 * The answer to an erasure, which the collector signs.
 *
 * `erased`: was stored, now is not. `not-held`: was not there; should it still arrive, it is dropped.
 * `release` is the sealed release that had it, and `pulledBy` how many readers had pulled from that release.
 */
export const ErasureAnswer = z.strictObject({
  result: z.enum(['erased', 'not-held']),
  answeredOn: Day,
  release: z.int().positive().nullable(),
  pulledBy: z.int().min(0),
});
export type ErasureAnswer = z.infer<typeof ErasureAnswer>;

/** `signature` is Ed25519 over the UTF-8 bytes of `answer`, the answer's JSON text; base64url. */
export const SignedErasureAnswer = z.strictObject({
  answer: z.string().max(1000),
  signature: z.string().length(86),
});
export type SignedErasureAnswer = z.infer<typeof SignedErasureAnswer>;

const Count = z.int().min(0);
const Counts = z.strictObject({ motion: Count, rhythm: Count, episode: Count, trace: Count });

/** A sealed release. Its number grows by one; its records never change but by erasure, retention and withdrawal. */
export const Release = z.strictObject({
  number: z.int().positive(),
  sealedOn: Day,
  schemaVersion: z.int().positive(),
  withdrawn: z.boolean(),
  counts: Counts,
  tombstones: z.int().min(0),
});
export type Release = z.infer<typeof Release>;

/** Everything a reader needs to know of the releases; charters as JSON text, by hash. */
export const ReleaseList = z.strictObject({
  releases: z.array(Release),
  charters: z.record(CharterHash, z.string()),
});
export type ReleaseList = z.infer<typeof ReleaseList>;

/**
 * One page of a release, in the order of the ids' bytes. `next` is the cursor of the next page, null at the end of the
 * release or of the range asked for.
 */
export const RecordsPage = z.strictObject({ rows: z.array(PublishedRow), next: RecordId.nullable() });
export type RecordsPage = z.infer<typeof RecordsPage>;
export const RecordsQuery = z.strictObject({
  kind: z.enum(PUBLISHED_KINDS),
  after: RecordId.optional(),
  until: RecordId.optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(2000),
});

/** Ids of records of a release that were erased or reached their retention since it was sealed, as published. */
export const TombstonesPage = z.strictObject({ recordIds: z.array(RecordId), next: RecordId.nullable() });

/** One pull as the participants see it. */
export const AccessLogEntry = z.strictObject({
  number: z.int().positive(),
  at: Day,
  reader: z.string(),
  purpose: z.string(),
  release: z.int().positive(),
  kind: z.enum(PUBLISHED_KINDS),
  rows: z.int().min(0),
});
/**
 * What the readers were given, newest first, and the head of the chain that every entry is in.
 *
 * Whoever notes the head can have the collector prove later that its log grew out of it.
 */
export const AccessLog = z.strictObject({
  head: z.strictObject({ number: z.int().min(0), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  entries: z.array(AccessLogEntry),
});
export type AccessLog = z.infer<typeof AccessLog>;

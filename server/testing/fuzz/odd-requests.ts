/**
 * What the fuzz asks beside batches: methods, paths, queries, headers and bodies, right ones and all that are nearly so.
 *
 * Runs in the fuzz of the collector only. Plain lists, so that a plan can name an entry by its index.
 */
import { BATCH_MEDIA_TYPE, PATHS, PURPOSE_HEADER } from '../../../src/trace/collector-api.ts';
import { MARK } from './edit-document.ts';

export const METHODS = [
  'GET',
  'GET',
  'GET',
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'PROPFIND',
  MARK.toUpperCase(),
];

/** The first half as they are meant. */
export const PATHS_ASKED = [
  ...Object.values(PATHS),
  '/healthz',
  `${PATHS.releases}/1`,
  ...['1', '1', '1', '2', '0', '-1', '01', '1e0', '1.0', '%31', '999999999', '9999999999', '__proto__', 'NaN', MARK].flatMap(
    (number) => [`${PATHS.releases}/${number}/records`, `${PATHS.releases}/${number}/tombstones`],
  ),
  `${PATHS.batches}/`, `${PATHS.batches}//`, `/${PATHS.batches}`, PATHS.batches.toUpperCase(), `${PATHS.batches}%00`,
  `${PATHS.batches}/..`, `${PATHS.batches}/%2e%2e/releases`, `${PATHS.releases}/%ff/records`, `${PATHS.releases}/%/records`,
  `${PATHS.releases}/1/records/${MARK}`, `${PATHS.releases}/${'9'.repeat(4000)}/records`, `${PATHS.releases}//records`,
  '/', '', '/*', '/:number', '/constructor', '/__proto__', `/${MARK}`, `/.well-known/../${MARK}`, '/%c0%ae%c0%ae/etc',
  `/${'a/'.repeat(2000)}`, '/metrics', '/readyz', '/openapi.json', '/favicon.ico',
]; // prettier-ignore

export const QUERIES = [
  '', '', '?kind=motion', '?kind=motion', '?kind=rhythm&limit=1', '?kind=episode&limit=10000', '?kind=trace&limit=2',
  '?kind=motion&after=AAAAAAAAAAAAAAAAAAAAAA', '?after=AAAAAAAAAAAAAAAAAAAAAA', `?kind=${MARK}`, '?kind=', '?kind[]=motion',
  '?kind=motion&kind=rhythm', '?kind=sighting', `?kind=motion&limit=${MARK}`, '?kind=motion&limit=0', '?kind=motion&limit=-1',
  '?kind=motion&limit=10001', '?kind=motion&limit=1e3', '?kind=motion&limit=0.5', '?kind=motion&limit=NaN',
  '?kind=motion&limit=Infinity', '?kind=motion&limit=', '?kind=motion&limit=0x10', '?kind=motion&limit=%20%205',
  '?kind=motion&after=', `?kind=motion&after=${MARK}`, '?kind=motion&after=%00', "?kind=motion&after=' OR 1=1 --",
  `?${MARK}=1`, `?kind=motion&${MARK}=1`, '?__proto__=1', '?kind=motion&__proto__[limit]=1', '?constructor=1', '?%ff=%ff',
  '?kind=motion&limit=٣', `?${'a=1&'.repeat(3000)}`, '?kind=%ed%a0%80', '?=', '?&&&',
]; // prettier-ignore

export const PURPOSES = [
  'train-agents',
  'train-agents',
  'train-agents:linked',
  undefined,
  '',
  MARK,
  'TRAIN-AGENTS',
  'train-agents, train-agents',
  '__proto__',
];

export const BODIES = [undefined, undefined, '{}', MARK, '\u0000', 'a'.repeat(70_000)];

/** Changes to the headers of a right request; undefined leaves one out. */
export const BATCH_HEADERS: readonly Record<string, string | undefined>[] = [
  ...[undefined, '', 'Bearer', 'Bearer ', `Bearer ${'A'.repeat(43)}`, `Bearer ${MARK.padEnd(43, 'A')}`, `Basic ${MARK}`,
    `Bearer ${'A'.repeat(5000)}`, 'Bearer null, Bearer null', 'Bearer \u00e9', "Bearer ' OR '1'='1"]
    .map((authorization) => ({ authorization })),
  ...[undefined, '', 'application/json', 'application/json; charset=utf-8', `${BATCH_MEDIA_TYPE}; q=1`, 'APPLICATION/GZIP',
    `text/${MARK}`, 'multipart/form-data; boundary=x', 'application/json;', ' ; ']
    .map((mediaType) => ({ 'content-type': mediaType })),
  ...['-1', '0', '1', '65537', '1e99', 'NaN', '99999999999999999999', MARK, '4096, 4096', '0x10']
    .map((length) => ({ 'content-length': length })),
  { 'content-encoding': 'gzip' }, { 'content-encoding': 'br' }, { 'transfer-encoding': 'chunked' }, { range: 'bytes=0-1' },
  { expect: '100-continue' }, { 'x-http-method-override': 'DELETE' }, { origin: `https://${MARK}.example` },
  { cookie: `a=${MARK}` }, { 'user-agent': MARK }, { host: MARK }, { 'x-forwarded-for': `${MARK}, 10.0.0.1` },
  { 'if-none-match': '*' }, { [PURPOSE_HEADER]: MARK }, { 'accept-encoding': MARK }, { [MARK]: MARK.repeat(1000) },
  { connection: 'upgrade', upgrade: 'websocket' }, { 'access-control-request-method': 'POST' },
]; // prettier-ignore

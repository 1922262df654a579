/**
 * A collector that answers a reader like the real one and costs next to nothing: its rows are made once and kept as
 * bytes.
 *
 * Run in a process of its own on loopback, so that what a pull costs is the pull's; prints its port when it is ready:
 *
 *   node stand-in-collector.ts --releases 5 --motion 1000000 --rhythm 1000 --episode 1000
 *
 * Gives ranges of ids in their order, as the contract has it.
 */
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { aCharter, aRow } from '../../dataset/testing/published-rows.ts';
import { PATHS, RecordsQuery } from '../../src/trace/collector-api.ts';
import { APPS, idAt, MADE_KINDS, recordAt, type MadeKind } from './made-records.ts';

const { values: wanted } = parseArgs({
  options: {
    releases: { type: 'string', default: '1' },
    motion: { type: 'string', default: '0' },
    rhythm: { type: 'string', default: '0' },
    episode: { type: 'string', default: '0' },
  },
});
const releases = Number(wanted.releases);
/** Of each release. */
const counts = {
  motion: Math.floor(Number(wanted.motion) / releases),
  rhythm: Math.floor(Number(wanted.rhythm) / releases),
  episode: Math.floor(Number(wanted.episode) / releases),
  trace: 0,
};
const { hash, text } = await aCharter({
  retentionDays: 3650,
  apps: APPS.map((label) => ({ label, matches: [`https://${label}.example.com/*`] })),
});
const MADE_AT_ONCE = 2000;

/** All rows of a kind and release one after another with a comma behind each; row `n` begins at `starts[n]`. */
interface MadeRows {
  bytes: Buffer;
  starts: Float64Array;
}

function makeRows(kind: MadeKind, release: number): MadeRows {
  const count = counts[kind];
  const pieces: Buffer[] = [];
  const starts = new Float64Array(count + 1);
  for (let first = 0; first < count; first += MADE_AT_ONCE) {
    const rows: string[] = [];
    for (let place = first; place < Math.min(first + MADE_AT_ONCE, count); place += 1) {
      const row = `${JSON.stringify(aRow(hash, recordAt(kind, release, place, count)))},`;
      starts[place + 1] = starts[place]! + row.length;
      rows.push(row);
    }
    pieces.push(Buffer.from(rows.join('')));
  }
  return { bytes: Buffer.concat(pieces), starts };
}

const made = Array.from({ length: releases }, (_, index) =>
  Object.fromEntries(MADE_KINDS.map((kind) => [kind, makeRows(kind, index + 1)])),
);

/** The first place whose id is beyond the one given. */
function placeAfter(kind: MadeKind, release: number, id: string): number {
  let low = 0;
  let high = counts[kind];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (idAt(kind, release, middle, counts[kind]) <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}

function pageFor(release: number, { kind, after, until, limit }: z.infer<typeof RecordsQuery>): Buffer[] {
  if (kind === 'trace') return [Buffer.from('{"rows":[],"next":null}')];
  const { bytes, starts } = made[release - 1]![kind]!;
  const end = until === undefined ? counts[kind] : placeAfter(kind, release, until);
  const from = Math.min(end, after === undefined ? 0 : placeAfter(kind, release, after));
  const to = Math.min(end, from + limit);
  const next = to < end ? `"${idAt(kind, release, to - 1, counts[kind])}"` : 'null';
  const rows = bytes.subarray(starts[from], Math.max(starts[from]!, starts[to]! - 1));
  return [Buffer.from('{"rows":['), rows, Buffer.from(`],"next":${next}}`)];
}

function describeReleases() {
  return made.map((_, index) => ({
    number: index + 1,
    sealedOn: '2026-11-28',
    schemaVersion: 1,
    withdrawn: false,
    counts,
    tombstones: 0,
  }));
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  response.setHeader('content-type', 'application/json');
  if (url.pathname === PATHS.wellKnown) {
    response.end(JSON.stringify({ product: 'proffer', charter: hash, publicKey: 'A'.repeat(43) }));
  } else if (url.pathname === PATHS.releases) {
    response.end(JSON.stringify({ releases: describeReleases(), charters: { [hash]: text } }));
  } else {
    const release = Number(url.pathname.split('/').at(-2));
    const page = pageFor(release, RecordsQuery.parse(Object.fromEntries(url.searchParams)));
    response.setHeader(
      'content-length',
      page.reduce((sum, piece) => sum + piece.length, 0),
    );
    for (const piece of page) response.write(piece);
    response.end();
  }
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`);
});

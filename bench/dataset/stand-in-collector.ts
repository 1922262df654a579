/**
 * A collector that answers a reader like the real one and costs next to nothing: its rows are made once and kept as
 * bytes.
 *
 * Run in a process of its own on loopback, `node stand-in-collector.ts MOTIONS`, so that what a pull costs is the
 * pull's; prints its port when it is ready. Gives ranges of ids in their order, as the contract has it.
 */
import { createServer } from 'node:http';
import type { z } from 'zod';
import { aCharter, aRow } from '../../dataset/testing/published-rows.ts';
import { PATHS, RecordsQuery } from '../../src/trace/collector-api.ts';
import { idAt, motionAt } from './made-motions.ts';

const motions = Number(process.argv[2] ?? '0');
const { hash, text } = await aCharter({ retentionDays: 3650 });

/** All rows one after another with a comma behind each; row `n` begins at `starts[n]`. */
const pieces: Buffer[] = [];
const starts = new Float64Array(motions + 1);
const PIECE_ROWS = 2000;
for (let first = 0; first < motions; first += PIECE_ROWS) {
  const rows: string[] = [];
  for (let place = first; place < Math.min(first + PIECE_ROWS, motions); place += 1) {
    const row = `${JSON.stringify(aRow(hash, motionAt(place, motions)))},`;
    starts[place + 1] = starts[place]! + row.length;
    rows.push(row);
  }
  pieces.push(Buffer.from(rows.join('')));
}
const bytes = Buffer.concat(pieces.splice(0));

/** The first place whose id is beyond the one given. */
function placeAfter(id: string): number {
  let low = 0;
  let high = motions;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (idAt(middle, motions) <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}

function pageFor({ kind, after, until, limit }: z.infer<typeof RecordsQuery>): Buffer[] {
  const end = kind === 'motion' ? (until === undefined ? motions : placeAfter(until)) : 0;
  const from = Math.min(end, after === undefined ? 0 : placeAfter(after));
  const to = Math.min(end, from + limit);
  const next = to < end ? `"${idAt(to - 1, motions)}"` : 'null';
  const rows = bytes.subarray(starts[from], Math.max(starts[from]!, starts[to]! - 1));
  return [Buffer.from('{"rows":['), rows, Buffer.from(`],"next":${next}}`)];
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  response.setHeader('content-type', 'application/json');
  if (url.pathname === PATHS.wellKnown) {
    response.end(JSON.stringify({ product: 'proffer', charter: hash, publicKey: 'A'.repeat(43) }));
  } else if (url.pathname === PATHS.releases) {
    const release = { number: 1, sealedOn: '2026-11-28', schemaVersion: 1, withdrawn: false, tombstones: 0 };
    const counts = { motion: motions, rhythm: 0, episode: 0, trace: 0 };
    response.end(JSON.stringify({ releases: [{ ...release, counts }], charters: { [hash]: text } }));
  } else {
    const page = pageFor(RecordsQuery.parse(Object.fromEntries(url.searchParams)));
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

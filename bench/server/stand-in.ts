/**
 * A stand-in for the collector that must lose: the same rows in the same tables with group commit, and not one check.
 *
 * Runs as a process of its own: `node bench/server/stand-in.ts FILE NORMAL|FULL`. With `synchronous=NORMAL`, which the
 * product has no switch for, it acknowledges what a power cut takes away: so a test that finds nothing lost can be
 * believed of others. Prints its address on the first line.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { TraceBatch } from '../../src/trace/batch.ts';
import { createGroupCommit } from '../../server/store/group-commit.ts';
import { PATHS } from '../../src/trace/collector-api.ts';
import { rowOf } from './fresh-records.ts';
import { openRowWriter, type BatchRows } from './sqlite-rows.ts';

const MAX_GROUP = 64;
const inflate = promisify(gunzip);

const writer = openRowWriter(process.argv[2]!, process.argv[3] as 'FULL' | 'NORMAL');
const commit = createGroupCommit({ maxGroup: MAX_GROUP, maxRunning: 1 }, (group: BatchRows[]) => {
  writer.commit(group);
  return Promise.resolve(group);
});
const app = new Hono();
app.post(PATHS.batches, async ({ req }) => {
  const text = (await inflate(await req.arrayBuffer())).toString();
  const { batchId, records } = JSON.parse(text) as TraceBatch;
  await commit({ batchKey: batchId, digest: '', day: records[0]!.recordedOn, rows: records.map(rowOf) });
  return new Response(null, { status: 204 });
});

const answerRequest = getRequestListener(app.fetch, { overrideGlobalObjects: false });
const server = createServer((incoming, outgoing) => void answerRequest(incoming, outgoing));
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

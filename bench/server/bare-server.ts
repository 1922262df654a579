/**
 * The collector's framework without the collector, to measure beside it: a route that reads the body and answers 204.
 *
 * Runs as a process of its own: `node bench/server/bare-server.ts read|parse`. With `parse` it also inflates the body and
 * parses its JSON. Prints its address on the first line.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { PATHS } from '../../src/trace/collector-api.ts';

const inflate = promisify(gunzip);
const doesParse = process.argv[2] === 'parse';

const app = new Hono();
app.post(PATHS.batches, async ({ req }) => {
  const body = await req.arrayBuffer();
  if (doesParse) JSON.parse((await inflate(body)).toString());
  return new Response(null, { status: 204 });
});

const answerRequest = getRequestListener(app.fetch, { overrideGlobalObjects: false });
const server: Server = createServer((incoming, outgoing) => void answerRequest(incoming, outgoing));
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

/**
 * The viewer as a thing that is opened and closed: dataset, index and a socket on loopback.
 *
 * Runs on the data team's computer until it is stopped; listens on 127.0.0.1 and nowhere else.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { openDataset } from '../open-dataset.ts';
import { createViewApp } from './view-app.ts';

const HOST = '127.0.0.1';
const MEMORY_MB = 512;
const TOKEN_BYTES = 16;

export interface View {
  /** The list's address, with the token in it. */
  url: string;
  close: () => Promise<void>;
}

/**
 * Opens the viewer of a pulled dataset.
 *
 * @param port 0 picks a free one.
 * @throws a failure (`folder-foreign`) if the folder is no dataset, an error of the system if the port is taken.
 */
export async function openView(dir: string, port = 0): Promise<View> {
  const spillDir = await mkdtemp(join(tmpdir(), 'proffer-view-'));
  const removeSpill = () => rm(spillDir, { recursive: true, force: true });
  try {
    const dataset = await openDataset(dir, { memoryMb: MEMORY_MB, spillDir });
    try {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      const app = await createViewApp({ dataset, dir, token });
      const server = await listen(app.fetch, port);
      const { port: taken } = server.address() as AddressInfo;
      return {
        url: `http://${HOST}:${taken}/${token}/`,
        close: async () => {
          server.closeAllConnections();
          await new Promise((resolve) => server.close(resolve));
          dataset.close();
          await removeSpill();
        },
      };
    } catch (error) {
      dataset.close();
      throw error;
    }
  } catch (error) {
    await removeSpill();
    throw error;
  }
}

function listen(fetch: Parameters<typeof serve>[0]['fetch'], port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: HOST }, () => resolve(server)) as Server;
    server.once('error', reject);
  });
}

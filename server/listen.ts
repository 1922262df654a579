/**
 * The running collector: store, routes, housekeeping and the listening socket, opened and closed together.
 *
 * Runs on the organisation's server, and inside end-to-end tests. Must never answer before the store is open, nor lose
 * what it acknowledged when it is stopped.
 */
import { createServer, type Server, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import canonicalize from 'canonicalize';
import { charterHash } from '../src/charter/charter-hash.ts';
import type { Charter } from '../src/charter/charter.ts';
import { dayOf } from '../src/trace/primitives.ts';
import { createApp } from './app.ts';
import { readCharterFile } from './charter-file.ts';
import { sealNow, startHousekeeping } from './housekeeping.ts';
import { logToStderr, type Log } from './log.ts';
import { openSecrets, type Secrets } from './secrets.ts';
import { storeLocationOf } from './store-location.ts';
import { openStore, type Store } from './store.ts';
import type { Sealed } from './store/releases.ts';

export interface CollectorSettings {
  /** The charter, or the path of its file. */
  charter: Charter | string;
  /** Made when it is not there. */
  dataDir: string;
  /** 0 picks a free one. */
  port?: number;
  host?: string;
  log?: Log;
  nowEpochMs?: () => number;
}

export interface Collector {
  /** Where it listens, without a slash at the end. */
  url: string;
  /** Seals now, thresholds kept. */
  seal: () => Promise<Sealed>;
  /** Stops taking requests, finishes those at hand, settles the store and closes it. */
  close: () => Promise<void>;
}

/** Limits on connections: a batch is small, so whoever takes longer is not sending one. */
const SERVER_LIMITS: ServerOptions = {
  maxHeaderSize: 8 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 5_000,
};
const CLOSE_PATIENCE_MS = 5_000;

/**
 * Opens a collector and starts listening.
 *
 * @throws Error that names the setting when the charter is wrong or withdrawn, or the port is taken.
 */
export async function openCollector(settings: CollectorSettings): Promise<Collector> {
  const { dataDir, port = 0, host = '127.0.0.1', log = logToStderr, nowEpochMs = Date.now } = settings;
  const charter = typeof settings.charter === 'string' ? readCharterFile(settings.charter) : settings.charter;
  const secrets = openSecrets(dataDir);
  const store = await openStore(storeLocationOf(dataDir));
  try {
    await checkIdentity(store, secrets);
    const hash = await adoptCharter(store, charter, nowEpochMs());
    const faults = countFaults();
    const parts = { store, charter, charterHash: hash, secrets, nowEpochMs, log, ...faults };
    const app = createApp(parts);
    const server = createServer(SERVER_LIMITS);
    const answerRequest = getRequestListener(app.fetch, { overrideGlobalObjects: false });
    server.on('request', (incoming, outgoing) => void answerRequest(incoming, outgoing));
    const url = await listen(server, port, host);
    const stopping = new AbortController();
    const housekeeping = startHousekeeping(parts, stopping.signal);
    log('started', { url, charter: hash });
    return {
      url,
      seal: () => sealNow(store, nowEpochMs(), log),
      close: async () => {
        stopping.abort();
        await Promise.all([housekeeping, stopListening(server)]);
        await store.close();
        log('stopped', faults.takeFaults());
      },
    };
  } catch (fault) {
    await store.close();
    throw fault;
  }
}

/**
 * Makes the charter the current one of the store, and gives its hash.
 *
 * @throws Error when the charter was withdrawn.
 */
export async function adoptCharter(store: Store, charter: Charter, nowEpochMs: number): Promise<string> {
  const hash = await charterHash(charter);
  const outcome = await store.adoptCharter(hash, canonicalize(charter)!, dayOf(nowEpochMs));
  if (outcome === 'withdrawn') throw new Error('charter: this charter was withdrawn; write a new one');
  return hash;
}

/** Collectors of one database share their secrets: else none would know a batch that another has stored. */
async function checkIdentity(store: Store, secrets: Secrets): Promise<void> {
  if ((await store.claimIdentity(secrets.publicKey)) === 'ours') return;
  throw new Error(
    'data: the database belongs to a collector with other secrets; copy signing-key.pem and digest-key from its data directory',
  );
}

function countFaults() {
  const counts = new Map<string, number>();
  return {
    countFault: (code: string) => void counts.set(code, (counts.get(code) ?? 0) + 1),
    takeFaults: () => {
      const taken = Object.fromEntries([...counts].map(([code, count]) => [`fault-${code}`, count]));
      counts.clear();
      return taken;
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (fault: NodeJS.ErrnoException) => {
      reject(new Error(`port or host: cannot listen on ${host}, port ${port} (${fault.code})`));
    });
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo;
      const shownHost = address.family === 'IPv6' ? `[${address.address}]` : address.address;
      resolve(`http://${shownHost}:${address.port}`);
    });
  });
}

function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const patience = setTimeout(() => server.closeAllConnections(), CLOSE_PATIENCE_MS);
    server.close(() => {
      clearTimeout(patience);
      resolve();
    });
    server.closeIdleConnections();
  });
}

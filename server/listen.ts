/**
 * The running collector: store, routes, housekeeping and the listening sockets, opened and closed together.
 *
 * Runs on the organisation's server, and inside end-to-end tests. Must never answer before the store is open, nor lose
 * what it acknowledged when it is stopped.
 */
import canonicalize from 'canonicalize';
import { charterHash } from '../src/charter/charter-hash.ts';
import type { Charter } from '../src/charter/charter.ts';
import { dayOf } from '../src/trace/primitives.ts';
import { createApp } from './app.ts';
import { readCharterFile } from './charter-file.ts';
import { openDisk } from './disk.ts';
import { createGate } from './gate.ts';
import { sealNow, startHousekeeping } from './housekeeping.ts';
import { openLog, type Log } from './log.ts';
import { answerMetrics, openMetrics } from './metrics.ts';
import { createRateLimits, type RateSettings } from './rate-limit.ts';
import { openSecrets, type Secrets } from './secrets.ts';
import { openSocket } from './socket.ts';
import { storeLocationOf } from './store-location.ts';
import { openStore, type Store } from './store.ts';
import { readTls, type TlsFiles } from './tls.ts';

export interface CollectorSettings {
  /** The charter, or the path of its file. */
  charter: Charter | string;
  /** Made when it is not there. */
  dataDir: string;
  /** 0 picks a free one. */
  port?: number;
  host?: string;
  /** Plain HTTP without. */
  tls?: TlsFiles | undefined;
  /** Where metrics are read, apart from the rest since no key protects them; nowhere without. */
  metrics?: { port: number; host: string } | undefined;
  rates?: RateSettings;
  batchesAtOnce?: number;
  /** How long to go on answering after a stop was asked for. */
  drainMs?: number;
  log?: Log;
  nowEpochMs?: () => number;
}

export interface Collector {
  /** Where it listens, without a slash at the end. */
  url: string;
  metricsUrl: string | undefined;
  /** Seals now, thresholds kept. */
  seal: () => ReturnType<typeof sealNow>;
  /** Reads the files of certificate and key again; if they are no good, the former ones stay. */
  reloadTls: () => void;
  /** Takes no more batches, finishes what is at hand, settles the store and closes it. */
  close: () => Promise<void>;
}

/** What is at hand when the collector stops has so long to end. */
const CLOSE_PATIENCE_MS = 5_000;
const BATCHES_AT_ONCE = 64;
/** What was written since the last settling tells who came together, so a file is settled often. */
const SETTLE_FILE_EVERY_MS = 3_600_000;
/** A day's part of a large database takes long to rewrite; twice a day keeps what was erased within 24 hours. */
const SETTLE_PARTS_EVERY_MS = 12 * SETTLE_FILE_EVERY_MS;

/**
 * Opens a collector and starts listening.
 *
 * @throws Error that names the setting when the charter is wrong or withdrawn, the port is taken, or TLS cannot be had.
 */
export async function openCollector(settings: CollectorSettings): Promise<Collector> {
  const { dataDir, port = 0, host = '127.0.0.1', log = openLog(), nowEpochMs = Date.now } = settings;
  const charter = typeof settings.charter === 'string' ? readCharterFile(settings.charter) : settings.charter;
  const tls = settings.tls && readTls(settings.tls);
  const secrets = openSecrets(dataDir);
  const location = storeLocationOf(dataDir);
  const disk = openDisk({ dataDir, holdsRecords: 'path' in location, log });
  const gate = createGate(disk, settings.batchesAtOnce ?? BATCHES_AT_ONCE);
  const metrics = openMetrics(disk, nowEpochMs);
  /** In the order in which they must be closed. */
  const toClose: (() => void | Promise<void>)[] = [metrics.close];
  const closeAll = async () => {
    for (const close of toClose) await close();
  };
  try {
    const store = await openStore(location);
    toClose.unshift(() => closeStore(store, log));
    await checkIdentity(store, secrets);
    const hash = await adoptCharter(store, charter, nowEpochMs());
    const faults = countFaults();
    const limits = createRateLimits(charter, settings.rates, nowEpochMs);
    const isTls = tls !== undefined;
    const parts = { store, charter, charterHash: hash, secrets, nowEpochMs, log, ...faults };
    const app = createApp({ ...parts, gate, disk, limits, metrics, isTls });

    const metricsSocket =
      settings.metrics &&
      (await openSocket(answerMetrics(metrics), {
        ...settings.metrics,
        settingNames: 'metrics-port or metrics-host',
      }));
    if (metricsSocket) toClose.unshift(() => metricsSocket.close(0));
    const socket = await openSocket(app.fetch, { port, host, settingNames: 'port or host', tls });
    const stopping = new AbortController();
    const settleEveryMs = 'path' in location ? SETTLE_FILE_EVERY_MS : SETTLE_PARTS_EVERY_MS;
    const housekeeping = startHousekeeping(
      { ...parts, settleEveryMs, noteDone: metrics.noteDone },
      stopping.signal,
    );
    toClose.unshift(async () => {
      stopping.abort();
      await Promise.all([housekeeping, socket.close(CLOSE_PATIENCE_MS)]);
    });
    log('started', {
      url: socket.url,
      charter: hash,
      ...(metricsSocket && { metricsUrl: metricsSocket.url }),
    });
    return {
      url: socket.url,
      metricsUrl: metricsSocket?.url,
      seal: () => sealNow(store, nowEpochMs(), log),
      reloadTls: () => {
        if (!settings.tls) return;
        try {
          socket.replaceTls(readTls(settings.tls));
          log('certificate-reloaded');
        } catch (fault) {
          log('certificate-refused', { problem: (fault as Error).message });
        }
      },
      close: async () => {
        gate.drain();
        log('draining', { atHand: gate.atHand() });
        await waitFor(settings.drainMs ?? 0);
        await closeAll();
        log('stopped', faults.takeFaults());
      },
    };
  } catch (fault) {
    await closeAll();
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

/** What is stored is safe in any case; the next start settles what this one could not. */
async function closeStore(store: Store, log: Log): Promise<void> {
  try {
    await store.close();
  } catch (fault) {
    log('left-unsettled', { name: fault instanceof Error ? fault.name : 'unknown' });
  }
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

function waitFor(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}

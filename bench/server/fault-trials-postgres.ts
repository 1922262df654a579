/**
 * Faults of collectors on PostgreSQL: one of two is killed; the primary is killed and its standby promoted.
 *
 * Runs in Node. The standby is synchronous, as it must be where nothing acknowledged may be lost with the primary. What
 * is found is read by SQL from the server that is left.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import {
  createCollectorKey,
  migrateDatabase,
  openCollectorProcess,
  type CollectorProcess,
} from './collector-process.ts';
import { openLedger, type Verdict } from './fault-ledger.ts';
import { sendUnknown, startLoad, wait } from './fault-load.ts';
import type { Ground, TrialPlace } from './fault-trials.ts';
import { openClient, type Client } from './http-client.ts';
import {
  askPostgres,
  copyCluster,
  freePort,
  openPostgres,
  type PostgresProcess,
} from './postgres-process.ts';
import { openRelay } from './relay.ts';
import { readPostgresRecords } from './stored-records.ts';

const DATABASE = 'collector';
const BETWEEN_MS = 300;
const AFTER_MS = 1500;
const STANDBY_PATIENCE_MS = 30_000;

/** @param cluster one that no server has ever run on, to be copied. */
export async function collectorKilledTrial(
  ground: Ground,
  place: TrialPlace,
  cluster: string,
): Promise<Verdict> {
  const { dir, onClose } = place;
  copyCluster(cluster, join(dir, 'primary'));
  const postgres = await openPostgres(join(dir, 'primary'), await freePort());
  onClose(postgres.close);
  const url = postgres.urlOf(DATABASE);
  const { collectors, clients } = await openTwoCollectors(ground, place, postgres, url);
  const ledger = openLedger();
  const load = startLoad(clients, ledger, ground.createBatch);
  await wait(loadedMs(ground));
  await collectors[1].stop('SIGKILL');
  await wait(BETWEEN_MS);
  await load.stop();
  await sendUnknown(clients[0], ledger);
  return judge(url, ledger.judge);
}

/** @param cluster as above; it becomes both primary and standby. */
export async function failoverTrial(ground: Ground, place: TrialPlace, cluster: string): Promise<Verdict> {
  const { dir, onClose } = place;
  const primaryPort = await freePort();
  copyCluster(cluster, join(dir, 'primary'));
  copyCluster(cluster, join(dir, 'standby'), primaryPort);
  const primary = await openPostgres(join(dir, 'primary'), primaryPort, { synchronous_standby_names: '*' });
  onClose(primary.kill);
  const standby = await openPostgres(join(dir, 'standby'), await freePort());
  onClose(standby.close);
  await untilSynchronous(primary.urlOf('postgres'));
  const relay = await openRelay(primary.port);
  onClose(relay.close);
  const url = primary.urlOf(DATABASE).replace(String(primary.port), String(relay.port));
  const { collectors, clients } = await openTwoCollectors(ground, place, primary, url);
  const ledger = openLedger();
  const load = startLoad(clients, ledger, ground.createBatch);
  await wait(loadedMs(ground));
  await collectors[1].stop('SIGKILL');
  await wait(BETWEEN_MS);
  await primary.kill();
  await askPostgres(standby.urlOf('postgres'), 'SELECT pg_promote(true, 30)');
  relay.pointTo(standby.port);
  await wait(AFTER_MS);
  await load.stop();
  await sendUnknown(clients[0], ledger);
  return judge(standby.urlOf(DATABASE), ledger.judge);
}

async function openTwoCollectors(
  { charterFile, template }: Ground,
  { dir, onClose }: TrialPlace,
  postgres: PostgresProcess,
  databaseUrl: string,
): Promise<{ collectors: [CollectorProcess, CollectorProcess]; clients: [Client, Client] }> {
  await askPostgres(postgres.urlOf('postgres'), `CREATE DATABASE ${DATABASE}`);
  // Past the relay, which stands still while this process waits for a command.
  const directUrl = postgres.urlOf(DATABASE);
  migrateDatabase(directUrl);
  // Only the secrets of it are used, which both share.
  const dataDir = join(dir, 'data');
  cpSync(template, dataDir, { recursive: true });
  const participantKey = createCollectorKey('participant', dataDir, { databaseUrl: directUrl });
  const open = async () => {
    const collector = await openCollectorProcess({ charterFile, dataDir, databaseUrl });
    onClose(() => collector.stop('SIGKILL'));
    const client = openClient(collector.url, participantKey);
    onClose(client.close);
    return { collector, client };
  };
  const [one, other] = [await open(), await open()];
  return { collectors: [one.collector, other.collector], clients: [one.client, other.client] };
}

/** Waits until a commit waits for the standby. */
async function untilSynchronous(url: string): Promise<void> {
  const giveUpMs = performance.now() + STANDBY_PATIENCE_MS;
  const isSynchronous = `SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'`;
  while ((await askPostgres(url, isSynchronous)).length === 0) {
    if (performance.now() > giveUpMs) throw new Error('the standby does not follow the primary');
    await wait(50);
  }
}

async function judge(url: string, by: ReturnType<typeof openLedger>['judge']): Promise<Verdict> {
  const { rows, faults } = await readPostgresRecords(url);
  return by(rows, faults);
}

function loadedMs({ random }: Ground): number {
  return 500 + Math.round(1000 * random());
}

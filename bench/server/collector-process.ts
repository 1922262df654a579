/**
 * A collector as a process of its own, started by the command that an administrator would use.
 *
 * Runs in Node, on loopback. Several of one database share a data directory, as they must share their secrets.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface CollectorSettings {
  charterFile: string;
  dataDir: string;
  /** @default a free one */
  port?: number;
  /** PostgreSQL; without it the collector keeps its SQLite file. */
  databaseUrl?: string | undefined;
}

export interface CollectorProcess {
  url: string;
  pid: number;
  /** The last lines that it has written. */
  lastLines: () => string;
  /** Ends it by the signal and waits until it is gone. */
  stop: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
}

const KEPT_LINES = 20;
const START_PATIENCE_MS = 60_000;

/** Starts a collector and waits for its own word that it listens. */
export async function openCollectorProcess(settings: CollectorSettings): Promise<CollectorProcess> {
  const { charterFile, dataDir, port = 0, databaseUrl } = settings;
  const child = spawn(
    process.execPath,
    ['server/main.ts', 'start', '--charter', charterFile, '--data', dataDir, '--port', String(port)],
    { cwd: ROOT, env: environmentWith(databaseUrl), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const lines: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    const give = (reason: string) => reject(new Error(`the collector ${reason}:\n${lines.join('\n')}`));
    const patience = setTimeout(() => {
      child.kill('SIGKILL');
      give('did not start in time');
    }, START_PATIENCE_MS);
    child.once('exit', () => give('did not start'));
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        if (lines.length > KEPT_LINES) lines.shift();
        const found = /"url":"(http:[^"]+)"/.exec(line)?.[1];
        if (found === undefined) return;
        clearTimeout(patience);
        resolve(found);
      });
  });
  const gone = once(child, 'exit');
  return {
    url,
    pid: child.pid!,
    lastLines: () => lines.join('\n'),
    stop: async (signal) => {
      child.kill(signal);
      await gone;
    },
  };
}

/**
 * Runs a command of the collector and gives what it printed.
 *
 * @throws Error with what it complained of.
 */
export function runCollectorCommand(args: readonly string[], databaseUrl?: string): string {
  const done = spawnSync(process.execPath, ['server/main.ts', ...args], {
    cwd: ROOT,
    env: environmentWith(databaseUrl),
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`proffer-server ${args[0]!}: ${done.error?.message ?? done.stderr}`);
  return done.stdout.trim();
}

/** Makes the tables of a new PostgreSQL database. */
export function migrateDatabase(databaseUrl: string): void {
  runCollectorCommand(['migrate'], databaseUrl);
}

export function createCollectorKey(
  role: 'participant' | 'reader',
  dataDir: string,
  { purpose, databaseUrl }: { purpose?: string; databaseUrl?: string | undefined } = {},
): string {
  const named = ['keys', 'create', '--role', role, '--name', `load ${role}`, '--data', dataDir];
  return runCollectorCommand(purpose === undefined ? named : [...named, '--purpose', purpose], databaseUrl);
}

/** Without a database that the surroundings name: a benchmark must never touch one that is not its own. */
function environmentWith(databaseUrl: string | undefined): NodeJS.ProcessEnv {
  const { DATABASE_URL: _other, ...rest } = process.env;
  return databaseUrl === undefined ? rest : { ...rest, DATABASE_URL: databaseUrl };
}

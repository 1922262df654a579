/**
 * A whole study on one computer: built extension, collector, work app and browser, for the demo and the tests.
 *
 * Runs in Node. The collector runs as its own process, by the command that an administrator would use. Everything
 * is on loopback and in one folder, and stops when it is closed.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseCharter, type Charter } from '../src/charter/charter.ts';
import { openWorkApp } from './work-app.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export interface Study {
  charter: Charter;
  collectorUrl: string;
  /** What the collector has written to its log so far. */
  collectorLog(): string;
  databaseFile: string;
  workAppUrl: string;
  participantKey: string;
  /** The link that participants are invited by; the hashing key is in its fragment. */
  invitation: string;
  /** Makes a reader key by command, for a purpose other than the charter's if one is given. */
  addReader(name: string, purpose?: string): string;
  /** Seals a release by command. @returns what the command printed. */
  seal(): string;
  /** Ends the collector with a signal; `startCollector` brings it back on the same address and data. */
  stopCollector(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  startCollector(): Promise<void>;
  close(): Promise<void>;
}

/** The charter of the demo, read as the collector reads it, with some fields replaced. */
export function demoCharter(changes: Partial<Charter> = {}): Charter {
  const document = JSON.parse(readFileSync(join(ROOT, 'demo/charter.json'), 'utf8')) as object;
  const parsed = parseCharter({ ...document, ...changes });
  if (!parsed.ok) throw new Error(parsed.problems.join('; '));
  return parsed.charter;
}

/**
 * Builds the extension for the demo charter's hosts. Ports are not part of host permissions, so that one build
 * serves any port.
 *
 * @returns the folder of the unpacked extension.
 */
export function buildExtension(
  outDir = join(ROOT, '.output/demo'),
  configFile = 'wxt.config.ts',
  browser: 'chrome' | 'firefox' = 'chrome',
): string {
  const env = { ...process.env, PROFFER_CHARTER: join(ROOT, 'demo/charter.json'), PROFFER_OUT: outDir };
  const args = ['--no-install', 'wxt', 'build', '--level', 'error', '--config', configFile, '-b', browser];
  const built = spawnSync('npx', args, {
    cwd: ROOT,
    env,
    encoding: 'utf8',
  });
  if (built.status !== 0)
    throw new Error(`the extension could not be built:\n${built.stdout}\n${built.stderr}`);
  return join(outDir, `${browser}-mv3`);
}

/**
 * Starts collector and work app on free ports.
 *
 * @param dir holds the charter, the collector's data and nothing else; made if it is not there.
 * @param changes fields of the charter that differ from the demo's.
 */
export async function openStudy(dir: string, changes: Partial<Charter> = {}): Promise<Study> {
  mkdirSync(dir, { recursive: true });
  const workApp = await openWorkApp({ partnerFrame: true });
  const collectorPort = await freePort();
  const collectorUrl = `http://127.0.0.1:${collectorPort}`;
  const charter = demoCharter({
    collectorUrl,
    apps: [{ label: 'service-desk', matches: [`${workApp.url}/*`] }],
    ...changes,
  });
  const charterFile = join(dir, 'charter.json');
  writeFileSync(charterFile, JSON.stringify(charter, null, 2));
  const dataDir = join(dir, 'collector');
  const command = (...args: string[]) => runServerCommand([...args, '--data', dataDir]);
  const participantKey = command(
    'keys',
    'create',
    '--role',
    'participant',
    '--name',
    'everyone',
    '--joinable',
  );
  const invitation = command('invite', '--charter', charterFile);
  let log = '';
  let collector: ChildProcess | undefined;
  const study: Study = {
    charter,
    collectorUrl,
    collectorLog: () => log,
    databaseFile: join(dataDir, 'proffer.sqlite'),
    workAppUrl: workApp.url,
    participantKey,
    invitation,
    addReader: (name, purpose = charter.purpose) =>
      command('keys', 'create', '--role', 'reader', '--name', name, '--purpose', purpose),
    seal: () => command('seal'),
    async startCollector() {
      const args = [
        'server/main.ts',
        'start',
        '--charter',
        charterFile,
        '--data',
        dataDir,
        '--port',
        String(collectorPort),
      ];
      collector = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
      await started(collector, (line) => (log += `${line}\n`));
    },
    async stopCollector(signal = 'SIGTERM') {
      if (collector === undefined || collector.exitCode !== null) return;
      collector.kill(signal);
      await once(collector, 'exit');
    },
    async close() {
      await study.stopCollector();
      await workApp.close();
    },
  };
  await study.startCollector();
  return study;
}

function runServerCommand(args: string[]): string {
  const done = spawnSync(process.execPath, ['server/main.ts', ...args], { cwd: ROOT, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`proffer-server ${args[0]!}: ${done.stderr}`);
  return done.stdout.trim();
}

/** Waits for the collector's own word that it listens. */
function started(collector: ChildProcess, report: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let lastLine = '';
    for (const stream of [collector.stdout!, collector.stderr!]) {
      createInterface({ input: stream }).on('line', (line) => {
        report(line);
        lastLine = line;
        if (line.includes('"event":"started"')) resolve();
      });
    }
    collector.once('exit', (code) =>
      reject(new Error(`the collector ended at its start (exit code ${code}): ${lastLine}`)),
    );
  });
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

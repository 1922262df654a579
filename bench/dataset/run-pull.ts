/**
 * A stand-in collector and pulls from it, each in a process of its own.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { MadeKind } from './made-records.ts';
import type { TimedPull } from './timed-pull.ts';

/** @param records that all releases have together, by kind. */
export async function startStandIn(records: Partial<Record<MadeKind, number>>, releases: number) {
  const options = Object.entries({ ...records, releases }).flatMap(([name, count]) => [
    `--${name}`,
    String(count),
  ]);
  const child = startNode('stand-in-collector.ts', options);
  const port = await new Promise<string>((done, fail) => {
    child.stdout?.once('data', (piece) => done(String(piece).trim()));
    child.once('exit', (code) => fail(new Error(`the stand-in ended (${code})`)));
  });
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}

/** Runs a pull to its end, or kills it; gives undefined then. */
export async function runPull(
  url: string,
  dir: string,
  killAfterMs?: number,
): Promise<TimedPull | undefined> {
  const child = startNode('timed-pull.ts', [url, dir]);
  let printed = '';
  child.stdout?.on('data', (piece) => (printed += String(piece)));
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const code = await new Promise<number | null>((done) => child.once('close', done));
  clearTimeout(timer);
  if (code === null) return undefined;
  if (code !== 0) throw new Error(`a pull ended with code ${code}`);
  return JSON.parse(printed) as TimedPull;
}

function startNode(file: string, parameters: string[]): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, file), ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

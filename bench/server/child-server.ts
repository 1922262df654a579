/**
 * A small server of this folder as a process of its own: started, found by the address that it prints, ended.
 *
 * Runs in Node, on loopback.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface ChildServer {
  url: string;
  pid: number;
  /** SIGKILL, and waits until it is gone. */
  kill: () => Promise<void>;
}

export async function openChildServer(file: string, ...args: string[]): Promise<ChildServer> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const firstLine = once(createInterface({ input: child.stdout }), 'line');
  const url = await Promise.race([firstLine, gone.then(() => [undefined])]);
  if (typeof url[0] !== 'string') throw new Error(`${file} did not start`);
  return {
    url: url[0],
    pid: child.pid!,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

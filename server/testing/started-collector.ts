/**
 * The collector as an administrator starts it: the command in a process of its own.
 *
 * Runs in tests only. Whoever starts one ends it with `stopAll`.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = join(import.meta.dirname, '../main.ts');

export interface LogLine {
  event: string;
  url?: string;
  metricsUrl?: string;
}

export interface StartedCollector {
  child: ChildProcess;
  url: string;
  metricsUrl: string | undefined;
  /** Its log so far. */
  lines: string[];
  events: () => string[];
}

/** Runs a command to its end. */
export function runCommand(args: string[], environment: Record<string, string> = {}) {
  return spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
}

/**
 * Starts collectors, and ends those that are left.
 *
 * @param main the program; by default that of this repository.
 */
export function createStarter(main = MAIN) {
  const running: ChildProcess[] = [];
  return {
    start: async (
      args: string[],
      environment: Record<string, string> = {},
      command = 'start',
    ): Promise<StartedCollector> => {
      const child = spawn(process.execPath, [main, command, ...args], {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, ...environment },
      });
      running.push(child);
      const lines: string[] = [];
      const started = await new Promise<LogLine>((resolve, reject) => {
        createInterface({ input: child.stderr }).on('line', (line) => {
          lines.push(line);
          // What stops a start is said in plain words.
          if (!line.startsWith('{')) return;
          const document = JSON.parse(line) as LogLine;
          if (document.event === 'started') resolve(document);
        });
        child.once('exit', () => reject(new Error(lines.join('\n'))));
      });
      const events = () => lines.map((line) => (JSON.parse(line) as LogLine).event);
      return { child, url: started.url!, metricsUrl: started.metricsUrl, lines, events };
    },
    stopAll: (): void => {
      for (const child of running.splice(0)) child.kill('SIGKILL');
    },
  };
}

/**
 * `proffer view`: opens a dataset in the browser until it is stopped. Wiring only.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { defineCommand } from 'citty';
import { isPullFailure, toOneLine } from '../pull-failure.ts';
import { openView, type View } from './start-view.ts';

const MAX_PORT = 65_535;

export const viewCommand = defineCommand({
  meta: { name: 'view', description: 'Look at a pulled dataset in the browser, on this computer only.' },
  args: {
    dir: { type: 'positional', required: true, description: 'Folder of the dataset.', valueHint: 'DIR' },
    port: { type: 'string', description: 'Port to listen on; a free one if not given.', valueHint: 'N' },
    open: {
      type: 'boolean',
      default: true,
      description: 'Open the browser.',
      negativeDescription: 'Only print the address.',
    },
  },
  run: async ({ args }) => {
    const port = readPort(args.port);
    if (port === undefined) {
      fail(`--port must be a whole number from 1 to ${MAX_PORT}`);
      return;
    }
    const view = await openOrFail(args.dir, port);
    if (view === undefined) return;
    process.stdout.write(`${view.url}\nOnly this computer can open it. Press Ctrl+C to stop.\n`);
    if (args.open) openBrowser(view.url);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    await view.close();
  },
});

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return 0;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= MAX_PORT ? port : undefined;
}

async function openOrFail(dir: string, port: number): Promise<View | undefined> {
  try {
    return await openView(dir, port);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') fail(`port ${port} is taken; choose another, or none for a free one`);
    else if (code === 'EACCES') fail(`port ${port} may not be used; choose one from 1024`);
    else if (isPullFailure(error)) fail(error.message);
    else if (error instanceof Error && /^(IO|Invalid Input) Error/.test(error.message))
      fail(toOneLine(`a file of the dataset cannot be read: ${error.message}`));
    else throw error;
    return undefined;
  }
}

/** Whatever happens there, the address is printed. */
function openBrowser(url: string): void {
  const [command, ...given] = { darwin: ['open'], win32: ['rundll32', 'url.dll,FileProtocolHandler'] }[
    process.platform as string
  ] ?? ['xdg-open'];
  const opening = spawn(command!, [...given, url], { stdio: 'ignore', detached: true });
  opening.on('error', () => undefined);
  opening.unref();
}

function fail(message: string): void {
  process.stderr.write(`proffer: ${message}\n`);
  process.exitCode = 1;
}

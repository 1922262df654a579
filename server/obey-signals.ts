/**
 * What a server of ours does when the system or an administrator sends it a signal.
 *
 * Runs in the collector and in the server of packages. Set up before the server is open: whoever sees it start may send a
 * signal in the same moment.
 */

export interface Obedient {
  reloadTls: () => void;
  close: () => Promise<void>;
}

/** What is acknowledged is safe at any moment; a stop that takes longer than this would only keep others waiting. */
const STOP_WITHIN_MS = 60_000;

/**
 * The first SIGTERM or SIGINT stops the server in order, the second at once; SIGHUP makes it read its certificate again.
 *
 * @param drainMs how long the server goes on answering after it was told to stop.
 */
export function obeySignals(opening: Promise<Obedient>, drainMs = 0): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    setTimeout(() => process.exit(1), drainMs + STOP_WITHIN_MS).unref();
    void whenOpen(opening, (server) => server.close());
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  process.on('SIGHUP', () => void whenOpen(opening, (server) => server.reloadTls()));
}

/** A server that could not be opened has already said why. */
function whenOpen(opening: Promise<Obedient>, act: (server: Obedient) => void | Promise<void>) {
  return opening.then(act, () => undefined);
}

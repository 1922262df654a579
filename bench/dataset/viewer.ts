/**
 * `npm run bench:view`: how long the viewer's pages take on a dataset of many episodes, and what memory it needs.
 *
 *   npm run bench:view -- --episodes 100000 --motions 100000 --rhythms 100000 --out bench/results/view.json
 *
 * The dataset is pulled from a stand-in collector; `proffer view` runs as a process of its own, as a data team has it,
 * and is asked for whole pages over loopback. What a browser takes to draw them is not in the figures. Reads Linux's
 * `/proc`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from '../server/describe-machine.ts';
import { peakRssBytes } from '../server/process-cost.ts';
import { runPull, startStandIn } from './run-pull.ts';
import { summarizeTimes, type TimedPages, type ViewResults } from './view-results.ts';

const { values } = parseArgs({
  options: {
    episodes: { type: 'string', default: '100000' },
    motions: { type: 'string', default: '100000' },
    rhythms: { type: 'string', default: '100000' },
    releases: { type: 'string', default: '5' },
    openings: { type: 'string', default: '5' },
    requests: { type: 'string', default: '24' },
    out: { type: 'string', default: join(import.meta.dirname, '../results/view.json') },
  },
});

const ROWS_A_PAGE = 50;
const SINGLES_A_PAGE = 24;
const FILTERS = [
  'app=desk',
  'action=type&outcome=done',
  'mark=correction&min=10',
  'week=2026-W44&sort=longest',
  'app=wiki&action=navigate&mark=routine',
  'max=3&sort=shortest',
];

const say = (text: string) => process.stderr.write(`${text}\n`);
const folder = await mkdtemp(join(tmpdir(), 'proffer-bench-view-'));
const dir = join(folder, 'dataset');
const counts = {
  episode: Number(values.episodes),
  motion: Number(values.motions),
  rhythm: Number(values.rhythms),
};
try {
  say(`Pulling ${counts.episode} episodes, ${counts.motion} motions and ${counts.rhythm} rhythms.`);
  const rows = await pullAll();
  const loadBefore = Number(loadavg()[0]?.toFixed(1));
  const openedMs: number[] = [];
  const firstListMs: number[] = [];
  const firstDistributionsMs: number[] = [];
  for (let opening = 0; opening < Number(values.openings); opening += 1) {
    const viewer = await openViewer();
    openedMs.push(viewer.openedMs);
    firstListMs.push((await viewer.ask('')).tookMs);
    firstDistributionsMs.push((await viewer.ask('distributions')).tookMs);
    await viewer.close();
  }
  say('Opened; asking for pages.');
  const viewer = await openViewer();
  await viewer.ask('distributions');
  const pages: TimedPages = {
    opened: summarizeTimes(openedMs),
    firstList: summarizeTimes(firstListMs),
    ...(await timeLists(viewer)),
    firstDistributions: summarizeTimes(firstDistributionsMs),
    distributions: await timePages(viewer, () => 'distributions'),
    ...(await timeSingles(viewer)),
  };
  const peakRssMiB = Math.round(viewer.peakRssBytes() / 2 ** 20);
  await viewer.close();
  const result: ViewResults = {
    episodes: counts.episode,
    motions: counts.motion,
    rhythms: counts.rhythm,
    rows,
    openings: Number(values.openings),
    requests: Number(values.requests),
    pages,
    peakRssMiB,
    loadBefore,
    machine: describeMachine(),
  };
  await writeFile(resolve(values.out), `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function pullAll(): Promise<number> {
  const standIn = await startStandIn(counts, Number(values.releases));
  try {
    return (await runPull(standIn.url, dir))!.rows;
  } finally {
    standIn.stop();
  }
}

interface Viewer {
  /** From the start of the process until it printed its address. */
  openedMs: number;
  /** Asks for a page and takes in all of it. */
  ask: (path: string) => Promise<{ text: string; tookMs: number }>;
  peakRssBytes: () => number;
  close: () => Promise<void>;
}

async function openViewer(): Promise<Viewer> {
  const main = join(import.meta.dirname, '../../dataset/main.ts');
  const startedMs = performance.now();
  const child = spawn(process.execPath, [main, 'view', dir, '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const printed = await Promise.race([once(child.stdout, 'data'), ended]);
  const url = /^http\S+$/m.exec(String(printed[0]))?.[0];
  if (url === undefined) throw new Error('the viewer gave no address');
  return {
    openedMs: performance.now() - startedMs,
    ask: async (path) => {
      const askedMs = performance.now();
      const response = await fetch(`${url}${path}`);
      const text = await response.text();
      const tookMs = performance.now() - askedMs;
      if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
      return { text, tookMs };
    },
    peakRssBytes: () => peakRssBytes(child.pid!),
    close: async () => {
      child.kill();
      await ended;
    },
  };
}

/** Pages of the list, and of the episodes that the deep ones name. */
async function timeLists(viewer: Viewer) {
  const ids: string[] = [];
  const lastPage = Math.ceil(counts.episode / ROWS_A_PAGE) - 1;
  const list = await timePages(viewer, () => '');
  const filteredList = await timePages(viewer, (index) => `?${FILTERS[index % FILTERS.length]!}`);
  const deepList = await timePages(
    viewer,
    (index) => `?page=${lastPage - index}`,
    (text) => ids.push(/records\/([\w-]{22})"/.exec(text)![1]!),
  );
  const episode = await timePages(viewer, (index) => `records/${ids[index]!}`);
  return { list, filteredList, deepList, episode };
}

/** Pages from the first to the last. */
async function timeSingles(viewer: Viewer) {
  const pageAt = (index: number, count: number) =>
    Math.floor((index / Number(values.requests)) * (count / SINGLES_A_PAGE));
  return {
    motions: await timePages(viewer, (index) => `motions?page=${pageAt(index, counts.motion)}`),
    rhythms: await timePages(viewer, (index) => `rhythms?page=${pageAt(index, counts.rhythm)}`),
  };
}

async function timePages(
  viewer: Viewer,
  pathAt: (index: number) => string,
  onText: (text: string) => void = () => undefined,
) {
  const tookMs: number[] = [];
  for (let index = 0; index < Number(values.requests); index += 1) {
    const answer = await viewer.ask(pathAt(index));
    tookMs.push(answer.tookMs);
    onText(answer.text);
  }
  return summarizeTimes(tookMs);
}

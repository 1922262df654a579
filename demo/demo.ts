/**
 * `npm run demo`: the whole way on one computer, from a click to a Parquet file.
 *
 * Builds the extension for a demo charter, starts the collector and a small work app, opens Chromium, joins,
 * consents as a person would, does a minute of work (or lets the person do it), uploads, pulls and shows what came
 * of it. Exit code 0 only if motions, rhythms and episodes arrived. Touches nothing outside its output folder.
 */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { defineCommand, runMain } from 'citty';
import { pull } from '../dataset/pull.ts';
import type { PullSummary } from '../dataset/pull-summary.ts';
import { doMinuteOfWork } from './minute-of-work.ts';
import { openBrowser } from './open-browser.ts';
import { consentTo, joinStudy, maySend, openPopup, sendEverything } from './participant.ts';
import { buildExtension, openStudy } from './study.ts';

const ARRIVING = ['motions', 'rhythms', 'episodes'] as const;

const command = defineCommand({
  meta: { name: 'demo', description: 'From a click to a Parquet file, on this computer' },
  args: {
    headless: {
      type: 'boolean',
      default: false,
      description: 'Let a scripted person do the work, without a window',
    },
    out: { type: 'string', default: 'demo-out', valueHint: 'DIR', description: 'Where to put the dataset' },
  },
  async run({ args }) {
    const hasDisplay =
      Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY) || process.platform !== 'linux';
    process.exitCode = (await demo(resolve(args.out), args.headless || !hasDisplay)) ? 0 : 1;
  },
});

async function demo(outDir: string, headless: boolean): Promise<boolean> {
  const runDir = nextRunDir(outDir);
  const datasetDir = join(runDir, 'dataset');
  tell('Building the extension for the demo charter');
  const extensionDir = buildExtension();
  tell('Starting the collector and the work app');
  const study = await openStudy(runDir);
  tell(
    `  Charter of "${study.charter.organization}": nothing is held back for review and no minimum of contributors is`,
  );
  tell('  asked for, so that you see the data at once. A real charter would have both.');
  tell('Opening Chromium with the extension');
  const browser = await openBrowser(extensionDir, { headless });
  try {
    tell('Joining the study by the code of its join page');
    await joinStudy(browser, study.invitation);
    const work = browser.context.pages()[0] ?? (await browser.context.newPage());
    await work.goto(`${study.workAppUrl}/tickets`);
    tell('Giving consent in the popup: pointer, typing rhythm, steps of work');
    const popup = await openPopup(browser, work);
    if (headless) await consentTo(popup, ['pointer', 'keys', 'workflow']);
    else await waitForPerson('Read the popup, switch on what you like and say yes. Then press Enter here.');
    await work.bringToFront();
    tell('Working for about a minute');
    if (headless)
      await doMinuteOfWork(work, study.workAppUrl, (what) => tell(`  The scripted person ${what}`));
    else
      await waitForPerson(
        'Work in the service desk for a minute: click, type, scroll. Then press Enter here.',
      );
    tell('Sending what was recorded');
    // The person may have closed the popup's tab, or have said no.
    const sending = popup.isClosed() ? await openPopup(browser, work) : popup;
    await sending.bringToFront();
    if (!(await maySend(sending))) {
      console.error('Nothing was recorded: nobody has said yes in the popup.');
      return false;
    }
    await sendEverything(sending);
    tell('Sealing a release and pulling it');
    study.seal();
    const pulled = await pull({
      from: study.collectorUrl,
      key: study.addReader('data-team'),
      purpose: study.charter.purpose,
      outDir: datasetDir,
    });
    if (pulled.kind === 'refused') {
      console.error(`The pull was refused: ${pulled.message}`);
      return false;
    }
    showSummary(pulled.summary, datasetDir);
    const missing = ARRIVING.filter((table) => (pulled.summary.tables[table]?.rows ?? 0) === 0);
    if (missing.length > 0) console.error(`\nNothing arrived in: ${missing.join(', ')}.`);
    return missing.length === 0;
  } finally {
    await browser.close();
    await study.close();
  }
}

/** A folder of its own for each run: an earlier run's dataset is never touched. */
function nextRunDir(outDir: string): string {
  mkdirSync(outDir, { recursive: true });
  const runs = readdirSync(outDir)
    .filter((name) => /^run-\d+$/.test(name))
    .map((name) => Number(name.slice(4)));
  const dir = join(outDir, `run-${Math.max(0, ...runs) + 1}`);
  if (existsSync(dir)) throw new Error(`${dir} is there already`);
  return dir;
}

function showSummary(summary: PullSummary, datasetDir: string): void {
  const rows = Object.entries(summary.tables).map(
    ([name, table]) => `  ${name.padEnd(16)}${String(table.rows).padStart(8)}`,
  );
  tell(['', 'What arrived', `  ${'table'.padEnd(16)}${'rows'.padStart(8)}`, ...rows, ''].join('\n'));
  tell(`Parquet files: ${datasetDir}`);
  tell(`Dataset card:  ${summary.cardPath}`);
}

async function waitForPerson(question: string): Promise<void> {
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  await prompt.question(`${question} `);
  prompt.close();
}

function tell(line: string): void {
  console.log(line);
}

await runMain(command);

/**
 * `npm run faults`: what is left of what a person did when anything between their page and the collector breaks.
 *
 * The built extension in a real Chromium, the real collector, a network that lies. Runs on Linux; the full disk needs
 * root and a loop device. Writes `bench/results/faults.json`. Fails where the books of any trial do not agree, where a
 * fault could not be tried, and where the control lost nothing.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineCommand, runMain } from 'citty';
import { buildExtension } from '../../demo/study.ts';
import { describeMachine } from '../server/describe-machine.ts';
import { whyNoLoopDisk } from '../server/loop-disk.ts';
import { wholeNumber } from '../server/whole-number.ts';
import { withClosers } from '../server/with-closers.ts';
import { addUp } from './books.ts';
import { CONTROL_CONFIG, CONTROL_FAULT, repeatTrials, type Plan } from './campaign.ts';
import { bundleOwnPage } from './device.ts';
import { FAULTS, type FaultName } from './fault-names.ts';
import { faultTable, hasFailed, type PipelineFaults } from './results.ts';
import { BUTTON_CELLS } from './source-page.ts';

const RESULTS = fileURLToPath(new URL('../results', import.meta.url));

const command = defineCommand({
  meta: { name: 'faults', description: 'What is left of what a person did when something breaks.' },
  args: {
    trials: { type: 'string', default: '20', description: 'How often each fault is tried.' },
    seed: { type: 'string', default: '1', description: 'Decides what is done and when each fault comes.' },
    events: {
      type: 'string',
      default: '24',
      description: `Clicks of a trial, at most ${BUTTON_CELLS.length}.`,
    },
    jobs: {
      type: 'string',
      default: '3',
      description: 'So many faults at the same time, each with a browser and a collector of its own.',
    },
    only: {
      type: 'string',
      description: `Of: ${FAULTS.join(', ')}. What was found of the others stays.`,
      valueHint: 'NAME,NAME',
    },
    out: { type: 'string', default: RESULTS, description: 'Folder for the results.', valueHint: 'DIR' },
  },
  run: async ({ args }) => {
    const names = (args.only?.split(',') ?? [...FAULTS]) as FaultName[];
    const unknown = names.find((name) => !FAULTS.includes(name));
    if (unknown !== undefined) throw new Error(`--only: there is no ${unknown}`);
    const plan: Plan = {
      trials: wholeNumber('trials', args.trials),
      events: Math.min(BUTTON_CELLS.length, wholeNumber('events', args.events)),
      seed: wholeNumber('seed', args.seed),
    };
    mkdirSync(args.out, { recursive: true });
    const found = await breakThings(names, plan, wholeNumber('jobs', args.jobs));
    const results = { ...found, faults: { ...(args.only && readFaults(args.out)), ...found.faults } };
    console.log(`\n${faultTable(results)}`);
    for (const [name, reason] of Object.entries(results.notTried))
      console.error(`${name} was not tried: ${reason}`);
    writeFileSync(join(args.out, 'faults.json'), `${JSON.stringify(results, null, 2)}\n`);
    console.log('\nWritten: faults.json. For the document: npm run generate');
    if (hasFailed(results)) process.exitCode = 1;
  },
});

/** What an earlier run has found. */
function readFaults(dir: string): PipelineFaults['faults'] {
  const file = join(dir, 'faults.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as PipelineFaults).faults : {};
}

function breakThings(names: readonly FaultName[], plan: Plan, jobs: number): Promise<PipelineFaults> {
  return withClosers(async (dir, onClose) => {
    const ownPageScript = await bundleOwnPage();
    const shipped = { ownPageScript, extensionDir: buildExtension(join(dir, 'shipped')) };
    const control = { ownPageScript, extensionDir: buildExtension(join(dir, 'control'), CONTROL_CONFIG) };
    const results: PipelineFaults = {
      machine: describeMachine(),
      seed: plan.seed,
      faults: {},
      control: { trials: 0, events: 0, lost: 0 },
      notTried: {},
    };
    const noLoopDisk = whyNoLoopDisk();
    const waiting = names.values();
    const work = async () => {
      for (const name of waiting) {
        if (name === 'disk-full' && noLoopDisk !== undefined) results.notTried[name] = noLoopDisk;
        else
          results.faults[name] = {
            trials: plan.trials,
            ...addUp(await repeatTrials([name], shipped, plan, onClose)),
          };
      }
    };
    await Promise.all(Array.from({ length: jobs }, work));
    const { events, lost } = addUp(await repeatTrials([CONTROL_FAULT], control, plan, onClose, 'control'));
    results.control = { trials: plan.trials, events, lost };
    return results;
  });
}

await runMain(command);

#!/usr/bin/env node
/**
 * The `proffer` command, on the data team's computer: wiring only.
 *
 * Results go to stdout, progress and problems to stderr. Must never print a key.
 */
import { defineCommand, runMain } from 'citty';
import { exportCommand } from './export/export-command.ts';
import { openProgressLine } from './progress-line.ts';
import { KEY_VARIABLE, readPullArguments, readVerifyArguments } from './pull-arguments.ts';
import { createPullDescription } from './pull-progress.ts';
import { pull } from './pull.ts';
import { openStopSignal } from './stop-signal.ts';
import { formatSummary } from './summary-table.ts';
import { formatVerified, verify } from './verify.ts';
import { viewCommand } from './view/view-command.ts';

const collectorArguments = {
  from: { type: 'string', description: 'Address of the collector.', valueHint: 'URL' },
  'key-file': { type: 'string', description: 'File that holds the reader key.', valueHint: 'FILE' },
  key: {
    type: 'string',
    description: `Reader key; others on this computer can see it, so prefer --key-file or ${KEY_VARIABLE}.`,
    valueHint: 'KEY',
  },
} as const;

const pullCommand = defineCommand({
  meta: { name: 'pull', description: 'Pull new releases from a collector into a folder of Parquet files.' },
  args: {
    ...collectorArguments,
    purpose: {
      type: 'string',
      description: 'Purpose you read for, with ":linked" behind it for linked data; the collector checks it.',
      valueHint: 'PURPOSE',
    },
    out: { type: 'string', description: 'Folder of the dataset, new or pulled before.', valueHint: 'DIR' },
    sync: {
      type: 'boolean',
      description: 'Also take out what was erased, withdrawn or is past its retention; makes a new version.',
    },
  },
  run: async ({ args }) => {
    const read = await readPullArguments(args, process.env);
    if (!read.ok) {
      fail(read.problem);
      return;
    }

    const signal = openStopSignal();
    const progress = openProgressLine(process.stderr, createPullDescription());
    const result = await pull({ ...read.pull, report: progress.report, signal });
    progress.close();
    if (result.kind === 'refused') {
      fail(result.message);
      return;
    }

    for (const warning of result.summary.warnings) process.stderr.write(`proffer: warning: ${warning}\n`);
    process.stdout.write(formatSummary(result.summary));
  },
});

const verifyCommand = defineCommand({
  meta: {
    name: 'verify',
    description:
      'Check that a dataset is unaltered, fits its schema and, if --from is given, holds nothing erased since.',
  },
  args: {
    dir: { type: 'positional', description: 'Folder of the dataset.', valueHint: 'DIR' },
    ...collectorArguments,
  },
  run: async ({ args }) => {
    const read = await readVerifyArguments(args, process.env);
    if (!read.ok) {
      fail(read.problem);
      return;
    }
    const result = await verify(read.verify);
    if (result.kind === 'refused') {
      fail(result.message);
      return;
    }
    process.stdout.write(formatVerified(result.verified));
    if (result.verified.findings.length > 0) process.exitCode = 1;
  },
});

function fail(message: string): void {
  process.stderr.write(`proffer: ${message}\n`);
  process.exitCode = 1;
}

await runMain(
  defineCommand({
    meta: { name: 'proffer', description: 'The dataset side of Proffer.' },
    subCommands: { pull: pullCommand, verify: verifyCommand, view: viewCommand, export: exportCommand },
  }),
);

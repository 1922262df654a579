/**
 * `proffer export`: wiring only. Results go to stdout, progress and problems to stderr.
 */
import { defineCommand } from 'citty';
import { formatCount } from '../markdown.ts';
import { openProgressLine } from '../progress-line.ts';
import { openStopSignal } from '../stop-signal.ts';
import { readExportArguments } from './export-arguments.ts';
import { exportDataset } from './export-dataset.ts';
import { createExportDescription } from './export-progress.ts';
import { EXPORT_FORMATS } from './formats.ts';

export const exportCommand = defineCommand({
  meta: { name: 'export', description: 'Write a pulled dataset in a format of others.' },
  args: {
    dir: { type: 'positional', description: 'Folder of the dataset.', required: false, valueHint: 'DIR' },
    format: { type: 'string', description: Object.keys(EXPORT_FORMATS).join(', '), valueHint: 'FORMAT' },
    out: {
      type: 'string',
      description: 'Folder of the export, new or exported to before.',
      valueHint: 'DIR',
    },
  },
  run: async ({ args }) => {
    const read = readExportArguments(args);
    if (!read.ok) {
      fail(read.problem);
      return;
    }
    const signal = openStopSignal();
    const progress = openProgressLine(process.stderr, createExportDescription());
    const result = await exportDataset(read.export, { signal, report: progress.report });
    progress.close();
    if (result.kind === 'refused') {
      fail(result.message);
      return;
    }
    const { format, outDir } = read.export;
    const lines = Object.entries(result.counts).map(([what, count]) => `  ${formatCount(count)} ${what}`);
    process.stdout.write(
      `Exported ${String(result.releases.length)} releases as ${EXPORT_FORMATS[format].title} to ${outDir}:\n${lines.join('\n')}\n`,
    );
  },
});

function fail(message: string): void {
  process.stderr.write(`proffer: ${message}\n`);
  process.exitCode = 1;
}

/**
 * From a pulled dataset to a folder in a format of others.
 *
 * Runs on the data team's computer and changes nothing of the dataset. The export is there whole or not at all, and is
 * of the releases that the manifest names: withdrawn ones are left out.
 */
import { isPullFailure, pullFailure, type FailureCode } from '../pull-failure.ts';
import { openDataset } from '../open-dataset.ts';
import type { ExportArguments } from './export-arguments.ts';
import { openExportFolder } from './export-folder.ts';
import { renderExportText } from './export-text.ts';
import type { ExportProgress } from './export-progress.ts';
import type { Exported, Format } from './exporting.ts';
import { EXPORT_FORMATS } from './formats.ts';
import { describeTerms } from './terms.ts';

export type ExportResult =
  | { kind: 'done'; counts: Exported['counts']; releases: number[] }
  | { kind: 'refused'; code: FailureCode; message: string };

/** What goes with the work: how it is stopped, and who is told how far it is. */
export interface ExportHooks {
  signal?: AbortSignal;
  report?: (progress: ExportProgress) => void;
}

/** Exports everything. */
export async function exportDataset(
  options: ExportArguments,
  hooks: ExportHooks = {},
): Promise<ExportResult> {
  try {
    return await exportOrThrow(options, hooks);
  } catch (error) {
    if (isPullFailure(error)) return { kind: 'refused', code: error.pullFailureCode, message: error.message };
    if (error instanceof Error && ('syscall' in error || /^(IO|Out of Memory) Error/.test(error.message))) {
      const { pullFailureCode: code, message } = pullFailure(
        'folder-unwritable',
        `cannot read the dataset or write the export: ${error.message}`,
      );
      return { kind: 'refused', code, message };
    }
    throw error;
  }
}

async function exportOrThrow(
  options: ExportArguments,
  { signal, report = () => undefined }: ExportHooks,
): Promise<ExportResult> {
  const format: Format = EXPORT_FORMATS[options.format];
  const dataset = await openDataset(options.datasetDir);
  try {
    const folder = await openExportFolder(options.outDir, options.datasetDir);
    try {
      const pause = () => {
        if (signal?.aborted === true)
          throw pullFailure('stopped', 'stopped; what was there before is as it was');
      };
      const { manifest } = dataset;
      const terms = describeTerms(manifest);
      const exported = await format.write({
        dataset,
        datasetDir: options.datasetDir,
        terms,
        folder,
        pause,
        report,
      });
      await folder.writeText('README.md', renderExportText(format, manifest, terms, exported));
      pause();
      const { counts } = exported;
      await folder.publish({ format: options.format, ...terms, counts });
      return { kind: 'done', counts, releases: terms.releases.map(({ number }) => number) };
    } finally {
      await folder.close();
    }
  } finally {
    dataset.close();
  }
}

/**
 * What a format's writer is given and what it gives.
 */
import type { Dataset } from '../open-dataset.ts';
import type { ExportFolder } from './export-folder.ts';
import type { ExportProgress } from './export-progress.ts';
import type { Terms } from './terms.ts';

export interface Exporting {
  dataset: Dataset;
  datasetDir: string;
  terms: Terms;
  folder: ExportFolder;
  /** Called between pieces; throws when the export is to stop. */
  pause: () => void;
  /** Called after each piece. */
  report: (progress: ExportProgress) => void;
}

export interface Exported {
  /** What was written, by what is counted, for people. */
  counts: Record<string, number>;
  /** What the README begins with, where the format wants a header in it. */
  header?: string;
  /** What the README says of this export beside what it says of the format. */
  notes?: string;
}

export interface Format {
  title: string;
  /** What the export's README says of its files. */
  about: string;
  write: (exporting: Exporting) => Promise<Exported>;
}

/**
 * What the `export` command was given, checked: each problem is one line that names the argument.
 */
import { findUnknown, textOf } from '../given-arguments.ts';
import { EXPORT_FORMATS, type ExportFormat } from './formats.ts';

export interface ExportArguments {
  datasetDir: string;
  format: ExportFormat;
  outDir: string;
}
export type ReadExportArguments = { ok: true; export: ExportArguments } | { ok: false; problem: string };

/** Reads parsed arguments by name; the folder of the dataset is the one without. */
export function readExportArguments(given: Readonly<Record<string, unknown>>): ReadExportArguments {
  const unknown = findUnknown(given, ['dir', 'format', 'out'], 1);
  if (unknown !== undefined) return problem(`unknown argument ${unknown}; see proffer export --help`);
  const datasetDir = textOf(given, 'dir');
  if (datasetDir === undefined) return problem('the folder of the dataset is missing: proffer export DIR');
  const named = textOf(given, 'format');
  const formats = Object.keys(EXPORT_FORMATS).join(', ');
  if (named === undefined) return problem(`--format is missing: one of ${formats}`);
  if (!isFormat(named)) return problem(`--format must be one of ${formats}`);
  const outDir = textOf(given, 'out');
  if (outDir === undefined) return problem('--out is missing: the folder for the export');
  return { ok: true, export: { datasetDir, format: named, outDir } };
}

function isFormat(name: string): name is ExportFormat {
  return Object.hasOwn(EXPORT_FORMATS, name);
}

function problem(text: string): { ok: false; problem: string } {
  return { ok: false, problem: text };
}

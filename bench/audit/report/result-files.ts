/**
 * Results of the audits as JSON files: what documents, popup and card are generated from.
 *
 * Numbers keep four digits, so that a file changes where a figure does.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EpisodeAuditRow } from '../identification/episode-audit.ts';
import type { IdentificationResult } from '../identification/identify.ts';
import type { VariantResult } from '../identification/try-variants.ts';
import type { JoiningResult } from '../joining/joining-result.ts';
import type { KeyRow } from '../keys/key-distribution.ts';
import type { TextResult } from '../text/text-result.ts';
import type { UtilityResult } from '../utility/utility.ts';
import type { TrainingRow } from '../../utility/training-result.ts';

/** Whether real people's data was audited, or made-up people's. */
export interface Provenance {
  cohort: 'recorded' | 'synthetic';
}

/** The files of a folder by name, each an array of rows; every row names its cohort. */
export interface ResultFiles {
  audit: ((IdentificationResult & Provenance) | EpisodeAuditRow)[];
  /** Episodes under every scenario. */
  episodes: EpisodeAuditRow[];
  utility: (UtilityResult & Provenance)[];
  variants: (VariantResult & Provenance)[];
  text: (TextResult & Provenance)[];
  joining: JoiningResult[];
  keys: KeyRow[];
  /** Of `npm run bench:utility`. */
  training: TrainingRow[];
}

/** Writes what there is; kinds of record that were not audited this time stay as they are. */
export function writeResults(folder: string, results: Partial<ResultFiles>): string[] {
  mkdirSync(folder, { recursive: true });
  return Object.entries(results).map(([name, rows]) => {
    const path = join(folder, `${name}.json`);
    const audited = new Set(rows.map(({ kind }) => kind));
    const kept = readResults(folder, name as keyof ResultFiles).filter(({ kind }) => !audited.has(kind));
    const lines = [...rows, ...kept].map((row) => `  ${JSON.stringify(row, shortened)}`);
    writeFileSync(path, `[\n${lines.join(',\n')}\n]\n`);
    return path;
  });
}

/** Empty where an audit has not run. */
export function readResults<Name extends keyof ResultFiles>(folder: string, name: Name): ResultFiles[Name] {
  const path = join(folder, `${name}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ResultFiles[Name]) : ([] as never);
}

function shortened(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toFixed(4)) : value;
}

/**
 * What the collector holds and what a dataset has, each read by none of their own code.
 *
 * Runs in Node.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pull } from '../../dataset/pull.ts';
import type { Study } from '../../demo/study.ts';
import { queryDataset } from '../../e2e/read-dataset.ts';
import type { Episode } from '../../src/trace/episode.ts';
import { readSqliteRecords } from '../server/stored-records.ts';
import { compareLists, type Discrepancies, type StoredEpisode } from './books.ts';
import { cellAt, FIELD_CELL } from './source-page.ts';

export interface StoredRecords {
  /** By record id. */
  episodes: Map<string, StoredEpisode>;
  /** Of motions and rhythms. */
  aloneIds: string[];
}

/** @throws Error where the database finds itself broken. */
export function readCollector(databaseFile: string): StoredRecords {
  const { rows, faults } = readSqliteRecords(databaseFile);
  if (faults > 0) throw new Error('the collector’s database is broken');
  const stored: StoredRecords = { episodes: new Map(), aloneIds: [] };
  for (const { kind, recordId, body } of rows) {
    if (kind === 'episode') stored.episodes.set(recordId, asStored(JSON.parse(body) as Episode));
    else stored.aloneIds.push(recordId);
  }
  return stored;
}

function asStored({ steps, gaps }: Episode): StoredEpisode {
  return {
    cells: steps.map(({ action, target }) => {
      if (action !== 'click' || target === undefined) return undefined;
      const cell = cellAt(target.gridX, target.gridY);
      return cell === FIELD_CELL ? undefined : cell;
    }),
    gaps: gaps.map(({ afterStep }) => afterStep),
  };
}

/** Seals what there is, pulls it, and compares the tables with the collector's. */
export async function compareDataset(
  study: Study,
  outDir: string,
): Promise<Pick<Discrepancies, 'lost' | 'duplicated'>> {
  study.seal();
  const { collectorUrl, charter } = study;
  const key = study.addReader('data-team');
  const pulled = await pull({ from: collectorUrl, key, purpose: charter.purpose, outDir });
  if (pulled.kind !== 'done') throw new Error(`the dataset could not be pulled: ${pulled.message}`);
  const stored = readCollector(study.databaseFile);
  const wanted = [...stored.episodes.values()].flatMap(({ cells }) =>
    cells.filter((cell) => cell !== undefined),
  );
  const found = await rowsOf(
    outDir,
    'steps',
    "SELECT target_x_twelfths AS x, target_y_eighths AS y FROM {steps} WHERE action = 'click'",
  );
  const cells = found
    .filter(({ x, y }) => x !== null && y !== null)
    .map(({ x, y }) => cellAt(Number(x), Number(y)))
    .filter((cell) => cell !== FIELD_CELL);
  const ids = await Promise.all(
    ['motions', 'rhythms'].map((table) => rowsOf(outDir, table, `SELECT record_id AS id FROM {${table}}`)),
  );
  const alone = ids.flat().map(({ id }) => String(id));
  const [ofSteps, ofAlone] = [compareLists(wanted, cells), compareLists(stored.aloneIds, alone)];
  return { lost: ofSteps.lost + ofAlone.lost, duplicated: ofSteps.duplicated + ofAlone.duplicated };
}

async function rowsOf(dir: string, table: string, query: string): Promise<Record<string, unknown>[]> {
  const folder = join(dir, table);
  const isThere = existsSync(folder) && readdirSync(folder).some((file) => file.endsWith('.parquet'));
  return isThere ? queryDataset(dir, query) : [];
}

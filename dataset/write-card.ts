/**
 * Puts the card and its pictures beside the tables that they tell of.
 *
 * The last thing a pull does; from the same tables it writes the same bytes. Reads with little memory, since a pull may
 * not take much in all.
 */
import { RISK_FIGURES, UTILITY_FIGURES } from '../src/trace/risk-figures.ts';
import { drawBarChart } from './bar-chart.ts';
import { picturePath, renderCard } from './card.ts';
import { PICTURE_NAME, type DatasetFolder } from './dataset-folder.ts';
import { readDistributions, type Distribution } from './distributions.ts';
import type { Manifest } from './manifest.ts';
import { openDataset } from './open-dataset.ts';
import { drawRisk } from './risk-picture.ts';

/** Counting keeps few rows, so this is enough for any number of them. */
const MEMORY_MB = 96;

/** Writes the card of the dataset in `dir`, whose manifest is in place. */
export async function writeCard(
  folder: Pick<DatasetFolder, 'writeCard'>,
  dir: string,
  manifest: Manifest,
): Promise<void> {
  const distributions = await distributionsOf(dir);
  const pictures = distributions.map((distribution): [string, string] => [
    picturePath(distribution),
    drawBarChart(distribution),
  ]);
  await folder.writeCard(renderCard(manifest, distributions), {
    [PICTURE_NAME]: drawRisk(RISK_FIGURES, UTILITY_FIGURES),
    ...Object.fromEntries(pictures),
  });
}

async function distributionsOf(dir: string): Promise<Distribution[]> {
  const dataset = await openDataset(dir, { memoryMb: MEMORY_MB });
  try {
    return await readDistributions(dataset);
  } finally {
    dataset.close();
  }
}

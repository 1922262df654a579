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

/** The card and the pictures that it shows, by their path in the folder. */
interface WholeCard {
  text: string;
  pictures: Record<string, string>;
}

/** Writes the card of the dataset in `dir`, whose manifest is in place. */
export async function writeCard(
  folder: Pick<DatasetFolder, 'writeCard'>,
  dir: string,
  manifest: Manifest,
): Promise<void> {
  const { text, pictures } = await makeCard(dir, manifest);
  await folder.writeCard(text, pictures);
}

/** The card of the dataset in `dir` as a pull writes it. Throws where a table cannot be read. */
export async function makeCard(dir: string, manifest: Manifest): Promise<WholeCard> {
  const distributions = await distributionsOf(dir);
  const histograms = distributions.map((distribution): [string, string] => [
    picturePath(distribution),
    drawBarChart(distribution),
  ]);
  return {
    text: renderCard(manifest, distributions),
    pictures: { [PICTURE_NAME]: drawRisk(RISK_FIGURES, UTILITY_FIGURES), ...Object.fromEntries(histograms) },
  };
}

async function distributionsOf(dir: string): Promise<Distribution[]> {
  const dataset = await openDataset(dir, { memoryMb: MEMORY_MB });
  try {
    return await readDistributions(dataset);
  } finally {
    dataset.close();
  }
}

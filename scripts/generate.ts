/**
 * Writes what is generated: from the schemas the data dictionary and the managed-storage schema, from the last audit the
 * figures and the picture of risk, from the last benchmark of capture its figures and picture, from those of the dataset, of
 * the collector, of the pipeline's faults and of utility their figures, and from its settings and log events their tables.
 *
 * With `--check` it writes nothing and fails if a file is not what it would write, so that the documents cannot
 * drift from the contract.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, getFileInfo, resolveConfig } from 'prettier';
import { dataDictionary } from '../server/compliance/data-dictionary.ts';
import { pageMarkdown } from '../server/compliance/page.ts';
import { permissionsPage } from '../server/compliance/permission-facts.ts';
import { threatModel } from '../server/compliance/threat-model.ts';
import { drawRisk } from '../dataset/risk-picture.ts';
import { drawCaptureCost } from '../bench/capture/cost-picture.ts';
import { capacityPage } from './capacity-page.ts';
import { capturePage, readCapture } from './capture-page.ts';
import { datasetPage } from './dataset-page.ts';
import { readResults } from '../bench/audit/report/result-files.ts';
import { installKitPage } from './install-kit-page.ts';
import { managedSchema } from './managed-schema.ts';
import { operationsPage } from './operations-page.ts';
import { pipelineFaultsPage } from './pipeline-faults-page.ts';
import { riskPage } from './risk-page.ts';
import { readRiskFigures, riskFiguresModule } from './risk-figures.ts';
import { serverPage } from './server-page.ts';
import { utilityFiguresModule } from './utility-figures.ts';
import { utilityPage } from './utility-page.ts';

const root = new URL('..', import.meta.url);
const folder = fileURLToPath(new URL('bench/results', root));
const risk = readRiskFigures(folder);
const { results, pointer } = readCapture(folder);
const generated: Record<string, string> = {
  'docs/data.md': pageMarkdown(dataDictionary()),
  'docs/permissions.md': pageMarkdown(permissionsPage()),
  'docs/threat-model.md': pageMarkdown(threatModel()),
  'public/managed-schema.json': JSON.stringify(managedSchema()),
  'docs/risk.md': riskPage(folder),
  'src/trace/risk-figures.ts': riskFiguresModule(risk),
  'docs/privacy-utility.svg': drawRisk(risk.figures, risk.utility),
  'docs/operations.md': operationsPage(readOr(new URL('docs/operations.md', root), '')),
  'docs/install-kit.md': installKitPage(readOr(new URL('docs/install-kit.md', root), '')),
  'docs/capture-figures.md': capturePage(results, pointer),
  'docs/capture-cost.svg': drawCaptureCost(results),
  'docs/dataset-figures.md': datasetPage(folder),
  'docs/server-figures.md': serverPage(folder),
  'docs/capacity.md': capacityPage(folder),
  'docs/utility.md': utilityPage(folder),
  'dataset/utility-figures.ts': utilityFiguresModule(readResults(folder, 'training')),
  'docs/pipeline-faults.md': pipelineFaultsPage(folder),
};

let staleFiles = 0;
for (const [path, text] of Object.entries(generated)) {
  const file = new URL(path, root);
  const { inferredParser } = await getFileInfo(file);
  const wanted = inferredParser
    ? await format(text, { ...(await resolveConfig(file)), filepath: file.pathname })
    : text;
  if (!process.argv.includes('--check')) writeFileSync(file, wanted);
  else if (readOr(file, '') !== wanted) {
    console.error(`${path} is not what it is generated from says; run: npm run generate`);
    staleFiles += 1;
  }
}
process.exitCode = staleFiles === 0 ? 0 : 1;

function readOr(file: URL, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}

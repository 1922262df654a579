/**
 * All documents of a compliance pack, from a charter and a day.
 *
 * Runs where the pack is made. The same charter, day and version give the same bytes.
 */
import { charterHash } from '../../src/charter/charter-hash.ts';
import type { Charter } from '../../src/charter/charter.ts';
import type { OutFile } from '../write-files.ts';
import { dataInventory } from './documents/data-inventory.ts';
import { decisions } from './documents/decisions.ts';
import { dpiaAnnex } from './documents/dpia-annex.ts';
import { employeeNotice } from './documents/employee-notice.ts';
import { overview } from './documents/overview.ts';
import { permissions } from './documents/permissions.ts';
import { recordsOfProcessing } from './documents/records-of-processing.ts';
import { threatModelPage } from './documents/threat-model-page.ts';
import { worksCouncilSummary } from './documents/works-council-summary.ts';
import { offerOf } from './offer.ts';
import type { PackFacts } from './pack-facts.ts';
import { pageMarkdown, type Block } from './page.ts';
import { pageHtml } from './page-html.ts';

const DOCUMENTS = [
  employeeNotice,
  worksCouncilSummary,
  dataInventory,
  dpiaAnnex,
  recordsOfProcessing,
  permissions,
  threatModelPage,
  decisions,
];

/** @param madeOn UTC day, `YYYY-MM-DD`. */
export async function createPack(charter: Charter, madeOn: string, version: string): Promise<OutFile[]> {
  const facts: PackFacts = {
    charter,
    charterHash: await charterHash(charter),
    offer: offerOf(charter),
    madeOn,
    version,
  };
  const documents = DOCUMENTS.map((document) => document(facts));
  const pages = [overview(facts, documents), ...documents];
  const names = new Set(pages.map((page) => `${page.name}.md`));
  return pages.flatMap((page) => {
    const own = { ...page, blocks: page.blocks.map((block) => withLinksTo(names, block)) };
    const foot = `${page.title}. Charter ${facts.charterHash}, ${madeOn}`;
    return [
      { path: `${page.name}.md`, content: pageMarkdown(own), holdsKeys: false },
      { path: `${page.name}.html`, content: pageHtml(own, foot), holdsKeys: false },
    ];
  });
}

/** What was put before a character, code, or a link. The first two are passed over: what looks like a link there is none. */
const LINK = /\\.|`[^`]+`|\[((?:\\.|[^\]\\])+)\]\(([^)\s]+)\)/g;

/** Texts shared with the software's own documents link to its pages, which a pack does not have: the words stay. */
function withLinksTo(names: ReadonlySet<string>, block: Block): Block {
  const strip = (text: string) =>
    text.replace(LINK, (whole: string, words?: string, target?: string) =>
      words === undefined || names.has(target!) ? whole : words,
    );
  switch (block.kind) {
    case 'list':
      return { ...block, items: block.items.map(strip) };
    case 'table':
      return { ...block, rows: block.rows.map((row) => row.map(strip)) };
    case 'heading':
    case 'subheading':
    case 'paragraph':
      return { ...block, text: strip(block.text) };
  }
}

/**
 * The README of an export: what it is of, on which terms, what may not be done with it, and when it must go.
 *
 * A pure function of the manifest. Holds no clock reading. What each format says of itself is in formats.ts.
 */
import { PROHIBITED_USES } from '../card-text.ts';
import type { Manifest } from '../manifest.ts';
import { escapeMarkdown, formatCount, markdownTable } from '../markdown.ts';
import { countWaitingRemovals } from '../pull-summary.ts';
import { isLinkedPurpose } from '../../src/trace/reading-purpose.ts';
import type { Exported, Format } from './exporting.ts';
import type { Terms } from './terms.ts';

/** The README's text. */
export function renderExportText(
  format: Format,
  manifest: Manifest,
  terms: Terms,
  { counts, header = '', notes }: Exported,
): string {
  const sections: [title: string, body: string][] = [
    ['What it is of', `${renderSource(terms)}\n\n${renderCounts(counts)}`],
    ['What it is', notes === undefined ? format.about : `${format.about}\n\n${notes}`],
    ['Prohibited uses', PROHIBITED_USES],
    ['Terms', renderTerms(terms)],
    ['Removals', renderRemovals(manifest)],
  ];
  const body = sections.map(([title, text]) => `## ${title}\n\n${text}`).join('\n\n');
  return `${header}<!-- Made by \`proffer export\`; changes made by hand are lost at the next export. -->

# Proffer dataset as ${format.title}

${isLinkedPurpose(manifest.purpose) ? LINKED_WARNING : PSEUDONYMOUS}

${body}\n`;
}

const LINKED_WARNING = `**This is linked data of volunteers and may identify people.** Keep it apart from all other data, give it to nobody, and
treat it as if names were in it.`;

const PSEUDONYMOUS = `The data is pseudonymous personal data, not free of risk; the figures are in the dataset's own card.`;

/** The releases and the purpose, in a sentence. */
function renderSource({ purpose, collector, releases }: Terms): string {
  const numbers = releases.map(({ number }) => String(number));
  const which = numbers.length === 0 ? 'no release yet' : `releases ${numbers.join(', ')}`;
  return `Made from ${which} of the dataset that was pulled from ${escapeMarkdown(collector)} for the purpose \`${purpose}\`.
Releases that were withdrawn are left out. The dataset's card, beside the data it was made from, says what is in it and
what cannot be.`;
}

function renderCounts(counts: Exported['counts']): string {
  return markdownTable(
    ['what', 'count'],
    Object.entries(counts).map(([what, count]) => [what, formatCount(count)]),
  );
}

function renderTerms({ charters }: Terms): string {
  if (charters.length === 0) return 'No records yet, so no charter.';
  const rows = charters.map(({ hash, organization, contact, retentionDays }) => [
    hash,
    organization,
    contact,
    `${retentionDays} days`,
  ]);
  return `Each record was made with consent to the charter whose hash it bears; the charters' texts are in \`export.json\`. They
bind whoever holds the data: delete it when its retention ends.\n\n${markdownTable(
    ['charter (SHA-256)', 'who collects', 'contact', 'kept by the collector'],
    rows,
  )}`;
}

function renderRemovals(manifest: Manifest): string {
  const removed = countWaitingRemovals(manifest);
  const known =
    removed === 0
      ? 'No record in it was known to have been removed when it was made.'
      : `Of the records in it ${formatCount(removed)} had been removed by the collector when it was made, and the dataset still held them: bring the dataset up to date and export again.`;
  return `${known} An export does not follow the dataset: whenever the dataset is pulled again, export again into this folder,
which takes the place of what is here, and delete what was made from it.`;
}

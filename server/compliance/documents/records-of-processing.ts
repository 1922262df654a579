/**
 * An entry for the controller's records of processing activities (GDPR Article 30(1)).
 */
import { plural } from '../../charter-words.ts';
import { plainMarkdown } from '../../plain-markdown.ts';
import { countsContributors, offers, offersLinked } from '../offer.ts';
import { idLine, toFill, type PackFacts } from '../pack-facts.ts';
import { code, paragraph, table, type Page } from '../page.ts';

export function recordsOfProcessing(facts: PackFacts): Page {
  const { charter, offer } = facts;
  const tls = charter.collectorUrl.startsWith('https:') ? 'TLS on the way; ' : '';
  const kinds = [
    ...(offers('pointer')(offer) ? ['single movements of the pointer'] : []),
    ...(offers('keys')(offer) ? ['rhythms of short runs of keys (may count as biometric data)'] : []),
    ...(offers('workflow')(offer) ? ['ordered steps of work in the apps of the charter'] : []),
    ...(offersLinked(offer) ? ['of volunteers, these linked in one record'] : []),
    ...(countsContributors(offer) ? ['counts of what installations have met or contributed'] : []),
  ];
  return {
    name: 'records-of-processing',
    title: 'Entry for the records of processing activities',
    blocks: [
      idLine(facts),
      table(
        ['GDPR Article 30(1)', 'entry'],
        [
          [
            'Activity',
            'Recording how people work in the browser, as training data for software that uses computers (Proffer)',
          ],
          ['(a) Controller', `${plainMarkdown(charter.organization)}; ${plainMarkdown(charter.contact)}`],
          ['(a) Joint controller, representative', toFill('if any')],
          ['(a) Data protection officer', toFill('name and contact')],
          ['(b) Purposes', `${code(charter.purpose)}; ${toFill('in a sentence')}`],
          ['Legal basis (not asked for here, but useful)', toFill('Article 6, and 9 if it applies')],
          [
            '(c) People concerned',
            `Employees and others who take part (expected: ${charter.expectedParticipants.toLocaleString('en')}); readers, whose key has a name that is in the access log`,
          ],
          [
            '(c) Categories of data',
            `${kinds.join('; ')}; each with a random id, the UTC day, charter and level. No content, no names. Pseudonymous. In full: [data inventory](data-inventory.md)`,
          ],
          [
            '(d) Recipients',
            `Collector at ${code(charter.collectorUrl)}: ${toFill('operator, processors')}. Readers: ${toFill('who')}`,
          ],
          ['(e) Transfers to third countries', toFill('none, or which and on what safeguards')],
          [
            '(f) Time limits',
            `${plural(charter.retentionDays, 'day')} from the day of recording at the collector; copies and backups: ${toFill('how long')}. Table by table: [data inventory](data-inventory.md)`,
          ],
          [
            '(g) Security (Article 32)',
            `Pseudonymisation on the device; no link between records in the store; ${tls}keys stored as hashes; strict checks of all that comes in; a chained access log; signed packages with a digest that can be checked; signed answers to erasures. By the operator: encryption of disks and backups, restricted administration`,
          ],
          [
            '(g) What was tested',
            'Canary, re-identification and joining audits come with the software; figures: [DPIA annex](dpia-annex.md)',
          ],
          ['Entry made, changed', toFill('date, by')],
        ],
      ),
      paragraph('A processor that runs the collector needs an entry of its own by Article 30(2).'),
    ],
  };
}

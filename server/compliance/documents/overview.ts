/**
 * The first page of a compliance pack: what it is and is not, and what is where.
 */
import { charterTable, idLine, LEGAL_NOTE, type PackFacts } from '../pack-facts.ts';
import { code, heading, list, paragraph, table, type Page } from '../page.ts';

export function overview(facts: PackFacts, others: readonly Page[]): Page {
  return {
    name: 'README',
    title: 'Compliance pack',
    blocks: [
      idLine(facts),
      paragraph(LEGAL_NOTE),
      paragraph(
        '**Consent in employment may not suffice.** Proffer records nothing without the consent of each person. In the EU that alone may not make it lawful: between employer and employee consent is often not freely given (GDPR Articles 4(11) and 7, recital 43; EDPB Guidelines 05/2020, paragraph 21). The legal basis is the first of the decisions, and the software cannot make it.',
      ),
      heading('What is in it'),
      table(
        ['document', 'for whom', 'what for'],
        others.map(({ name, title }) => [`[${title}](${name}.md)`, ...READERS[name]!]),
      ),
      paragraph('Each is there as Markdown, to be edited and compared, and as HTML, to be read and printed.'),
      heading('What it is made from'),
      paragraph(
        'Nothing in it was written for the occasion. Fields come from the schemas that extension and collector check every record with, figures from the last audit of the software, permissions from the list that the manifest is made of, the rest from the charter. What no program can know is a blank, to be filled in by you. Names such as risk.md or “decision 20” are pages of the software’s source, in its folder `docs`.',
      ),
      list([
        `Whoever has the charter can make the pack again (\`proffer-server compliance --charter FILE --out DIR\`) and compare: from the same version it is the same, byte for byte, but for the day.`,
        `The popup of the extension shows the hash of the charter that is in force: it must be ${code(facts.charterHash)}. With any other charter this pack says nothing about what runs.`,
        'A charter that is changed, or another version of the software, needs a new pack.',
      ]),
      heading('The charter'),
      charterTable(facts),
    ],
  };
}

const READERS: Record<string, [whom: string, what: string]> = {
  'employee-notice': [
    'everyone who is asked to take part',
    'the notice by GDPR Article 13 and the notice at collection by the CPRA; to be completed',
  ],
  'works-council-summary': [
    'works council or other employees’ representatives',
    'what it can and cannot be used for, what to check, what to agree on',
  ],
  'data-inventory': [
    'data protection officer, and whoever wants to check',
    'every field that can leave a computer, and what is kept where',
  ],
  'dpia-annex': [
    'data protection officer',
    'what a data protection impact assessment needs to know of the software (GDPR Article 35)',
  ],
  'records-of-processing': [
    'data protection officer',
    'an entry for the records of processing activities (GDPR Article 30)',
  ],
  permissions: ['IT, and whoever wants to check', 'what the extension may do in the browser, and why'],
  'threat-model': [
    'data protection officer, IT security',
    'who could see what, what is defended, what is not',
  ],
  decisions: ['who deploys', 'what has to be decided, with room for the answers'],
};

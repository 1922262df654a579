/**
 * The notice to those who are asked to take part: GDPR Article 13, and the notice at collection of California's CPRA.
 *
 * For people without a lawyer at hand: plain, complete, and no promise that the software does not keep.
 */
import { offers, offersLinked } from '../offer.ts';
import { plural, releaseWords, smallestGroupWords } from '../../charter-words.ts';
import { plainMarkdown } from '../../plain-markdown.ts';
import {
  holdWords,
  idLine,
  levelList,
  neverRecorded,
  riskTable,
  scopeBlocks,
  toFill,
  type PackFacts,
} from '../pack-facts.ts';
import { code, heading, list, paragraph, subheading, table, type Block, type Page } from '../page.ts';
import { placesOf } from '../recorded-places.ts';

export function employeeNotice(facts: PackFacts): Page {
  return {
    name: 'employee-notice',
    title: 'Notice to employees',
    blocks: [
      idLine(facts),
      ...whatItIs(facts),
      ...whatIsRecorded(facts),
      ...whatYouCanDo(facts),
      ...byGdpr(facts),
      ...byCpra(facts),
      ...ownWords(facts),
    ],
  };
}

function whatItIs({ charter }: PackFacts): Block[] {
  const organization = plainMarkdown(charter.organization);
  return [
    paragraph(
      `${organization} asks you to let your browser record how you work in some apps. The purpose is ${code(charter.purpose)}, and no other: software that uses computers is to learn from how people do it.`,
    ),
    paragraph(
      '**It is your choice.** Everything is off until you switch it on in the extension, part by part. You need not do anything to say no. You can stop at any time and take your consent back as easily as you gave it. No stored record and no report shows who said no; what your employer could see in other ways is said below.',
    ),
    paragraph(
      '**The data is pseudonymous**: it bears no name, but a person may still be recognised. How often that worked when it was tried is below.',
    ),
  ];
}

function whatIsRecorded(facts: PackFacts): Block[] {
  const { charter } = facts;
  const places = placesOf(charter).filter(({ recorded }) => recorded.length > 0);
  return [
    heading('What is recorded, and where'),
    ...scopeBlocks(facts),
    places.length === 0
      ? paragraph('Nowhere: the charter names no app that is recorded, so nothing is.')
      : table(
          ['app', 'recorded at'],
          places.map(({ label, recorded }) => [code(label), recorded.map(code).join(', ')]),
        ),
    paragraph('How strongly it is protected:'),
    ...levelList(facts),
    ...(charter.tasks.length > 0 && offers('workflow')(facts.offer)
      ? [
          paragraph(
            `You can mark that you begin, finish or give up a task, if you like: ${charter.tasks.map(code).join(', ')}.`,
          ),
        ]
      : []),
    subheading('Never recorded'),
    neverRecorded(facts),
    subheading('How well can a record be tied to you?'),
    riskTable(facts),
  ];
}

function whatYouCanDo({ charter }: PackFacts): Block[] {
  return [
    heading('What you can do yourself'),
    list([
      'See in the toolbar whether a page is recorded, pause for as long as you like, switch a site off.',
      `Look at what is on your device, as it will be sent, on the page My data of the extension. ${
        charter.holdHours === 0
          ? 'This charter lets it rest there for no time: records are sent as soon as they are due, and there may be no time to look first. You can set a time yourself'
          : `There it rests ${holdWords(charter)}. You can make that longer`
      }, or send early.`,
      'Delete of that what you like. What you delete never leaves.',
      'Have what was sent erased at the collector. Each answer is signed, and the extension keeps it for you. With each published record three others of its day and kind are erased, so that none stands out.',
      'See in the access log who has read which releases, and for what. Download everything that the extension holds of you, and the receipts of what you agreed to.',
      'Withdraw. Recording ends within a second in every tab, and what was not sent is deleted. You are then asked whether what was sent shall be erased too.',
    ]),
    paragraph(
      'What that cannot do: copies that readers have pulled before are told which records to drop, but nobody can force them by software; and software that has learnt from a record does not unlearn it.',
    ),
  ];
}

function byGdpr({ charter, offer }: PackFacts): Block[] {
  return [
    heading('What the law wants you to know (GDPR Article 13)'),
    table(
      ['what', 'here'],
      [
        [
          'Who is responsible (controller)',
          `${plainMarkdown(charter.organization)}; contact: ${plainMarkdown(charter.contact)}`,
        ],
        ['Data protection officer', toFill('name and contact')],
        ['Purpose', `${code(charter.purpose)}; ${toFill('in a sentence of your own')}`],
        [
          'Legal basis',
          `${toFill('Article 6(1), and why; with point (f) the interests')}. Consent in the extension is asked for in any case; whether it can be the legal basis between employer and employee is doubtful, and the controller has to say what it relies on.`,
        ],
        ...(offers('keys')(offer)
          ? [
              [
                'Special categories (Article 9)',
                `Typing rhythm may count as biometric data where it is used to identify someone. Proffer is not made for that. ${toFill('the controller’s view, and its basis')}`,
              ],
            ]
          : []),
        [
          'Who receives it',
          `The collector at ${code(charter.collectorUrl)}, run by ${toFill('operator, processors')}. Readers with a key of their own: ${toFill('who')}. The software sends it to no one else.`,
        ],
        ['Countries outside the EEA', toFill('which, and on what basis; or none')],
        [
          'How long',
          `On your device: ${holdWords(charter, 'you set')}. At the collector: ${plural(charter.retentionDays, 'day')} from the day of recording. Released to readers ${releaseWords(charter)}. Smallest group: ${smallestGroupWords(charter)}. Readers’ copies and backups: ${toFill('how long')}.`,
        ],
        [
          'Your rights',
          'Access, correction, erasure, restriction, portability, objection (Articles 15 to 21), and to withdraw consent at any time; what was done before stays lawful. The controller cannot tell which records are yours (Article 11): none bears your name. Your extension can. So looking, downloading and erasing are done there, by you; for everything else ask the contact above.',
        ],
        ['Complaints', `To a data protection authority, for instance ${toFill('name and address')}.`],
        [
          'Must you?',
          'No. Neither law nor contract asks it of you, and nothing may follow from a no. The organisation must see to that; software cannot.',
        ],
        [
          'Automated decisions, profiling',
          `The software makes no decision about you and builds no profile. ${toFill('whether anything else does so with this data')}`,
        ],
      ],
    ),
    subheading('What your employer could still see'),
    list([
      'as operator of the network: which computers talk to the collector, and so who takes part;',
      'as operator of the devices: with access to your files or screen, all that is on the device, your decision too;',
      'as operator of sign-in and of the apps: who was where and when, which laid beside records could tell whose they are;',
      'as operator of the collector: while records arrive, from which address. That is not stored.',
    ]),
    paragraph(
      'Who looks at that, and that nobody does so to find out who takes part, is for the organisation to settle. Everything that is and is not defended: [threat model](threat-model.md).',
    ),
  ];
}

function byCpra({ charter, offer }: PackFacts): Block[] {
  const days = plural(charter.retentionDays, 'day');
  const operated = { pointer: 'movements', keys: 'rhythms of keys', workflow: 'steps' } as const;
  const rows = [
    [
      'Internet or other electronic network activity information',
      `how the apps above are operated: ${offer.scopes.map((scope) => operated[scope]).join(', ')}, without content`,
      days,
    ],
    ...(offers('workflow')(offer)
      ? [
          [
            'Professional or employment-related information',
            'which kinds of steps a task takes, in which app',
            days,
          ],
        ]
      : []),
    ...(offers('keys')(offer)
      ? [
          [
            'Biometric information, as far as keystroke rhythms that could identify someone count as such (sensitive)',
            'classes of keys and pauses between them',
            days,
          ],
        ]
      : []),
  ];
  return [
    heading('Notice at collection for people in California (CPRA)'),
    table(['category (Civil Code 1798.140)', 'what of it', 'kept'], rows),
    paragraph(
      `Purpose: ${code(charter.purpose)}. The software neither sells nor shares it and sends it nowhere but to the collector; ${toFill('whether the business does; if so a link to opt out')}. You may know, delete, correct, and limit the use of sensitive information, and nobody may treat you worse for it (1798.125). Privacy policy: ${toFill('link')}.`,
    ),
    ...(offersLinked(offer)
      ? [
          paragraph(
            'The same categories hold for linked records; these are made so that they can be followed through a task, and identify people.',
          ),
        ]
      : []),
  ];
}

/** The organisation's own notice, as everyone sees it in the extension. */
function ownWords({ charter: { notice } }: PackFacts): Block[] {
  const text = notice.text
    ?.split(/\n+/)
    .filter((part) => part.trim() !== '')
    .map((part) => paragraph(plainMarkdown(part)));
  return [
    heading(`The organisation’s own words (notice version ${notice.version})`),
    ...(text ?? [paragraph(`At ${code(notice.url ?? '')}`)]),
  ];
}

/**
 * An annex for a data protection impact assessment (GDPR Article 35(7)): what the software contributes to it.
 *
 * The assessment is the controller's; what only the controller knows is a blank.
 */
import { motorWords, plural, releaseWords, smallestGroupWords } from '../../charter-words.ts';
import { plainMarkdown } from '../../plain-markdown.ts';
import { offers, offersLinked } from '../offer.ts';
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
import { BLANK, code, heading, list, paragraph, table, type Block, type Page } from '../page.ts';

export function dpiaAnnex(facts: PackFacts): Page {
  return {
    name: 'dpia-annex',
    title: 'Annex for a data protection impact assessment',
    blocks: [
      idLine(facts),
      paragraph(
        'What the software contributes to an assessment by GDPR Article 35. It follows Article 35(7). The assessment itself, and whether the remaining risk is acceptable, is the controller’s.',
      ),
      ...isItNeeded(facts),
      ...description(facts),
      ...necessity(facts),
      ...risks(facts),
      ...measures(),
      ...openEnds(),
    ],
  };
}

function isItNeeded({ offer }: PackFacts): Block[] {
  return [
    heading('Is an assessment needed?'),
    paragraph('Of the criteria in the guidelines WP 248 (two of which usually suffice) these speak for it:'),
    list([
      'people in a position of dependence: employees;',
      'observation of behaviour over time;',
      'new technology: training of software that uses computers;',
      ...(offers('keys')(offer)
        ? ['possibly sensitive data: typing rhythm may count as biometric data.']
        : []),
    ]),
    paragraph(
      `The controller’s decision: ${toFill('needed or not; which list of the supervisory authority was looked at')}`,
    ),
  ];
}

function description(facts: PackFacts): Block[] {
  const { charter } = facts;
  return [
    heading('Description of the processing (Article 35(7)(a))'),
    paragraph(
      `Controller: ${plainMarkdown(charter.organization)}, ${plainMarkdown(charter.contact)}. Purpose: ${code(charter.purpose)}. Expected participants: ${charter.expectedParticipants.toLocaleString('en')}.`,
    ),
    ...scopeBlocks(facts),
    ...levelList(facts),
    paragraph(
      `The way of the data: after consent the extension records in the apps of the charter; protects each piece on the device; holds it there (${holdWords(charter)}); sends records drawn at random, in bodies of fixed sizes, at random times, to ${code(charter.collectorUrl)}. The collector checks each against schema, charter and level, and stores it under its random id, without order, address or time finer than the day. It gives them out as releases, ${releaseWords(charter)}; smallest group: ${smallestGroupWords(charter)}. Readers pull releases with keys of their own, for one purpose.`,
    ),
    paragraph('Every field and where it rests: [data inventory](data-inventory.md).'),
    paragraph('Never recorded:'),
    neverRecorded(facts),
  ];
}

function necessity({ charter, offer }: PackFacts): Block[] {
  const motor = motorWords(offer.scopes);
  return [
    heading('Necessity and proportionality (Article 35(7)(b))'),
    table(
      ['question', 'what the software does', 'for the controller to say'],
      [
        [
          'Legal basis',
          'Records only with consent, per scope, given by the person alone. Consent in employment may not suffice as a basis in the EU.',
          toFill('basis, and why'),
        ],
        [
          'Purpose limitation',
          'One purpose in the charter; readers’ keys are for it; each pull is logged with it.',
          toFill('who enforces it outside the software'),
        ],
        [
          'Data minimisation',
          `No content, closed lists${offers('workflow')(offer) ? ', coarse steps instead of exact values' : ''}; ${motor.length > 0 ? `a device keeps a day’s share of ${motor.join(' and ')}; ` : ''}every field has its reason in the inventory.`,
          `${toFill('why these scopes and apps, and no fewer')} (offered: ${offer.scopes.join(', ')}; ${plural(offer.apps.length, 'app')})`,
        ],
        [
          'Accuracy',
          'What is missing is marked with its reason. Anyone with the participant key can add false records, which cannot be told apart.',
          toFill('whether that matters for the purpose'),
        ],
        [
          'Storage limitation',
          `${plural(charter.retentionDays, 'day')}, enforced daily, also in releases.`,
          toFill('copies, backups, trained software'),
        ],
        [
          'Information',
          '[Employee notice](employee-notice.md), and the charter in full in the extension.',
          toFill('how and when it is given'),
        ],
        [
          'Rights',
          'Looking, deleting, erasing, downloading, withdrawing in the extension. The controller cannot tell whose a record is (Article 11).',
          toFill('who answers requests'),
        ],
        [
          'Processors, transfers',
          'One collector, run where the controller chooses. Nothing goes elsewhere.',
          toFill('contracts, countries'),
        ],
        [
          'Views of the people concerned (Article 35(9))',
          'A [summary](works-council-summary.md) for their representatives.',
          toFill('what they said'),
        ],
      ],
    ),
  ];
}

function risks(facts: PackFacts): Block[] {
  const { offer } = facts;
  const { charter } = facts;
  const rows = [
    [
      'A person is recognised by the way they move or type',
      offers('pointer', 'keys')(offer),
      'Short, separate records, mapped to a population; a measured lower bound, below',
    ],
    [
      'A person is recognised by the order of their work',
      offers('workflow')(offer),
      'No content, closed lists, keyed codes; what few have met is hidden where a minimum is set. **Not measured on real people; treat as recognisable**',
    ],
    [
      'Records of one person are joined',
      true,
      `Random ids, no order, no session; audited.${offers('workflow')(offer) ? ' **Episodes can be joined by habits**' : ''}`,
    ],
    [
      'The employer learns who takes part or who refused',
      true,
      'In no record, log or report. **Not defended against operators of network, devices and collector**',
    ],
    [
      'Use for performance, discipline or inference of emotions',
      true,
      'Nothing by person in store, dataset or card; prohibited uses in the dataset card. **Only rules and control can prevent it**',
    ],
    [
      'Consent is not free',
      true,
      'Off by default, “no” as easy as “yes”, no reward in the software. **Only the organisation can see to that**',
    ],
    [
      'Content is recorded after all',
      true,
      'No field for it; canary test over storage, network, logs and dataset; unknown fields refused at three doors',
    ],
    [
      'Sensitive places are recorded',
      true,
      'Apps are a list of what is allowed; built-in and own lists of what never is; fields for secrets give nothing',
    ],
    [
      'Theft of the store, a backup or a dataset',
      true,
      'Pseudonymous, without content; encryption of disks is the operator’s',
    ],
    ['False records or sightings', true, 'Rates and caps; **anyone with the participant key can send them**'],
    ['Copies outlive an erasure', true, 'Tombstones tell readers; **trained software is not undone**'],
    [
      'Linked records identify volunteers',
      offersLinked(offer),
      'A page of its own, releases and a purpose of their own; **no threshold holds for them**',
    ],
    [
      'A release holds records of very few people',
      charter.minContributors === 0,
      '**Not defended: the charter sets no minimum of contributors**',
    ],
    [
      'A person has no time to look before data leaves',
      charter.holdHours === 0,
      'A person may set a hold of their own; **the charter sets none**',
    ],
    [
      'A bucket marks a small group',
      offer.buckets > 0,
      `${offer.buckets} buckets for ${charter.expectedParticipants.toLocaleString('en')} expected people, drawn for each kind on its own`,
    ],
  ] as const;
  return [
    heading('Risks to people (Article 35(7)(c))'),
    table(
      ['risk', 'what stands against it in the software', 'likelihood and severity, by the controller'],
      rows.filter(([, applies]) => applies).map(([risk, , against]) => [risk, against, BLANK]),
    ),
    paragraph('What was measured; every figure is a lower bound on what an attacker can do:'),
    riskTable(facts),
    paragraph('What is defended, how that is checked, and what is not: [threat model](threat-model.md).'),
  ];
}

function measures(): Block[] {
  return [
    heading('Measures (Article 35(7)(d))'),
    paragraph('In the software: those named above. To be taken by the controller, at least:'),
    list([
      'encrypt the disks of collector and backups; delete backups when they are older than the retention;',
      'switch off access logs of proxies in front of collector and package server;',
      'separate who administers devices and network from who reads records, and log such access;',
      'keep the signing key offline; give reader keys to named people, with an end;',
      'check the access log and note its head at intervals; have representatives do so too;',
      'name who answers people, and what happens when a key is lost or a record should not be there.',
    ]),
    paragraph(`Taken: ${toFill('which, by whom, since when')}`),
  ];
}

function openEnds(): Block[] {
  return [
    heading('Result'),
    list([
      `Opinion of the data protection officer (Article 35(2)): ${BLANK}`,
      `Remaining risk, and whether the authority is consulted first (Article 36): ${BLANK}`,
      `Next review (Article 35(11)), at the latest with a new charter or version: ${BLANK}`,
    ]),
  ];
}

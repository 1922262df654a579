/**
 * The summary for a works council or other employees' representatives: what it could be used for, what to check, what to agree on.
 *
 * Says what speaks against as plainly as what speaks for.
 */
import { plural } from '../../charter-words.ts';
import { plainMarkdown } from '../../plain-markdown.ts';
import { offers, offersLinked } from '../offer.ts';
import {
  holdWords,
  idLine,
  neverRecorded,
  people,
  riskTable,
  scopeBlocks,
  type PackFacts,
} from '../pack-facts.ts';
import { BLANK, code, heading, list, paragraph, type Block, type Page } from '../page.ts';

export function worksCouncilSummary(facts: PackFacts): Page {
  const { charter } = facts;
  return {
    name: 'works-council-summary',
    title: 'Summary for employees’ representatives',
    blocks: [
      idLine(facts),
      heading('What is planned'),
      paragraph(
        `${plainMarkdown(charter.organization)} wants to record how people work in ${plural(facts.offer.apps.length, 'app')} of the browser, to train software that uses computers (purpose ${code(charter.purpose)}). ${people(charter.expectedParticipants)} expected. The extension is installed for everyone; it records only who has agreed, and only what each has switched on.`,
      ),
      ...scopeBlocks(facts),
      heading('Never recorded'),
      neverRecorded(facts),
      ...couldItWatch(facts),
      heading('How well a record can be tied to a person'),
      riskTable(facts),
      ...checkYourself(facts),
      ...agreeOn(facts),
    ],
  };
}

function couldItWatch({ charter, offer }: PackFacts): Block[] {
  return [
    heading('Could it be used to watch performance or behaviour?'),
    paragraph(
      'It records behaviour, so the question is fair. Where the law asks whether a system is suitable for watching, whatever it is meant for (as § 87 (1) no. 6 of the German BetrVG is read), it will be hard to say no.',
    ),
    paragraph('What stands against it in the software:'),
    list([
      'No record says whose it is. The store has no person, no account, no device, no session, no time finer than the day; there is no report by person or team, and no function that could make one.',
      'Consent is given by the person in their own browser. No policy, key or server answer can give it. A no is kept in that browser only, and is in no record, log or report.',
      charter.holdHours === 0
        ? 'What is on the device can be looked at and deleted, and what was deleted never leaves.'
        : `Everything rests on the device first, ${holdWords(charter)}; there it can be looked at and deleted, and what was deleted never leaves.`,
      ...(offer.minContributors > 0
        ? [
            `Nothing is given to readers that fewer than ${offer.minContributors} people contributed to in a week.`,
          ]
        : []),
      'Every pull by a reader is in an access log that everyone who takes part can read.',
    ]),
    paragraph('What the software cannot prevent:'),
    list([
      'The employer runs network, devices, sign-in, apps and collector. In these roles it can see which computers take part, can read what is on a device, and can note addresses while records arrive ([threat model](threat-model.md)).',
      ...(offers('workflow')(offer)
        ? ['Who knows the work, or has the logs of an app, may recognise whose steps an episode shows.']
        : []),
      ...(offersLinked(offer)
        ? [
            'Linked records identify people. Nothing above about separate records holds for them, but that they are given by volunteers only, on a page of its own.',
          ]
        : []),
      ...(offer.minContributors === 0
        ? [
            'This charter waits for no minimum of contributors: what is given to readers may be of very few people.',
          ]
        : []),
      ...(offer.holdHours === 0
        ? [
            'This charter sets no hold: records are sent as soon as they are due, and there may be no time to look first.',
          ]
        : []),
      'Pressure. Whether a yes is free is decided by how people are asked, not by a switch.',
      'False records. Anyone with the participant key, which all who take part share, can add records and sightings that nobody made; also to make a group look larger than it is.',
    ]),
  ];
}

function checkYourself({ charter, charterHash }: PackFacts): Block[] {
  return [
    heading('What you can check without trusting anyone'),
    list([
      `That this is the charter: the popup shows ${code(charterHash)} on every computer.`,
      'That the extension is what the source says: build it from the source and compare the digest, which the popup shows too.',
      `That it may reach no other sites: the manifest and, in Chrome and Edge, ${code('chrome://policy')} list the hosts ([permissions](permissions.md)).`,
      'What leaves: My data shows each record as it will be sent; the browser’s network tools show when. [Every field](data-inventory.md) is listed.',
      'Who reads: the access log, whose entries are chained, so that a change shows to whoever noted its head before.',
      `That it ends: withdraw on one computer and look; ${plural(charter.retentionDays, 'day')} after a record’s day the collector deletes it.`,
    ]),
  ];
}

function agreeOn({ charter, offer }: PackFacts): Block[] {
  return [
    heading('What an agreement should settle'),
    list([
      'The purpose, and that the data is never used to evaluate, rank, watch or discipline anyone, alone or in groups, nor to infer emotions, health or fatigue; and that evidence got against this is not used.',
      'That nobody asks who takes part, nobody gains or loses by it, and managers are not told.',
      'That logs of network, proxies, sign-in and apps, and access to devices, are not used to find out who takes part or whose a record is; who controls that.',
      `That this charter (notice version ${charter.notice.version}) is part of the agreement, and that another one needs the representatives’ consent. A charter that widens asks each person anew; one that only narrows does not.`,
      `The time on the device (now: ${holdWords(charter)}), at the collector (${plural(charter.retentionDays, 'day')}) and for copies, backups and trained software.`,
      ...(offersLinked(offer)
        ? [
            'Whether linked records are wanted at all; if so, how volunteers are found without pressure, and who may read them.',
          ]
        : []),
      'Who holds reader keys; that representatives see the access log and may have the collector inspected.',
      'How it ends: a date, a review, and what is deleted then.',
    ]),
    paragraph(`Agreement of: ${BLANK} Signatures: ${BLANK}`),
  ];
}

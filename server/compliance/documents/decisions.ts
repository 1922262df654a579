/**
 * What whoever deploys must decide, with room for the answers: no program can.
 */
import { offers, offersLinked, applying, type Conditional } from '../offer.ts';
import { plural } from '../../charter-words.ts';
import { idLine, LEGAL_NOTE, people, type PackFacts } from '../pack-facts.ts';
import { BLANK, paragraph, subheading, type Page } from '../page.ts';

interface Decision extends Conditional {
  what: string;
  why: string;
}

/** Below this many expected people everyone knows everyone's work, more or less. */
const SMALL_TEAM = 50;

export function decisions(facts: PackFacts): Page {
  return {
    name: 'decisions',
    title: 'Decisions for whoever deploys',
    blocks: [
      idLine(facts),
      paragraph(LEGAL_NOTE),
      paragraph(
        'Law differs by country, and this list is not complete. A pack that is made again goes to another folder, so that answers are never written over.',
      ),
      ...applying(listFor(facts), facts.offer).flatMap(({ what, why }, index) => [
        subheading(`${index + 1}. ${what}`),
        paragraph(why),
        paragraph(`Decided: ${BLANK} By, on: ${BLANK}`),
      ]),
    ],
  };
}

function listFor({ charter, offer }: PackFacts): Decision[] {
  return [
    {
      what: 'On which legal basis?',
      why: 'Consent in employment may not suffice in the EU: it must be freely given, and the EDPB holds that between employer and employee it mostly is not (Guidelines 05/2020, paragraph 21). National law may say more (such as § 26 BDSG in Germany). If the basis is another one, the software still asks for consent, and withdrawing must still end it.',
    },
    {
      what: 'How is a yes free?',
      why: 'Who tells people, in writing, that nothing follows from a no? Who asks them: not their manager? Is there a reward, and would it buy consent? Who sees who takes part, and how is that kept from managers?',
    },
    {
      what: 'Does typing rhythm count as biometric data here?',
      why: 'If it does (GDPR Article 9, and laws of single US states), it needs a basis of its own, or the scope `keys` goes out of the charter.',
      when: offers('keys'),
    },
    {
      what: 'Do we want linked records at all?',
      why: 'They identify people, and no threshold holds for them. If so: for what that separate records cannot do, from whom, read by whom, kept how long?',
      when: offersLinked,
    },
    {
      what: 'What do employees’ representatives say?',
      why: 'In many countries they must agree before it is introduced (in Germany § 87 (1) no. 6 BetrVG, in Austria §§ 96, 96a ArbVG), elsewhere be informed or consulted. Which agreement, of what date?',
    },
    {
      what: 'Is an impact assessment needed, and what came of it?',
      why: 'GDPR Article 35; the annex collects what the software contributes.',
    },
    {
      what: 'Who is controller, who processor?',
      why: 'Joint controllers (Article 26), a group’s companies, whoever hosts the collector or manages devices (Article 28), a representative in the EU (Article 27), the data protection officer.',
    },
    {
      what: 'Where is the collector, and does anything leave the EEA?',
      why: `The collector is ${new URL(charter.collectorUrl).hostname}. Hosting, remote administration and readers abroad are transfers (Chapter V).`,
    },
    {
      what: 'Who may read, and for what exactly?',
      why: 'Names of those with a reader’s key; whether data or trained software goes to anyone else; who checks the access log, how often.',
    },
    {
      what: 'What is it never used for?',
      why: 'Evaluation, ranking, watching, discipline; inference of emotions, which Article 5(1)(f) of the EU AI Act prohibits at work; anything but the purpose. In which document is that binding, and what happens to who breaks it?',
    },
    {
      what: 'What will the trained software do?',
      why: 'If it is used to hire, to allot tasks by behaviour or to evaluate people it is high-risk by Annex III of the EU AI Act, and employees must be told before (Article 26(7)). What of it, when somebody withdraws: is it trained anew, and when?',
    },
    {
      what: 'Who looks at logs and devices?',
      why: 'Network, proxies, sign-in, apps and device management can show who takes part, and the logs of apps whose a record may be. Which logs are off for collector and package server? Who may open the rest, and who is told?',
    },
    {
      what: `Is ${plural(charter.retentionDays, 'day')} right, and what of copies?`,
      why: 'The charter’s retention holds at the collector. Backups, pulled datasets and what was made of them are yours to delete.',
    },
    {
      what: 'Is no hold right?',
      why: 'With `holdHours` 0 people have no time to look at records before they leave.',
      when: ({ holdHours }) => holdHours === 0,
    },
    {
      what: 'Is no minimum of contributors right?',
      why: 'With `minContributors` 0 a release may hold the records of very few people. For anything but a test among people who know that, set one.',
      when: ({ minContributors }) => minContributors === 0,
    },
    {
      what: 'Are so few people enough to hide among?',
      why: `The charter expects ${people(offer.expectedParticipants)}. In a small team an attack is right more often, and colleagues know each other’s work. More people, \`strict\`, or no programme at all are the alternatives.`,
      when: ({ expectedParticipants }) => expectedParticipants < SMALL_TEAM,
    },
    {
      what: 'Are buckets worth it?',
      why: `Records bear one of ${offer.buckets} buckets, so that tests can be on new people. It is one more mark of a person’s records of one kind.`,
      when: ({ buckets }) => buckets > 0,
    },
    {
      what: 'Which places are missing from the never-recorded list?',
      why: 'Think of pages inside the apps: HR, company doctor, works council and union, whistleblowing, complaints, personal mail; and of apps where work itself is a secret of others (patients, clients, pupils): no content is recorded, but that someone worked there is.',
    },
    {
      what: 'Do the apps’ owners allow it?',
      why: 'Terms of the apps, and of customers in whose systems people work.',
    },
    {
      what: 'Who may take part?',
      why: 'Agency staff and contractors have another employer; apprentices and minors need more care; people in other countries have other law.',
    },
    {
      what: 'How is the notice given?',
      why: `In which languages, when, by whom; how a later reader finds it. The charter names notice version ${charter.notice.version}.`,
    },
    {
      what: 'Which US laws apply?',
      why: 'Besides the CPRA, several states want notice of electronic monitoring, some of them acknowledged (New York Civil Rights Law § 52-c, Connecticut Gen. Stat. § 31-48d, 19 Delaware Code § 705).',
    },
    {
      what: 'What if something goes wrong?',
      why: 'A key is lost, a release should not have been given out, a place was recorded that should not have been: who is called, who may withdraw a release or end a key, who tells people and authorities (Articles 33, 34).',
    },
    { what: 'When does it end?', why: 'A date, a review, and what is deleted then.' },
  ];
}

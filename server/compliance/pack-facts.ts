/**
 * What every document of a compliance pack is made from, and what of it is said in the same words in several.
 *
 * Runs where the pack is made. The clock is a parameter.
 */
import type { Charter, Scope } from '../../src/charter/charter.ts';
import { Charter as CharterSchema } from '../../src/charter/charter.ts';
import { RISK_STATEMENTS, smallTeamStatement } from '../../src/trace/risk-statement.ts';
import { levelWords, plural, releaseWords, SCOPE_WORDS, smallestGroupWords } from '../charter-words.ts';
import { plainMarkdown } from '../plain-markdown.ts';
import { countsContributors, offers, offersLinked, type Offer } from './offer.ts';
import { placesOf } from './recorded-places.ts';
import { BLANK, code, list, paragraph, table, type Block } from './page.ts';

export interface PackFacts {
  charter: Charter;
  /** What consent is given to. */
  charterHash: string;
  offer: Offer;
  /** UTC day, `YYYY-MM-DD`. */
  madeOn: string;
  /** Of the software that is described. */
  version: string;
}

export const LEGAL_NOTE =
  '**This is not legal advice.** It says what the software does under this charter. Whether you may use it so is for you, your data protection officer, your counsel and your employees’ representatives to decide; what has to be decided is listed in [decisions](decisions.md).';

/** Under every title: for whom, which charter, when. */
export function idLine({ charter, charterHash, madeOn, version }: PackFacts): Block {
  return paragraph(
    `For ${plainMarkdown(charter.organization)}. Charter ${code(charterHash)}. Made on ${madeOn} from Proffer ${version} and this charter. Not legal advice.`,
  );
}

/** What is taken in each scope that is offered, and what never; and what goes beside. */
export function scopeBlocks({ charter, offer }: PackFacts): Block[] {
  const rows = offer.scopes.map((scope) => {
    const { name, takes, never } = SCOPE_WORDS[scope];
    return [`**${name}** (${code(scope)})`, `${takes}.`, `${capitalized(never)}.`];
  });
  return [
    table(['a person may switch on', 'what is recorded then', 'what is never in it'], rows),
    ...(offers('workflow')(offer)
      ? [
          paragraph(
            'Steps of work name an app by its label in the charter. Pages and controls appear as codes made with a secret key. The label of a control is recorded only where the whole of it is a word of a public list, such as “save”; it is listed in the [data inventory](data-inventory.md).',
          ),
        ]
      : []),
    ...(offersLinked(offer)
      ? [
          paragraph(
            `**Linked, for volunteers.** Who agrees to the level \`linked\`, on a page of its own, gives instead of these one record that holds together ${linkedWords(offer)}. Such a trace identifies people.`,
          ),
        ]
      : []),
    ...(countsContributors(offer)
      ? [
          paragraph(
            `**Counting without names.** So that nothing is published that fewer than ${charter.minContributors} people stand behind, an installation also sends single markers: “someone contributed”, once a week for each part and level${offers('workflow')(offer) ? ', and that an app, a page or a control was met for the first time' : ''}. Each leaves alone, at a random time within 7 days. The collector keeps counts only.`,
          ),
        ]
      : []),
  ];
}

const LINKED_PARTS: Record<Scope, string> = {
  pointer:
    'movements of the pointer in order, at the person’s own pace, with the kind of control each ended on',
  keys: 'whole runs of typing, as classes of keys with spaces told apart and the person’s own pauses on a clock of 25 ms',
  workflow: 'steps of work',
};
const linkedWords = ({ scopes }: Offer) => scopes.map((scope) => LINKED_PARTS[scope]).join('; ');

/** The promise of what is in no field, in one list. */
export function neverRecorded({ charter, offer }: PackFacts): Block {
  const leftOut = placesOf(charter)
    .filter(({ never }) => never.length > 0)
    .map(({ label, never }) => `${code(label)} at ${never.map(code).join(', ')}`)
    .join('; ');
  const namedKeys = ' (of steps of work, keys such as Enter or Tab and shortcuts are told by a closed list)';
  return list([
    'what is typed, read, copied or shown; names, texts, values, titles, addresses of pages, file names, pictures, sound. The format has no field that could hold them;',
    `which letter, digit or sign a key was${offers('workflow')(offer) ? namedKeys : ''};`,
    'anything in fields for passwords, one-time codes and payment, not even timing;',
    'any page outside the apps of the charter; sign-in, banking, health, HR, union and personal mail pages of a built-in list that no charter can lift; private windows;',
    ...(charter.neverRecord.length > 0
      ? [`these places, which the charter adds: ${charter.neverRecord.map(code).join(', ')};`]
      : []),
    ...(leftOut !== ''
      ? [
          `these, although the charter names them as apps, since they lie wholly inside such places: ${leftOut};`,
        ]
      : []),
    'a name, an account, a device, an address or a session of the person. No record says whose it is.',
  ]);
}

export function levelList({ offer }: PackFacts): Block[] {
  const isOfSteps = offers('workflow')(offer);
  return [
    list(
      offer.levels.map((level, index) => {
        const says =
          level === 'linked'
            ? `Linked: ${linkedWords(offer)} stay together.`
            : levelWords(level, offer.scopes);
        const standing =
          level === 'linked'
            ? 'For volunteers only, on a page of its own.'
            : index === 0
              ? 'This is what the charter asks for.'
              : 'A person may choose it instead.';
        return `${says} ${standing}`;
      }),
    ),
    ...(isOfSteps ? [paragraph('Steps of work that are not linked are the same at each level.')] : []),
  ];
}

/** What was measured, for each level and scope on offer, word for word as popup and card have it. */
export function riskTable({ offer }: PackFacts): Block {
  const of: Record<Scope, 'motion' | 'rhythm' | 'episode'> = {
    pointer: 'motion',
    keys: 'rhythm',
    workflow: 'episode',
  };
  const rows = offer.levels.flatMap((level) => {
    const smallTeam = smallTeamStatement(level, offer.scopes);
    return [
      ...offer.scopes.map((scope) => [level, SCOPE_WORDS[scope].name, RISK_STATEMENTS[level][of[scope]]]),
      ...(smallTeam ? [[level, 'in a small team', smallTeam]] : []),
    ];
  });
  return table(['level', 'of', 'how well a record can be tied to a person, as measured'], rows);
}

/** How long a record rests on the device, to stand after a colon; and who may set another time. */
export function holdWords({ holdHours }: Charter, who = 'the person sets'): string {
  return holdHours === 0
    ? `no time, unless ${who} one; records are sent as soon as they are due`
    : `at least ${plural(holdHours, 'hour')} and by chance up to as long again`;
}

/** The charter itself, each field with what it is for; a field that is added to the schema is here by itself. */
export function charterTable({ charter }: PackFacts): Block {
  const values: { [Field in keyof Charter]-?: string } = {
    organization: plainMarkdown(charter.organization),
    contact: plainMarkdown(charter.contact),
    purpose: code(charter.purpose),
    collectorUrl: code(charter.collectorUrl),
    apps:
      placesOf(charter)
        .map(({ label, recorded, never }) =>
          [
            `${code(label)}:`,
            [
              ...recorded.map(code),
              ...never.map(
                (pattern) =>
                  `${code(pattern)} (never recorded: all of it is on the built-in list or in \`neverRecord\`)`,
              ),
            ].join(', '),
          ].join(' '),
        )
        .join('; ') || 'none: nothing is recorded',
    neverRecord: charter.neverRecord.map(code).join(', ') || 'none beside the built-in list',
    scopes: charter.scopes.join(', '),
    protection: charter.protection,
    holdHours: holdWords(charter),
    retentionDays: plural(charter.retentionDays, 'day'),
    expectedParticipants: charter.expectedParticipants.toLocaleString('en'),
    minContributors: smallestGroupWords(charter),
    release: releaseWords(charter),
    tasks: charter.tasks.map(code).join(', ') || 'none',
    budget: `${charter.budget.mainThreadMsPerMinute} ms a minute in the page, ${(charter.budget.bytesPerDay / 1e6).toLocaleString('en')} MB a day`,
    notice: `version ${charter.notice.version}${charter.notice.url === undefined ? ', the text is at the end of the employee notice' : `, at ${code(charter.notice.url)}`}`,
  };
  return table(
    ['field', 'in this charter', 'what it is'],
    Object.entries(CharterSchema.shape).map(([field, schema]) => [
      code(field),
      values[field as keyof Charter],
      schema.meta()?.description ?? '',
    ]),
  );
}

/** A place to be filled in by who deploys, and with what. */
export function toFill(what: string): string {
  return `${BLANK} (${what})`;
}

/** `1 person`, `40 people`. */
export function people(count: number): string {
  return count === 1 ? '1 person' : `${count.toLocaleString('en')} people`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * Who could see what: the employer in each of its roles, and everyone else. The beginning of the threat model.
 *
 * Text for docs/threat-model.md and for the compliance pack. Says what someone could do, not what they are expected to.
 */
import { offers, type Conditional } from './offer.ts';

/** What an employer usually operates; each has its line below. */
export const EMPLOYER_ROLES = ['network', 'devices', 'identity provider', 'collector'] as const;

export interface Watcher extends Conditional {
  who: string;
  couldSee: string;
  takesPart: string;
  inTheWay: string;
}

/** Whether someone takes part is told in a column of its own, since that is what may be held against people. */
export const WATCHERS: readonly Watcher[] = [
  {
    who: 'The employer as operator of the **network**',
    couldSee:
      'which computer talks to the collector, when, and in bodies of 4, 16 or 64 KiB how much. With TLS inspection also the records on their way, the participant key, and make, version and language of the browser.',
    takesPart:
      'Yes: only computers of people who take part talk to the collector. All of them ask the origin of the packages for updates.',
    inTheWay:
      'TLS; random times and fixed sizes. Nothing stands against TLS inspection by who owns the computers.',
  },
  {
    who: 'The employer as operator of the **devices**',
    couldSee:
      'with access to files or screens everything on the device: what is on hold with app and time, the decision, the receipts, the ledger. It can change the policy, install any other software, and with the signing key another version of the extension.',
    takesPart:
      'Not by the lists of its management (everyone has the extension); by reading the browser profile, yes.',
    inTheWay:
      'Only the rules that the organisation sets itself, and its logs of who used such access. The digest of the installed files shows another version, if it is not the extension itself that computes it.',
  },
  {
    who: 'The employer as operator of the **identity provider**',
    couldSee:
      'who signed in to which app and when; and in a managed browser that the extension is installed. Laid beside records with the day and the app, that narrows down whose they may be.',
    takesPart: 'No: taking part needs no sign-in, and no account is in any request.',
    inTheWay: 'No account, name or device is in a record; a dataset tells the week only.',
  },
  {
    who: 'The employer as operator of the **apps**',
    couldSee:
      'in the logs of its apps who did what and when. Laid beside an episode, with its app, day and order of steps, that can name the person.',
    takesPart: 'By such a comparison, yes.',
    inTheWay: 'Keeping logs and records apart; no level protects against it.',
    when: offers('workflow'),
  },
  {
    who: 'The employer as operator of the **collector**',
    couldSee:
      'what is stored: records by random ids, with day, charter and level; their backups. While they arrive: the address, make, version and language of the browser, the time, and which records came in one batch. A modified collector could keep that.',
    takesPart: 'From what is stored, no. Live, by addresses, yes.',
    inTheWay:
      'The software stores no address, no time finer than the day, no link between records; its logs have none either. Whether it is that software that runs, only its operator knows.',
  },
  {
    who: 'The **data team** and whoever else has a reader’s key',
    couldSee:
      'releases: records by random ids, with the week. Each pull is in the access log, which participants can read.',
    takesPart: 'No.',
    inTheWay: 'A key of their own for each reader and purpose; thresholds of releases; the access log.',
  },
  {
    who: '**Anyone with the participant key**, which all who take part share',
    couldSee: 'the access log, and nothing of anyone’s records.',
    takesPart: 'No.',
    inTheWay:
      'They can add false records and sightings; what came in under the key cannot be told apart. Rates and daily caps bound how much.',
  },
  {
    who: 'A **colleague, supervisor or administrator at the same computer**',
    couldSee: 'the sign in the toolbar and, in the same browser profile, popup and My data.',
    takesPart: 'Yes.',
    inTheWay: 'The toolbar sign can be set to look the same always. A locked screen.',
  },
  {
    who: 'A **thief** of the collector’s files, of a backup or of a dataset',
    couldSee: 'what is stored, or what was released.',
    takesPart: 'No, but for what is said below of logs and copies.',
    inTheWay: 'As for the collector. Encryption of disks and backups is the operator’s.',
  },
  {
    who: 'The **page** that is recorded',
    couldSee: 'nothing of the recording.',
    takesPart: 'No.',
    inTheWay:
      'No globals, no marks in the page, passive listeners; only trusted events with a person’s cause count.',
  },
];

/**
 * What is defended: against what, by what, and how that is checked. One half of the threat model.
 *
 * Text for docs/threat-model.md and for the compliance pack. Claims nothing that no test or measurement bears out.
 */
import { offers, type Conditional } from './offer.ts';

export interface Defence extends Conditional {
  against: string;
  inTheWay: string;
  checkedBy: string;
}

const SAYS_LESS =
  'decisions [14](decisions/0014-nothing-in-two-kinds.md) and [17](decisions/0017-motions-and-rhythms-say-less.md)';
const JOINING_AUDIT =
  'the joining audit, on databases of simulated and recorded people (`bench/audit/joining`)';

export const DEFENCES: readonly Defence[] = [
  {
    against: 'content in the data',
    inTheWay:
      'no field that could hold it; unknown fields refused at three doors; sensitive fields give nothing',
    checkedBy:
      'canary test: secrets typed and placed everywhere, searched for in storage, requests, logs, database and dataset',
  },
  {
    against: 'recording without consent',
    inTheWay:
      'no script registered, no listener, no request before the person says yes; consent is read again for each message',
    checkedBy: 'page and globals compared with and without the extension; requests counted',
  },
  {
    against: 'recording after the stop',
    inTheWay: 'a notice to every frame, and a number that bars what arrives late',
    checkedBy: 'listeners counted after pause and withdrawal; storage read afterwards',
  },
  {
    against: 'recognising a person by motor detail',
    when: offers('pointer', 'keys'),
    inTheWay: 'records are short, separate and mapped to the population',
    checkedBy:
      'the identification audit, which fails where a level falls below its figure and where raw data does not name people; figures in popup, card and [risk.md](risk.md), all lower bounds',
  },
  {
    against: "joining a person's records by the store",
    inTheWay:
      'random ids, no order, day as the finest time, no batch link; the file is rewritten in key order, its log emptied at least hourly; on PostgreSQL sealed days are rewritten ([decision 20](decisions/0020-one-store-two-databases.md))',
    checkedBy:
      'a matcher over pages, order, free pages and side tables stays at chance; the same matcher on an ordinary table succeeds',
  },
  {
    against: 'joining movements to other records by what they say',
    when: offers('pointer'),
    inTheWay: `no control, pause, pointer or app in a motion, a day's share of motions for everyone (${SAYS_LESS})`,
    checkedBy: JOINING_AUDIT,
  },
  {
    against: 'joining runs of keys to other records by what they say',
    when: offers('keys'),
    inTheWay: `a day's share of rhythms for everyone (${SAYS_LESS})`,
    checkedBy: JOINING_AUDIT,
  },
  {
    against: 'joining steps to other records by what they say',
    when: offers('workflow'),
    inTheWay: `no count of corrections in a step (${SAYS_LESS})`,
    checkedBy: JOINING_AUDIT,
  },
  {
    against: 'telling people by their bucket (`split`)',
    when: ({ buckets }) => buckets > 0,
    inTheWay:
      'none below 100 expected people; about 50 or more for each; drawn for each kind on its own; published only where it holds `minContributors` people of the week',
    checkedBy: 'tests of the rule, of ingest and of sealing, with all divisions of people among buckets',
  },
  {
    against: 'counting people, or seeing who refused',
    inTheWay: 'the store has no person, no device, no address; batches of everyone use one key',
    checkedBy: 'the tables are few and public: `server/store/tables.ts`',
  },
  {
    against: 'reading size off the wire',
    inTheWay: 'bodies of 4, 16 or 64 KiB only; records drawn at random, sent at random times',
    checkedBy: 'tests of the queue',
  },
  {
    against: 'telling by what is sent that something was deleted',
    when: offers('workflow'),
    inTheWay:
      'an episode ends where something was deleted from it, with no gap and no pause ([decision 21](decisions/0021-what-deleting-and-withdrawing-leave.md))',
    checkedBy: 'tests of assembly and of deleting',
  },
  {
    against: 'a forged erasure',
    inTheWay: "only the device can make the secret that a record's id comes from",
    checkedBy: 'tests of ids and erasures',
  },
  {
    against: 'a false answer to an erasure',
    inTheWay: 'answers are signed (Ed25519); the extension checks before it counts',
    checkedBy: 'tests of upload',
  },
  {
    against: 'a page that looks for the recorder or feeds it',
    inTheWay:
      "a world of its own, no mark, no resource that pages reach; what a page can provoke needs a person's event as cause, ten times at most ([decision 34](decisions/0034-what-a-page-does-by-itself.md))",
    checkedBy:
      'a hostile page in a real browser, without end in events, frames, roots and levels; what it sees is compared with a browser without the extension',
  },
];

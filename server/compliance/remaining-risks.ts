/**
 * What is not defended, plainly. The other half of the threat model.
 *
 * Text for docs/threat-model.md and for the compliance pack. Nothing is left out because it does not sound well.
 */
import { countsContributors, offers, offersLinked, type Conditional } from './offer.ts';

export interface RemainingRisk extends Conditional {
  name: string;
  says: string;
}

export const REMAINING_RISKS: readonly RemainingRisk[] = [
  {
    name: 'A live operator',
    says: "Whoever runs the collector sees requests while they arrive: their addresses, times and sizes, and the records inside. Nothing of that is stored by our software, but a modified server, a proxy or the network could. Records of one batch arrive together; a watcher at that moment knows that they have one sender. With a request come make, version and language of the browser, as with every request of every browser; no cookie, no referrer, and in Firefox no origin, which would be one profile's own (`e2e/sent-along.spec.ts` reads the raw headers).",
  },
  {
    name: 'In Firefox, the order of names',
    says: "Firefox makes each interface of a page's window when it is first used, by an extension too, and lists their names in that order. A page that knows the usual order can tell that a script has used those that a recorder needs; not which script, nor what it saw. In Chromium the order is the same with and without a recorder, and all else that a page can see is so in both (`e2e/hostile-page.spec.ts`).",
  },
  {
    name: 'The write-ahead log',
    says: "Between two settlings (at least hourly; at each orderly stop) the newest pages lie in the log in order of arrival. Whoever copies the files in that hour can tell which of the hour's records came together. An administrator who needs less can stop and start the collector more often; backups should be made after a settling.",
  },
  {
    name: "PostgreSQL's own columns",
    says: "A row's `xmin` and `ctid` tell which rows were stored in one transaction until its release is sealed ([decision 20](decisions/0020-one-store-two-databases.md)): up to 64 batches that came in the same moment, on a quiet collector one. The database's log, replicas and base backups keep that for as long as they are kept.",
  },
  {
    name: 'Who rewrites the access log',
    says: "Each entry's hash covers the one before it, so changing, removing or inserting shows (`proffer-server access-log verify`). Whoever owns the database can make the whole log anew; that shows only to those who noted an earlier head, which `GET /v1/access-log` gives to everyone with the participant key.",
  },
  {
    name: 'Bytes of the disk',
    says: '`secure_delete` overwrites what SQLite deletes; a rewritten file leaves its former blocks to the file system. Encrypt the disk.',
  },
  {
    name: "The employer's other powers",
    says: "Device management can install anything else on the same computer; this software cannot defend against that. Who installs the extension can see in the browser's management that it is installed, not whether the person said yes; yet network logs show which computers talk to the collector.",
  },
  {
    name: 'A page that loads itself again',
    says: "Each load is told as a view, whoever caused it. How long a page's own scripts take is not hidden from it either: in floods of its own making the recorder's part could be measured.",
  },
  {
    name: 'False records',
    says: 'Anyone with the participant key can send records and sightings that nobody made, and everyone who takes part or can use a computer of the programme can read it. Made-up sightings also count as contributors: they can open a release, or publish a key, that too few people stand behind. The key can be replaced; what came in under it cannot be told apart. Rates and daily caps ([operations.md](operations.md)) bound how much that can be; since all share the key, whoever uses them up keeps the others waiting.',
  },
  {
    name: "The collector's own figures",
    says: 'Metrics of batches and erasures move by the hour, and sizes in steps; processor time and memory are live. Who reads them often on a collector that is otherwise idle sees that something came, not what or from whom. They are off by default, on a socket of their own.',
  },
  {
    name: 'The join page',
    says: 'An operator who changes it can read the hashing key of a study without managed policy ([decision 6](decisions/0006-the-hashing-key-travels-in-the-fragment.md)), and could then guess routes.',
  },
  {
    name: 'Small groups',
    says: 'Where few people take part, an attack is right more often; popup and card say how often in a team of ten.',
  },
  {
    name: 'Who knows the work',
    when: offers('workflow'),
    says: 'Episodes of real people have not been measured: someone who knows the work may recognise who did it, and simulated people with habits of their own were told by a few episodes far more often than by chance ([risk.md](risk.md)). Episodes of one person can be joined by their habits.',
  },
  {
    name: "The apps' own logs",
    when: offers('workflow'),
    says: 'Whoever operates the apps of the charter, often the employer too, has logs of who did what in them and when. An episode laid beside such a log can name its person: it tells the app, the day (in a dataset the week) and the order of steps with their pauses in buckets. No level protects against that; only keeping the two apart does.',
  },
  {
    name: "A release with few people's records",
    when: countsContributors,
    says: "Contributors are counted for a week; a release sealed late in a week may hold mostly one person's records of that week, whose number then joins them. Longer `release.everyHours` lowers that.",
  },
  {
    name: 'Buckets',
    when: ({ buckets }) => buckets > 0,
    says: "`split` is a mark that a person's records of one kind keep: with ten buckets, records with different marks are surely of different people, and those with the same mark are of one person ten times as often as by chance. So where N people take part, an attack on records with a bucket is one among N divided by the number of buckets: about 50 if as many take part as were expected, never fewer than `minContributors` of the week. The mark is gone with a withdrawal and is drawn anew when the number of buckets changes. The pool of records that are in no release yet holds buckets that a release would hide; whoever reads the collector's file sees them. A bucket's people are counted by sightings, so one who withdrew is still counted in it until the week ends; who withdraws and comes back in one week is not counted in it again ([decision 21](decisions/0021-what-deleting-and-withdrawing-leave.md)).",
  },
  {
    name: 'Numbers as a channel',
    says: "Grid-sized numbers and drawn values can still carry data if the extension itself were changed; the schema bounds them and checks the level's grid and value sets, no more.",
  },
  {
    name: 'Labels',
    when: offers('workflow'),
    says: 'A term of the public vocabulary on an option or a radio button can tell which one was chosen; "yes" and "no" are left out for that reason.',
  },
  {
    name: 'Text by rhythm',
    when: offers('keys'),
    says: 'Spaces are hidden and timings are levels of the population; key timing still hints at where words end.',
  },
  {
    name: 'What a withdrawal shows',
    says: 'A reader who kept an older copy sees which records a release has lost. With each that is erased three others of its day and kind go along, so a lost record is of the person who withdrew with a chance of one in four, not of one; of who withdrew in the same night as others, less. Two copies of the database, such as two backups, show what came or went between them in the same way, without the others if they are of the hour of the erasure.',
  },
  {
    name: 'A level, a charter or a scope that few have',
    says: "A record bears its level and charter. While few people have chosen `strict`, or have agreed to a new charter, their records in the pool are a small group; a release waits for `minContributors` of them, whoever reads the collector's file does not.",
  },
  {
    name: 'Style within movements',
    when: offers('pointer'),
    says: "A movement's path, even mapped to the population, resembles others of its person: among 40 recorded people the motion most like another of the same day was the same person's in 4.1 % of trials by what it says and in 4.9 % with everything stored, where a guess is right in 2.4 %; the audit's limit is two points above chance, and this pair is above it. A single motion stays weak evidence, but it adds up over many ([risk.md](risk.md)).",
  },
  {
    name: 'Style within episodes',
    when: offers('workflow'),
    says: "Episodes of one person are much alike: with everything stored the most similar one was the same person's in 13 to 19 % of trials among 40 simulated people (chance 3 %). Episodes are not protected against being joined to episodes ([risk.md](risk.md)).",
  },
  {
    name: 'Late arrival',
    when: (offer) => offers('workflow')(offer) && offers('pointer', 'keys')(offer),
    says: "Who is away sends a day's records later than the others; they then share a release that few of that day's records are in. Where devices sent six times a day this alone joined motions to episodes up to 1.2 points above chance.",
  },
  {
    name: 'How much someone works',
    when: offers('workflow'),
    says: "Episodes are not evened out by a day's share, as other kinds of records are. The longest of a day's episodes are likelier those of who works most.",
  },
  {
    name: 'Copies',
    says: 'Erasure reaches the store; readers who pulled before are told by tombstones; a trained model is not undone.',
  },
  {
    name: "Who uses the person's own computer",
    says: "Until it is sent, what was recorded is on the device for its person to see; whoever can read the browser's profile sees it too, with the time and app of each session, and afterwards a ledger of days, apps and counts. A withdrawal takes all of that away.",
  },
  {
    name: 'Withdrawing again and again',
    when: countsContributors,
    says: 'What was met is forgotten with a withdrawal, so an element, a view or an app can be counted once more for each, in a later week each time.',
  },
  {
    name: 'Erasure at once',
    says: 'Many erasure requests in one burst look like one sender. The default spreads them over 24 hours.',
  },
  {
    name: 'Clocks',
    says: "`recordedOn` is a UTC day; a record made far from a day's usual hours still carries only the day, but a day on which one person alone worked is that person's.",
  },
  {
    name: 'Linked data',
    when: offersLinked,
    says: "A trace keeps a person's own movements, their typing with spaces told apart, and their steps in one record: it identifies people, and is for volunteers who agreed to it on a page of its own. What is said above of separate records, of contributors, of releases and of keys that few have met does not hold for it.",
  },
  {
    name: 'No minimum of contributors',
    when: ({ minContributors }) => minContributors === 0,
    says: 'Where a charter waits for none (`minContributors` 0), a release may hold the records of very few people, or of one, and nothing that few have met is hidden.',
  },
  {
    name: 'No hold',
    when: ({ holdHours }) => holdHours === 0,
    says: 'Where a charter sets no hold (`holdHours` 0), records leave as soon as they are due: there may be no time to look at them first, unless the person sets a longer hold on My data.',
  },
];

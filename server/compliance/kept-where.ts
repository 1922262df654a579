/**
 * What is kept where and until when: on the device, and in each table of the collector's store.
 *
 * Text for the data inventory and the records of processing. A table that the store gets without a line here does not compile.
 */
import type { Tables } from '../store/tables.ts';
import { plural } from '../charter-words.ts';
import { BATCHES_KEPT_DAYS, ERASED_KEPT_EXTRA_DAYS, SEEN_KEPT_DAYS } from '../housekeeping.ts';
import { holdWords, type PackFacts } from './pack-facts.ts';
import { table, type Block } from './page.ts';

/** On the person's own computer, in the browser's profile. */
export function keptOnDevice({ charter }: PackFacts): Block {
  return table(
    ['on the device', 'until'],
    [
      ['records before they are sent, with app and time of the session', holdWords(charter)],
      [
        'what was sent: kind, day, app and count, and the secrets that can erase it',
        'the person withdraws; what can still erase stays',
      ],
      ['the decision and its receipts, answers to erasures', 'the extension is removed'],
      ['pauses, sites switched off, settings', 'the person changes them, or the extension is removed'],
      [
        'the charter and the two keys of the programme, from the policy or the invitation',
        'the policy or the extension is removed',
      ],
    ],
  );
}

/** In the collector. */
export function keptByCollector({ charter }: PackFacts): Block {
  const days = plural(charter.retentionDays, 'day');
  const kept: Record<keyof Tables, { what: string; until: string }> = {
    records: {
      what: 'records: random id, UTC day, kind, charter, level, content',
      until: `${days} after their day, or erasure`,
    },
    sighting_counts: {
      what: 'how many installations have met an app, a view or an element, or contributed in a week: counts only',
      until: `${days} after their week`,
    },
    seen: {
      what: 'random ids of sightings that were counted, so that none counts twice',
      until: plural(SEEN_KEPT_DAYS, 'day'),
    },
    batches: {
      what: 'keyed fingerprints of batches, which lead to no record',
      until: plural(BATCHES_KEPT_DAYS, 'day'),
    },
    erased_ids: {
      what: 'random ids of erased records, so that a late copy cannot come back',
      until: `${plural(ERASED_KEPT_EXTRA_DAYS, 'day')} after the longest retention of any charter held, by whole months`,
    },
    tombstones: {
      what: 'random ids that releases have lost, for readers',
      until: 'they stay with the release',
    },
    releases: { what: 'numbers, days and counts of releases', until: 'they stay' },
    release_charters: { what: 'which charters a release has records of', until: 'they stay' },
    charters: { what: 'the charters, current and former', until: 'they stay, since records name them' },
    api_keys: {
      what: 'hashes of keys with role, name and purposes of their holders',
      until: 'they stay, marked as ended',
    },
    access_log: {
      what: 'who pulled which release, on which day, for which purpose',
      until: 'it stays, as a chain that shows changes',
    },
    settings: { what: 'the collector’s own marks, such as when it last sealed', until: 'they stay' },
  };
  return table(
    ['in the collector’s store', 'what', 'until'],
    Object.entries(kept).map(([name, { what, until }]) => [`\`${name}\``, what, until]),
  );
}

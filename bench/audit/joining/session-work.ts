/**
 * Recorded people -> work of one day: their real movements and their real typing, at random hours.
 *
 * Runs in the audit. The data has no targets, views or steps, so there are no episodes, and those who moved a pointer
 * are not those who typed.
 */
import type { Random } from '../../../src/trace/random.ts';
import { movementsOf, typingRunsOf } from '../cohort/raw-fragments.ts';
import type { Cohort } from '../cohort/sessions.ts';
import type { WorkMessage } from '../cohort/work-messages.ts';
import type { PersonWork } from './person-work.ts';

/** A Monday. */
const DAY_START_MS = Date.UTC(2026, 10, 2);
const HOUR_MS = 3_600_000;
const FRAGMENTS_A_MESSAGE = 20;
export const RECORDED_APPS = ['desk'];

/** The work of those who moved, or of those who typed, person by person. */
export function recordedWork(cohort: Cohort, what: 'pointers' | 'keys', random: Random): PersonWork[] {
  const sittings = what === 'pointers' ? cohort.pointers : cohort.keys;
  return [...Map.groupBy<number, { person: number }>(sittings, ({ person }) => person).keys()].map(
    (person) => {
      const fragments =
        what === 'pointers'
          ? cohort.pointers
              .filter((session) => session.person === person)
              .flatMap((session) => movementsOf(session).map(({ fragment }) => fragment))
          : cohort.keys
              .filter((session) => session.person === person)
              .flatMap((session) => typingRunsOf(session));
      const messages: WorkMessage[] = [];
      for (let from = 0; from < fragments.length; from += FRAGMENTS_A_MESSAGE) {
        const sentMs = Math.round(DAY_START_MS + (7 + 10 * random()) * HOUR_MS);
        const some = fragments.slice(from, from + FRAGMENTS_A_MESSAGE);
        messages.push({
          app: 'desk',
          tabId: 1,
          isTopFrame: true,
          topUrl: 'https://desk.example.com/',
          sentMs,
          message: {
            frame: 'F'.repeat(22),
            number: messages.length,
            permit: 'recorded',
            fragments: some.map((fragment) => ({ ...fragment, atMs: sentMs })),
          },
        });
      }
      return { person: `${what} ${person}`, messages };
    },
  );
}

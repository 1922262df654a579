/**
 * What the page shows of a session: all that would be sent, nothing that is deleted, each with when it leaves.
 */
import { expect, it } from 'vitest';
import { NOON_MS } from '../testing/builders.ts';
import {
  aGeneralStep,
  aGeneralView,
  aHeldStep,
  aMotionRecord,
  aSession,
  RECORDED_ON,
} from '../testing/held-builders.ts';
import { isLinked, itemsAsSent, replayOf, type OpenedSession } from './session-content.ts';

const RECORD_ID = aMotionRecord().recordId;
const aStepItem = (sequence: number, dueAtMs: number) => ({
  startMs: NOON_MS + 1000 * sequence,
  state: 'held' as const,
  dueAtMs,
  sequence,
  item: aHeldStep({ sequence }),
});
const aMotionItem = (state: 'held' | 'deleted') => ({
  startMs: NOON_MS,
  state,
  dueAtMs: NOON_MS + 1,
  recordId: RECORD_ID,
  record: aMotionRecord(),
});
const anOpened = (changes: Partial<OpenedSession>): OpenedSession => ({
  session: aSession(),
  items: [],
  episodes: [],
  ...changes,
});
const anEpisode = (sequences: number[]) => ({
  startMs: NOON_MS + 500,
  sequences,
  record: {
    kind: 'episode' as const,
    recordedOn: RECORDED_ON,
    views: [aGeneralView()],
    steps: [{ ...aGeneralStep(), view: 0, pauseBeforeMs: 0 as const }],
    gaps: [],
    outcome: 'unknown' as const,
  },
});

it('an episode on hold leaves when the last of its steps may, and is deleted by all of them', () => {
  const opened = anOpened({
    items: [aStepItem(1, NOON_MS + 20), aStepItem(2, NOON_MS + 30), aMotionItem('held')],
    // A step of another app between them is part of it as well.
    episodes: [anEpisode([1, 7, 2])],
  });
  expect(itemsAsSent(opened)).toMatchObject([
    { id: RECORD_ID, recordIds: [RECORD_ID], sequences: [], dueAtMs: NOON_MS + 1 },
    { state: 'held', dueAtMs: NOON_MS + 30, recordIds: [], sequences: [1, 7, 2] },
  ]);
});

it('what is deleted and can still be undone is neither shown as sent nor replayed', () => {
  const opened = anOpened({ items: [aMotionItem('deleted')] });
  expect(itemsAsSent(opened)).toEqual([]);
  expect(replayOf(opened).moments).toEqual([]);
});

it('a session is linked by what is in it', () => {
  expect(isLinked(anOpened({ items: [aMotionItem('held'), aStepItem(1, 0)] }))).toBe(false);
  const item = aHeldStep({ level: 'linked' });
  expect(isLinked(anOpened({ items: [{ ...aStepItem(1, 0), item }] }))).toBe(true);
});

/**
 * Sessions counted by day: each minute once, on the day it was worked.
 */
import { describe, expect, it } from 'vitest';
import { aSession } from '../testing/held-builders.ts';
import { appsByTime, sessionsByDay, workByDay } from './work-by-day.ts';

const HOUR_MS = 3_600_000;
const local = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();

describe('work by day', () => {
  it('has every day up to now, empty ones included, oldest first', () => {
    const days = workByDay([], local(23, 12), 3);
    expect(days.map(({ dayMs }) => dayMs)).toEqual([local(21, 0), local(22, 0), local(23, 0)]);
  });

  it('adds up the sessions of an app, and keeps apps apart', () => {
    const sessions = [
      aSession({ startMs: local(23, 9), endMs: local(23, 10) }),
      aSession({ startMs: local(23, 11), endMs: local(23, 13) }),
      aSession({ startMs: local(23, 14), endMs: local(23, 15), app: 'wiki' }),
    ];
    const [day] = workByDay(sessions, local(23, 18), 1);
    expect([...day!.byApp]).toEqual([
      ['desk', 3 * HOUR_MS],
      ['wiki', HOUR_MS],
    ]);
  });

  it('counts a session over midnight on both days, however long days are', () => {
    const session = aSession({ startMs: local(22, 22), endMs: local(23, 1) });
    const days = workByDay([session], local(23, 12), 2);
    expect(days.map(({ byApp }) => byApp.get('desk'))).toEqual([2 * HOUR_MS, HOUR_MS]);
    const long = aSession({
      startMs: new Date(2026, 9, 24, 12).getTime(),
      endMs: new Date(2026, 9, 26, 12).getTime(),
    });
    const all = workByDay([long], new Date(2026, 9, 26, 13).getTime(), 3);
    const totalMs = all.reduce((sum, { byApp }) => sum + byApp.get('desk')!, 0);
    expect(totalMs).toBe(long.endMs - long.startMs);
  });

  it('leaves out what is older than the days asked for', () => {
    const old = aSession({ startMs: local(1, 9), endMs: local(1, 10) });
    expect(workByDay([old], local(23, 12), 2).every(({ byApp }) => byApp.size === 0)).toBe(true);
  });
});

it('sessions keep their order within their day', () => {
  const sessions = [
    aSession({ sessionId: 3, startMs: local(23, 11) }),
    aSession({ sessionId: 2, startMs: local(23, 9) }),
    aSession({ sessionId: 1, startMs: local(22, 9) }),
  ];
  expect(sessionsByDay(sessions).map((day) => day.sessions.map(({ sessionId }) => sessionId))).toEqual([
    [3, 2],
    [1],
  ]);
});

it('apps come by how long they were worked in', () => {
  const sessions = [
    aSession({ app: 'wiki', startMs: 0, endMs: HOUR_MS }),
    aSession({ app: 'desk', startMs: 0, endMs: 2 * HOUR_MS }),
  ];
  expect(appsByTime(sessions)).toEqual(['desk', 'wiki']);
});

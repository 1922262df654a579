/**
 * Sessions -> how long was worked in which app on which day, and how much of each kind was recorded.
 *
 * Pure; what the charts of the My data page draw.
 */
import type { SessionRow } from '../queue/sessions.ts';
import { endOfDay, startOfDay } from './format-day.ts';

export interface DayOfWork {
  /** Local midnight, epoch ms. */
  dayMs: number;
  /** Ms worked, by app. */
  byApp: Map<string, number>;
}

/** The latest days, empty ones included, oldest first; a session over midnight counts on both days. */
export function workByDay(sessions: readonly SessionRow[], nowMs: number, dayCount: number): DayOfWork[] {
  const days: DayOfWork[] = [];
  for (let dayMs = startOfDay(nowMs); days.length < dayCount; dayMs = startOfDay(dayMs - 1))
    days.unshift({ dayMs, byApp: new Map() });
  const byDay = new Map(days.map((day) => [day.dayMs, day]));
  for (const { app, startMs, endMs } of sessions) {
    for (let fromMs = startMs; fromMs <= endMs; fromMs = endOfDay(fromMs)) {
      const day = byDay.get(startOfDay(fromMs));
      const spanMs = Math.min(endMs, endOfDay(fromMs)) - fromMs;
      day?.byApp.set(app, (day.byApp.get(app) ?? 0) + spanMs);
    }
  }
  return days;
}

export interface SessionsOfDay {
  /** Local midnight, epoch ms. */
  dayMs: number;
  sessions: SessionRow[];
}

/** Sessions by the local day that they began on; in the order given, newest first. */
export function sessionsByDay(sessions: readonly SessionRow[]): SessionsOfDay[] {
  const days = new Map<number, SessionRow[]>();
  for (const session of sessions) {
    const dayMs = startOfDay(session.startMs);
    const known = days.get(dayMs);
    if (known) known.push(session);
    else days.set(dayMs, [session]);
  }
  return [...days].map(([dayMs, ofDay]) => ({ dayMs, sessions: ofDay }));
}

/** Names of all apps, most worked in first. */
export function appsByTime(sessions: readonly SessionRow[]): string[] {
  const spans = new Map<string, number>();
  for (const { app, startMs, endMs } of sessions) spans.set(app, (spans.get(app) ?? 0) + endMs - startMs);
  return [...spans.keys()].sort((one, other) => spans.get(other)! - spans.get(one)!);
}

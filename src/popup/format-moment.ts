/**
 * A moment in words as short as they can be: the time if it is today, else the day as well.
 *
 * Pure; used by the popup for pauses and for when things are sent.
 */
import { dateFormat } from './formatters.ts';

/** The day alone, with its year: for what may be long ago. */
export function formatDay(momentMs: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(momentMs);
}

/** @param language BCP 47 tag, such as `de-AT`. */
export function formatMoment(momentMs: number, nowMs: number, language: string): string {
  const moment = new Date(momentMs);
  const isToday = moment.toDateString() === new Date(nowMs).toDateString();
  const time = dateFormat(language, { timeStyle: 'short' }).format(moment);
  if (isToday) return time;
  const day = dateFormat(language, { weekday: 'short', day: 'numeric', month: 'short' });
  return `${day.format(moment)}, ${time}`;
}

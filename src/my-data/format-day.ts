/**
 * Days, spans of time and sizes as the My data page writes them. Pure.
 */
import { dateFormat } from '../popup/formatters.ts';
import { displayLanguage, t } from '../popup/translate.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** The local midnight that a moment's day began with. */
export function startOfDay(epochMs: number): number {
  const moment = new Date(epochMs);
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}

/** The local midnight that ends the day that a moment lies in; days are not always 24 hours long. */
export function endOfDay(epochMs: number): number {
  const moment = new Date(epochMs);
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() + 1).getTime();
}

export function formatDay(epochMs: number): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  return dateFormat(displayLanguage(), options).format(epochMs);
}

/** As short as fits under a bar of a chart. */
export function formatShortDay(epochMs: number): string {
  return dateFormat(displayLanguage(), { day: 'numeric', month: 'numeric' }).format(epochMs);
}

/** A UTC day, `2026-11-23`, as the language writes dates. */
export function formatUtcDay(day: string): string {
  const options = { dateStyle: 'medium', timeZone: 'UTC' } as const;
  return dateFormat(displayLanguage(), options).format(new Date(`${day}T00:00:00Z`));
}

/** Times of one day, such as `9:05 – 10:40`; with both days where it ends on another. */
export function formatTimes(startMs: number, endMs: number): string {
  const isOneDay = startOfDay(startMs) === startOfDay(endMs);
  const options = isOneDay
    ? ({ timeStyle: 'short' } as const)
    : ({ dateStyle: 'short', timeStyle: 'short' } as const);
  return dateFormat(displayLanguage(), options).formatRange(startMs, endMs);
}

/** In hours and minutes; what took less than a minute is said so. */
export function formatSpan(spanMs: number): string {
  const hours = Math.floor(spanMs / HOUR_MS);
  const minutes = Math.round((spanMs - hours * HOUR_MS) / MINUTE_MS);
  if (hours > 0) return t('myDataSpan_hours', hours, minutes);
  return minutes > 0 ? t('myDataSpan_minutes', minutes) : t('myDataSpan_less');
}

export function formatSize(sizeBytes: number): string {
  if (sizeBytes < 1000) return t('myDataSize_bytes', sizeBytes);
  const kilobytes = sizeBytes / 1000;
  if (kilobytes < 1000) return t('myDataSize_kilobytes', Number(kilobytes.toFixed(kilobytes < 10 ? 1 : 0)));
  return t('myDataSize_megabytes', Number((kilobytes / 1000).toFixed(1)));
}

/** The value of a `datetime-local` field. */
export function toFieldTime(epochMs: number): string {
  const localMs = epochMs - new Date(epochMs).getTimezoneOffset() * MINUTE_MS;
  return new Date(localMs).toISOString().slice(0, 16);
}

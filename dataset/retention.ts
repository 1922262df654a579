/**
 * When records may no longer be held: after the days that the charter they were made under allows.
 *
 * Pure. The collector knows the day of a record and publishes its end; a folder knows only the week, so that what it
 * decides by itself it decides once the whole week is past.
 */
import { parseCharter } from '../src/charter/charter.ts';
import { dayOf } from '../src/trace/primitives.ts';
import { isoWeekOf } from '../src/trace/published.ts';
import type { Manifest } from './manifest.ts';
import { quoteText } from './parquet.ts';

const DAY_MS = 24 * 3600 * 1000;

/** The last ISO week of which every record is past its retention on a day. */
export function lastExpiredWeek(retentionDays: number, today: string): string {
  return isoWeekOf(dayOf(Date.parse(today) - (retentionDays + 7) * DAY_MS));
}

/** An SQL condition on rows of whole records: whether the record is past its retention on a day. */
export function expiredSql({ charters }: Pick<Manifest, 'charters'>, today: string): string {
  const conditions = Object.entries(charters).flatMap(([hash, text]) => {
    const parsed = parseCharter(text);
    if (!parsed.ok) return [];
    const week = lastExpiredWeek(parsed.charter.retentionDays, today);
    return [`(charter = ${quoteText(hash)} AND recorded_week <= ${quoteText(week)})`];
  });
  return conditions.length === 0 ? 'false' : `(${conditions.join(' OR ')})`;
}

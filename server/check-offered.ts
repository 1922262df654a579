/**
 * A batch against the charter that it names: level, scopes, labels, buckets and days.
 *
 * Runs in the collector; pure. Tells where the faults are, never what was there.
 */
import { LEVELS, type Charter } from '../src/charter/charter.ts';
import { isSplitOf } from '../src/charter/split-buckets.ts';
import type { TraceBatch } from '../src/trace/batch.ts';
import { dayOf } from '../src/trace/primitives.ts';
import { scopesOf, type TraceRecord } from '../src/trace/record.ts';
import { MAX_PATHS } from './parse-batch.ts';
import { refuse, type Refusal } from './refusal.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A record may come this long after its hold ended; a superseded charter is accepted as long. */
const LATE_DAYS = 30;
/** A device's clock may be this much ahead, so that near midnight it may write tomorrow's date. */
const CLOCK_AHEAD_MS = HOUR_MS;

/** The earliest day that records may bear: the hold and `LATE_DAYS` ago. */
export function oldestDay(charter: Charter, nowEpochMs: number): string {
  return dayOf(nowEpochMs - charter.holdHours * HOUR_MS - LATE_DAYS * DAY_MS);
}

/** Checks in the order of the words above; nothing if all is as the charter offers. */
export function checkOffered(batch: TraceBatch, charter: Charter, nowEpochMs: number): Refusal | undefined {
  if (LEVELS.indexOf(batch.level) < LEVELS.indexOf(charter.protection)) return refuse('level-not-offered');

  const scopePaths = pathsOf(batch, (record) =>
    scopesOf(record).every((scope) => charter.scopes.includes(scope)) ? [] : ['kind'],
  );
  if (scopePaths.length > 0) return refuse('scope-not-offered', scopePaths);

  const apps = new Set(charter.apps.map((app) => app.label));
  const tasks = new Set(charter.tasks);
  const labelPaths = pathsOf(batch, (record) => unknownLabels(record, apps, tasks));
  if (labelPaths.length > 0) return refuse('label-unknown', labelPaths);

  const splitPaths = pathsOf(batch, (record) => unfitSplit(record, charter));
  if (splitPaths.length > 0) return refuse('split-unfit', splitPaths);

  const earliest = oldestDay(charter, nowEpochMs);
  const latest = dayOf(nowEpochMs + CLOCK_AHEAD_MS);
  const dayPaths = pathsOf(batch, (record) =>
    record.recordedOn < earliest || record.recordedOn > latest ? ['recordedOn'] : [],
  );
  return dayPaths.length > 0 ? refuse('day-out-of-range', dayPaths) : undefined;
}

function pathsOf(batch: TraceBatch, faultsOf: (record: TraceRecord) => string[]): string[] {
  return batch.records
    .flatMap((record, index) => faultsOf(record).map((path) => `records.${index}.${path}`))
    .slice(0, MAX_PATHS);
}

function unknownLabels(record: TraceRecord, apps: ReadonlySet<string>, tasks: ReadonlySet<string>): string[] {
  if (record.kind === 'sighting') {
    return record.seen.what === 'app' && !apps.has(record.seen.app) ? ['seen.app'] : [];
  }
  if (record.kind !== 'episode' && record.kind !== 'trace') return [];
  return [
    ...record.views.flatMap((view, index) => (apps.has(view.app) ? [] : [`views.${index}.app`])),
    ...record.steps.flatMap((step, index) =>
      step.task === undefined || tasks.has(step.task) ? [] : [`steps.${index}.task`],
    ),
  ];
}

function unfitSplit(record: TraceRecord, charter: Charter): string[] {
  if (record.kind !== 'sighting') return isSplitOf(record.split, charter) ? [] : ['split'];
  // Only contributions are counted by bucket.
  if (record.seen.what !== 'contributed') return [];
  return isSplitOf(record.seen.split, charter) ? [] : ['seen.split'];
}

/**
 * What the attacker has: two copies of the database, from before and after the withdrawals, and all that was pulled.
 *
 * Runs in the audit. Every record with its body, its day, its place in the file, its releases and its tombstone; and the
 * counts of sightings. Nothing here knows who made what.
 */
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { HIDDEN_KEY } from '../../../src/trace/published.ts';
import type { TraceRecord } from '../../../src/trace/record.ts';
import type { JoiningWorld } from './world.ts';

export type JoinedKind = 'motion' | 'rhythm' | 'episode';
type RecordOf<Kind extends JoinedKind> = Extract<TraceRecord, { kind: Kind }>;
export type Body<Kind extends JoinedKind = JoinedKind> = Kind extends JoinedKind
  ? Omit<RecordOf<Kind>, 'recordId' | 'recordedOn'>
  : never;

export interface StolenRecord<Kind extends JoinedKind = JoinedKind> {
  recordId: string;
  day: string;
  body: Body<Kind>;
  /** As it is serialized in the file. */
  sizeBytes: number;
  /** Rank of its place in the file among those of its kind and day, 0 to 1. */
  place: number;
  /** Page of the file. */
  page: number;
  release: number;
  /** The night in which a reader first saw it, and in which it was gone; -1 for never. */
  seenInNight: number;
  goneInNight: number;
  /** For episodes: installations that met its rarest and its median key, as counted in the file. */
  rarestKey: number;
  medianKey: number;
}

export type StolenWorld = { [Kind in JoinedKind]: StolenRecord<Kind>[] };

const PAGE_BYTES = 4096;

/** Reads it all. */
export function readStolen(world: JoiningWorld): StolenWorld {
  const stolen: StolenWorld = { motion: [], rhythm: [], episode: [] };
  const seenInNight = new Map<string, number>();
  const goneInNight = new Map<string, number>();
  world.pulls.forEach(({ records, tombstones }, night) => {
    for (const { recordId } of records) seenInNight.set(recordId, night);
    for (const recordId of tombstones) goneInNight.set(recordId, night);
  });
  const known = new Set<string>();
  const counts = new Map<string, number>();
  for (const path of [world.databasePath, world.earlierPath]) {
    const file = readFileSync(path);
    const database = new DatabaseSync(path, { readOnly: true });
    if (path === world.databasePath) {
      for (const { key, count } of database
        .prepare(
          `SELECT key, sum(count) AS count FROM sighting_counts WHERE what <> 'contributed' GROUP BY key`,
        )
        .all())
        counts.set(key as string, Number(count));
    }
    const rows = database
      .prepare(`SELECT record_id, kind, recorded_on, release, body FROM records WHERE kind <> 'trace'`)
      .all() as {
      record_id: string;
      kind: JoinedKind;
      recorded_on: string;
      release: number | null;
      body: string;
    }[];
    database.close();
    for (const { record_id: recordId, kind, recorded_on: day, release, body } of rows) {
      if (known.has(recordId)) continue;
      known.add(recordId);
      const offsetBytes = file.indexOf(recordId);
      const parsed = { kind, ...(JSON.parse(body) as object) } as Body;
      (stolen[kind] as StolenRecord[]).push({
        recordId,
        day,
        body: parsed,
        sizeBytes: body.length,
        place: offsetBytes,
        page: Math.floor(offsetBytes / PAGE_BYTES),
        release: release ?? 0,
        seenInNight: seenInNight.get(recordId) ?? -1,
        goneInNight: goneInNight.get(recordId) ?? -1,
        ...keyCounts(parsed, counts),
      });
    }
  }
  for (const kind of ['motion', 'rhythm', 'episode'] as const) rankPlaces(stolen[kind]);
  return stolen;
}

/** Places as shares of the way through the records of the same day. */
function rankPlaces(records: StolenRecord[]): void {
  for (const ofDay of Map.groupBy(records, ({ day }) => day).values()) {
    ofDay
      .sort((one, other) => one.place - other.place)
      .forEach((record, rank) => (record.place = (rank + 0.5) / ofDay.length));
  }
}

function keyCounts(body: Body, counts: ReadonlyMap<string, number>) {
  if (body.kind !== 'episode') return { rarestKey: 0, medianKey: 0 };
  const keys = [
    ...body.views.map(({ viewKey }) => viewKey),
    ...body.steps.flatMap(({ target }) => target?.elementKey ?? []),
  ];
  // A key that a release hides was met by few, however many that are.
  const installations = keys
    .map((key) => (key === HIDDEN_KEY ? 0 : (counts.get(key) ?? 0)))
    .sort((a, b) => a - b);
  return { rarestKey: installations[0] ?? 0, medianKey: installations[installations.length >> 1] ?? 0 };
}

/**
 * A checked batch -> what the store takes: records each on its own, in a form that does not show who wrote it.
 *
 * Runs in the collector; pure.
 */
import type { TraceBatch } from '../src/trace/batch.ts';
import { isoWeekOf } from '../src/trace/published.ts';
import type { Sighting } from '../src/trace/sighting.ts';
import { canonicalBody } from './canonical-body.ts';
import type { ArrivedBatch, ArrivedRecord, ArrivedSighting } from './store/batches.ts';

export interface TakenApart extends Pick<ArrivedBatch, 'level' | 'schemaVersion' | 'records' | 'sightings'> {
  /**
   * All that the batch says but for its id: what its digest is made of.
   *
   * Made of the bodies, which are canonical: so a batch that was written anew, with its fields in another order, is
   * still the same batch. Devices send the same bytes again, which would be enough for them, but other clients are
   * held to what a batch says, not to how; and a second batch can have the same text in no other way, since nothing
   * that is between the line ends can hold one.
   */
  text: string;
}

const HAVE_COLUMNS = ['kind', 'recordId', 'recordedOn'];

export function takeApart({ charter, level, schemaVersion, records: mixed }: TraceBatch): TakenApart {
  const records: ArrivedRecord[] = [];
  const sightings: ArrivedSighting[] = [];
  const lines = [`${charter} ${level} ${schemaVersion}`];
  for (const record of mixed) {
    const { kind, recordId, recordedOn } = record;
    const body = canonicalBody(record, HAVE_COLUMNS);
    lines.push(`${kind} ${recordId} ${recordedOn} ${body}`);
    if (kind === 'sighting') {
      const { scope, seen } = record;
      sightings.push({ recordId, scope, what: seen.what, key: keyOf(seen), week: isoWeekOf(recordedOn) });
    } else records.push({ recordedOn, kind, recordId, body });
  }
  return { level, schemaVersion, records, sightings, text: lines.join('\n') };
}

function keyOf(seen: Sighting['seen']): string {
  switch (seen.what) {
    case 'contributed':
      return seen.split === undefined ? '' : String(seen.split);
    case 'app':
      return seen.app;
    case 'view':
      return seen.viewKey;
    case 'element':
      return seen.elementKey;
  }
}

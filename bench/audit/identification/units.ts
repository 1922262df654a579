/**
 * A cohort -> the units that are attacked: single records, or linked amounts of them, as features.
 *
 * What an attacker has enrolled and what he probes never come from the same sitting of the pointer data, nor from the
 * same sentences of the key data.
 */
import type { RawTypingRun } from '../../../src/capture/fragments.ts';
import { MAX_RHYTHM_KEYS } from '../../../src/trace/limits.ts';
import type { Random } from '../../../src/trace/random.ts';
import { movementsOf, typingRunsOf, type WatchedMovement } from '../cohort/raw-fragments.ts';
import type { Cohort, KeySession, PointerSession } from '../cohort/sessions.ts';
import { pieceStarts } from '../text/probes.ts';
import { blockFeatures, motionFeatures } from './motion-features.ts';
import { rhythmFeatures, type SeenTyping } from './rhythm-features.ts';
import { seenMovement, seenTyping, type AuditLevel, type Rules } from './seen-records.ts';

export type MotionAmount = 'record' | '5 movements' | '20 movements' | '60 s';
export type RhythmAmount = 'record' | '47 keys' | '330 keys';
export const MOTION_AMOUNTS = ['record', '5 movements', '20 movements', '60 s'] as const;
export const RHYTHM_AMOUNTS = ['record', '47 keys', '330 keys'] as const;

/** What an attack is shown at once. */
export interface Unit {
  person: number;
  /** Enrolled records come from the gallery's part of the data, probes from the other. */
  part: 'gallery' | 'probe';
  /** NaN where a feature has no value. */
  features: number[];
}

/** Units of every amount, all through the same draw of the level's chance. */
export function motionUnits(
  cohort: Cohort,
  level: AuditLevel,
  rules: Rules,
  random: Random,
): Record<MotionAmount, Unit[]> {
  const units: Record<MotionAmount, Unit[]> = {
    record: [],
    '5 movements': [],
    '20 movements': [],
    '60 s': [],
  };
  for (const session of cohort.pointers) {
    const { person } = session;
    const part = partOf(session);
    const seen = movementsOf(session).flatMap((movement) => {
      const shown = seenMovement(movement, level, rules, random);
      return shown ? [{ startMs: startOf(movement), features: motionFeatures(shown) }] : [];
    });
    const add = (amount: MotionAmount, features: number[]) => units[amount].push({ person, part, features });
    for (const { features } of seen) add('record', features);
    for (const [amount, size] of [
      ['5 movements', 5],
      ['20 movements', 20],
    ] as const) {
      for (let from = 0; from + size <= seen.length; from += size) {
        add(amount, blockFeatures(seen.slice(from, from + size).map(({ features }) => features)));
      }
    }
    for (const minute of Map.groupBy(seen, ({ startMs }) => Math.floor(startMs / 60_000)).values()) {
      if (minute.length >= 5) add('60 s', blockFeatures(minute.map(({ features }) => features)));
    }
  }
  return units;
}

/** The long sitting is enrolled, the short one probed. */
function partOf({ session }: PointerSession): Unit['part'] {
  return session === 'session_1min' ? 'probe' : 'gallery';
}

function startOf({ fragment }: WatchedMovement): number {
  return fragment.atMs - (fragment.timeMs.at(-1)! - fragment.timeMs[0]!);
}

/** Units of every amount; 330 keys only of people who typed twice as many. */
export function rhythmUnits(
  cohort: Cohort,
  level: AuditLevel,
  rules: Rules,
  random: Random,
): Record<RhythmAmount, Unit[]> {
  const units: Record<RhythmAmount, Unit[]> = { record: [], '47 keys': [], '330 keys': [] };
  for (const [person, sentences] of Map.groupBy(cohort.keys, (session) => session.person)) {
    const inOrder = [...sentences].sort((one, other) => one.sentence - other.sentence);
    const typed = inOrder.map((session) => seenSentence(session, level, rules, random));
    const half = Math.ceil(typed.length / 2);
    for (const [index, { records, whole }] of typed.entries()) {
      const part = index < half ? 'gallery' : 'probe';
      // A full record tells most; shorter ones beside it would hide how much that is.
      for (const record of records.filter(({ keyClass }) => keyClass.length === MAX_RHYTHM_KEYS))
        units.record.push({ person, part, features: rhythmFeatures([record]) });
      if (whole.length > 0) units['47 keys'].push({ person, part, features: rhythmFeatures(whole) });
    }
    const wholes = typed.map(({ whole }) => whole);
    const enrolled = firstKeys(wholes, 330);
    const probed = enrolled && firstKeys(wholes.slice(enrolled.length), 330);
    if (enrolled && probed) {
      units['330 keys'].push({ person, part: 'gallery', features: rhythmFeatures(enrolled.flat()) });
      units['330 keys'].push({ person, part: 'probe', features: rhythmFeatures(probed.flat()) });
    }
  }
  return units;
}

/** The records that the product makes of a sentence, and the sentence as if it were one record. */
function seenSentence(
  session: KeySession,
  level: AuditLevel,
  rules: Rules,
  random: Random,
): { records: SeenTyping[]; whole: SeenTyping[] } {
  const runs = typingRunsOf(session);
  const piecesOf = (run: RawTypingRun) =>
    pieceStarts(run.keyClass.length, 'balanced', random).map(
      ({ from, keys }) => [from, from + keys] as const,
    );
  return {
    records: runs.flatMap((run) =>
      piecesOf(run).map((piece) => seenTyping(run, piece, level, rules, random)),
    ),
    whole: runs
      .filter((run) => run.keyClass.length >= 4)
      .map((run) => seenTyping(run, [0, run.keyClass.length], level, rules, random)),
  };
}

/** The first sentences that together have so many keys; undefined if there are not so many. */
function firstKeys(sentences: readonly SeenTyping[][], wanted: number): SeenTyping[][] | undefined {
  let keys = 0;
  const taken = sentences.findIndex((sentence) => {
    keys += sentence.reduce((sum, { keyClass }) => sum + keyClass.length, 0);
    return keys >= wanted;
  });
  return taken < 0 ? undefined : sentences.slice(0, taken + 1);
}

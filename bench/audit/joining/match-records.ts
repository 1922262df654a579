/**
 * The attack run: for each probe the attacker names one record of the other kind from the same day.
 *
 * Runs in the audit.
 */
import { shuffled, type Random } from '../../../src/trace/random.ts';
import { kindsOf, learnAttack, type Pair } from './attack.ts';
import type { Named } from './joining-result.ts';
import { personOf, type PreparedWorld } from './prepared-world.ts';

export interface MatchOptions {
  pair: Pair;
  /** Other people, whose truth the attacker knows. */
  background: PreparedWorld;
  attacked: PreparedWorld;
  probes: number;
  /** Candidates of a probe at most, drawn at random from those of its day. */
  candidates: number;
  random: Random;
}

/** What each channel names, probe by probe. */
export function matchRecords(options: MatchOptions): Map<string, Named[]> {
  const { pair, background, attacked, random } = options;
  const [leftKind, rightKind] = kindsOf(pair);
  const attack = learnAttack(pair, background, random);
  const scoresOf = attack.open(attacked);
  const lefts = attacked.records[leftKind];
  const rights = attacked.records[rightKind];
  const ofDay = Map.groupBy(rights.keys(), (index) => rights[index]!.record.day);
  const named = new Map(attack.channels.map((channel) => [channel, [] as Named[]]));
  for (const left of shuffled([...lefts.keys()], random).slice(0, options.probes)) {
    const candidates = drawSome(ofDay.get(lefts[left]!.record.day) ?? [], options.candidates, random).filter(
      (index) => leftKind !== rightKind || index !== left,
    );
    if (candidates.length === 0) continue;
    const person = personOf(attacked, lefts[left]!);
    const isSame = candidates.map((right) => personOf(attacked, rights[right]!) === person);
    const scores = candidates.map((right) => scoresOf(left, right));
    const chance = isSame.filter(Boolean).length / candidates.length;
    attack.channels.forEach((channel, column) => {
      const most = Math.max(...scores.map((row) => row[column]!));
      const best = isSame.filter((_same, index) => scores[index]![column]! >= most - 1e-12);
      named.get(channel)!.push({ person, right: best.filter(Boolean).length / best.length, chance });
    });
  }
  return named;
}

function drawSome(all: readonly number[], most: number, random: Random): number[] {
  return all.length <= most ? [...all] : shuffled(all, random).slice(0, most);
}

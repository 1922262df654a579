/**
 * What an attack is asked and what it answers: the common shape of the cheap attack and of the learned ones.
 */
import type { Unit } from './units.ts';

/** What is enrolled of one person. */
export interface Enrolled {
  person: number;
  units: readonly Unit[];
}

export interface AttackTask {
  /** Of people who are neither probed nor enrolled: all that an attack may learn from. */
  background: readonly Unit[];
  probes: readonly Unit[];
  /** Every gallery is scored; within one gallery all people have equally many units enrolled. */
  galleries: readonly (readonly Enrolled[])[];
}

/** How well each probe fits each person of a gallery, row by row; only order and distance mean anything. */
export type Scores = Float32Array;

/** Scores for each gallery, by the name of the attack that gave them. */
export type AttackAnswer = Map<string, Scores[]>;

export type Attack = (task: AttackTask) => AttackAnswer | Promise<AttackAnswer>;

/**
 * What a person did, as their pages would tell it: the input of a world whose records an attacker tries to join.
 *
 * Runs in the audit. Made by the simulated workers or from recorded sessions.
 */
import { APPS } from '../cohort/work-apps.ts';
import type { MotorPool } from '../cohort/motor-pool.ts';
import { simulateWorkers, type SimulationOptions } from '../cohort/simulated-workers.ts';
import type { WorkMessage } from '../cohort/work-messages.ts';
import { withRestingPointer } from './resting-pointer.ts';
import type { Random } from '../../../src/trace/random.ts';

/** One person's messages in order of time. */
export interface PersonWork {
  person: string;
  messages: WorkMessage[];
}

export const SIMULATED_APPS = [...APPS.keys()];

/** Simulated people's days, each moving and typing as one of the pools. */
export function simulatedWork(
  options: Pick<SimulationOptions, 'people' | 'days' | 'habitStrength' | 'tasksPerDay'> & {
    pools: readonly MotorPool[];
    random: Random;
  },
): PersonWork[] {
  const work = new Map<string, PersonWork>();
  for (const { person, messages } of simulateWorkers(options)) {
    const name = `worker ${person}`;
    const own = work.get(name) ?? { person: name, messages: [] };
    own.messages.push(...withRestingPointer(messages));
    work.set(name, own);
  }
  return [...work.values()];
}

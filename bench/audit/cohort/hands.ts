/**
 * What a simulated person needs to do anything: habits, a place to do it, a task.
 *
 * Runs in the audit.
 */
import type { Random } from '../../../src/trace/random.ts';
import type { Habits } from './work-habits.ts';
import type { Stage } from './work-stage.ts';
import type { WorkApp, WorkTask } from './work-world.ts';

export interface Hands {
  habits: Habits;
  stage: Stage;
  random: Random;
  task: WorkTask;
  app: WorkApp;
  /** Whether the person also slips. */
  slips: boolean;
}

/**
 * What a simulated person knows of a step and no record tells: which task it was done for, and whether it went wrong.
 *
 * Runs in measurements only. Labels that are derived from records are judged by it.
 */

/** Why a step was done that the task does not ask for, or what went wrong with it. */
export type Deed =
  /** Taking back what was just typed, and typing anew. */
  | 'secondThoughts'
  /** Sending a form that is not right yet. */
  | 'mistake'
  /** Putting it right and sending it again. */
  | 'mending'
  /** Closing a dialog without doing what it was opened for. */
  | 'changeOfMind'
  /** Pressing beside what was meant; nothing happens. */
  | 'missedPress'
  /** Pressing what was meant, and nothing seems to happen. */
  | 'pressedInVain'
  /** Pressing the same again. */
  | 'pressedAgain'
  /** Opening what was not meant. */
  | 'wrongTurn'
  /** Going back from there. */
  | 'turnedBack'
  /** Leaving a form that was begun. */
  | 'gaveUp'
  /** Going to another app for a moment and coming back. */
  | 'lookedAway';

export interface StepTruth {
  task: string;
  /** Counts the tasks of the day, from 0. */
  performance: number;
  deed: Deed | undefined;
  /** Of typing: whether something of it was taken back by key. */
  hasBackspaces: boolean;
}

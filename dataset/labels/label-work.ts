/**
 * All labels of one episode or trace.
 *
 * Computed from the record alone when it becomes rows, so that the same record has the same labels in every pull.
 * What each means is said where it becomes a column (label-columns.ts).
 */
import { actsOf, causesOf, type Work } from './acts.ts';
import { labelAppSwitchLoops } from './app-switch-loops.ts';
import { labelBackTracks } from './back-tracks.ts';
import { labelClicks } from './clicks.ts';
import { labelCorrections } from './corrections.ts';
import { labelDialogs } from './dialogs.ts';
import { labelForms, type Form } from './forms.ts';
import { labelRoutines, type RoutineTime } from './routines.ts';

/** What a record's steps are labelled with, by their place in it. */
export interface WorkLabels {
  /** Of a step that came of an act: the step of the act. */
  causes: ReadonlyMap<number, number>;
  deadClicks: ReadonlySet<number>;
  reClicks: ReadonlySet<number>;
  /** With the number of the burst. */
  corrections: ReadonlyMap<number, number>;
  backTracks: ReadonlySet<number>;
  dismissedDialogs: ReadonlySet<number>;
  forms: ReadonlyMap<number, Form>;
  routines: ReadonlyMap<number, RoutineTime>;
  /** With the number of the loop. */
  appSwitchLoops: ReadonlyMap<number, number>;
}

/** @param typedCorrections runs of backspaces while a step typed, where the record tells them. */
export function labelWork(
  work: Work,
  typedCorrections: (index: number) => number | undefined = () => undefined,
): WorkLabels {
  const acts = actsOf(work);
  const clicks = labelClicks(acts);
  return {
    causes: causesOf(work, acts),
    deadClicks: clicks.dead,
    reClicks: clicks.again,
    corrections: labelCorrections(acts, typedCorrections),
    backTracks: labelBackTracks(work, acts),
    dismissedDialogs: labelDialogs(work, acts),
    forms: labelForms(work, acts),
    routines: labelRoutines(work, acts),
    appSwitchLoops: labelAppSwitchLoops(work),
  };
}

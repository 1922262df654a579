/**
 * Whether the page the person looks at is being recorded, and why: the first thing the popup says.
 *
 * Pure: from the recording state and the place to one of four signs and one reason. Says "recording" only where
 * the background would take records as well, since both ask the same functions.
 */
import type { Place, RecordingState } from '../consent/recording-state.ts';

/** The four signs, the same as the toolbar's. */
export type PageSign = 'recording' | 'paused' | 'excluded' | 'off';

type ActiveKind = 'on' | 'paused';

export type PageStatus =
  | { sign: 'recording'; app: string }
  /** `untilMs` is null until the person resumes. */
  | { sign: 'paused'; untilMs: number | null }
  | { sign: 'excluded'; reason: (Place & { recorded: false })['reason'] }
  | { sign: 'off'; reason: Exclude<RecordingState['kind'], ActiveKind> | 'withdrawn' };

/**
 * @param place undefined where the state alone decides.
 * @param isWithdrawn whether the "no" in force is a consent taken back.
 */
export function pageStatus(state: RecordingState, place: Place | undefined, isWithdrawn = false): PageStatus {
  switch (state.kind) {
    case 'on':
      if (place?.recorded) return { sign: 'recording', app: place.app };
      return { sign: 'excluded', reason: place?.reason ?? 'not-an-app' };
    case 'paused':
      return { sign: 'paused', untilMs: state.untilMs };
    case 'no-charter':
    case 'charter-unreadable':
    case 'undecided':
    case 'charter-changed':
      return { sign: 'off', reason: state.kind };
    case 'declined':
      return { sign: 'off', reason: isWithdrawn ? 'withdrawn' : 'declined' };
  }
}

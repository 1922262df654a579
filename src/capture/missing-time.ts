/**
 * Time of a page in which nothing was recorded -> a gap, told when recording goes on.
 *
 * In the page, in its top frame only. A pause is told, time under another consent or charter never is: that would tell
 * of the decision between.
 */
import type { GapReason } from '../trace/limits.ts';
import type { PageWindow } from './capture-context.ts';
import type { RawFragment } from './fragments.ts';

export interface MissingTime {
  /** Recording has ended, for now. */
  begin: (reason: GapReason) => void;
  /** Recording goes on; adds the gap if there is one to tell. */
  end: (permit: string, add: (gap: RawFragment) => void) => void;
}

export function createMissingTime(page: PageWindow): MissingTime {
  let reason: GapReason | undefined;
  let permitBefore: string | undefined;
  return {
    begin: (newReason) => void (reason = newReason),
    end: (permit, add) => {
      const isSame = permitBefore === undefined || permitBefore === permit;
      if (reason && isSame && page === page.top)
        add({ kind: 'gap', atMs: performance.timeOrigin + performance.now(), reason });
      reason = undefined;
      permitBefore = permit;
    },
  };
}

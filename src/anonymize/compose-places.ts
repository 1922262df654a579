/**
 * Places within a frame of another origin -> places within the page, by where both lie in the browser's window.
 *
 * In the background: such a frame cannot see what is around it, and no message passes between the two. Where it lies
 * is used here and kept in memory only.
 */
import type { RawFragment, RawMessage, RawTarget } from '../capture/fragments.ts';

type WindowPlace = NonNullable<RawMessage['windowPlace']>;

/** @param top where the page's top frame lies; without it places stay those within the frame. */
export function composePlaces(
  { fragments, windowPlace }: RawMessage,
  top: WindowPlace | undefined,
): RawFragment[] {
  if (!windowPlace || !top) return fragments;
  const inPage = <Target extends RawTarget | null | undefined>(target: Target): Target =>
    target && {
      ...target,
      xPx: target.xPx + windowPlace.xPx - top.xPx,
      yPx: target.yPx + windowPlace.yPx - top.yPx,
      viewportWidthPx: top.widthPx,
      viewportHeightPx: top.heightPx,
    };
  return fragments.map((fragment) => {
    if (fragment.kind !== 'step') return fragment;
    const { target, destination } = fragment;
    return {
      ...fragment,
      ...(target && { target: inPage(target) }),
      ...(destination && { destination: inPage(destination) }),
    };
  });
}

/**
 * What the partial formats put in for what is not recorded, once for all of them, so that their READMEs can say it.
 *
 * Pure. Must never look like something that was recorded: a masked text is dots, an address is of a domain that cannot
 * exist.
 */
import { lowerEndOf } from '../field-names.ts';
import type { WorkRecord, WorkStep, WorkTarget } from './stream-records.ts';

/** What stands for a typed text: as many dots as its length bucket says at least. */
export function maskedText({ length }: Pick<WorkStep, 'length'>): string {
  return '•'.repeat(length === undefined ? 0 : lowerEndOf(length));
}

/** What stands for an address: the app and the view's keyed hash at a name that no server can have (RFC 2606). */
export function inventedUrl(view: Pick<WorkRecord['views'][number], 'app' | 'viewKey'> | undefined): string {
  return view === undefined ? 'https://unknown.invalid/' : `https://${view.app}.invalid/${view.viewKey}`;
}

/** How far a scroll goes that is told by a word, in viewports. */
const SCROLLED: Record<NonNullable<WorkStep['amount']>, number> = { part: 0.25, page: 1, pages: 2 };

/** How far and where a scroll goes, in px of a viewport of this size. */
export function scrolledPx(
  { direction = 'down', amount = 'part' }: Pick<WorkStep, 'direction' | 'amount'>,
  { width, height }: { width: number; height: number },
): { x: number; y: number } {
  const viewports = SCROLLED[amount] * (direction === 'up' || direction === 'left' ? -1 : 1);
  return direction === 'up' || direction === 'down'
    ? { x: 0, y: viewports * height }
    : { x: viewports * width, y: 0 };
}

/** A target's size as the powers of two that it is kept as. */
export function sizeOf({ widthLog2, heightLog2 }: Pick<WorkTarget, 'widthLog2' | 'heightLog2'>) {
  return { widthPx: 2 ** widthLog2, heightPx: 2 ** heightLog2 };
}

/** Keys by the names that browsers give them; which function key it was is not kept. */
export const KEY_NAMES: Record<NonNullable<WorkStep['key']>, string | undefined> = {
  enter: 'Enter',
  escape: 'Escape',
  tab: 'Tab',
  space: 'Space',
  arrowUp: 'ArrowUp',
  arrowDown: 'ArrowDown',
  arrowLeft: 'ArrowLeft',
  arrowRight: 'ArrowRight',
  home: 'Home',
  end: 'End',
  pageUp: 'PageUp',
  pageDown: 'PageDown',
  delete: 'Delete',
  backspace: 'Backspace',
  function: undefined,
};

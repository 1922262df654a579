/**
 * A trial whose books do not agree, in words: what became of each click, and where gaps are told.
 *
 * Pure. Clicks are told by their number, `a` acknowledged, `s` stored, `?` perhaps never made, `w` after a withdrawal.
 */
import type { TrialBooks } from './books.ts';

export function tellTrial({ clicks, acknowledged, stored }: TrialBooks): string {
  const isStored = new Set(stored.episodes.flatMap(({ cells }) => cells));
  const order = new Map(clicks.map(({ cell }, index) => [cell, String(index)]));
  const told = clicks.map(({ cell, isCertain, isAfterWithdrawal }, index) =>
    [
      index,
      isCertain ? '' : '?',
      isAfterWithdrawal ? 'w' : '',
      acknowledged.has(cell) ? 'a' : '-',
      isStored.has(cell) ? 's' : '-',
    ].join(''),
  );
  const episodes = stored.episodes.map(({ cells, gaps }) => {
    const steps = cells.map((cell) => (cell === undefined ? '.' : (order.get(cell) ?? '!')));
    return `  episode: ${steps.join(' ')}; gaps after: ${gaps.join(' ') || 'none'}`;
  });
  return [`  clicks: ${told.join(' ')}`, ...episodes].join('\n');
}

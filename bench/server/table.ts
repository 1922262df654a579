/**
 * Results of the collector's benchmark -> the tables on the terminal and in the document.
 *
 * Pure.
 */
import { shareOf } from './goals.ts';
import { markdownTable } from '../markdown-table.ts';
import { CONTESTANTS, type ContestantName, type ContestantResults, type ServerResults } from './results.ts';

export function resultTable({ contestants }: ServerResults): string {
  return markdownTable(
    ['', 'records/s', 'least', 'most', 'of its floor', 'of inflate-parse', 'p50 ms', 'p99 ms', 'bomb MB'],
    CONTESTANTS.flatMap((name) => {
      const result = contestants[name];
      if (!result) return [];
      const { recordsPerSecond, spread, p50Ms, p99Ms, bombGrowthBytes } = result;
      return [
        [
          name,
          whole(recordsPerSecond),
          whole(spread.min),
          whole(spread.max),
          share(contestants, name, FLOOR_OF[name]),
          share(contestants, name, name.endsWith('floor') ? undefined : 'inflate-parse'),
          p50Ms?.toFixed(1) ?? '',
          p99Ms?.toFixed(1) ?? '',
          bombGrowthBytes === undefined ? '' : (bombGrowthBytes / 1e6).toFixed(1),
        ],
      ];
    }),
  );
}

export function goalTable({ goals }: ServerResults): string {
  const rows = goals.map(({ goal, measured, isMet }) => [goal, measured, isMet ? 'met' : '**not met**']);
  return markdownTable(['goal', 'measured', ''], rows);
}

const FLOOR_OF: Partial<Record<ContestantName, ContestantName>> = {
  sqlite: 'sqlite-floor',
  postgres: 'postgres-floor',
};

function share(contestants: ContestantResults, name: ContestantName, of: ContestantName | undefined): string {
  const [one, other] = [contestants[name], of && contestants[of]];
  return one && other && name !== of ? shareOf(one, other).toFixed(2) : '';
}

function whole(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 0 });
}

/**
 * The goals that the collector set itself, and what the last results say of them.
 *
 * Pure. A goal that is not met is said like one that is; what was not measured is not said at all.
 */
import type { ContestantResult, ContestantResults } from './results.ts';

export interface GoalCheck {
  goal: string;
  measured: string;
  isMet: boolean;
}

export const GOALS = {
  shareOfFloor: 0.5,
  sqliteRecordsPerSecond: 4000,
  pacedP99Ms: 50,
  bombGrowthBytes: 16_000_000,
} as const;

export function checkGoals(contestants: ContestantResults): GoalCheck[] {
  const { sqlite, postgres } = contestants;
  return [
    ...shareGoal('SQLite', sqlite, contestants['sqlite-floor']),
    ...(sqlite
      ? [
          {
            goal: `SQLite: at least ${whole(GOALS.sqliteRecordsPerSecond)} records/s, checked and durable`,
            measured: whole(sqlite.recordsPerSecond),
            isMet: sqlite.recordsPerSecond >= GOALS.sqliteRecordsPerSecond,
          },
        ]
      : []),
    ...shareGoal('PostgreSQL', postgres, contestants['postgres-floor']),
    ...smallGoals('SQLite', sqlite),
    ...smallGoals('PostgreSQL', postgres),
  ];
}

/** One contestant's records/s as a share of another's. */
export function shareOf(one: ContestantResult, other: ContestantResult): number {
  return one.recordsPerSecond / other.recordsPerSecond;
}

function shareGoal(
  name: string,
  collector: ContestantResult | undefined,
  floor: ContestantResult | undefined,
): GoalCheck[] {
  if (!collector || !floor) return [];
  const share = shareOf(collector, floor);
  return [
    {
      goal: `${name}: at least ${GOALS.shareOfFloor} of its own floor`,
      measured: share.toFixed(2),
      isMet: share >= GOALS.shareOfFloor,
    },
  ];
}

function smallGoals(name: string, collector: ContestantResult | undefined): GoalCheck[] {
  const { p99Ms, bombGrowthBytes } = collector ?? {};
  const goals: GoalCheck[] = [];
  if (p99Ms !== undefined)
    goals.push({
      goal: `${name}: 99th percentile under ${GOALS.pacedP99Ms} ms at an even pace`,
      measured: `${p99Ms.toFixed(1)} ms`,
      isMet: p99Ms < GOALS.pacedP99Ms,
    });
  if (bombGrowthBytes !== undefined)
    goals.push({
      goal: `${name}: memory grows under ${GOALS.bombGrowthBytes / 1e6} MB on gzip bombs`,
      measured: `${(bombGrowthBytes / 1e6).toFixed(1)} MB`,
      isMet: bombGrowthBytes < GOALS.bombGrowthBytes,
    });
  return goals;
}

function whole(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 0 });
}

/**
 * What `proffer pull` prints at its end: where the dataset is and how many rows each table has.
 */
import { formatCount } from './markdown.ts';
import type { PullSummary } from './pull-summary.ts';

/** The text for a terminal, ending with a line break. */
export function formatSummary(summary: PullSummary): string {
  const header = ['table', 'new rows', 'all rows', 'files'];
  const rows = Object.entries(summary.tables).map(([name, table]) => [
    name,
    formatCount(table.addedRows),
    formatCount(table.rows),
    table.dir,
  ]);
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        const isNumber = column === 1 || column === 2;
        return isNumber ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return `${describeReleases(summary)} ${describeVersion(summary)}\n\n${[header, ...rows].map(line).join('\n')}\n\nCard: ${summary.cardPath}\n`;
}

/** What a sync took out, if anything, and the version that the dataset has now. */
function describeVersion({ version, changes }: PullSummary): string {
  const removals = changes.filter(({ what }) => what !== 'added');
  const records = removals.flatMap((change) => Object.values(change.records));
  const removed = records.reduce((sum, count) => sum + count, 0);
  const what = removals.length === 0 ? '' : `, without ${formatCount(removed)} records that were in it`;
  return `It is version ${version}${what}.`;
}

function describeReleases({ releasesAdded, releasesHeld }: PullSummary): string {
  if (releasesHeld.length === 0) return 'The collector has published no release yet.';
  const added = releasesAdded.length === 0 ? 'Nothing new' : `Pulled ${nameReleases(releasesAdded)}`;
  return `${added}; the dataset holds ${nameReleases(releasesHeld)}.`;
}

function nameReleases(numbers: readonly number[]): string {
  if (numbers.length === 1) return `release ${String(numbers[0])}`;
  if (numbers.length <= 5) return `releases ${numbers.join(', ')}`;
  return `${numbers.length} releases, up to ${String(numbers.at(-1))}`;
}

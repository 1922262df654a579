/**
 * What the manifest says of files beside their rows: records by charter and level, and how many keys are hidden.
 *
 * Asked of the staging when a release is pulled, and of the files when records were taken out of them. Hidden are labels
 * and keys that too few have met; the thresholds are the charter's and the collector keeps them, here is only counted.
 */
import { HIDDEN_KEY } from '../src/trace/published.ts';
import { PUBLISHED_KINDS, type PublishedKind } from '../src/trace/record.ts';
import type { HeldRelease, RecordGroup } from './manifest.ts';
import { quoteIdentifier, quoteText } from './parquet.ts';
import type { Table } from './table.ts';
import { recordTableOf, TABLES_BY_KIND } from './tables.ts';

export type FileFacts = Pick<HeldRelease, 'groups' | 'hidden'>;
type HiddenCount = FileFacts['hidden'][number];

const MAY_BE_HIDDEN = /^(.+_)?(app|view_key|element_key)$/;

/** The facts of records of one kind; `relationOf` is where SQL finds the rows of a table. */
export async function readFacts(
  query: (sql: string) => Promise<unknown[][]>,
  kind: PublishedKind,
  relationOf: (table: Table) => string,
): Promise<FileFacts> {
  const grouped = await query(
    `SELECT charter, level, count(*) FROM ${relationOf(recordTableOf(kind))} GROUP BY ALL ORDER BY charter, level`,
  );
  const groups = grouped.map(([charter, level, records]) => ({
    kind,
    charter: String(charter),
    level: level as RecordGroup['level'],
    records: Number(records),
  }));
  const hidden: HiddenCount[] = [];
  for (const table of TABLES_BY_KIND[kind]) {
    for (const column of hiddenColumns(table)) {
      const name = quoteIdentifier(column);
      const [counts] = await query(
        `SELECT count(${name}), count(*) FILTER (${name} = ${quoteText(HIDDEN_KEY)}) FROM ${relationOf(table)}`,
      );
      hidden.push({ table: table.name, column, values: Number(counts?.[0]), hidden: Number(counts?.[1]) });
    }
  }
  return { groups, hidden };
}

/** Of linked records nothing is hidden. */
function hiddenColumns(table: Table): string[] {
  if (table.kind !== 'episode') return [];
  return table.columns
    .filter(({ name, type }) => type === 'VARCHAR' && MAY_BE_HIDDEN.test(name))
    .map(({ name }) => name);
}

/** The facts of several files together, in a fixed order. */
export function sumFacts(facts: readonly FileFacts[]): FileFacts {
  const groups = new Map<string, RecordGroup>();
  for (const group of facts.flatMap((fact) => fact.groups)) {
    const key = `${PUBLISHED_KINDS.indexOf(group.kind)} ${group.charter} ${group.level}`;
    groups.set(key, { ...group, records: group.records + (groups.get(key)?.records ?? 0) });
  }
  return {
    groups: [...groups].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, group]) => group),
    hidden: sumHidden(facts.flatMap((fact) => fact.hidden)),
  };
}

/** Adds up counts column by column, in the order of their first mention. */
export function sumHidden(counts: readonly HiddenCount[]): HiddenCount[] {
  const sums = new Map<string, HiddenCount>();
  for (const count of counts) {
    const key = `${count.table}.${count.column}`;
    const { values, hidden } = sums.get(key) ?? { values: 0, hidden: 0 };
    sums.set(key, { ...count, values: values + count.values, hidden: hidden + count.hidden });
  }
  return [...sums.values()];
}

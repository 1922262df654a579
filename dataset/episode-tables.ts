/**
 * Episodes as tables: `episodes`, `steps`, the `views` the work was done in, and the `gaps` where something is
 * missing. The tables of traces have the same parts.
 *
 * A view's inventory becomes one column per role and landmark, zero where there was none, so that a view is a
 * vector of fixed length without parsing.
 */
import { Episode, View } from '../src/trace/episode.ts';
import {
  COUNT_BUCKETS,
  GAP_REASONS,
  INTERACTIVE_ROLES,
  LANDMARKS,
  NAVIGATIONS,
  OUTCOMES,
  POINTER_TYPES,
  VIEW_WIDTHS,
  type CountBucket,
} from '../src/trace/limits.ts';
import type { PublishedEpisode, PublishedTrace } from '../src/trace/published.ts';
import { lowerEndOf, lowerEndsOf, toSnakeCase } from './field-names.ts';
import { labelCountColumns } from './labels/label-columns.ts';
import type { WorkLabels } from './labels/label-work.ts';
import { labelsOf, stepTable } from './step-table.ts';
import {
  createTable,
  fromContract,
  recordColumns,
  splitColumn,
  wholeId,
  type Column,
  type Source,
  type Table,
  type Whole,
} from './table.ts';

type WorkEntry = { record: PublishedEpisode | PublishedTrace; labels: WorkLabels };

/** How many parts an episode or a trace has, and how it ended. */
export const workColumns = (whole: Whole): Column<WorkEntry>[] => [
  {
    name: 'step_count',
    type: 'INTEGER',
    description: `Rows it has in ${whole.prefix}steps.`,
    unit: 'count',
    value: ({ record }) => record.steps.length,
  },
  {
    name: 'view_count',
    type: 'INTEGER',
    description: `Rows it has in ${whole.prefix}views.`,
    unit: 'count',
    value: ({ record }) => record.views.length,
  },
  {
    name: 'gap_count',
    type: 'INTEGER',
    description: `Rows it has in ${whole.prefix}gaps.`,
    unit: 'count',
    value: ({ record }) => record.gaps.length,
  },
  {
    name: 'outcome',
    type: 'VARCHAR',
    ...fromContract(Episode.shape.outcome),
    values: OUTCOMES.map(toSnakeCase),
    value: ({ record }) => toSnakeCase(record.outcome),
  },
  {
    name: 'task',
    type: 'VARCHAR',
    description: `The first task marked in it, from the charter's list; null where none was.`,
    value: ({ record }) => record.steps.find(({ task }) => task !== undefined)?.task ?? null,
  },
  ...labelCountColumns(whole),
];

/** A record as an entry of its table: with its labels. */
export type LabelledSource<Kind extends Whole['kind']> = Source<Kind> & { labels: WorkLabels };

export function labelSource<Kind extends Whole['kind']>(source: Source<Kind>): LabelledSource<Kind> {
  return { ...source, labels: labelsOf(source) };
}

interface ViewEntry {
  wholeId: string;
  index: number;
  view: PublishedEpisode['views'][number];
}

const viewShape = View.shape;
const coverageShape = viewShape.coverage.shape;

const viewColumns = (whole: Whole): Column<ViewEntry>[] => [
  wholeId(whole),
  {
    name: 'view_index',
    type: 'INTEGER',
    description: `Place of the view in the ${whole.kind}, from 0, in order of first use.`,
    value: ({ index }) => index,
  },
  {
    name: 'app',
    type: 'VARCHAR',
    ...fromContract(viewShape.app, whole.hiddenNote),
    value: ({ view }) => view.app,
  },
  {
    name: 'view_key',
    type: 'VARCHAR',
    ...fromContract(viewShape.viewKey, whole.hiddenNote),
    value: ({ view }) => view.viewKey,
  },
  {
    name: 'navigation',
    type: 'VARCHAR',
    ...fromContract(viewShape.navigation),
    values: NAVIGATIONS.map(toSnakeCase),
    value: ({ view }) => toSnakeCase(view.navigation),
  },
  {
    name: 'width',
    type: 'VARCHAR',
    ...fromContract(viewShape.width),
    values: VIEW_WIDTHS,
    value: ({ view }) => view.width,
  },
  {
    name: 'pointer_type',
    type: 'VARCHAR',
    ...fromContract(viewShape.pointerType),
    values: POINTER_TYPES,
    value: ({ view }) => view.pointerType,
  },
  ...INTERACTIVE_ROLES.map((role) =>
    countColumn(
      `visible_${role}_count_min`,
      `Visible elements with the role ${role}.`,
      ({ view }) => view.inventory.roles[role],
    ),
  ),
  ...LANDMARKS.map((landmark) =>
    countColumn(
      `visible_in_${landmark}_count_min`,
      landmark === 'none'
        ? 'Visible interactive elements outside every landmark.'
        : `Visible interactive elements in the landmark ${landmark}.`,
      ({ view }) => view.inventory.landmarks[landmark],
    ),
  ),
  countColumn(
    'unreachable_frame_count_min',
    fromContract(coverageShape.unreachableFrames).description,
    ({ view }) => view.coverage.unreachableFrames,
  ),
  countColumn(
    'closed_shadow_root_count_min',
    fromContract(coverageShape.closedShadowRoots).description,
    ({ view }) => view.coverage.closedShadowRoots,
  ),
  {
    name: 'canvas_share_quarters',
    type: 'INTEGER',
    ...fromContract(coverageShape.canvasShareQuarters),
    value: ({ view }) => view.coverage.canvasShareQuarters,
  },
];

interface GapEntry {
  wholeId: string;
  gap: PublishedEpisode['gaps'][number];
}

const gapShape = Episode.shape.gaps.element.shape;

const gapColumns = (whole: Whole): Column<GapEntry>[] => [
  wholeId(whole),
  {
    name: 'after_step_index',
    type: 'INTEGER',
    ...fromContract(gapShape.afterStep),
    value: ({ gap }) => gap.afterStep,
  },
  {
    name: 'reason',
    type: 'VARCHAR',
    ...fromContract(gapShape.reason),
    values: GAP_REASONS.map(toSnakeCase),
    value: ({ gap }) => toSnakeCase(gap.reason),
  },
];

function countColumn(
  name: string,
  description: string,
  bucketOf: (entry: ViewEntry) => CountBucket | undefined,
): Column<ViewEntry> {
  return {
    name,
    type: 'INTEGER',
    description,
    unit: 'count, lower end of its bucket',
    values: lowerEndsOf(COUNT_BUCKETS),
    value: (entry) => lowerEndOf(bucketOf(entry) ?? '0'),
  };
}

/** Steps, views and gaps: the tables of the parts that episodes and traces both have. */
export function workTables(whole: Whole): Table[] {
  const { kind, prefix } = whole;
  return [
    stepTable(whole),
    createTable<Whole['kind'], ViewEntry>({
      name: `${prefix}views`,
      kind,
      description: `The views that the steps of ${kind === 'trace' ? 'a trace' : 'an episode'} were done in, with what could have been used there.`,
      entriesOf: ({ record }) =>
        record.views.map((view, index): ViewEntry => ({ wholeId: record.recordId, index, view })),
      columns: viewColumns(whole),
    }),
    createTable<Whole['kind'], GapEntry>({
      name: `${prefix}gaps`,
      kind,
      description: `Where something of ${kind === 'trace' ? 'a trace' : 'an episode'} is missing, and why.`,
      entriesOf: ({ record }) => record.gaps.map((gap): GapEntry => ({ wholeId: record.recordId, gap })),
      columns: gapColumns(whole),
    }),
  ];
}

const EPISODE: Whole = {
  kind: 'episode',
  idColumn: 'episode_id',
  table: 'episodes',
  prefix: '',
  hiddenNote: 'The word other where too few have met it.',
};

const episodeColumns: Column<LabelledSource<'episode'>>[] = [
  ...recordColumns<'episode'>(),
  ...workColumns(EPISODE),
  splitColumn<'episode'>(),
];

/** The tables made from episodes; the first has one row per record. */
export const EPISODE_TABLES: readonly Table[] = [
  createTable({
    name: 'episodes',
    kind: 'episode',
    description: 'One task or burst of work in order.',
    entriesOf: (source) => [labelSource(source)],
    columns: episodeColumns,
  }),
  ...workTables(EPISODE),
];

/**
 * `steps`: a row per action of an episode (`trace_steps`: of a trace), with the state before it, what it was done to and what came of it.
 *
 * Actions carry the names that datasets of computer use have; see field-names.ts.
 */
import { Episode, Step, View } from '../src/trace/episode.ts';
import {
  ACTIONS,
  EFFECTS,
  LENGTH_BUCKETS,
  NAVIGATIONS,
  OUTCOMES,
  PATH_FLAGS,
  PAUSE_BUCKETS_MS,
  PRESS_KEYS,
  SCROLL_AMOUNTS,
  SCROLL_DIRECTIONS,
  SCROLL_POSITIONS,
  SHORTCUTS,
  type PathFlag,
} from '../src/trace/limits.ts';
import type { PublishedEpisode, PublishedTrace } from '../src/trace/published.ts';
import { ACTION_NAMES, lowerEndOf, lowerEndsOf, toSnakeCase } from './field-names.ts';
import { labelColumns } from './labels/label-columns.ts';
import { labelWork, type WorkLabels } from './labels/label-work.ts';
import { countCorrections } from './rhythm-tables.ts';
import {
  createTable,
  fromContract,
  wholeId,
  type Cell,
  type Column,
  type Source,
  type Table,
  type Whole,
} from './table.ts';
import { targetColumns } from './target-columns.ts';

interface StepEntry {
  wholeId: string;
  index: number;
  step: PublishedEpisode['steps'][number];
  view: PublishedEpisode['views'][number] | undefined;
  outcome: PublishedEpisode['outcome'];
  labels: WorkLabels;
  /** Runs of backspaces while it typed; undefined where the record does not tell. */
  typedCorrections: number | undefined;
}

const shape = Step.shape;

const PATH_FLAG_TEXTS: Record<PathFlag, string> = {
  hesitated: 'Whether the pointer hesitated on its way there.',
  reversed: 'Whether the pointer turned back on its way there.',
  overshot: 'Whether the pointer passed the target before it came back.',
};

const columnsOf = (whole: Whole): Column<StepEntry>[] => [
  wholeId(whole),
  {
    name: 'step_index',
    type: 'INTEGER',
    description: `Place of the step in the ${whole.kind}, from 0.`,
    value: ({ index }) => index,
  },
  {
    name: 'action',
    type: 'VARCHAR',
    ...fromContract(shape.action),
    values: ACTIONS.map((action) => ACTION_NAMES[action]),
    value: ({ step }) => ACTION_NAMES[step.action],
  },
  {
    name: 'pause_before_ms',
    type: 'INTEGER',
    ...fromContract(shape.pauseBeforeMs),
    values: PAUSE_BUCKETS_MS.map(String),
    value: ({ step }) => step.pauseBeforeMs,
  },
  {
    name: 'view_index',
    type: 'INTEGER',
    description: `The view it was done in, as in ${whole.prefix}views.`,
    value: ({ step }) => step.view,
  },
  {
    name: 'app',
    type: 'VARCHAR',
    ...fromContract(View.shape.app, `As in ${whole.prefix}views.`),
    value: ({ view }) => view?.app ?? null,
  },
  {
    name: 'view_key',
    type: 'VARCHAR',
    ...fromContract(View.shape.viewKey, `As in ${whole.prefix}views.`),
    value: ({ view }) => view?.viewKey ?? null,
  },
  named('scroll_position', SCROLL_POSITIONS, shape.scrollPosition, ({ step }) => step.scrollPosition),
  {
    name: 'focused_role',
    type: 'VARCHAR',
    ...fromContract(shape.focusedRole),
    value: ({ step }) => step.focusedRole ?? null,
  },
  ...PATH_FLAGS.map((flag): Column<StepEntry> => ({
    name: flag,
    type: 'BOOLEAN',
    description: PATH_FLAG_TEXTS[flag],
    value: ({ step }) => step.pathFlags.includes(flag),
  })),
  ...targetColumns<StepEntry>('target', whole, ({ step }) => step.target),
  ...targetColumns<StepEntry>('destination', whole, ({ step }) => step.destination),
  named('effect', EFFECTS, shape.effect, ({ step }) => step.effect),
  {
    name: 'by_keyboard',
    type: 'BOOLEAN',
    description:
      'True where a click, choice, copy, paste or the like was made by keyboard, or the focus moved by it; otherwise null.',
    value: ({ step }) => step.keyboard ?? null,
  },
  named('pressed_key', PRESS_KEYS, shape.key, ({ step }) => step.key),
  named('hotkey', SHORTCUTS, shape.shortcut, ({ step }) => step.shortcut),
  named('scroll_direction', SCROLL_DIRECTIONS, shape.direction, ({ step }) => step.direction),
  named('scroll_amount', SCROLL_AMOUNTS, shape.amount, ({ step }) => step.amount),
  {
    ...optional('typed_key_count_min', 'INTEGER', shape.length, 'type', ({ step }) =>
      step.length === undefined ? null : lowerEndOf(step.length),
    ),
    unit: 'count, lower end of its bucket',
    values: lowerEndsOf(LENGTH_BUCKETS),
  },
  ...(whole.kind === 'trace' ? [typedCorrectionsColumn] : []),
  named('navigation', NAVIGATIONS, shape.navigation, ({ step }) => step.navigation),
  {
    name: 'task',
    type: 'VARCHAR',
    ...fromContract(shape.task),
    value: ({ step }) => step.task ?? null,
  },
  named('outcome', OUTCOMES, Episode.shape.outcome, ({ outcome }) => outcome),
  ...labelColumns(whole),
];

/** Of traces only: what rhythms tell, no episode does (docs/decisions/0014). */
const typedCorrectionsColumn: Column<StepEntry> = {
  name: 'correction_count',
  type: 'INTEGER',
  description:
    'Runs of backspaces in the typing runs that began with it; a run that goes on in the same field after a key like enter counts here too. Null unless action is type and its keys are in the trace.',
  unit: 'count',
  value: ({ typedCorrections }) => typedCorrections ?? null,
};

/** A column of names from a closed list; null where the step has none. */
function named(
  name: string,
  list: readonly string[],
  schema: Parameters<typeof fromContract>[0],
  nameOf: (entry: StepEntry) => string | undefined,
): Column<StepEntry> {
  return {
    name,
    type: 'VARCHAR',
    ...fromContract(schema),
    values: list.map(toSnakeCase),
    value: (entry) => {
      const found = nameOf(entry);
      return found === undefined ? null : toSnakeCase(found);
    },
  };
}

/** A column that only one action has. */
function optional(
  name: string,
  type: Column<StepEntry>['type'],
  schema: Parameters<typeof fromContract>[0],
  action: string,
  value: (entry: StepEntry) => Cell,
): Column<StepEntry> {
  return { name, type, ...fromContract(schema, `Null unless action is ${action}.`), value };
}

/** The table of steps of episodes or of traces. */
export function stepTable(whole: Whole): Table {
  return createTable<Whole['kind'], StepEntry>({
    name: `${whole.prefix}steps`,
    kind: whole.kind,
    description: `The actions of each ${whole.kind} in order, each with the state before it and its effect.`,
    entriesOf: (source) => {
      const { record } = source;
      const labels = labelsOf(source);
      const corrections = typedCorrectionsIn(record);
      return record.steps.map((step, index): StepEntry => {
        const { recordId: wholeId, outcome } = record;
        const view = record.views[step.view];
        return { wholeId, index, step, view, outcome, labels, typedCorrections: corrections.get(index) };
      });
    },
    columns: columnsOf(whole),
  });
}

/** The labels of a record, from all that it tells. Made once: the table of whole records and that of steps ask. */
export function labelsOf(
  source: Pick<Source, 'labels'> & { record: PublishedEpisode | PublishedTrace },
): WorkLabels {
  if (source.labels === undefined) {
    const { record } = source;
    const corrections = typedCorrectionsIn(record);
    source.labels = labelWork(record, (index) => corrections.get(index));
  }
  return source.labels;
}

/** Runs of backspaces by the typing step that they began with; episodes tell of none. */
function typedCorrectionsIn(record: PublishedEpisode | PublishedTrace): Map<number, number> {
  const counts = new Map<number, number>();
  if (record.kind === 'episode') return counts;
  for (const { afterStep, keyClass } of record.rhythms) {
    if (record.steps[afterStep]?.action !== 'type') continue;
    counts.set(afterStep, (counts.get(afterStep) ?? 0) + countCorrections(keyClass));
  }
  return counts;
}

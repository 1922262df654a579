/**
 * Do the labels find what went wrong? The scripted people know; the dataset's columns are judged by it.
 *
 * Runs in the utility benchmark; pure but for the randomness of the intervals. What is found is counted in groups of
 * steps: a true group is found if the label is on one of its steps, a labelled one is right if one of its steps is true.
 */
import type { Random } from '../../src/trace/random.ts';
import type { Deed, StepTruth } from '../audit/cohort/step-truth.ts';
import { overPeople, type Interval } from './f1.ts';
import type { RecordTruth, TruthOf } from './published-work.ts';
import type { StepRow, WholeSteps } from './step-rows.ts';

export interface LabelResult {
  label: string;
  /** What the label is judged by, in words. */
  truth: string;
  precision: Interval;
  recall: Interval;
  people: number;
  /** Labelled groups, and true ones. */
  labelled: number;
  actual: number;
  /** What a label put on as many groups at random would be right in: the share of steps that are truly so. */
  chance: number;
}

type GroupOf<Step> = (step: Step) => string | number | undefined;

interface Judged {
  label: string;
  truth: string;
  /** The labelled group that a row is in. */
  labelled: GroupOf<StepRow>;
  /** The true group that a step is in; steps of one group are found together. */
  actual: (truth: StepTruth, row: StepRow, all: RecordTruth) => string | number | undefined;
}

const deedOf =
  (...deeds: Deed[]): Judged['actual'] =>
  ({ deed, performance }) =>
    deed !== undefined && deeds.includes(deed) ? performance : undefined;
const own = (is: boolean, row: StepRow) => (is ? Number(row['step_index']) : undefined);
const flagged = (column: string) => (row: StepRow) => own(row[column] === true, row);
const formThat = (end: string) => (row: StepRow) =>
  row['form_end'] === end ? (row['form_id'] as number) : undefined;

/** Each label that a script has a truth for. */
export const JUDGED: readonly Judged[] = [
  {
    label: 'dead_click',
    truth: 'a press beside what was meant, or in vain',
    labelled: flagged('dead_click'),
    actual: ({ deed }, row) => own(deed === 'missedPress' || deed === 'pressedInVain', row),
  },
  {
    label: 're_click',
    truth: 'pressing the same again, in lists too',
    labelled: flagged('re_click'),
    actual: ({ deed }, row) => own(deed === 'pressedAgain' && row['action'] === 'click', row),
  },
  {
    label: 'correction',
    truth: 'second thoughts about what was typed, undone or typed over, and typing with backspaces in it',
    labelled: flagged('correction'),
    actual: ({ deed, hasBackspaces }, row) =>
      own(hasBackspaces || (deed === 'secondThoughts' && /^(undo|type)$/.test(String(row['action']))), row),
  },
  {
    label: 'back_track',
    truth: 'going back from a wrong turn',
    labelled: flagged('back_track'),
    actual: ({ deed }, row) => own(deed === 'turnedBack', row),
  },
  {
    label: 'dialog_dismissed_unused',
    truth: 'a change of mind in a dialog',
    labelled: flagged('dialog_dismissed_unused'),
    actual: ({ deed }, row) => own(deed === 'changeOfMind' && row['action'] === 'dialog_dismissed', row),
  },
  {
    label: 'form_end mended',
    truth: 'a form that was sent with a mistake, and put right',
    labelled: formThat('mended'),
    actual: deedOf('mistake', 'mending'),
  },
  {
    label: 'form_end abandoned',
    truth: 'a form that was given up',
    labelled: formThat('abandoned'),
    actual: ({ performance }, _row, { steps }) =>
      steps.some((other) => other?.performance === performance && other.deed === 'gaveUp')
        ? performance
        : undefined,
  },
];

/** One count for each person. */
interface Found {
  labelled: number;
  right: number;
  actual: number;
  found: number;
  steps: number;
  trueSteps: number;
}

export function judgeLabels(wholes: readonly WholeSteps[], truthOf: TruthOf, random: Random): LabelResult[] {
  const byPerson = Map.groupBy(wholes, ({ recordId }) => truthOf.get(recordId)!.person);
  return [
    ...JUDGED.map(({ label, truth, labelled, actual }) =>
      summarize(
        { label, truth },
        [...byPerson.values()].map((own) =>
          own.map((whole) => found(whole, truthOf.get(whole.recordId)!, labelled, actual)).reduce(added),
        ),
        random,
      ),
    ),
    summarize(
      {
        label: 'routine_id',
        truth: 'a task done more than once; right if each time of it is done for the same task',
      },
      [...byPerson.values()].map((own) =>
        own.map((whole) => foundRoutines(whole, truthOf.get(whole.recordId)!)).reduce(added),
      ),
      random,
    ),
  ];
}

function found(
  { steps }: WholeSteps,
  truth: RecordTruth,
  labelledIn: Judged['labelled'],
  actualIn: Judged['actual'],
): Found {
  const labelled = new Map<string | number, boolean>();
  const actual = new Map<string | number, boolean>();
  let trueSteps = 0;
  steps.forEach((row, index) => {
    const known = truth.steps[index];
    const told = labelledIn(row);
    const real = known && actualIn(known, row, truth);
    if (told !== undefined) labelled.set(told, labelled.get(told) === true || real !== undefined);
    if (real !== undefined) actual.set(real, actual.get(real) === true || told !== undefined);
    trueSteps += Number(real !== undefined);
  });
  return { ...countsOf(labelled, actual), steps: steps.length, trueSteps };
}

/** A routine is a task, so the unit is a task that one episode has more than once. */
function foundRoutines({ steps }: WholeSteps, truth: RecordTruth): Found {
  const actual = new Map<string, boolean>();
  const performances = new Map<string, Set<number>>();
  for (const known of truth.steps)
    if (known)
      performances.set(known.task, (performances.get(known.task) ?? new Set()).add(known.performance));
  for (const [task, own] of performances) if (own.size > 1) actual.set(task, false);
  const times = new Map<number, Map<number, Set<StepTruth>>>();
  steps.forEach((row, index) => {
    const known = truth.steps[index];
    if (row['routine_id'] === null || row['routine_id'] === undefined || !known) return;
    const own = times.get(Number(row['routine_id'])) ?? new Map<number, Set<StepTruth>>();
    times.set(Number(row['routine_id']), own);
    const time = Number(row['routine_time']);
    own.set(time, (own.get(time) ?? new Set()).add(known));
  });
  const labelled = new Map<number, boolean>();
  for (const [id, own] of times) {
    const tasks = new Set([...own.values()].flatMap((of) => [...of].map(({ task }) => task)));
    labelled.set(id, tasks.size === 1);
    const during = new Set([...own.values()].flatMap((of) => [...of].map(({ performance }) => performance)));
    const [task] = tasks;
    if (tasks.size === 1 && during.size > 1 && actual.has(task!)) actual.set(task!, true);
  }
  const trueSteps = truth.steps.filter((known) => known && actual.has(known.task)).length;
  return { ...countsOf(labelled, actual), steps: steps.length, trueSteps };
}

function countsOf(
  labelled: ReadonlyMap<unknown, boolean>,
  actual: ReadonlyMap<unknown, boolean>,
): Omit<Found, 'steps' | 'trueSteps'> {
  const yes = (groups: ReadonlyMap<unknown, boolean>) => [...groups.values()].filter(Boolean).length;
  return { labelled: labelled.size, right: yes(labelled), actual: actual.size, found: yes(actual) };
}

function added(one: Found, other: Found): Found {
  return {
    labelled: one.labelled + other.labelled,
    right: one.right + other.right,
    actual: one.actual + other.actual,
    found: one.found + other.found,
    steps: one.steps + other.steps,
    trueSteps: one.trueSteps + other.trueSteps,
  };
}

function summarize(
  text: Pick<LabelResult, 'label' | 'truth'>,
  byPerson: readonly Found[],
  random: Random,
): LabelResult {
  const shareOf = (part: keyof Found, whole: keyof Found) => (people: readonly Found[]) => {
    const all = people.reduce(added);
    return all[part] / all[whole];
  };
  const all = byPerson.reduce(added);
  return {
    ...text,
    precision: overPeople(byPerson, shareOf('right', 'labelled'), random),
    recall: overPeople(byPerson, shareOf('found', 'actual'), random),
    people: byPerson.length,
    labelled: all.labelled,
    actual: all.actual,
    chance: all.trueSteps / all.steps,
  };
}

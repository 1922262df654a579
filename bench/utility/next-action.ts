/**
 * What does a person do next? Told from the rows of `steps` before it, by a model that learned from others.
 *
 * Runs in the utility benchmark. Asked is only what the person chose; what came of it (`follows_step_index`) is known
 * before, and never asked for. Nothing of the row that is asked for is shown, not even the view it lies in.
 */
import type { Random } from '../../src/trace/random.ts';
import { matrixOf, type Learner } from '../audit/learning/open-learner.ts';
import { macroF1, type Answer, type Interval } from './f1.ts';
import { learnMarkov } from './markov.ts';
import type { TruthOf } from './published-work.ts';
import type { StepRow, WholeSteps } from './step-rows.ts';

/** What is asked of the next action. */
export const TARGETS = ['action', 'role', 'term', 'all three'] as const;
export type NextTarget = (typeof TARGETS)[number];
/** Who or what the model has not learned from. */
export const DISJOINT = ['people', 'apps'] as const;

export interface NextActionResult extends Interval {
  target: NextTarget;
  disjoint: (typeof DISJOINT)[number];
  /** Of the order-2 Markov model. */
  markov: Interval;
  /** Of who always says what is commonest. */
  chance: number;
  people: number;
  questions: number;
  classes: number;
}

interface Question {
  person: string;
  app: string;
  /** By column and how many rows back. */
  categories: Record<string, string>;
  quantities: number[];
  before: readonly [string, string];
  next: Record<NextTarget, string>;
}

/** Of the row before. */
const LATEST = [
  'action', 'target_role', 'target_term', 'target_tag', 'target_input_type', 'target_landmark', 'target_element_key',
  'target_list_item_count_min', 'effect', 'app', 'view_key', 'scroll_position', 'focused_role', 'pressed_key', 'hotkey',
  'scroll_direction', 'scroll_amount', 'typed_key_count_min', 'pause_before_ms', 'navigation', 'by_keyboard',
] as const; // prettier-ignore
/** Of the three rows before that one. */
const EARLIER = ['action', 'target_role', 'target_term', 'target_element_key', 'effect', 'view_key', 'pressed_key'] as const; // prettier-ignore
const EARLIER_ROWS = 3;
/** Of no use where the apps that are asked for were never met. */
const NAMING = /^(app|view_key|target_element_key)$/;
const NONE = 'none';
const START = 'start';
const ROUNDS = 50;

export async function nextActions(
  wholes: readonly WholeSteps[],
  truthOf: TruthOf,
  options: { learner: Learner; random: Random; targets?: readonly NextTarget[] },
): Promise<NextActionResult[]> {
  const { learner, random, targets = TARGETS } = options;
  const questions = wholes.flatMap((whole) => questionsOf(whole, truthOf.get(whole.recordId)!.person));
  const people = [...new Set(questions.map(({ person }) => person))].sort();
  const results: NextActionResult[] = [];
  for (const disjoint of DISJOINT) {
    const folds = foldsOf(questions, disjoint, people);
    for (const target of targets) {
      const learned: Answer[] = [];
      const markov: Answer[] = [];
      const commonest: Answer[] = [];
      for (const { known, asked } of folds) {
        const told = await namedBy(learner, known, asked, target, disjoint);
        const follow = learnMarkov(known.map(({ before, next }) => ({ before, next: next[target] })));
        const always = learnMarkov(known.map(({ next }) => ({ before: ['', ''], next: next[target] })))([
          '',
          '',
        ]);
        asked.forEach(({ person, before, next }, index) => {
          const actual = next[target];
          learned.push({ person, actual, predicted: told[index]! });
          markov.push({ person, actual, predicted: follow(before) });
          commonest.push({ person, actual, predicted: always });
        });
      }
      const { classes, ...interval } = macroF1(learned, random, NONE);
      const { classes: _same, ...ofMarkov } = macroF1(markov, random, NONE);
      results.push({
        target,
        disjoint,
        ...interval,
        markov: ofMarkov,
        chance: macroF1(commonest, random, NONE).value,
        people: people.length,
        questions: learned.length,
        classes,
      });
    }
  }
  return results;
}

/** All that is asked of one episode or trace: each act but its first step. */
export function questionsOf({ steps }: WholeSteps, person: string): Question[] {
  return steps.flatMap((row, index): Question[] => {
    if (index === 0 || row['follows_step_index'] !== null || row['action'] === 'switch_tab') return [];
    const latest = steps[index - 1]!;
    const before = [index < 2 ? START : wordsOf(steps[index - 2]!), wordsOf(latest)] as const;
    const earlier = Array.from({ length: EARLIER_ROWS }, (_unused, back) => steps[index - 2 - back]);
    return [
      {
        person,
        app: String(row['app']),
        categories: Object.fromEntries([
          ...LATEST.map((column) => [column, String(latest[column])]),
          ...earlier.flatMap((row, back) =>
            EARLIER.map((column) => [`${column} ${back}`, row ? String(row[column]) : START]),
          ),
          ['last', before[1]],
          ['last two', before.join(', ')],
        ]) as Question['categories'],
        quantities: [
          ...Object.keys(latest)
            .filter((column) => column.startsWith('visible_'))
            .map((column) => Math.log1p(Number(latest[column]))),
          Math.log1p(index),
        ],
        before,
        next: {
          action: String(row['action']),
          role: String(row['target_role'] ?? NONE),
          term: String(row['target_term'] ?? NONE),
          'all three': wordsOf(row),
        },
      },
    ];
  });
}

function wordsOf(row: StepRow): string {
  return [row['action'], row['target_role'] ?? NONE, row['target_term'] ?? NONE].join(' ');
}

interface Fold {
  known: Question[];
  asked: Question[];
}

/** Halves of the people, each asked once; or each app in turn, of all people. */
function foldsOf(
  questions: readonly Question[],
  disjoint: NextActionResult['disjoint'],
  people: readonly string[],
): Fold[] {
  const halfOf = new Map(people.map((person, index) => [person, String(index % 2)]));
  const partOf = (question: Question) =>
    disjoint === 'people' ? halfOf.get(question.person)! : question.app;
  return [...new Set(questions.map(partOf))].sort().map((part) => ({
    known: questions.filter((question) => partOf(question) !== part),
    asked: questions.filter((question) => partOf(question) === part),
  }));
}

async function namedBy(
  learner: Learner,
  known: readonly Question[],
  asked: readonly Question[],
  target: NextTarget,
  disjoint: NextActionResult['disjoint'],
): Promise<string[]> {
  const classes = [...new Set(known.map(({ next }) => next[target]))];
  const numberOf = new Map(classes.map((name, index) => [name, index]));
  const columns = Object.keys(known[0]!.categories).filter(
    (column) => disjoint === 'people' || !NAMING.test(column.split(' ')[0]!),
  );
  const numbers = columns.map(() => new Map<string, number>());
  const rowOf = ({ categories, quantities }: Question) => [
    ...columns.map((column, place) => {
      const [name, numbered] = [categories[column]!, numbers[place]!];
      if (!numbered.has(name)) numbered.set(name, numbered.size);
      return numbered.get(name)!;
    }),
    ...quantities,
  ];
  const { named } = await learner.ask(
    'name',
    { seed: 1, rounds: ROUNDS, categories: columns.length },
    {
      known: matrixOf(known.map(rowOf)),
      classes: matrixOf(known.map(({ next }) => [numberOf.get(next[target])!])),
      asked: matrixOf(asked.map(rowOf)),
    },
  );
  return Array.from(named!.values, (number) => classes[number]!);
}

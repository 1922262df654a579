/**
 * Simulated people at work: what capture would have handed to the background on their days, fragment by fragment.
 *
 * Runs in the audit, where no recorded workflows of real people exist. All work in one world (`work-world.ts`); each has
 * habits (`work-habits.ts`, where every one of them is listed) in what they do, how they do it and on what device, and
 * moves and types as somebody recorded or synthetic does (`motor-pool.ts`). The strength of habits is a parameter: at 0
 * all are alike, and whatever still finds them has found a fault of the audit. It must never be mistaken for people: its
 * figures show that an audit works and which fields an attack lives on, not how safe a level is. Assumed, without any
 * measurement: the spread of habits, that they are independent of one another, that they hold from day to day, that tasks
 * follow one another at random.
 */
import type { RawFragment } from '../../../src/capture/fragments.ts';
import { randomInt, randomNormal, type Random } from '../../../src/trace/random.ts';
import { seededRandom } from '../seeded-random.ts';
import { doTask } from './do-task.ts';
import type { MotorPool } from './motor-pool.ts';
import type { StepTruth } from './step-truth.ts';
import { drawHabits, type Device, type HabitStrength } from './work-habits.ts';
import type { WorkMessage } from './work-messages.ts';
import { openStage } from './work-stage.ts';
import { TASKS } from './work-tasks.ts';

export interface SimulationOptions {
  people: number;
  days: number;
  random: Random;
  /** One number for all parts, or some of them; parts not named are at full strength. @default 1 */
  habitStrength?: number | Partial<HabitStrength>;
  /** @default 12 */
  tasksPerDay?: number;
  /** Whose movements and typing: person n takes those of `pools[n % pools.length]`; with none there are only steps. */
  pools?: readonly MotorPool[];
  /** Whether they also miss, press twice, take wrong turns and give forms up (`slips.ts`). @default false */
  slips?: boolean;
  /** Midnight of the first day, epoch ms; days follow without weekends. @default Monday, 2 March 2026, UTC */
  firstDayMs?: number;
}

/** One person's day. */
export interface WorkerDay {
  person: number;
  day: number;
  /** Epoch ms, UTC. */
  midnightMs: number;
  device: Device;
  /** In the order in which they are sent. */
  messages: WorkMessage[];
  /** What the person knows of each of their steps. */
  truth: ReadonlyMap<RawFragment, StepTruth>;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const FIRST_DAY_MS = Date.UTC(2026, 2, 2);
const TASKS_PER_DAY = 12;
const DAY_TASK_LOG_SD = 0.5;
/** Well beyond the silence that ends an episode. */
const SHORTEST_BREAK_MS = 150_000;

/** Person by person, day by day, each drawn when it is asked for; the same for the same randomness. */
export function* simulateWorkers(options: SimulationOptions): Generator<WorkerDay> {
  const { people, days, random, pools = [] } = options;
  const strength = strengthOf(options.habitStrength);
  const seeds = Array.from({ length: people }, () => Math.floor(random() * 2 ** 32));
  for (const [person, seed] of seeds.entries()) {
    const habits = drawHabits(seed, strength);
    const own = pools.length > 0 ? pools[person % pools.length] : undefined;
    for (let day = 0; day < days; day += 1) {
      const ofDay = seededRandom(seed ^ Math.imul(day + 1, 0x9e3779b1));
      const pool = () => {
        if (own === undefined || ofDay() < strength.motor) return own;
        return pools[randomInt(ofDay, pools.length)]!;
      };
      const midnightMs = (options.firstDayMs ?? FIRST_DAY_MS) + day * DAY_MS;
      const startsMs =
        midnightMs + 9 * HOUR_MS + HOUR_MS * (0.6 * habits.lean('start') + 0.2 * randomNormal(ofDay));
      const stage = openStage(habits, pool, ofDay, startsMs);
      const weights = TASKS.map(
        ({ name }) => habits.taskWeight(name) * Math.exp(DAY_TASK_LOG_SD * randomNormal(ofDay)),
      );
      const count = Math.max(
        1,
        Math.round(habits.amount(options.tasksPerDay ?? TASKS_PER_DAY, 'load', ofDay, 0.15)),
      );
      for (let done = 0; done < count; done += 1) {
        doTask(TASKS[drawn(weights, ofDay)]!, habits, stage, ofDay, options.slips);
        if (habits.happens(0.5, 'breaks', ofDay))
          stage.rest(SHORTEST_BREAK_MS + habits.amount(240_000, 'length of breaks', ofDay));
        else stage.rest(habits.amount(9000, 'time between tasks', ofDay));
      }
      yield { person, day, midnightMs, device: habits.device, messages: stage.finish(), truth: stage.truth };
    }
  }
}

function strengthOf(given: SimulationOptions['habitStrength'] = 1): HabitStrength {
  if (typeof given !== 'number') return { job: 1, manner: 1, device: 1, motor: 1, ...given };
  return { job: given, manner: given, device: given, motor: given };
}

function drawn(weights: readonly number[], random: Random): number {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  const index = weights.findIndex((weight) => (left -= weight) < 0);
  return index < 0 ? weights.length - 1 : index;
}

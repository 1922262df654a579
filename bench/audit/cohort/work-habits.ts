/**
 * How one simulated person works: a leaning for each habit, kept from day to day.
 *
 * Runs in the audit. A leaning is a normal number that belongs to a person and the habit's name; strength 0 makes it 0
 * for all, which makes all alike. What it moves: a share is shifted on the logit scale, a time or size multiplied.
 * The spreads are assumptions, not measurements: nobody has published how much these habits differ between people
 * who do the same work in the same tools.
 *
 * - job: how often each task comes up (log-normal weights with a spread of 1.2; with seven apps most people then do most
 *   of their work in two or three).
 * - manner: pace and its evenness; rests; shortcut, Enter or button; Tab or click between fields; search or list; the way
 *   back; which rows; double clicks; order of fields; optional acts; scrolling (how often, how far, by keyboard);
 *   lengths of texts; mistakes in forms; changes of mind; ways of a pointer (hesitating, reversing, overshooting) and
 *   corrections, where no recorded or synthetic movement or typing gives them; when work begins and how it is broken up.
 * - device: viewport, pixel ratio, kind of pointer.
 * - motor: whose movements and typing runs are used, see `motor-pool.ts`.
 */
import type { PointerType } from '../../../src/trace/limits.ts';
import { randomInt, randomNormal, type Random } from '../../../src/trace/random.ts';
import { seededRandom } from '../seeded-random.ts';

/** How much people differ in each part, from 0 (all alike) to 1. */
export interface HabitStrength {
  job: number;
  manner: number;
  device: number;
  motor: number;
}

export interface Device {
  widthPx: number;
  heightPx: number;
  pixelRatio: number;
  pointerType: PointerType;
}

export interface Habits {
  /** Standard normal times the strength, always the same for the same habit of the person. */
  lean: (habit: string) => number;
  /** Whether it happens this time: a share that is the population's for who leans to neither side. */
  happens: (share: number, habit: string, random: Random) => boolean;
  /** A time or a size around the population's, with the person's own centre and this time's chance. */
  amount: (median: number, habit: string, random: Random, logSd?: number) => number;
  /** How often the person does a task, beside the others. */
  taskWeight: (task: string) => number;
  device: Device;
}

const SHARE_LOGIT_SD = 1.2;
const AMOUNT_LOG_SD = 0.3;
const TASK_LOG_SD = 1.2;
const CHANCE_LOG_SD = 0.5;
const COMMON_DEVICE: Device = { widthPx: 1536, heightPx: 730, pixelRatio: 1.25, pointerType: 'mouse' };
/** Inner sizes of usual screens with usual bars, the common ones several times. */
const SCREENS: readonly (readonly [number, number, number])[] = [
  [1536, 730, 1.25],
  [1536, 730, 1.25],
  [1920, 950, 1],
  [1920, 950, 1],
  [1920, 950, 1],
  [1366, 640, 1],
  [1440, 790, 2],
  [1440, 790, 2],
  [1707, 840, 1.5],
  [2560, 1300, 1],
  [1280, 600, 1.5],
  [1728, 990, 2],
];
const OTHER_POINTER_SHARE = 0.07;

/** @param seed belongs to the person: the same habits for the same seed. */
export function drawHabits(seed: number, strength: HabitStrength): Habits {
  const own = (habit: string) => randomNormal(seededRandom(seedOf(seed, habit)));
  const lean = (habit: string) => strength.manner * own(habit);
  return {
    lean,
    happens: (share, habit, random) => random() < shifted(share, SHARE_LOGIT_SD * lean(habit)) && share > 0,
    amount: (median, habit, random, logSd = CHANCE_LOG_SD) =>
      median * Math.exp(AMOUNT_LOG_SD * lean(habit) + logSd * randomNormal(random)),
    taskWeight: (task) => Math.exp(TASK_LOG_SD * strength.job * own(`task ${task}`)),
    device: drawDevice(seededRandom(seedOf(seed, 'device')), strength.device),
  };
}

function drawDevice(random: Random, strength: number): Device {
  if (random() >= strength) return COMMON_DEVICE;
  const [widthPx, heightPx, pixelRatio] = SCREENS[randomInt(random, SCREENS.length)]!;
  return { widthPx, heightPx, pixelRatio, pointerType: random() < OTHER_POINTER_SHARE ? 'other' : 'mouse' };
}

function shifted(share: number, byLogit: number): number {
  if (share <= 0 || share >= 1) return share;
  return 1 / (1 + Math.exp(-(Math.log(share / (1 - share)) + byLogit)));
}

/** A seed of its own for each name (FNV-1a, with a final mix, since neighbouring seeds must not look alike). */
function seedOf(seed: number, name: string): number {
  let mixed = (seed ^ 0x811c9dc5) >>> 0;
  for (let index = 0; index < name.length; index += 1)
    mixed = Math.imul(mixed ^ name.charCodeAt(index), 0x01000193) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b) >>> 0;
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

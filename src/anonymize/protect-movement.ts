/**
 * Raw movement -> motion: one movement, mapped to the population.
 *
 * Pure, in the background. But at `linked`, the duration is drawn around the population's median for the length of
 * the path, so that nothing of the person's own speed is left. The path is put relative to its start, turned by a random
 * angle, since its direction would show between which places of an episode it led, and mirrored by chance, since the
 * side to which a hand bends is its own; then rounded.
 */
import type { RawMovement } from '../capture/fragments.ts';
import {
  MAX_OFFSET_QUARTERS,
  MAX_PATH_STEP_PX,
  MAX_PATH_STEPS,
  MAX_SIZE_LOG2,
  MIN_PATH_PX,
  MIN_PATH_SAMPLES,
} from '../trace/limits.ts';
import type { Motion } from '../trace/motion.ts';
import type { Level } from '../charter/charter.ts';
import { MOTION_RULES, type MotionRule } from './levels.ts';
import { medianDurationMs } from '../trace/population.ts';
import { randomNormal, type Random } from '../trace/random.ts';

export type MotionContent = Omit<Motion, 'recordId' | 'recordedOn'>;

interface Sample {
  timeMs: number;
  xPx: number;
  yPx: number;
}

/**
 * The motion that a movement becomes; undefined for one too short to be more than tremor.
 *
 * @param rule the level's own, but for the audit that looks for better ones.
 */
export function protectMovement(
  raw: RawMovement,
  level: Level,
  random: Random,
  rule: MotionRule = MOTION_RULES[level],
): MotionContent | undefined {
  const asMade = fromItsStart(raw);
  // Before turning: rounding in the turn must not decide by chance whether a movement counts.
  const lengthPx = pathLengthPx(asMade);
  if (asMade.length < MIN_PATH_SAMPLES || lengthPx < MIN_PATH_PX) return undefined;
  const samples = rule.direction === 'own' ? asMade : turnedAndMirrored(asMade, random(), random() < 0.5);
  return {
    kind: 'motion',
    path:
      rule.sampling === 'ends'
        ? endsInPopulationTime(samples, rule, random)
        : sampledPath(samples, lengthPx, rule.sampling.everyMs, rule, random),
    end: raw.end,
    endOffset: endOffset(raw),
  };
}

/** Places relative to the first, so that where it lay cannot even show in how a number is rounded. */
function fromItsStart(raw: RawMovement): Sample[] {
  return raw.timeMs.map((timeMs, index) => ({
    timeMs,
    xPx: raw.xPx[index]! - raw.xPx[0]!,
    yPx: raw.yPx[index]! - raw.yPx[0]!,
  }));
}

/** Turned about the start by a share of a full turn; or mirrored, then turned. */
function turnedAndMirrored(samples: readonly Sample[], share: number, isMirrored: boolean): Sample[] {
  const [cosine, sine] = [Math.cos(2 * Math.PI * share), Math.sin(2 * Math.PI * share)];
  const side = isMirrored ? -1 : 1;
  return samples.map(({ timeMs, xPx, yPx }) => ({
    timeMs,
    xPx: cosine * xPx - sine * side * yPx,
    yPx: sine * xPx + cosine * side * yPx,
  }));
}

function sampledPath(
  samples: readonly Sample[],
  lengthPx: number,
  everyMs: number,
  rule: MotionRule,
  random: Random,
): Motion['path'] {
  const durationMs = drawDuration(samples, lengthPx, rule, random);
  const stretched = bent(stretchTo(samples, durationMs), durationMs, rule.courseLogSd, random);
  const phase = rule.durationLogSd === 'own' ? 0 : random();
  return relativePath(resample(stretched, durationMs, everyMs, phase), rule.gridPx, random);
}

/**
 * Start, middle and end, in the duration for the length of the path as it is rounded.
 *
 * Without chance in it, the duration for the path's own length would tell that length to a few px, and with it how
 * straight the hand went.
 */
function endsInPopulationTime(samples: readonly Sample[], rule: MotionRule, random: Random): Motion['path'] {
  const ends = endsOnly(samples);
  const path = relativePath(ends, rule.gridPx, random);
  const roundedPx = path.dxPx.reduce((sum, dxPx, index) => sum + Math.hypot(dxPx, path.dyPx[index]!), 0);
  const durationMs = Math.round(drawDuration(ends, roundedPx, rule, random));
  // A minimum-jerk movement passes its middle at half its time.
  const halfMs = Math.round(durationMs / 2);
  return { ...path, dtMs: [halfMs, durationMs - halfMs] };
}

/** The population's duration for the length, spread; or the person's own on the grid of the samples. */
function drawDuration(
  samples: readonly Sample[],
  lengthPx: number,
  { durationLogSd, sampling }: MotionRule,
  random: Random,
): number {
  if (durationLogSd !== 'own')
    return medianDurationMs(lengthPx) * Math.exp(durationLogSd * randomNormal(random));
  const gridMs = sampling === 'ends' ? 1 : sampling.everyMs;
  const spanMs = Math.max(...samples.map((sample) => sample.timeMs)) - samples[0]!.timeMs;
  return gridMs * Math.max(1, Math.min(MAX_PATH_STEPS, Math.round(spanMs / gridMs)));
}

function pathLengthPx(samples: readonly Sample[]): number {
  let lengthPx = 0;
  for (let index = 1; index < samples.length; index += 1) {
    lengthPx += Math.hypot(
      samples[index]!.xPx - samples[index - 1]!.xPx,
      samples[index]!.yPx - samples[index - 1]!.yPx,
    );
  }
  return lengthPx;
}

/** The same path in another time, from 0 to `durationMs`; time that runs backwards counts as standing still. */
function stretchTo(samples: readonly Sample[], durationMs: number): Sample[] {
  let latestMs = samples[0]!.timeMs;
  const forward = samples.map((sample) => {
    latestMs = Math.max(latestMs, sample.timeMs);
    return latestMs - samples[0]!.timeMs;
  });
  const lastMs = forward.at(-1)!;
  return samples.map((sample, index) => ({
    ...sample,
    timeMs:
      lastMs > 0 ? (forward[index]! / lastMs) * durationMs : (index / (samples.length - 1)) * durationMs,
  }));
}

/** The same path passed earlier or later on the way: shares of the duration raised to a random power. */
function bent(
  samples: readonly Sample[],
  durationMs: number,
  logSd: number,
  random: Random,
): readonly Sample[] {
  if (logSd === 0) return samples;
  const power = Math.exp(logSd * randomNormal(random));
  return samples.map((sample) => ({ ...sample, timeMs: (sample.timeMs / durationMs) ** power * durationMs }));
}

/** One sample every `everyMs` from a phase (0 to 1), with the first and last kept. */
function resample(samples: readonly Sample[], durationMs: number, everyMs: number, phase: number): Sample[] {
  const inner: Sample[] = [];
  for (let timeMs = everyMs * phase; timeMs < durationMs; timeMs += everyMs) {
    if (timeMs > 0 && inner.length < MAX_PATH_STEPS - 1) inner.push(placeAt(samples, timeMs));
  }
  return [samples[0]!, ...inner, samples.at(-1)!];
}

/** Start, middle of the path and end. */
function endsOnly(samples: readonly Sample[]): Sample[] {
  const halfPx = pathLengthPx(samples) / 2;
  let passedPx = 0;
  for (let index = 1; index < samples.length; index += 1) {
    const before = samples[index - 1]!;
    const after = samples[index]!;
    const stepPx = Math.hypot(after.xPx - before.xPx, after.yPx - before.yPx);
    if (passedPx + stepPx >= halfPx && stepPx > 0) {
      return [samples[0]!, between(before, after, (halfPx - passedPx) / stepPx), samples.at(-1)!];
    }
    passedPx += stepPx;
  }
  throw new Error('a path without length has no middle');
}

function placeAt(samples: readonly Sample[], timeMs: number): Sample {
  const after = samples.findIndex((sample) => sample.timeMs >= timeMs);
  if (after <= 0) return { ...samples[after === 0 ? 0 : samples.length - 1]!, timeMs };
  const from = samples[after - 1]!;
  const to = samples[after]!;
  const spanMs = to.timeMs - from.timeMs;
  return { ...between(from, to, spanMs > 0 ? (timeMs - from.timeMs) / spanMs : 1), timeMs };
}

function between(from: Sample, to: Sample, share: number): Sample {
  return {
    timeMs: from.timeMs + share * (to.timeMs - from.timeMs),
    xPx: from.xPx + share * (to.xPx - from.xPx),
    yPx: from.yPx + share * (to.yPx - from.yPx),
  };
}

/** Differences on a grid of random phase, so that neither the place nor the rounding tells where the path lay. */
function relativePath(samples: readonly Sample[], gridPx: number, random: Random): Motion['path'] {
  const xPhase = random();
  const yPhase = random();
  const rounded = samples.map((sample) => ({
    timeMs: Math.round(sample.timeMs),
    xPx: Math.round(sample.xPx / gridPx + xPhase) * gridPx,
    yPx: Math.round(sample.yPx / gridPx + yPhase) * gridPx,
  }));
  const path: Motion['path'] = { dtMs: [], dxPx: [], dyPx: [] };
  for (let index = 1; index < rounded.length; index += 1) {
    path.dtMs.push(rounded[index]!.timeMs - rounded[index - 1]!.timeMs);
    path.dxPx.push(clamp(rounded[index]!.xPx - rounded[index - 1]!.xPx, MAX_PATH_STEP_PX));
    path.dyPx.push(clamp(rounded[index]!.yPx - rounded[index - 1]!.yPx, MAX_PATH_STEP_PX));
  }
  return path;
}

function endOffset(raw: RawMovement): Motion['endOffset'] {
  const target = raw.target;
  if (target === null) return null;
  return {
    xQuarters: offsetQuarters(raw.xPx.at(-1)! - target.xPx, target.widthPx),
    yQuarters: offsetQuarters(raw.yPx.at(-1)! - target.yPx, target.heightPx),
  };
}

/** A size as the nearest power of two. */
export function sizeLog2(sizePx: number): number {
  return Math.min(MAX_SIZE_LOG2, Math.max(0, Math.round(Math.log2(Math.max(1, sizePx)))));
}

function offsetQuarters(offsetPx: number, sizePx: number): number {
  if (sizePx <= 0) return 0;
  return clamp(Math.round((offsetPx / (sizePx / 2)) * MAX_OFFSET_QUARTERS), MAX_OFFSET_QUARTERS);
}

/** Adding zero turns -0, which JSON cannot tell, into 0. */
function clamp(value: number, bound: number): number {
  return Math.min(bound, Math.max(-bound, value)) + 0;
}

/**
 * The cheap attack: weighted distances, no matrix algebra. A smoke alarm, and a check on the learned attacks.
 *
 * Features are scaled by the background's median and spread; a feature weighs more the more people differ in it and
 * the less each person varies. Scores are normalised per probe, then per enrolled person.
 */
import type { Attack, Enrolled, Scores } from './attack.ts';
import { normalised } from './normalise-scores.ts';
import { deviation, mean, quantiles } from './statistics.ts';
import type { Unit } from './units.ts';

const CLIP = 3;
/** Keeps features that hardly vary within a person from weighing all. */
const WITHIN_FLOOR = 0.05;

export const cheapAttack: Attack = ({ background, probes, galleries }) => {
  const scale = learnScale(background);
  const weights = learnWeights(background, scale);
  const weighted = (unit: Unit) => scale(unit.features).map((value, index) => value * weights[index]!);
  const probeRows = probes.map(weighted);
  return new Map([
    [
      'cheap',
      galleries.map((gallery) => normalised(distances(probeRows, gallery, weighted), gallery.length)),
    ],
  ]);
};

/** Minus the mean weighted distance of each probe to the units of each person. */
function distances(
  probeRows: readonly Float64Array[],
  gallery: readonly Enrolled[],
  weighted: (unit: Unit) => Float64Array,
): Scores {
  const rows = gallery.map(({ units }) => units.map(weighted));
  const scores = new Float32Array(probeRows.length * gallery.length);
  probeRows.forEach((probe, at) => {
    rows.forEach((units, person) => {
      let sum = 0;
      for (const unit of units) {
        for (let index = 0; index < probe.length; index += 1) sum += Math.abs(probe[index]! - unit[index]!);
      }
      scores[at * gallery.length + person] = -sum / units.length;
    });
  });
  return scores;
}

/** z-scores, missing values as 0. */
function learnScale(background: readonly Unit[]): (features: readonly number[]) => Float64Array {
  const columns = (background[0]?.features ?? []).map((_value, column) => {
    const values = background.map((unit) => unit.features[column]!).filter((value) => !Number.isNaN(value));
    const spread = deviation(values);
    return { middle: quantiles(values, [0.5])[0]!, spread: spread > 1e-9 ? spread : 1 };
  });
  return (features) =>
    Float64Array.from(columns, ({ middle, spread }, column) => {
      const value = (features[column]! - middle) / spread;
      return Number.isNaN(value) ? 0 : Math.min(CLIP, Math.max(-CLIP, value));
    });
}

function learnWeights(
  background: readonly Unit[],
  scale: (features: readonly number[]) => Float64Array,
): Float64Array {
  const people = [...Map.groupBy(background, ({ person }) => person).values()].map((units) =>
    units.map((unit) => scale(unit.features)),
  );
  return Float64Array.from(people[0]?.[0] ?? [], (_value, column) => {
    const own = people.map((rows) => rows.map((row) => row[column]!));
    const within = WITHIN_FLOOR + mean(own.map(deviation));
    return deviation(own.map(mean)) / within ** 2;
  });
}

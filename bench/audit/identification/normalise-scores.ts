/**
 * Scores of different attacks and for different people -> comparable ones.
 *
 * Some probes fit everybody and some people fit every probe; an attacker who has many of both can take that out.
 */
import type { Scores } from './attack.ts';
import { deviation, mean } from './statistics.ts';

/** z-normalised by probe, then by person; the scores given stay as they are. */
export function normalised(given: Scores, people: number): Scores {
  const scores = given.slice();
  const probes = scores.length / people;
  standardise(scores, probes, people, 1);
  standardise(scores, people, 1, people);
  return scores;
}

/** Each of `count` series in turn, the next `stride` further, its values `step` apart. */
function standardise(scores: Scores, count: number, stride: number, step: number): void {
  const length = scores.length / count;
  for (let series = 0; series < count; series += 1) {
    const at = (index: number) => series * stride + index * step;
    const values = Array.from({ length }, (_unused, index) => scores[at(index)]!);
    const middle = mean(values);
    const spread = deviation(values) || 1;
    values.forEach((value, index) => (scores[at(index)] = (value - middle) / spread));
  }
}

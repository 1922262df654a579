/**
 * The learned attacks: features to `bench/audit/learning/attack.py` and scores back, joined with the cheap attack's.
 */
import { matrixOf, type Learner } from '../learning/open-learner.ts';
import type { Attack, AttackAnswer, Scores } from './attack.ts';
import type { Unit } from './units.ts';

/** All attacks that the learner knows. */
export function learnedAttacks(learner: Learner, seed: number): Attack {
  return async ({ background, probes, galleries }) => {
    const answer = await learner.ask(
      'identify',
      { seed, sizes: galleries.map((gallery) => gallery[0]?.units.length ?? 0) },
      {
        background: featuresOf(background),
        people: matrixOf(background.map(({ person }) => [person])),
        probes: featuresOf(probes),
        ...Object.fromEntries(
          galleries.map((gallery, index) => [
            `gallery${index}`,
            featuresOf(gallery.flatMap(({ units }) => units)),
          ]),
        ),
      },
    );
    const scores: AttackAnswer = new Map();
    for (const [key, { values }] of Object.entries(answer)) {
      const [name, gallery] = key.split(':') as [string, string];
      const own: Scores[] = scores.get(name) ?? [];
      own[Number(gallery)] = values;
      scores.set(name, own);
    }
    return scores;
  };
}

function featuresOf(units: readonly Unit[]) {
  return matrixOf(units.map(({ features }) => features));
}

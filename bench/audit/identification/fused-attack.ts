/**
 * Several attacks as one: what each says by itself, and what they say together.
 */
import type { Attack, AttackAnswer, Scores } from './attack.ts';
import { normalised } from './normalise-scores.ts';

/** Every attack's own scores, normalised, and their sum as `fused`. */
export function fusedAttack(attacks: readonly Attack[]): Attack {
  return async (task) => {
    const answer: AttackAnswer = new Map();
    for (const attack of attacks) {
      for (const [name, scores] of await attack(task)) {
        answer.set(
          name,
          scores.map((own, index) => normalised(own, task.galleries[index]!.length)),
        );
      }
    }
    const all = [...answer.values()];
    answer.set(
      'fused',
      task.galleries.map((_gallery, index) => summed(all.map((scores) => scores[index]!))),
    );
    return answer;
  };
}

function summed(all: readonly Scores[]): Scores {
  return all[0]!.map((_score, at) => all.reduce((sum, scores) => sum + scores[at]!, 0));
}

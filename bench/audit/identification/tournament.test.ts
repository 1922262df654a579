import { describe, expect, it } from 'vitest';
import { seededRandom } from '../seeded-random.ts';
import type { Attack, AttackTask, Scores } from './attack.ts';
import { cheapAttack } from './cheap-attack.ts';
import { measure } from './measures.ts';
import { playTournament } from './tournament.ts';
import type { Unit } from './units.ts';

const PEOPLE = 12;
const OPTIONS = { gallerySizes: [1], folds: 4, probesEach: 3 };

/** Units whose one feature tells the person, as far as `clarity` goes. */
function someUnits(clarity: number, people = PEOPLE): Unit[] {
  const random = seededRandom(7);
  return Array.from({ length: people }, (_unused, person) =>
    (['gallery', 'gallery', 'gallery', 'probe', 'probe', 'probe'] as const).map((part) => ({
      person,
      part,
      features: [clarity * person + random(), random()],
    })),
  ).flat();
}

/** An attack that is told the truth. */
const knowing: Attack = ({ probes, galleries }) =>
  new Map([
    [
      'knowing',
      galleries.map((gallery): Scores =>
        Float32Array.from(
          probes.flatMap((probe) => gallery.map(({ person }) => Number(person === probe.person))),
        ),
      ),
    ],
  ]);

async function play(
  attack: Attack,
  units: readonly Unit[],
  changes: Partial<Parameters<typeof playTournament>[0]> = {},
) {
  return playTournament({ units, attack, ...OPTIONS, ...changes, random: seededRandom(1) });
}

describe('a tournament', () => {
  it('never lets an attack learn from whom it is tested on', async () => {
    const tasks: AttackTask[] = [];
    await play((task) => {
      tasks.push(task);
      return knowing(task);
    }, someUnits(1));
    expect(tasks).toHaveLength(6);
    for (const { background, probes, galleries } of tasks) {
      const learned = new Set(background.map(({ person }) => person));
      expect(learned.size).toBe(PEOPLE / 2);
      expect(probes.filter(({ person }) => learned.has(person))).toEqual([]);
      expect(galleries.flat().filter(({ person }) => learned.has(person))).toEqual([]);
    }
  });

  it('compares each probe with every other person once', async () => {
    const trials = (await play(knowing, someUnits(1))).get(1)!.get('knowing')!;
    expect(trials.people).toBe(PEOPLE);
    expect(trials.trials.size).toBe(3 * PEOPLE);
    for (const scores of trials.impostor.values()) expect(scores).toHaveLength(3 * (PEOPLE - 1));
    for (const scores of trials.genuine.values()) expect(scores).toHaveLength(3);
  });

  it('counts everyone ahead of the right one, and those level with it', async () => {
    const wrong: Attack = async (task) =>
      new Map(
        [...(await knowing(task))].map(([name, all]) => [name, all.map((row) => row.map((score) => -score))]),
      );
    const blind: Attack = async (task) =>
      new Map([...(await knowing(task))].map(([name, all]) => [name, all.map((row) => row.map(() => 0))]));
    const betters = async (attack: Attack) => [
      ...new Set(
        [...(await play(attack, someUnits(1))).get(1)!.get('knowing')!.trials.values()].map(
          ({ better, equal }) => `${better} ${equal}`,
        ),
      ),
    ];
    expect(await betters(knowing)).toEqual(['0 0']);
    expect(await betters(wrong)).toEqual([`${PEOPLE - 1} 0`]);
    expect(await betters(blind)).toEqual([`0 ${PEOPLE - 1}`]);
  });

  it('enrols as many as asked, and leaves out galleries that too few people have', async () => {
    const seen = new Set<number>();
    const bySize = await play(
      (task) => {
        for (const gallery of task.galleries) for (const { units } of gallery) seen.add(units.length);
        return knowing(task);
      },
      someUnits(1),
      { gallerySizes: [1, 3, 4] },
    );
    expect([...seen].sort()).toEqual([1, 3]);
    expect([...bySize.keys()]).toEqual([1, 3]);
  });

  it('adds up what the parts of a probe say, where they count together', async () => {
    // Each part points to the right one in 6 of 10 trials, and everybody else is scored at random.
    const random = seededRandom(3);
    const unsure: Attack = async (task) =>
      new Map(
        [...(await knowing(task))].map(([name, all]) => [
          name,
          all.map((row) => row.map((score) => (random() < 0.6 ? score : 0) + 0.9 * random())),
        ]),
      );
    const top1 = async (together: boolean) => {
      const trials = (await play(unsure, someUnits(1, 40), { together })).get(1)!.get('knowing')!;
      expect(trials.trials.size).toBe(together ? 40 : 120);
      return measure(trials, 40, seededRandom(1)).top1;
    };
    expect(await top1(true)).toBeGreaterThan((await top1(false)) + 0.15);
  });

  it('needs three folds', async () => {
    await expect(play(knowing, someUnits(1), { folds: 2 })).rejects.toThrow('at least 3 folds');
  });
});

describe('the cheap attack', () => {
  it('names people who differ, and guesses among those who do not', async () => {
    const top1 = async (clarity: number) => {
      const trials = (await play(cheapAttack, someUnits(clarity, 40))).get(1)!.get('cheap')!;
      return measure(trials, 40, seededRandom(1)).top1;
    };
    expect(await top1(5)).toBeGreaterThan(0.9);
    expect(await top1(0)).toBeLessThan(0.1);
  });

  it('takes missing features for average ones', async () => {
    const units = someUnits(5, 40).map((unit) => ({ ...unit, features: [...unit.features, NaN] }));
    const trials = (await play(cheapAttack, units)).get(1)!.get('cheap')!;
    expect(measure(trials, 40, seededRandom(1)).top1).toBeGreaterThan(0.9);
  });
});

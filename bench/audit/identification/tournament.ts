/**
 * Units of all people -> how each probe ranked its own person, every person tested by attacks that never saw them.
 *
 * People are dealt into folds. For each pair of folds an attack learns from all others and is tested on the people of
 * both. A probe's own person and another are always compared by one attack that knows neither, so ranks among all
 * people can be counted although nobody is ever both learned from and tested.
 */
import { shuffled, type Random } from '../../../src/trace/random.ts';
import type { Attack, Enrolled, Scores } from './attack.ts';
import { deviation, mean } from './statistics.ts';
import { pushTo, type Trials } from './trials.ts';
import type { Unit } from './units.ts';

export interface TournamentOptions {
  units: readonly Unit[];
  attack: Attack;
  /** How many units are enrolled of each person, a condition each. */
  gallerySizes: readonly number[];
  /** Into how many folds people are dealt: at least 3. */
  folds: number;
  /** At most so many probes of each person. */
  probesEach: number;
  /** A person's probes are parts of one: their scores are added up, and it is the sum that ranks. */
  together?: boolean;
  random: Random;
}

/** Trials for each gallery size, by the name of the attack; sizes that too few people have are left out. */
export async function playTournament(options: TournamentOptions): Promise<Map<number, Map<string, Trials>>> {
  const { units, attack, gallerySizes, folds, probesEach, together = false, random } = options;
  if (folds < 3) throw new RangeError(`tournament: needs at least 3 folds, got ${folds}`);
  const people = [...Map.groupBy(units, ({ person }) => person)].map(([person, own]) => {
    const ofPart = (part: Unit['part']) =>
      shuffled(
        own.filter((unit) => unit.part === part),
        random,
      );
    return { person, own, enrolled: ofPart('gallery'), probes: ofPart('probe').slice(0, probesEach) };
  });
  const foldOf = new Map(shuffled(people, random).map(({ person }, index) => [person, index % folds]));
  const table: Table = new Map();

  for (let one = 0; one < folds; one += 1) {
    for (let other = one + 1; other < folds; other += 1) {
      const isTested = ({ person }: { person: number }) =>
        foldOf.get(person) === one || foldOf.get(person) === other;
      const tested = people.filter(isTested);
      const sizes = gallerySizes.filter(
        (size) => people.filter(({ enrolled }) => enrolled.length >= size).length >= folds,
      );
      const galleries = sizes.map((size): Enrolled[] =>
        tested
          .filter(({ enrolled, probes }) => enrolled.length >= size && probes.length > 0)
          .map(({ person, enrolled }) => ({ person, units: enrolled.slice(0, size) })),
      );
      const probes = tested.flatMap((person) => person.probes);
      const background = people.filter((person) => !isTested(person)).flatMap(({ own }) => own);
      for (const [name, answers] of await attack({ background, probes, galleries })) {
        answers.forEach((scores, index) => {
          const gallery = galleries[index]!;
          const game = {
            ...(together ? addedUp(probes, scores, gallery.length) : { probes, scores }),
            gallery,
            foldOf,
            pair: [one, other] as const,
            folds,
          };
          note(game, trialsOf(table, sizes[index]!, name));
        });
      }
    }
  }
  return table;
}

/** One probe of each person, the first of their parts, with the scores of all of them. */
function addedUp(
  parts: readonly Unit[],
  scores: Scores,
  galleryPeople: number,
): { probes: Unit[]; scores: Scores } {
  const rows = Map.groupBy(parts.keys(), (row) => parts[row]!.person);
  const sums = new Float32Array(rows.size * galleryPeople);
  [...rows.values()].forEach((own, person) => {
    for (const row of own) {
      for (let column = 0; column < galleryPeople; column += 1)
        sums[person * galleryPeople + column]! += scores[row * galleryPeople + column]!;
    }
  });
  return { probes: [...rows.values()].map(([first]) => parts[first!]!), scores: sums };
}

type Table = Map<number, Map<string, Trials>>;

interface Game {
  probes: readonly Unit[];
  gallery: readonly Enrolled[];
  scores: Scores;
  foldOf: ReadonlyMap<number, number>;
  pair: readonly [number, number];
  folds: number;
}

/** What the probes of one game add: each pair of people is compared in one game only. */
function note({ probes, gallery, scores, foldOf, pair, folds }: Game, into: Trials): void {
  const columnOf = new Map(gallery.map(({ person }, column) => [person, column]));
  const standard = impostorScale(probes, gallery, scores);
  into.groupPeople = Math.max(into.groupPeople, gallery.length);
  probes.forEach((probe, at) => {
    const column = columnOf.get(probe.person);
    if (column === undefined) return;
    const row = scores.subarray(at * gallery.length, (at + 1) * gallery.length);
    const own = row[column]!;
    const trial = into.trials.get(probe) ?? {
      person: probe.person,
      better: 0,
      equal: 0,
      lead: 0,
      isRight: false,
    };
    into.trials.set(probe, trial);
    const ownFold = foldOf.get(probe.person)!;
    // People of the own fold meet in every game of the fold; the one with the next fold counts.
    const isHome = pair.includes((ownFold + 1) % folds);
    gallery.forEach(({ person }, index) => {
      if (index === column || (foldOf.get(person) === ownFold && !isHome)) return;
      const score = row[index]!;
      if (score > own) trial.better += 1;
      else if (score === own) trial.equal += 1;
      pushTo(into.impostor, probe.person, standard(score));
    });
    if (!isHome) return;
    pushTo(into.genuine, probe.person, standard(own));
    const [first, second] = row.toSorted().subarray(-2).reverse();
    trial.lead = standard(first!) - standard(second!);
    trial.isRight = own === first && trial.lead > 0;
  });
  into.people = into.genuine.size;
}

/** Scores of different attacks become comparable by those that they give to the wrong people. */
function impostorScale(
  probes: readonly Unit[],
  gallery: readonly Enrolled[],
  scores: Scores,
): (score: number) => number {
  const wrong: number[] = [];
  probes.forEach((probe, at) => {
    gallery.forEach(({ person }, index) => {
      if (person !== probe.person) wrong.push(scores[at * gallery.length + index]!);
    });
  });
  const middle = mean(wrong);
  const spread = deviation(wrong) || 1;
  return (score) => (score - middle) / spread;
}

function trialsOf(table: Table, size: number, name: string): Trials {
  const ofSize = table.get(size) ?? new Map<string, Trials>();
  table.set(size, ofSize);
  const trials = ofSize.get(name) ?? {
    people: 0,
    groupPeople: 0,
    trials: new Map(),
    genuine: new Map(),
    impostor: new Map(),
  };
  ofSize.set(name, trials);
  return trials;
}

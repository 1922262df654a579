import { beforeAll, describe, expect, it } from 'vitest';
import { syntheticPools } from '../cohort/motor-pool.ts';
import { seededRandom } from '../seeded-random.ts';
import { attackEachOther, liveThrough, type Lived } from './joining.ts';
import { joiningVerdict, type JoiningResult } from './joining-result.ts';
import { simulatedWork } from './person-work.ts';
import type { StolenRecord } from './stolen.ts';

const PEOPLE = 7;
const random = seededRandom(11);
const about = { random, cohort: 'simulated', level: 'balanced' } as const;

let worlds: Lived[];

beforeAll(async () => {
  const pools = syntheticPools(2 * PEOPLE, random);
  worlds = [];
  for (const own of [pools.slice(0, PEOPLE), pools.slice(PEOPLE)]) {
    const work = simulatedWork({
      people: PEOPLE,
      days: 1,
      tasksPerDay: 8,
      habitStrength: 0,
      random,
      pools: own,
    });
    worlds.push(await liveThrough(work, { ...about, withdrawing: 0 }));
  }
}, 60_000);

const attack = (attacked: readonly Lived[]): JoiningResult[] =>
  attackEachOther([attacked], ['motion-episode'], { ...about, people: PEOPLE, probes: 200, candidates: 100 });

function above(results: readonly JoiningResult[], channel: string): number {
  const { top1, chance } = results.find((result) => result.channel === channel)!;
  return top1 - chance;
}

describe('the joining audit', () => {
  it('finds ids in sequence and an order of arrival, weighs them together, and fails', () => {
    const results = attack(worlds.map(withCounterAndOrder));
    expect(above(results, 'id')).toBeGreaterThan(0.3);
    expect(above(results, 'order')).toBeGreaterThan(0.3);
    expect(above(results, 'all')).toBeGreaterThan(0.5);
    const { failures } = joiningVerdict(results);
    expect(failures.map(({ channel }) => channel)).toEqual(expect.arrayContaining(['id', 'order', 'all']));
  });

  it('finds records that were withdrawn together', () => {
    const results = attack(worlds.map(withOneWithdrawn));
    expect(above(results, 'tombstones')).toBeGreaterThan(0.05);
  });

  it('finds nothing in ids, order and releases of the product’s own database, where all are alike', () => {
    const results = attack(worlds);
    for (const channel of ['id', 'order', 'release', 'tombstones'])
      expect(above(results, channel)).toBeLessThan(0.12);
  });
});

/** As a table with a counter would have it, written person by person. */
function withCounterAndOrder({ stolen, personOf }: Lived): Lived {
  const people = [...new Set(personOf.values())];
  const truth = new Map<string, string>();
  let counter = 0;
  const changed = <Record extends StolenRecord>(records: readonly Record[]): Record[] =>
    records.map((record) => {
      const person = personOf.get(record.recordId)!;
      const id = Buffer.alloc(16);
      id.writeUInt32BE(people.indexOf(person) * 2 ** 24 + (counter += 1));
      const recordId = id.toString('base64url');
      truth.set(recordId, person);
      const place = people.indexOf(person) / people.length;
      return { ...record, recordId, place, page: Math.floor(1000 * place) };
    });
  return {
    stolen: {
      motion: changed(stolen.motion),
      rhythm: changed(stolen.rhythm),
      episode: changed(stolen.episode),
    },
    personOf: truth,
  };
}

/** One person's records are gone in one night, and nobody else's. */
function withOneWithdrawn({ stolen, personOf }: Lived): Lived {
  const [leaving] = personOf.values();
  const changed = <Record extends StolenRecord>(records: readonly Record[]): Record[] =>
    records.map((record) => ({ ...record, goneInNight: personOf.get(record.recordId) === leaving ? 5 : -1 }));
  return {
    stolen: {
      motion: changed(stolen.motion),
      rhythm: changed(stolen.rhythm),
      episode: changed(stolen.episode),
    },
    personOf,
  };
}

import { describe, expect, it } from 'vitest';
import { seededRandom } from '../seeded-random.ts';
import { closedWorld } from './closed-world.ts';
import { auditEpisodes, type EpisodeScenario } from './episode-audit.ts';
import { simulatedEpisodes } from './episode-people.ts';

async function rowsOf(scenario: EpisodeScenario) {
  return auditEpisodes({
    random: seededRandom(1),
    people: 56,
    days: 6,
    levels: ['balanced'],
    scenarios: [scenario],
    galleries: [7],
    attacks: [{ attack: 'bayes', sees: 'everything' }],
  });
}
const bestOf = (rows: Awaited<ReturnType<typeof rowsOf>>) =>
  rows.find(({ attack, gallery, people }) => attack === 'bayes' && gallery === 7 && people === 10)!;

describe('identification by episodes', () => {
  it('finds people with habits, and nobody where all are alike', async () => {
    const [habits, alike] = [await rowsOf('own work, manner and device'), await rowsOf('alike')];
    expect(bestOf(habits).low).toBeGreaterThan(4 * bestOf(habits).chance);
    expect(bestOf(alike).low).toBeLessThan(bestOf(alike).chance);
    expect(bestOf(alike).top1).toBeLessThan(1.6 * bestOf(alike).chance);
    expect(bestOf(alike).eer).toBeGreaterThan(0.44);
  });

  it('finds people who do the same work by their manner alone', async () => {
    expect(bestOf(await rowsOf('own manner')).low).toBeGreaterThan(1.5 * 0.1);
  });

  it('has the same episodes to work on at balanced and at strict', async () => {
    const at = (level: 'balanced' | 'strict') =>
      simulatedEpisodes({ people: 2, days: 1, level, random: seededRandom(3) });
    expect(await at('strict')).toEqual(await at('balanced'));
  });
});

describe('a closed world', () => {
  const worst = { person: 0, scores: [0, ...Array.from({ length: 99 }, () => 1)] };
  const best = { person: 0, scores: [2, ...Array.from({ length: 99 }, () => 1)] };
  const tied = { person: 0, scores: Array.from({ length: 100 }, () => 1) };

  it('of all who were scored counts who is first', () => {
    expect(closedWorld([best, worst], 100, seededRandom(1))).toMatchObject({ top1: 0.5, top5: 0.5 });
    expect(closedWorld([tied], 100, seededRandom(1)).top1).toBeCloseTo(0.01);
    expect(closedWorld([tied], 100, seededRandom(1)).top5).toBeCloseTo(0.05);
  });

  it('of fewer is the mean over all choices of the others', () => {
    // With one better among 99, nine drawn others hold it with 9 / 99.
    const second = { person: 0, scores: [2, 3, ...Array.from({ length: 98 }, () => 1)] };
    expect(closedWorld([second], 10, seededRandom(1)).top1).toBeCloseTo(1 - 9 / 99);
    expect(closedWorld([worst], 10, seededRandom(1)).top5).toBe(0);
    expect(closedWorld([tied], 10, seededRandom(1)).top1).toBeCloseTo(0.1);
  });
});

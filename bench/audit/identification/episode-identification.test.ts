import { describe, expect, it } from 'vitest';
import { seededRandom } from '../seeded-random.ts';
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

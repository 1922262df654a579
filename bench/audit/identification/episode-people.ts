/**
 * Simulated workers -> their episodes, made by the product's own code at one level.
 *
 * Runs in the audit. Steps only: movements and typing are no part of an episode.
 */
import { createKeyedHasher } from '../../../src/anonymize/keyed-hash.ts';
import type { Random } from '../../../src/trace/random.ts';
import { recordWork, rememberingHasher } from '../cohort/recorded-work.ts';
import { simulateWorkers, type SimulationOptions } from '../cohort/simulated-workers.ts';
import type { EpisodePerson, EpisodeSample } from './episode-features.ts';
import type { EpisodeRow } from './episode-identification.ts';

/** Any key will do: only whether two keys are the same matters. */
const HASHING_KEY = 'A'.repeat(43);

/** @param options.pools are not needed. */
export async function simulatedEpisodes(
  options: SimulationOptions & { level: EpisodeRow['level']; random: Random },
): Promise<EpisodePerson[]> {
  const hasher = rememberingHasher(await createKeyedHasher(HASHING_KEY));
  const level = options.level === 'raw' ? 'balanced' : options.level;
  const people: { person: number; episodes: EpisodeSample[] }[] = [];
  for (const { person, device, messages } of simulateWorkers(options)) {
    const { episodes, rawSteps } = await recordWork(messages, { level, hasher, random: options.random });
    const own = (people[person] ??= { person, episodes: [] });
    for (const { content, sequences } of episodes) {
      if (content === undefined || content.steps.length === 0) continue;
      const steps = sequences.map((sequence) => rawSteps[sequence]).filter((step) => step !== undefined);
      const viewport = `${device.widthPx} ${device.heightPx} ${device.pixelRatio} ${device.pointerType}`;
      own.episodes.push({ content, ...(options.level === 'raw' && { raw: { steps, viewport } }) });
    }
  }
  return people;
}

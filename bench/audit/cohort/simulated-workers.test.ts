import { describe, expect, it } from 'vitest';
import { createKeyedHasher } from '../../../src/anonymize/keyed-hash.ts';
import { RawMessage } from '../../../src/capture/fragments.ts';
import { Episode } from '../../../src/trace/episode.ts';
import { seededRandom } from '../seeded-random.ts';
import { syntheticPools } from './motor-pool.ts';
import { recordWork, rememberingHasher } from './recorded-work.ts';
import { simulateWorkers } from './simulated-workers.ts';

const pools = syntheticPools(3, seededRandom(1));
const days = [...simulateWorkers({ people: 3, days: 2, tasksPerDay: 6, random: seededRandom(2), pools })];
const hasher = rememberingHasher(await createKeyedHasher('A'.repeat(43)));

describe('simulated workers', () => {
  it('tell what capture could have told, in messages of one frame that are numbered without a gap', () => {
    for (const { messages } of days) {
      const numbers = new Map<string, number>();
      for (const { message } of messages) {
        expect(RawMessage.safeParse(message).error).toBeUndefined();
        expect(message.number).toBe(numbers.get(message.frame) ?? 0);
        numbers.set(message.frame, message.number + 1);
      }
      expect(messages.map(({ sentMs }) => sentMs)).toEqual(
        messages.map(({ sentMs }) => sentMs).sort((one, other) => one - other),
      );
    }
  });

  it('tell a view before the steps in it, steps in order, and nothing before it has happened', () => {
    for (const { messages } of days) {
      const viewedTabs = new Set<number>();
      const lastStepMs = new Map<number, number>();
      for (const { tabId, sentMs, message } of messages)
        for (const fragment of message.fragments) {
          expect(fragment.atMs).toBeLessThanOrEqual(sentMs);
          if (fragment.kind === 'view') viewedTabs.add(tabId);
          if (fragment.kind !== 'step') continue;
          expect(viewedTabs.has(tabId)).toBe(true);
          expect(fragment.atMs).toBeGreaterThanOrEqual(lastStepMs.get(tabId) ?? 0);
          lastStepMs.set(tabId, fragment.atMs);
        }
    }
  });

  it('know of each of their steps which task it was for', () => {
    for (const { messages, truth } of days) {
      const steps = messages.flatMap(({ message }) =>
        message.fragments.filter(({ kind }) => kind === 'step'),
      );
      const known = steps.map((step) => truth.get(step));
      expect(known).not.toContain(undefined);
      expect(new Set(known.map((one) => one!.performance)).size).toBeGreaterThan(1);
    }
  });

  it('slip only where that is asked for, and know it', () => {
    const deedsOf = (slips: boolean) => {
      const options = { people: 10, days: 2, random: seededRandom(8), slips };
      const truths = [...simulateWorkers(options)].flatMap(({ truth }) => [...truth.values()]);
      return new Set(truths.map(({ deed }) => deed));
    };
    const slips = [
      'missedPress',
      'pressedInVain',
      'pressedAgain',
      'wrongTurn',
      'turnedBack',
      'gaveUp',
    ] as const;
    const [slipping, others] = [deedsOf(true), deedsOf(false)];
    expect(slips.filter((deed) => slipping.has(deed))).toEqual(slips);
    expect(slips.filter((deed) => others.has(deed))).toEqual([]);
    expect(others.has('secondThoughts')).toBe(true);
  });

  it('are the same again for the same randomness, and others for other', () => {
    const again = (seed: number) => [
      ...simulateWorkers({ people: 2, days: 1, tasksPerDay: 2, random: seededRandom(seed) }),
    ];
    expect(again(5)).toEqual(again(5));
    expect(again(6)).not.toEqual(again(5));
  });

  it('become valid episodes, motions and rhythms by the product', async () => {
    const work = await recordWork(days[0]!.messages, { level: 'balanced', hasher, random: seededRandom(3) });
    expect(work.episodes.length).toBeGreaterThan(1);
    expect(new Set(work.records.map(({ content }) => content.kind))).toEqual(new Set(['motion', 'rhythm']));
    for (const { content } of work.episodes)
      expect(
        Episode.safeParse({ ...content, recordId: 'A'.repeat(22), recordedOn: '2026-03-02' }).error,
      ).toBeUndefined();
    work.held.forEach((item, sequence) =>
      expect(work.rawSteps[sequence]?.action).toBe('step' in item ? item.step?.action : undefined),
    );
  });

  it('differ in what they do with habits, and hardly without', () => {
    const spreadOf = (habitStrength: number) => {
      const shares = [
        ...simulateWorkers({ people: 12, days: 1, tasksPerDay: 30, random: seededRandom(4), habitStrength }),
      ].map(({ messages }) => {
        const steps = messages.flatMap(({ message }) =>
          message.fragments.filter(({ kind }) => kind === 'step'),
        );
        return steps.filter((step) => 'keyboard' in step && step.keyboard === true).length / steps.length;
      });
      const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
      return Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length);
    };
    expect(spreadOf(1)).toBeGreaterThan(2 * spreadOf(0));
  });
});

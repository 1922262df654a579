import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataset } from '../../dataset/open-dataset.ts';
import { simulateWorkers } from '../audit/cohort/simulated-workers.ts';
import { SIMULATED_APPS } from '../audit/joining/person-work.ts';
import { seededRandom } from '../audit/seeded-random.ts';
import { publishWork, type WorkDay } from './published-work.ts';
import { readSteps } from './step-rows.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'proffer-published-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const workers = { people: 4, days: 1, tasksPerDay: 3, slips: true };
const days: WorkDay[] = Array.from(
  simulateWorkers({ ...workers, random: seededRandom(1) }),
  ({ person, messages, truth }) => ({ person: `worker ${person}`, messages, truth }),
);

async function published(level: 'linked' | 'balanced', minContributors: number, name: string) {
  const outDir = join(dir, name);
  const random = seededRandom(2);
  const truthOf = await publishWork({ days, apps: SIMULATED_APPS, level, random, outDir, minContributors });
  const dataset = await openDataset(outDir);
  const wholes = await readSteps(dataset);
  dataset.close();
  return { truthOf, wholes };
}

describe('published work', () => {
  it.each(['linked', 'balanced'] as const)('at %s is all there, with who did it and why', async (level) => {
    const { truthOf, wholes } = await published(level, 0, level);
    const told = days.flatMap(({ messages }) =>
      messages.flatMap(({ message }) => message.fragments.filter(({ kind }) => kind === 'step')),
    );
    const known = wholes.flatMap(({ recordId, steps }) => {
      const { person, steps: truths } = truthOf.get(recordId)!;
      expect(person).toMatch(/^worker [0-3]$/);
      expect(truths).toHaveLength(steps.length);
      steps.forEach(({ action }, index) => expect(truths[index] === undefined).toBe(action === 'switch_tab'));
      return truths.filter((truth) => truth !== undefined);
    });
    expect(known).toHaveLength(told.length);
  });

  it('hides what too few have met, at all levels but linked', async () => {
    const keysAt = async (level: 'linked' | 'balanced') => {
      const { wholes } = await published(level, 3, level);
      return wholes.flatMap(({ steps }) => steps.map((row) => row['target_element_key']));
    };
    expect(await keysAt('balanced')).toContain('other');
    expect(await keysAt('linked')).not.toContain('other');
  });

  it('is the same again for the same randomness', async () => {
    const [one, other] = [await published('balanced', 0, 'one'), await published('balanced', 0, 'other')];
    expect(one.wholes).toEqual(other.wholes);
  });
});

/**
 * From a record to tables and back it is the same record.
 */
import { expect, it } from 'vitest';
import { ACTIONS, EFFECTS, PRESS_KEYS, SHORTCUTS, STATES } from '../src/trace/limits.ts';
import type { PublishedRecord } from '../src/trace/published.ts';
import { openDataset, type Dataset } from './open-dataset.ts';
import { recordOfWork } from './record-of-work.ts';
import { streamWork } from './stream-work.ts';
import { withTemporaryFolder } from './testing/dataset-reader.ts';
import {
  aCollector,
  aLinkedCollector,
  aLinkedTrace,
  CHARTER,
  LINKED_PURPOSE,
  pullOrFail,
} from './testing/pulling.ts';
import { anEpisode, aRow, aStep, aTarget, aView } from './testing/published-rows.ts';

/** All records of a dataset by their ids, and the order they came in. */
async function readRecords(dataset: Dataset) {
  const records: PublishedRecord[] = [];
  for await (const work of streamWork(dataset)) records.push(recordOfWork(work));
  return records;
}

const byId = (records: readonly PublishedRecord[]) =>
  [...records].sort((one, other) => (one.recordId < other.recordId ? -1 : 1));

/** An episode in which everything occurs that a step can tell. */
function aFullEpisode(seed: number) {
  const steps = [
    ...ACTIONS.map((action) => aStep({ action })),
    ...EFFECTS.map((effect) => aStep({ effect, pathFlags: ['hesitated', 'overshot'], keyboard: true })),
    ...PRESS_KEYS.map((key) => aStep({ action: 'press', key, focusedRole: 'textbox' })),
    ...SHORTCUTS.map((shortcut) => aStep({ action: 'shortcut', shortcut, scrollPosition: 'unscrollable' })),
    aStep({ action: 'drag', target: aTarget(), destination: aTarget({ role: 'listitem', gridX: 0 }) }),
    aStep({ action: 'type', length: '20-49', target: aTarget({ inputType: 'email', states: [...STATES] }) }),
    aStep({ action: 'scroll', direction: 'down', amount: 'pages' }),
    aStep({ action: 'viewChange', navigation: 'backForward', view: 1 }),
    aStep({ action: 'taskBegun', task: 'file-a-ticket' }),
  ];
  return anEpisode(seed, {
    views: [aView(), aView({ inventory: { roles: {}, landmarks: {} }, width: 'narrow' })],
    steps,
    gaps: [
      { afterStep: -1, reason: 'workerUnreachable' },
      { afterStep: 3, reason: 'paused' },
    ],
    outcome: 'givenUp',
  });
}

it('gives each episode as it was published, over several releases and pages', { timeout: 120_000 }, () =>
  withTemporaryFolder(async (outDir) => {
    const episodes = [aFullEpisode(1000), ...Array.from({ length: 230 }, (_, seed) => anEpisode(seed))];
    const rows = episodes.map((episode) => aRow(CHARTER.hash, episode));
    await pullOrFail(aCollector(rows.slice(0, 100), rows.slice(100)), outDir);
    const dataset = await openDataset(outDir);
    expect(await readRecords(dataset)).toEqual(byId(episodes));
    dataset.close();
  }),
);

it('gives each trace as it was published', () =>
  withTemporaryFolder(async (outDir) => {
    await pullOrFail(aLinkedCollector(90), outDir, { purpose: LINKED_PURPOSE });
    const dataset = await openDataset(outDir);
    const traces = Array.from({ length: 90 }, (_, seed) => aLinkedTrace(seed));
    expect(await readRecords(dataset)).toEqual(byId(traces));
    dataset.close();
  }));

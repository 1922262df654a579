/**
 * What is read back from the tables is what was published.
 */
import { expect, it } from 'vitest';
import { openDataset } from './open-dataset.ts';
import { readEpisode, readTrace } from './record-of-rows.ts';
import { withTemporaryFolder } from './testing/dataset-reader.ts';
import { anEpisode, aRow, aStep, aTarget, keyedHashFor } from './testing/published-rows.ts';
import {
  aCollector,
  aLinkedCollector,
  aLinkedTrace,
  CHARTER,
  LINKED_PURPOSE,
  pullOrFail,
} from './testing/pulling.ts';

const RICH = anEpisode(1, {
  outcome: 'givenUp',
  gaps: [
    { afterStep: -1, reason: 'workerUnreachable' },
    { afterStep: 1, reason: 'storageFull' },
  ],
  steps: [
    aStep({
      action: 'drag',
      target: aTarget({ inputType: 'datetime-local', states: ['invalid', 'hasPopup'], siblings: '20+' }),
      destination: aTarget({ role: 'listitem', elementKey: keyedHashFor('other element') }),
      pathFlags: ['hesitated', 'overshot'],
      focusedRole: 'textbox',
      effect: 'navigationFailed',
    }),
    aStep({ action: 'type', length: '50-99', view: 1, effect: 'stateChanged' }),
    aStep({ action: 'press', key: 'arrowUp' }),
    aStep({ action: 'shortcut', shortcut: 'selectAll', keyboard: true }),
    aStep({ action: 'scroll', direction: 'down', amount: 'pages', scrollPosition: 'unscrollable' }),
    aStep({ action: 'viewChange', navigation: 'backForward' }),
    aStep({ action: 'taskGivenUp', task: 'answer-ticket' }),
  ],
});

it('gives an episode back as it was published, with all that a step can have', () =>
  withTemporaryFolder(async (outDir) => {
    const episodes = [RICH, ...[2, 3, 4].map((seed) => anEpisode(seed))];
    await pullOrFail(aCollector(episodes.map((episode) => aRow(CHARTER.hash, episode))), outDir);
    const dataset = await openDataset(outDir);
    for (const episode of episodes) expect(await readEpisode(dataset, episode.recordId)).toEqual(episode);
    expect(await readEpisode(dataset, 'nothing')).toBeUndefined();
    dataset.close();
  }));

it('gives a trace back with its movements and typing runs', () =>
  withTemporaryFolder(async (outDir) => {
    await pullOrFail(aLinkedCollector(4), outDir, { purpose: LINKED_PURPOSE });
    const dataset = await openDataset(outDir);
    for (const seed of [0, 1, 2, 3]) {
      const trace = aLinkedTrace(seed);
      expect(await readTrace(dataset, trace.recordId)).toEqual(trace);
    }
    dataset.close();
  }));

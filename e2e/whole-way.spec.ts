import { join } from 'node:path';
import { exportDataset } from '../dataset/export/export-dataset.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../dataset/export/formats.ts';
import { pull } from '../dataset/pull.ts';
import { doMinuteOfWork } from '../demo/minute-of-work.ts';
import { consentTo, countShown, sendEverything } from '../demo/participant.ts';
import { countQueueAtRest } from './extension-storage.ts';
import { expect, test, type TappedStudy } from './fixtures.ts';
import { countBy, queryDataset } from './read-dataset.ts';

test(
  'a minute of work arrives in the dataset: every deed once, nothing else',
  { tag: '@firefox-too' },
  async ({ dir, joinAStudy }) => {
    const { study, page: work, popup } = await joinAStudy();
    await consentTo(popup, ['pointer', 'keys', 'workflow']);
    await work.bringToFront();

    const deeds = await doMinuteOfWork(work, study.workAppUrl, () => undefined);
    await popup.bringToFront();
    await countQueueAtRest(popup);
    await sendEverything(popup);
    const dataset = await sealAndPull(study, join(dir, 'dataset'));

    const actions = await countBy(dataset, 'steps', 'action');
    expect(actions).toMatchObject({
      click: deeds.clicks,
      scroll: deeds.scrollBursts,
      type: deeds.typingRuns.length,
    });
    expect(actions.navigate).toBe(deeds.viewChanges);
    expect(actions.double_click ?? 0).toBe(0);

    // A movement that ends on a sensitive field is told as one that ended on nothing.
    const ends = await countBy(dataset, 'motions', 'end');
    const { movements, interruptions } = deeds;
    expectUpTo(interruptions, ends.click!, movements.click);
    expect(ends.click).toBeLessThanOrEqual(movements.click);
    expectUpTo(interruptions, ends.none ?? 0, movements.none);

    // Of a run of n keys at least the first and last are left out, and eight are needed for a record.
    const [rhythms] = await queryDataset(
      dataset,
      'SELECT count(*)::INTEGER AS n, max(key_count) AS longest FROM {rhythms}',
    );
    const longEnough = deeds.typingRuns.filter((keyCount) => keyCount >= 18).length;
    expect(rhythms!.n).toBeGreaterThanOrEqual(longEnough);
    const most = deeds.typingRuns.reduce((sum, keyCount) => sum + Math.ceil(keyCount / 16), 0);
    expect(rhythms!.n).toBeLessThanOrEqual(most);
    expect(rhythms!.longest).toBeLessThanOrEqual(24);

    // Sent once, stored once: the popup's counts, the wire and the dataset agree.
    const [records] = await queryDataset(
      dataset,
      `SELECT (SELECT count(*) FROM {motions})::INTEGER + (SELECT count(*) FROM {rhythms})::INTEGER
       + (SELECT count(*) FROM {episodes})::INTEGER AS n,
     (SELECT count(DISTINCT record_id) FROM {motions})::INTEGER AS motions`,
    );
    expect(await countShown(popup, 'sent')).toBe(records!.n);
    expectUpTo(interruptions, records!.motions as number, movements.click + movements.none);

    // What real work gave can be written in every format; their own tools are asked in the tests of each.
    const [held] = await queryDataset(dataset, 'SELECT count(*)::INTEGER AS episodes FROM {episodes}');
    for (const format of Object.keys(EXPORT_FORMATS) as ExportFormat[]) {
      const outDir = join(dir, format);
      const exported = await exportDataset({ datasetDir: dataset, format, outDir });
      expect(exported, format).toMatchObject({ kind: 'done', releases: [1] });
      if (exported.kind !== 'done') continue;
      const { recordings, trajectories, ...counts } = exported.counts;
      if (recordings ?? trajectories) expect(recordings ?? trajectories).toBe(held!.episodes);
      else expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(100);
    }
  },
);

/** As many as were done, but for those in which a slow computer made the person rest. */
function expectUpTo(interruptions: number, count: number, done: number): void {
  expect(Math.abs(count - done), `${count} of ${done}`).toBeLessThanOrEqual(interruptions);
}

async function sealAndPull(study: TappedStudy, outDir: string): Promise<string> {
  expect(study.seal()).toContain('Release 1');
  const pulled = await pull({
    from: study.tap.url,
    key: study.addReader('data-team'),
    purpose: study.charter.purpose,
    outDir,
  });
  expect(pulled).toMatchObject({ kind: 'done' });
  return outDir;
}

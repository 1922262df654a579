/**
 * A dataset of linked data: traces alone, in place, with a card that says what it is.
 */
import { spawnSync } from 'node:child_process';
import { readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { countSteps } from '../src/trace/packed-path.ts';
import { RISK_STATEMENTS, smallTeamStatement } from '../src/trace/risk-statement.ts';
import { renderCard } from './card.ts';
import { ORDINARY_CARD } from './card-text.ts';
import { PICTURES_DIR } from './dataset-folder.ts';
import { LINKED_CARD } from './linked-card-text.ts';
import { tablesFor } from './tables.ts';
import { query, withTemporaryFolder } from './testing/dataset-reader.ts';
import { ORIGIN, PURPOSE } from './testing/fake-collector.ts';
import { aCharter, aMotion, aRow, aTrace, recordIdFor } from './testing/published-rows.ts';
import {
  aCollector,
  aLinkedCollector,
  aLinkedTrace,
  LINKED_CHARTER,
  LINKED_PURPOSE,
  pullFrom,
  pullOrFail,
  someRows,
} from './testing/pulling.ts';

const linked = { purpose: LINKED_PURPOSE };

async function withLinkedDataset(use: (outDir: string, card: string) => Promise<void> | void) {
  await withTemporaryFolder(async (folder) => {
    const outDir = join(folder, 'dataset');
    const { cardPath } = await pullOrFail(aLinkedCollector(12), outDir, linked);
    await symlink(join(import.meta.dirname, '../node_modules'), join(folder, 'node_modules'));
    await use(outDir, await readFile(cardPath, 'utf8'));
  });
}

describe('a pull of linked data', () => {
  it('writes the tables of traces and no other', () =>
    withLinkedDataset(async (outDir) => {
      const folders = (await readdir(outDir, { withFileTypes: true })).filter((entry) => entry.isDirectory());
      expect(folders.map(({ name }) => name).sort()).toEqual(
        [PICTURES_DIR, ...tablesFor(LINKED_PURPOSE).map(({ name }) => name)].sort(),
      );
      // A person's bucket stands once, with the whole.
      const withBucket = tablesFor(LINKED_PURPOSE).filter(({ columns }) =>
        columns.some(({ name }) => name === 'split'),
      );
      expect(withBucket.map(({ name }) => name)).toEqual(['traces']);
      expect(tablesFor(PURPOSE).some(({ kind }) => kind === 'trace')).toBe(false);
    }));

  it('keeps steps, movements and typing of a trace together, in place', () =>
    withLinkedDataset(async (outDir) => {
      const trace = aLinkedTrace(5);
      const id = recordIdFor('trace 5');
      const select = (what: string, table: string, order: string) =>
        query(outDir, `SELECT ${what} FROM '${table}/*.parquet' WHERE trace_id = '${id}' ORDER BY ${order}`);
      expect(await query(outDir, `SELECT * FROM 'traces/*.parquet' WHERE record_id = '${id}'`)).toMatchObject(
        [{ level: 'linked', step_count: trace.steps.length, motion_count: 2, rhythm_count: 1, split: 5 }],
      );
      expect(
        await select('start_ms, after_step_index, sample_count', 'trace_motions', 'motion_index'),
      ).toEqual(
        trace.motions.map(({ startMs, afterStep, path }) => ({
          start_ms: startMs,
          after_step_index: afterStep,
          sample_count: countSteps(path) + 1,
        })),
      );
      const samples = await select('time_ms', 'trace_motion_samples', 'motion_index, sample_index');
      expect(samples).toHaveLength(trace.motions.reduce((sum, { path }) => sum + countSteps(path) + 1, 0));
      const [rhythm] = trace.rhythms;
      expect(await select('key_class, interval_ms', 'trace_rhythm_keys', 'rhythm_index, key_index')).toEqual(
        rhythm!.keyClass.map((key_class, index) => ({
          key_class,
          interval_ms: [null, ...rhythm!.intervalMs][index],
        })),
      );
      expect(await select('count(*) AS n', 'trace_steps', 'ALL')).toEqual([
        { n: String(trace.steps.length) },
      ]);
    }));

  it('refuses a release that is not for the purpose, whichever it is', () =>
    withTemporaryFolder(async (folder) => {
      const mixed = aLinkedCollector(2);
      mixed.releases[0]!.rows.push(aRow(LINKED_CHARTER.hash, aMotion(1)));
      const outDir = join(folder, 'mixed');
      const refused = await pullFrom(mixed, outDir, linked);
      expect(refused).toMatchObject({ kind: 'refused', code: 'collector-answer-invalid' });
      expect(refused.kind === 'refused' && refused.message).toMatch(/not for the purpose .*kind motion/);

      const leaking = aCollector([...someRows(0, 2), aRow(LINKED_CHARTER.hash, aTrace(1))]);
      expect(await pullFrom(leaking, join(folder, 'leaking'))).toMatchObject({ kind: 'refused' });
    }));

  it('refuses a linked record that bears another level', () =>
    withTemporaryFolder(async (folder) => {
      const collector = aLinkedCollector(2);
      collector.spoilPage = (page) => page.replaceAll('"level":"linked"', '"level":"balanced"');
      const refused = await pullFrom(collector, join(folder, 'dataset'), linked);
      expect(refused).toMatchObject({ kind: 'refused', code: 'collector-answer-invalid' });
    }));

  it('never goes into a folder of other data, nor other data into one of linked', () =>
    withLinkedDataset(async (outDir) => {
      expect(await pullFrom(aCollector(someRows(0, 2)), outDir)).toMatchObject({
        kind: 'refused',
        code: 'collector-different',
      });
      await withTemporaryFolder(async (folder) => {
        await pullOrFail(aCollector(someRows(0, 2)), join(folder, 'other'));
        expect(await pullFrom(aLinkedCollector(2), join(folder, 'other'), linked)).toMatchObject({
          kind: 'refused',
          code: 'collector-different',
        });
      });
    }));
});

describe('the card of linked data', () => {
  it('says that it is linked, with the linked figures and no other level’s', () =>
    withLinkedDataset((_, card) => {
      for (const wanted of [
        'This is linked data of volunteers',
        'It may identify people',
        'do not apply to it',
        LINKED_PURPOSE,
        ...Object.values(RISK_STATEMENTS.linked),
        smallTeamStatement('linked')!,
      ]) {
        expect(card).toContain(wanted);
      }
      expect(card).not.toContain(RISK_STATEMENTS.balanced.motion);
      expect(card).not.toMatch(/nor does any field say which records/i);
      expect(card).not.toMatch(/anonym|untrace/i);
    }));

  it('says of buckets what holds for volunteers, and nothing of thresholds that do not apply', async () => {
    const cardOf = async (expectedParticipants: number, purpose = LINKED_PURPOSE) => {
      const { hash, text } = await aCharter({ protection: 'linked', expectedParticipants });
      return renderCard({
        product: 'proffer dataset',
        format: 2,
        version: 0,
        changes: [],
        collector: { url: ORIGIN, publicKey: 'A'.repeat(43) },
        purpose,
        charters: { [hash]: text },
        releases: [],
      });
    };
    const card = await cardOf(500);
    expect(card).toContain('all traces of one person into the same bucket');
    expect(card).toMatch(/bucket may\s+hold few people, or one/);
    expect(card).not.toContain(ORDINARY_CARD.howToSplit);
    expect(card).not.toMatch(/no identifier|too few of (the|their) bucket/);
    expect(await cardOf(99)).toContain('cannot be had');
    const ordinary = await cardOf(500, PURPOSE);
    expect(ordinary).toContain(ORDINARY_CARD.howToSplit);
    expect(ordinary).not.toContain(LINKED_CARD.howToSplit);
  });

  it('has examples that run', () =>
    withLinkedDataset(async (outDir, card) => {
      const { duckdb, node } = LINKED_CARD.examples;
      expect(card).toContain(duckdb);
      expect((await query(outDir, duckdb)).length).toBeGreaterThan(1);
      expect(card).toContain(node);
      const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', node], {
        cwd: outDir,
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      expect(stdout).toMatch(/space.*\d+/);
    }));

  it('of other data under the same charter gives no linked figures', () => {
    const card = renderCard({
      product: 'proffer dataset',
      format: 2,
      version: 0,
      changes: [],
      collector: { url: ORIGIN, publicKey: 'A'.repeat(43) },
      purpose: PURPOSE,
      charters: { [LINKED_CHARTER.hash]: LINKED_CHARTER.text },
      releases: [],
    });
    expect(card).not.toContain(RISK_STATEMENTS.linked.motion);
    expect(card).toContain(RISK_STATEMENTS.balanced.motion);
    expect(card).toContain(ORDINARY_CARD.whatCannotBeInIt);
    expect(card).toContain('linked for volunteers');
  });
});

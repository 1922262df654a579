/**
 * The card says what it must, never what it must not, and its examples run.
 */
import { spawnSync } from 'node:child_process';
import { symlink, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RISK_STATEMENTS } from '../src/trace/risk-statement.ts';
import { CAPABILITIES } from './capabilities.ts';
import { renderCard } from './card.ts';
import { DUCKDB_EXAMPLE, NODE_EXAMPLE } from './card-text.ts';
import { escapeMarkdown } from './markdown.ts';
import type { Manifest } from './manifest.ts';
import { pull } from './pull.ts';
import { tablesFor } from './tables.ts';
import { query, withTemporaryFolder } from './testing/dataset-reader.ts';
import { createFakeCollector, ORIGIN, PURPOSE, READER_KEY } from './testing/fake-collector.ts';
import { aCharter, aMotion, anEpisode, aRhythm, aRow } from './testing/published-rows.ts';

const { charter, hash, text } = await aCharter();

/** A small dataset in a folder, and its card. */
async function withDataset(use: (outDir: string, card: string) => Promise<void> | void) {
  await withTemporaryFolder(async (folder) => {
    const outDir = join(folder, 'data set');
    const seeds = Array.from({ length: 12 }, (_, index) => index);
    const rows = seeds.flatMap((seed) => [
      aRow(hash, aMotion(seed), { level: seed === 3 ? 'strict' : 'balanced' }),
      aRow(hash, aRhythm(seed)),
      aRow(hash, anEpisode(seed)),
    ]);
    const collector = createFakeCollector({ charters: { [hash]: text }, releases: [{ number: 1, rows }] });
    const options = { from: ORIGIN, key: READER_KEY, purpose: PURPOSE, outDir, fetch: collector.fetch };
    const result = await pull(options);
    if (result.kind === 'refused') throw new Error(result.message);
    await symlink(join(import.meta.dirname, '../node_modules'), join(folder, 'node_modules'));
    await use(outDir, await readFile(result.summary.cardPath, 'utf8'));
  });
}

describe('the card', () => {
  it('states terms, charter, hash, protection figures, counts, removals and prohibited uses', () =>
    withDataset((_, card) => {
      for (const wanted of [
        'Example Desk Ltd',
        'works-council@example.com',
        '90 days',
        hash,
        RISK_STATEMENTS.balanced.motion,
        RISK_STATEMENTS.strict.rhythm,
        'Article 5(1)(f)',
        '| motions | One movement of the pointer, alone: nothing joins it to another. | 12 | 12 |',
        `| 1 | 2026-11-28 | motion | ${hash.slice(0, 12)}… | balanced | 11 |`,
        `| 1 | 2026-11-28 | motion | ${hash.slice(0, 12)}… | strict | 1 |`,
        'No record held here is known to have been removed since.',
        '| 1 | 1 | added | 12 motion, 12 rhythm, 12 episode |',
        '| views.app | 0 | 24 | 0.0 % |',
        'person-disjoint split cannot be had',
        'cannot train instruction-following',
        'pseudonymous',
      ]) {
        expect(card).toContain(wanted);
      }
      expect(card).not.toContain('EER 11'); // linked, of which there is none
    }));

  it('never says anonymous and names no place of the computer it was made on', () =>
    withDataset((outDir, card) => {
      expect(card).not.toMatch(/anonym|untrace|cannot be traced/i);
      expect(card).not.toContain(outDir);
      expect(card).not.toContain(READER_KEY);
    }));

  it('describes each column of each table', () =>
    withDataset((_, card) => {
      for (const table of tablesFor(PURPOSE)) {
        const section = card.slice(card.indexOf(`### \`${table.name}\``)).split('\n### ')[0] ?? '';
        for (const { name, type } of table.columns)
          expect(section).toContain(`| ${escapeMarkdown(name)} | ${escapeMarkdown(type)} |`);
      }
    }));

  it('says which columns serve which capability, in a section and of each column', () =>
    withDataset((_, card) => {
      const section = card.slice(card.indexOf('## What serves what')).split('\n## ')[0] ?? '';
      for (const { name, columns } of CAPABILITIES) {
        const line = section.split('\n').find((text) => text.startsWith(`| ${name} |`)) ?? '';
        for (const column of (columns['steps'] ?? []).filter((column) => column !== 'correction_count'))
          expect(line).toContain(escapeMarkdown(column));
      }
      const routine = card.split('\n').find((text) => text.startsWith(`| ${escapeMarkdown('routine_id')} |`));
      expect(routine).toContain('Serves workflow optimisation.');
    }));

  it('promises a split only where a charter expects enough people', async () => {
    const large = await aCharter({ expectedParticipants: 100 });
    const manifest: Manifest = {
      product: 'proffer dataset',
      format: 2,
      version: 0,
      changes: [],
      collector: { url: ORIGIN, publicKey: 'A'.repeat(43) },
      purpose: PURPOSE,
      charters: { [large.hash]: large.text },
      releases: [],
    };
    expect(renderCard(manifest)).toContain('into the same bucket');
    expect(renderCard(manifest)).toContain(`| ${large.hash.slice(0, 12)}… | 2 |`);
  });

  it('shows what an organisation wrote as it is, and lets none of it become markup', async () => {
    const odd = await aCharter({ organization: '<b>A|B</b>\n# `C`', contact: '[x](javascript:y)' });
    const card = renderCard({
      product: 'proffer dataset',
      format: 2,
      version: 0,
      changes: [],
      collector: { url: ORIGIN, publicKey: 'A'.repeat(43) },
      purpose: PURPOSE,
      charters: { [odd.hash]: odd.text },
      releases: [],
    });
    const beforeCharterText = card.slice(0, card.indexOf('\n## Charters'));
    expect(beforeCharterText).toContain('\\<b\\>A\\|B\\</b\\> \\# \\`C\\`');
    expect(beforeCharterText).not.toContain('<b>');
    expect(beforeCharterText).not.toContain('[x](');
  });

  it('is consistent with the metadata of the files', () =>
    withDataset(async (outDir) => {
      for (const table of tablesFor(PURPOSE)) {
        const rows = await query(
          outDir,
          `SELECT decode(key) AS name, decode(value) AS text
           FROM parquet_kv_metadata('${table.name}/release-0001.parquet')`,
        );
        const metadata = new Map(rows.map((row) => [row['name'], row['text']]));
        expect(metadata.get('proffer.table')).toBe(table.name);
        expect(metadata.get('proffer.purpose')).toBe(charter.purpose);
        expect(metadata.get('proffer.charters')).toBe(hash);
        for (const column of table.columns) {
          expect(metadata.get(`column.${column.name}`)).toContain(column.description);
        }
      }
    }));
});

describe('the loading examples', () => {
  it('run in DuckDB', () =>
    withDataset(async (outDir, card) => {
      expect(card).toContain(DUCKDB_EXAMPLE);
      const rows = await query(outDir, DUCKDB_EXAMPLE);
      expect(rows.length).toBeGreaterThan(3);
      expect(Object.keys(rows[0] ?? {})).toEqual(['action', 'next_action', 'times']);
    }));

  it('run in Node', () =>
    withDataset((outDir, card) => {
      expect(card).toContain(NODE_EXAMPLE);
      const { stdout, stderr } = spawnSync(
        process.execPath,
        ['--input-type=module', '--eval', NODE_EXAMPLE],
        {
          cwd: outDir,
          encoding: 'utf8',
        },
      );
      expect(stderr).toBe('');
      expect(stdout).toMatch(/char.*\d+/);
    }));
});

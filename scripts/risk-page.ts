/**
 * The audits' last results -> `docs/risk.md`: every figure in tables, beside the picture.
 */
import { MAX_RHYTHM_KEYS } from '../src/trace/limits.ts';
import { readResults, type ResultFiles } from '../bench/audit/report/result-files.ts';
import {
  episodeTable,
  identificationTable,
  joiningTable,
  keyTable,
  textTable,
  utilityTable,
  variantTable,
} from '../bench/audit/report/tables.ts';

const INTRODUCTION = `# What the audits measured

<!-- Generated from bench/results by \`npm run generate\`; not to be edited. -->

How each was measured, and on what, is in [audit.md](audit.md). Every figure is a lower bound on what an attacker can do: another attack may do better. Shares depend on how many people there are to choose from; chance stands beside each. \`known\` is how many records of each person the attack had.

![Privacy against utility, by level](privacy-utility.svg)`;

/** @param folder where the audits write their results. */
export function riskPage(folder: string): string {
  const read = <Name extends keyof ResultFiles>(name: Name) => readResults(folder, name);
  const identified = read('audit').filter((row) => row.kind !== 'episode');
  const sections = [
    section(
      'Whose record is it?',
      `Recorded people. A record is one movement, or one rhythm of ${MAX_RHYTHM_KEYS} keys; other amounts show what would be known if the separation of records failed. The attack that named most is shown; the EER is the lowest of any attack.`,
      identified,
      identificationTable,
    ),
    section(
      'What is it good for?',
      'Models that learnt from a level, asked about raw data of other people.',
      read('utility'),
      utilityTable,
    ),
    section(
      'Would other rules be better?',
      'Changes of `balanced`, one at a time; seven records known of each person.',
      read('variants'),
      variantTable,
    ),
    section(
      'Which records are one person’s?',
      'Two real databases; of the one the attacker knows the truth and learns, in the other he names a record that is of the same person. `all` is by everything together.',
      read('joining'),
      joiningTable,
    ),
    section('Which sentence was typed?', 'Recorded people and candidates.', read('text'), textTable),
    section(
      'Whose episode is it?',
      '**Simulated people only**: no recorded workflows of real people are at hand. What habits people have, and how far they differ, is assumed; so this shows which fields an attack lives on, not how safe an episode is.',
      read('episodes'),
      episodeTable,
    ),
    section(
      'How many share a key?',
      'Simulated people. A key that too few have met is published as `other`.',
      read('keys'),
      keyTable,
    ),
  ];
  return [INTRODUCTION, ...sections].join('\n\n');
}

function section<Row>(
  title: string,
  about: string,
  rows: readonly Row[],
  table: (rows: readonly Row[]) => string,
): string {
  return `## ${title}\n\n${about}\n\n${rows.length > 0 ? table(rows) : 'Not in the last run.'}`;
}

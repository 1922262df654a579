/**
 * Reads the charter that the collector is started with.
 *
 * Runs in the collector and its commands. A charter that is not whole stops the start: it never runs on a guess.
 */
import { readFileSync } from 'node:fs';
import { parseCharter, type Charter } from '../src/charter/charter.ts';

/**
 * The charter of a file.
 *
 * @throws Error that names the file, and each wrong field in a line of its own.
 */
export function readCharterFile(path: string): Charter {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (fault) {
    throw new Error(`charter: the file ${path} cannot be read (${(fault as NodeJS.ErrnoException).code})`);
  }
  const parsed = parseCharter(text);
  if (parsed.ok) return parsed.charter;
  throw new Error(
    [`charter: ${path} is not a charter`, ...parsed.problems.map((line) => `  ${line}`)].join('\n'),
  );
}

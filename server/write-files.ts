/**
 * Puts the files of an install kit or a compliance pack into a folder.
 *
 * Runs where the commands run. Files with keys are for their owner only, whatever was there before.
 */
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface OutFile {
  /** In the folder, with `/`. */
  path: string;
  content: string | Buffer;
  holdsKeys: boolean;
}

const OWNER_ONLY = 0o600;
const READABLE = 0o644;

/**
 * Writes files, over what an earlier call has left.
 *
 * @throws Error that begins with the setting when the folder cannot be written.
 */
export function writeFiles(outDir: string, files: readonly OutFile[]): void {
  try {
    for (const { path, content, holdsKeys } of files) {
      const file = join(outDir, path);
      const mode = holdsKeys ? OWNER_ONLY : READABLE;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content, { mode });
      // A file that was there keeps its mode otherwise.
      chmodSync(file, mode);
    }
  } catch (fault) {
    const { code = 'unknown', path = outDir } = fault as NodeJS.ErrnoException;
    throw new Error(`out: ${path} cannot be written (${code})`, { cause: fault });
  }
}

/**
 * The same where people write into the files: over nothing that is there.
 *
 * @throws Error that begins with the setting, before anything is written, when one is there.
 */
export function writeNewFiles(outDir: string, files: readonly OutFile[]): void {
  const taken = files.map(({ path }) => join(outDir, path)).find((file) => existsSync(file));
  if (taken !== undefined) {
    throw new Error(
      `out: ${taken} is there already, and may have been filled in; name another folder, or move it away`,
    );
  }
  writeFiles(outDir, files);
}

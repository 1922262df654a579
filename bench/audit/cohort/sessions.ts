/**
 * Sessions of people as research data sets give them: what the audit's attack is run on.
 *
 * Read from a folder that is not part of the project, or made by the synthetic generators. Nothing here is written
 * anywhere.
 */
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';

const numbers = z.array(z.number());

/** One typed sentence. Times in ms: presses since the sentence's first, holds per key (-1 if not known). */
export const KeySession = z
  .strictObject({
    person: z.int(),
    sentence: z.int(),
    /** 0 letter, 1 digit, 2 space, 3 backspace or delete, 4 enter, 5 modifier, 6 navigation or tab, 7 punctuation. */
    keyClass: z.array(z.int().min(0).max(7)),
    downMs: numbers,
    holdMs: numbers,
  })
  .refine(
    ({ keyClass, downMs, holdMs }) => keyClass.length === downMs.length && downMs.length === holdMs.length,
    'columns differ in length',
  );
export type KeySession = z.infer<typeof KeySession>;

/** One sitting with a mouse. Times in ms since its start, places in screen px. */
export const PointerSession = z
  .strictObject({
    person: z.int(),
    session: z.string(),
    timeMs: numbers,
    xPx: numbers,
    yPx: numbers,
    /** 0 none, 1 left, 2 right, 3 wheel. */
    button: z.array(z.int().min(0).max(3)),
    /** 0 move, 1 press, 2 release, 3 drag, 4 wheel. */
    state: z.array(z.int().min(0).max(4)),
  })
  .refine(
    ({ timeMs, xPx, yPx, button, state }) =>
      [xPx, yPx, button, state].every((column) => column.length === timeMs.length),
    'columns differ in length',
  );
export type PointerSession = z.infer<typeof PointerSession>;

export interface Cohort {
  /** Where the people come from, in a few words. */
  name: string;
  isSynthetic: boolean;
  keys: KeySession[];
  pointers: PointerSession[];
}

/**
 * The people in a folder: `keystrokes.jsonl.gz` and `pointer.jsonl.gz`, either of which may be missing.
 *
 * @throws Error that names the file and line that is wrong.
 */
export async function readCohort(folder: string): Promise<Cohort> {
  const keys = await readLines(join(folder, 'keystrokes.jsonl.gz'), KeySession);
  const pointers = await readLines(join(folder, 'pointer.jsonl.gz'), PointerSession);
  if (keys.length === 0 && pointers.length === 0)
    throw new Error(`${folder}: has neither keystrokes.jsonl.gz nor pointer.jsonl.gz`);
  return { name: 'recorded people', isSynthetic: false, keys, pointers };
}

async function readLines<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>[]> {
  if (!existsSync(path)) return [];
  const parsed: z.infer<Schema>[] = [];
  let lineNumber = 0;
  for await (const line of createInterface({ input: createReadStream(path).pipe(createGunzip()) })) {
    lineNumber += 1;
    if (line === '') continue;
    try {
      parsed.push(schema.parse(JSON.parse(line)));
    } catch (error) {
      const [issue] = error instanceof z.ZodError ? error.issues : [];
      const reason = issue ? `${[...issue.path, ''].join(': ')}${issue.message}` : 'is not JSON';
      throw new Error(`${path}, line ${lineNumber}: ${reason}`, { cause: error });
    }
  }
  return parsed;
}

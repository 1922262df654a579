/**
 * A session of the key data -> what capture would have seen of it, and the text's classes that were left at the end.
 *
 * Runs in the text audit. Knows no letters: a text is its sequence of classes.
 */
import { RAW_KEY_CLASSES, type RawKeyClass, type RawTypingRun } from '../../../src/capture/fragments.ts';
import { createTypingRunCutter } from '../../../src/capture/typing-run.ts';
import type { KeySession } from '../cohort/sessions.ts';

/** One person's typing of one sentence. */
export interface TypedSentence {
  person: number;
  /** As capture cuts it: nearly always one. */
  runs: { run: RawTypingRun; firstKey: number }[];
  /** Raw class of each key, modifiers left out; by number in `RAW_KEY_CLASSES`. */
  keyClass: number[];
  downMs: number[];
  /** Where in the text each key wrote; -1 for keys that wrote nothing or were taken back. */
  placeOfKey: number[];
  /** Classes of the text that was left, one digit each, by number in `RAW_KEY_CLASSES`. */
  text: string;
  /** Whether a modifier went down before the key of each place of the text. */
  isModified: boolean[];
}

/** What classes are called in `keystrokes.jsonl.gz`; null for modifiers, which never enter a run. */
const DATA_CLASSES: readonly (RawKeyClass | null)[] = [
  'letter',
  'digit',
  'space',
  'backspace',
  'enter',
  null,
  'navigation',
  'punctuation',
];

/** Nothing for a session whose text cannot be told from its classes, since the caret was moved or a line begun. */
export function typedSentence(session: KeySession): TypedSentence | undefined {
  const keyClass: number[] = [];
  const downMs: number[] = [];
  const placeOfKey: number[] = [];
  const isModifiedKey: boolean[] = [];
  /** Keys whose characters stand in the text now. */
  const standing: number[] = [];
  let isModified = false;
  for (const [index, dataClass] of session.keyClass.entries()) {
    const name = DATA_CLASSES[dataClass];
    if (name === undefined)
      throw new RangeError(`keystrokes of person ${session.person}: unknown key class ${dataClass}`);
    if (name === 'navigation' || name === 'enter') return undefined;
    if (name === null) {
      isModified = true;
      continue;
    }
    if (name === 'backspace') {
      const taken = standing.pop();
      if (taken !== undefined) placeOfKey[taken] = -1;
    }
    placeOfKey.push(name === 'backspace' ? -1 : standing.length);
    if (name !== 'backspace') standing.push(keyClass.length);
    keyClass.push(RAW_KEY_CLASSES.indexOf(name));
    downMs.push(session.downMs[index]!);
    isModifiedKey.push(isModified);
    isModified = false;
  }
  return {
    person: session.person,
    runs: cutRuns(keyClass, downMs),
    keyClass,
    downMs,
    placeOfKey,
    text: standing.map((key) => keyClass[key]).join(''),
    isModified: standing.map((key) => isModifiedKey[key]!),
  };
}

/** Runs as the product's own capture cuts them. */
function cutRuns(keyClass: readonly number[], downMs: readonly number[]): TypedSentence['runs'] {
  const cutter = createTypingRunCutter();
  const found: TypedSentence['runs'] = [];
  let firstKey = 0;
  const add = (run: RawTypingRun | undefined) => {
    if (!run) return;
    found.push({ run, firstKey });
    firstKey += run.keyClass.length;
  };
  keyClass.forEach((index, key) => add(cutter.press(RAW_KEY_CLASSES[index]!, downMs[key]!)));
  add(cutter.cut());
  return found;
}

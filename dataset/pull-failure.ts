/**
 * How a pull ends when it cannot go on: a code and one line for people.
 *
 * Thrown from wherever it is noticed and turned into a value by `pull`, nowhere else. Must never carry a key, or
 * text from outside that could span lines or steer a terminal.
 */

export type FailureCode =
  | 'arguments'
  | 'collector-unreachable'
  | 'collector-refused'
  | 'collector-answer-invalid'
  | 'collector-different'
  | 'schema-unknown'
  | 'folder-foreign'
  | 'folder-in-use'
  | 'folder-unwritable'
  | 'stopped';

export interface PullFailure extends Error {
  pullFailureCode: FailureCode;
}

const MAX_MESSAGE_CHARACTERS = 600;

/** A failure to throw. */
export function pullFailure(code: FailureCode, message: string): PullFailure {
  return Object.assign(new Error(toOneLine(message)), { pullFailureCode: code });
}

/** Whether something caught is a failure foreseen here and not a bug. */
export function isPullFailure(thrown: unknown): thrown is PullFailure {
  return thrown instanceof Error && 'pullFailureCode' in thrown;
}

/** The text without control characters and line ends, cut to a length that a terminal can show. */
export function toOneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > MAX_MESSAGE_CHARACTERS ? `${line.slice(0, MAX_MESSAGE_CHARACTERS - 1)}…` : line;
}

/**
 * From the bytes of a collector's answer to a value of the contract, or a failure that says where it does not fit.
 *
 * The dataset's door: what follows trusts what came through here. Must never repeat a value in a message.
 */
import type { z } from 'zod';
import { pullFailure, toOneLine } from './pull-failure.ts';

/** The JSON of an answer, of whatever shape; undefined if it is none. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** Checks the JSON of the answer to a path against its schema. Throws a failure. */
export function checkAnswer<Schema extends z.ZodType>(
  document: unknown,
  schema: Schema,
  path: string,
): z.infer<Schema> {
  if (document === undefined) {
    throw pullFailure('collector-answer-invalid', `the answer to ${path} is not JSON; nothing of it is kept`);
  }
  const parsed = schema.safeParse(document);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined ? '' : describeIssue(issue);
  throw pullFailure(
    'collector-answer-invalid',
    `the answer to ${path} does not fit the schema at ${toOneLine(where)}; nothing of it is kept`,
  );
}

/** Where and what, never the value. */
function describeIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path.length === 0 ? 'its top' : issue.path.map(String).join('.');
  return `${path}: ${issue.code === 'unrecognized_keys' ? 'a field too many' : issue.message}`;
}

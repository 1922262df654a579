/**
 * The contract's own names, words and limits, read from its schemas: what an answer may say, and what is nearly right.
 *
 * Runs in the fuzz of the collector only.
 */
import { z } from 'zod';
import { BatchEnvelope } from '../../../src/trace/batch.ts';
import { ERRORS, RecordsQuery } from '../../../src/trace/collector-api.ts';
import { INTERACTIVE_ROLES, LANDMARKS } from '../../../src/trace/limits.ts';
import { TraceRecord } from '../../../src/trace/record.ts';

interface Node {
  [name: string]: unknown;
  properties?: Record<string, unknown>;
  enum?: unknown[];
}

export interface ContractWords {
  /** Names of fields, and the two words that stand for a whole batch or query. */
  names: ReadonlySet<string>;
  /** All words of all closed lists. */
  words: readonly string[];
  /** Every limit of a number, and what is next to it. */
  limits: readonly number[];
}

export function readContractWords(): ContractWords {
  const names = new Set<string>(['batch', 'query', 'secret', 'after', ...INTERACTIVE_ROLES, ...LANDMARKS]);
  const words = new Set<string>(Object.keys(ERRORS));
  const limits = new Set<number>();
  const visit = (given: unknown): void => {
    if (typeof given !== 'object' || given === null) return;
    const node = given as Node;
    for (const name of Object.keys(node.properties ?? {})) names.add(name);
    for (const word of node.enum ?? []) if (typeof word === 'string') words.add(word);
    if (typeof node['const'] === 'string') words.add(node['const']);
    for (const limit of [node['minimum'], node['maximum']]) {
      if (typeof limit === 'number') [limit - 1, limit, limit + 1].forEach((near) => limits.add(near));
    }
    Object.values(node).forEach(visit);
  };
  for (const schema of [BatchEnvelope, TraceRecord, RecordsQuery]) visit(z.toJSONSchema(schema));
  return { names, words: [...words], limits: [...limits] };
}

/**
 * Plans: which request the fuzz makes next, as small data without any content, so that a fault can be shown and shrunk.
 *
 * Runs in the fuzz of the collector only.
 */
import fc from 'fast-check';
import { TEXT_EDITS, WIRE_EDITS } from './edit-bytes.ts';
import { EDIT_NAMES, type Edit } from './edit-document.ts';
import { BATCH_HEADERS, BODIES, METHODS, PATHS_ASKED, PURPOSES, QUERIES } from './odd-requests.ts';

/** Traces at the end and once: only level `linked` takes them. */
const RECORD_KINDS = [
  'motion',
  'rhythm',
  'episode',
  'app',
  'view',
  'contributed',
  'motion',
  'rhythm',
  'episode',
  'view',
  'trace',
] as const;

interface Change<Name> {
  how: Name;
  choice: number;
}

export interface BatchPlan {
  door: 'batch';
  batch: number;
  level: 'balanced' | 'strict' | 'linked';
  records: { kind: (typeof RECORD_KINDS)[number]; number: number }[];
  edits: Edit[];
  text: Change<keyof typeof TEXT_EDITS> | undefined;
  wire: Change<keyof typeof WIRE_EDITS> | undefined;
  /** Index into `BATCH_HEADERS`. */
  headers: number | undefined;
}

export interface ErasurePlan {
  door: 'erasure';
  /** Of the secret. */
  number: number;
  edits: Edit[];
  text: Change<keyof typeof TEXT_EDITS> | undefined;
  headers: number | undefined;
}

/** Indexes into the lists of `odd-requests.ts`. */
export interface OtherPlan {
  door: 'other';
  method: number;
  path: number;
  query: number;
  key: 'participant' | 'reader' | 'none';
  purpose: number;
  body: number;
}

export type Plan = BatchPlan | ErasurePlan | OtherPlan;

const choice = fc.nat(2000);
const indexOf = (list: readonly unknown[]) => fc.nat(list.length - 1);
const keysOf = <Name extends string>(edits: Record<Name, unknown>) => Object.keys(edits) as Name[];

const edit = fc.record<Edit>({
  how: fc.constantFrom(...EDIT_NAMES, 'likely', 'likely', 'likely', 'likely'),
  at: fc.nat(5000),
  choice,
});
const edits = fc.oneof(
  { withCrossShrink: true },
  { weight: 3, arbitrary: fc.constant<Edit[]>([]) },
  { weight: 5, arbitrary: fc.array(edit, { minLength: 1, maxLength: 1 }) },
  { weight: 2, arbitrary: fc.array(edit, { minLength: 2, maxLength: 4 }) },
);
const change = <Name extends string>(names: Name[]) =>
  fc.record<Change<Name>>({ how: fc.constantFrom(...names), choice });
/** One edit at a time gets further than many. */
const seldom = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof(
    { withCrossShrink: true },
    { weight: 9, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary },
  );

const batchPlan = fc.record<BatchPlan>({
  door: fc.constant('batch'),
  batch: fc.nat(400),
  level: fc.constantFrom('balanced', 'balanced', 'balanced', 'strict', 'linked'),
  records: fc.array(fc.record({ kind: fc.constantFrom(...RECORD_KINDS), number: fc.nat(3000) }), {
    minLength: 1,
    maxLength: 4,
  }),
  edits,
  text: seldom(change(keysOf(TEXT_EDITS))),
  wire: seldom(change(keysOf(WIRE_EDITS))),
  headers: seldom(indexOf(BATCH_HEADERS)),
});

const erasurePlan = fc.record<ErasurePlan>({
  door: fc.constant('erasure'),
  number: fc.nat(3000),
  edits,
  text: seldom(change(keysOf(TEXT_EDITS))),
  headers: seldom(indexOf(BATCH_HEADERS)),
});

const otherPlan = fc.record<OtherPlan>({
  door: fc.constant('other'),
  method: indexOf(METHODS),
  path: indexOf(PATHS_ASKED),
  query: indexOf(QUERIES),
  key: fc.constantFrom('reader', 'reader', 'participant', 'none'),
  purpose: indexOf(PURPOSES),
  body: indexOf(BODIES),
});

export const anyPlan: fc.Arbitrary<Plan> = fc.oneof(
  { weight: 7, arbitrary: batchPlan },
  { weight: 1, arbitrary: erasurePlan },
  { weight: 2, arbitrary: otherPlan },
);

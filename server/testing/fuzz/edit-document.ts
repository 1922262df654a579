/**
 * Edits of a batch as a document: any value, anywhere, becomes something that nobody sends.
 *
 * Runs in the fuzz of the collector only; the same edit of the same document gives the same. What JSON.stringify would
 * not write stands in the document as a placeholder and is put into the text afterwards.
 */
import type { ContractWords } from './contract-words.ts';

/** Is part of every text that the fuzz makes up; whatever the collector answers or stores may not hold it. */
export const MARK = 'zq7mark';

/** One edit: of the value with the number `at`, with the variant `choice`. */
export interface Edit {
  how: keyof typeof EDITS;
  at: number;
  choice: number;
}

interface Place {
  parent: Record<PropertyKey, unknown>;
  key: string | number;
}

/** Does all edits, in order, and gives the JSON text. */
export function editedText(document: object, edits: readonly Edit[], words: ContractWords): string {
  const root = { document: structuredClone(document) as unknown };
  for (const { how, at, choice } of edits) {
    const places = placesOf(root, at % 3 === 0 ? 3 : Infinity);
    EDITS[how](places[at % places.length]!, choice, { words, places });
  }
  const text = JSON.stringify(root.document) as string | undefined;
  return (text ?? 'null').replaceAll(/"@raw:(\d+)@"/g, (_all, index) => RAW_VALUES[Number(index)]!);
}

const raw = (choice: number) => `@raw:${choice % RAW_VALUES.length}@`;

/** JSON, or nearly, that no value in memory is written as. */
const RAW_VALUES = [
  '1e400', '-1e400', '-0', '0.0', '1E2', '1e-400', 'NaN', 'Infinity', '01', '+1', '.5', '1.', '0x10',
  '9007199254740993', '7'.repeat(5000), '"\\ud800"', '"\\udc00\\ud800"', `"${MARK}\\u0000"`, '"\\x"', "'a'",
  '"never closed', 'undefined', 'null,null', '', ',', '[', '}', '/**/1', 'True', `{"${MARK}":1,"${MARK}":2}`,
  '{"kind":"motion","kind":"trace"}', '{"__proto__":{"kind":"motion"}}', '{"__proto__":null}',
  '[' .repeat(1000) + ']'.repeat(1000), '['.repeat(300_000) + ']'.repeat(300_000),
  '{"a":'.repeat(5000) + '1' + '}'.repeat(5000), '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000),
]; // prettier-ignore

const ODD_VALUES: readonly unknown[] = [
  null, true, false, 0, -0, -1, 1, 0.5, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 53 + 2, 735_560_811,
  '', ' ', '0', MARK, `${MARK} ünï©ode 🗝`, `${MARK}\ud800`, MARK.repeat(2000), '__proto__', 'constructor', 'toString',
  'AAAAAAAAAAAAAAAAAAAAAA', 'AAAAAAAAAAA', '2026-11-25', '2026-02-30', '0000-01-01', '9999-12-31', 'a', 'desk',
  '00000000-0000-4000-8000-000000000000', 'f'.repeat(64), [], {}, [[]], [null], [{}], { length: 1 }, [MARK], { [MARK]: 1 },
  { __proto__: null, kind: 'motion' }, [1e21], ['32', '64'],
]; // prettier-ignore

const ODD_NAMES = [
  MARK, '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'toJSON', 'then', '', '0', '-1', 'length',
  'kind', 'recordId', 'recordedWeek', 'recordedOn', 'split', 'path', 'text', 'xPx', 'Kind', 'kind ', '\u0000', '\ud800',
]; // prettier-ignore

/** Half a megabyte that is wrong in a million places and compresses to nothing. */
const FLOOD = Array<object>(300).fill({
  kind: 'trace',
  motions: Array<object>(200).fill({}),
  steps: Array<object>(200).fill({}),
});

/** By the name of a field: values of its own form, of which some are right. */
const LIKELY_VALUES: Record<string, readonly unknown[]> = {
  records: [[], FLOOD],
  schemaVersion: [0, 1, 2, 3, '1', 1.5],
  batchId: ['00000000-0000-4000-8000-000000000007', '00000000-0000-4000-8000-00000000000A', '00000000-0000-1000-8000-000000000007'],
  charter: ['0'.repeat(64), 'F'.repeat(64), '0'.repeat(63)],
  level: ['linked', 'balanced', 'strict', 'Linked'],
  kind: ['motion', 'rhythm', 'episode', 'trace', 'sighting', 'batch'],
  recordId: ['AAAAAAAAAAAAAAAAAAAAAA', 'AAAAAAAAAAAAAAAAAAAAAB', 'AAAAAAAAAAAAAAAAAAAAA=', 'zzzzzzzzzzzzzzzzzzzzzw'],
  recordedOn: ['2026-11-24', '2026-11-26', '2026-11-27', '2026-10-25', '2026-10-01', '2026-11-31', '2026-11-25T00:00:00Z', '20261125'],
  split: [0, 1, 2, 3, 9, 10, -0],
  app: ['desk', 'wiki', 'payroll', 'other', 'Desk', 'a', 'a'.repeat(32), 'a'.repeat(33)],
  task: ['refund', 'close-ticket', 'unknown-task', 'refund '],
  viewKey: ['other', 'AAAAAAAAAAA', 'AAAAAAAAAAB', 'AAAAAAAAAA'],
  elementKey: ['other', 'zzzzzzzzzz8', 'AAAAAAAAAAB'],
  seen: [{ what: 'app', app: 'payroll' }, { what: 'element', elementKey: 'zzzzzzzzzz8' }, { what: 'contributed', split: 1 }, { what: 'view' }],
  view: [0, 1, 2, 199, 200],
  afterStep: [-1, 0, 1, 2, 199, 200, -2],
  pauseBeforeMs: [0, 100, 250, 251, 5000],
  path: ['AA', 'AAAA', 'A', 'gA', 'gggggggg', '-_', { dtMs: [0], dxPx: [0], dyPx: [-0] }, { dtMs: [1], dxPx: [], dyPx: [8] }],
  dtMs: [[1, 2], [1], [20_000, 20_001], Array(129).fill(1)],
  dxPx: [[8, 16], [32, -32], [20_000, 0], [20_008, 0], [-0, 0]],
  intervalMs: [Array(7).fill(104), Array(7).fill(0), Array(7).fill(3000), [104]],
  keyClass: [Array(8).fill('char'), Array(8).fill('space'), Array(21).fill('char'), ['char']],
  states: [[], ['required', 'invalid'], ['invalid', 'required'], ['required', 'required']],
  roles: [{}, { button: '1' }, { heading: '1' }, { constructor: '1' }, { button: undefined }],
  endOffset: [null, { xQuarters: -4, yQuarters: 4 }, { xQuarters: 5, yQuarters: 0 }, undefined],
}; // prettier-ignore

const LENGTHS = [0, 1, 2, 19, 20, 21, 127, 128, 129, 199, 200, 201, 500, 501, 2000, 20_000];

interface Around {
  words: ContractWords;
  places: readonly Place[];
}

const EDITS = {
  odd: (place, choice) => put(place, structuredClone(pick(ODD_VALUES, choice))),
  raw: (place, choice) => put(place, raw(choice)),
  limit: (place, choice, { words }) => put(place, pick(words.limits, choice)),
  nudge: (place, choice) => {
    const value = valueAt(place);
    const nudged = [1, -1, 0.5, 8, -8, 32, 1000];
    put(place, typeof value === 'number' ? value + pick(nudged, choice) : pick(nudged, choice));
  },
  likely: (place, choice, { places }) => {
    const fitting = places.filter(({ key }) => Object.hasOwn(LIKELY_VALUES, key));
    const chosen = fitting.length === 0 ? place : pick(fitting, places.indexOf(place));
    if (Object.hasOwn(LIKELY_VALUES, chosen.key))
      put(chosen, structuredClone(pick(LIKELY_VALUES[chosen.key]!, choice)));
  },
  otherWord: (place, choice, { words }) => put(place, pick(words.words, choice)),
  otherValue: (place, choice, { places }) => put(place, structuredClone(valueAt(pick(places, choice)))),
  remove: ({ parent, key }) => {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else Reflect.deleteProperty(parent, key);
  },
  addField: (place, choice) => {
    const value = valueAt(place);
    const target = [value, place.parent].find((one) => isContainer(one) && !Array.isArray(one));
    if (isContainer(target))
      put(
        { parent: target, key: pick(ODD_NAMES, choice) },
        structuredClone(pick(ODD_VALUES, choice * 7 + 3)),
      );
  },
  rename: (place, choice) => {
    if (Array.isArray(place.parent)) return;
    const value = valueAt(place);
    Reflect.deleteProperty(place.parent, place.key);
    put({ parent: place.parent, key: pick(ODD_NAMES, choice) }, value);
  },
  resize: (place, choice) => {
    const value = valueAt(place);
    const length = pick(LENGTHS, choice);
    if (Array.isArray(value) && value.length > 0)
      put(
        place,
        Array.from({ length }, (_, index) => value[index % value.length] as unknown),
      );
    else if (typeof value === 'string' && value.length > 0) put(place, value.repeat(length % 300));
  },
  wrap: (place, choice) => {
    const value = valueAt(place);
    put(place, choice % 2 === 0 ? [value] : { value });
  },
  asText: (place) => put(place, JSON.stringify(valueAt(place))),
  reverse: (place) => {
    const value = valueAt(place);
    if (Array.isArray(value)) value.reverse();
    else if (isContainer(value)) put(place, Object.fromEntries(Object.entries(value).reverse()));
  },
} satisfies Record<string, (place: Place, choice: number, around: Around) => void>;

export const EDIT_NAMES = Object.keys(EDITS) as (keyof typeof EDITS)[];

/** Every value of the document down to a depth, the document itself among them. */
function placesOf(root: object, maxDepth: number): Place[] {
  const places: Place[] = [];
  const visit = (parent: Record<PropertyKey, unknown>, depth: number): void => {
    if (depth > maxDepth) return;
    for (const key of Object.keys(parent)) {
      places.push({ parent, key });
      const value = parent[key];
      if (isContainer(value)) visit(value, depth + 1);
    }
  };
  visit(root as Record<PropertyKey, unknown>, 0);
  return places;
}

function valueAt({ parent, key }: Place): unknown {
  return parent[key];
}

/** Not by assignment: that would set the prototype, where a document has a field of this name. */
function put({ parent, key }: Place, value: unknown): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

function isContainer(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}

export function pick<Item>(items: readonly Item[], choice: number): Item {
  return items[choice % items.length]!;
}

/**
 * A target: the control a step was done to, described without content.
 *
 * Closed lists, buckets and one keyed hash. The only words are terms of the public UI vocabulary, and only when
 * a control's whole accessible name is such a term.
 */
import { z } from 'zod';
import {
  COUNT_BUCKETS,
  GRID_CELLS,
  GRID_ROWS,
  INPUT_TYPES,
  LANDMARKS,
  MAX_DEPTH_BUCKET,
  MAX_SIZE_LOG2,
  ROLES,
  STATES,
  TAGS,
} from './limits.ts';
import { KeyedHash, subsetOf } from './primitives.ts';
import { TERMS } from './vocabulary.ts';

export const Target = z.strictObject({
  tag: z
    .enum(TAGS)
    .meta({ description: 'HTML element, custom elements as one.', reason: 'Which kind of control.' }),
  role: z
    .enum(ROLES)
    .meta({ description: 'ARIA role, explicit or implied.', reason: 'Which kind of control.' }),
  inputType: z
    .enum(INPUT_TYPES)
    .optional()
    .meta({ description: 'Type of an input element.', reason: 'Which kind of field.' }),
  states: subsetOf(STATES).meta({
    description: 'States before the action.',
    reason: 'What the action could do.',
  }),
  gridX: z
    .int()
    .min(0)
    .max(GRID_CELLS - 1)
    .meta({ description: 'Column of its centre on the viewport.', unit: 'twelfths of the viewport' }),
  gridY: z
    .int()
    .min(0)
    .max(GRID_ROWS - 1)
    .meta({ description: 'Row of its centre on the viewport.', unit: 'eighths of the viewport' }),
  widthLog2: z
    .int()
    .min(0)
    .max(MAX_SIZE_LOG2)
    .meta({ description: 'Width, as the nearest power of two.', unit: 'log2 CSS px' }),
  heightLog2: z
    .int()
    .min(0)
    .max(MAX_SIZE_LOG2)
    .meta({ description: 'Height, as the nearest power of two.', unit: 'log2 CSS px' }),
  depth: z
    .int()
    .min(0)
    .max(MAX_DEPTH_BUCKET)
    .meta({ description: 'Depth in the document, in steps of four elements.', reason: 'Structure.' }),
  siblings: z.enum(COUNT_BUCKETS).meta({ description: 'How many siblings it has.', reason: 'Structure.' }),
  landmark: z.enum(LANDMARKS).meta({ description: 'The landmark it lies in.', reason: 'Part of the page.' }),
  listSize: z.enum(COUNT_BUCKETS).meta({
    description: 'How many items the list, table or menu around it has.',
    reason: 'Choice among many.',
  }),
  elementKey: KeyedHash.optional().meta({
    description:
      'Keyed hash of the place in the structure of the page; rows and items of lists are all one place.',
    reason: 'The same control again.',
  }),
  term: z.enum(TERMS).optional().meta({
    description: 'Term of the public UI vocabulary, if it is the whole accessible name.',
    reason: 'What the control is for.',
  }),
});
export type Target = z.infer<typeof Target>;

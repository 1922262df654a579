/**
 * Agent Data Protocol, schema version 1.5.0, as far as trajectories without code and pictures need it.
 *
 * Runs in tests only. Written from the protocol's documentation (neulab/agent-data-protocol, schema/SCHEMA.md); its own
 * schema is in Python, and an export was checked by that once, by hand.
 */
import { z } from 'zod';

const call = { tool_call_id: z.string().optional(), reward: z.number().nullable().optional() };

const ApiAction = z.strictObject({
  class_: z.literal('api_action'),
  ...call,
  reasoning_content: z.string().nullable().optional(),
  function: z.string(),
  kwargs: z.record(z.string(), z.unknown()),
  description: z.string().nullable().optional(),
});
const MessageAction = z.strictObject({
  class_: z.literal('message_action'),
  content: z.string(),
  description: z.string().nullable().optional(),
});
const TextObservation = z.strictObject({
  class_: z.literal('text_observation'),
  ...call,
  content: z.string(),
  name: z.string().nullable().optional(),
  source: z.enum(['user', 'agent', 'environment']),
});
const WebObservation = z.strictObject({
  class_: z.literal('web_observation'),
  ...call,
  html: z.string().nullable(),
  axtree: z.string().nullable().optional(),
  url: z.string().nullable(),
  image_observation: z.null(),
  viewport_size: z.tuple([z.int(), z.int()]).nullable(),
});

const Item = z.discriminatedUnion('class_', [ApiAction, MessageAction, TextObservation, WebObservation]);
type Item = z.infer<typeof Item>;

/** With the protocol's rules on how calls and their results belong together. */
export const AdpTrajectory = z
  .strictObject({
    schema_version: z.literal('1.5.0'),
    id: z.string(),
    content: z.array(Item),
    details: z.record(z.string(), z.unknown()),
  })
  .superRefine(({ content }, context) => {
    const fault = (index: number, message: string) =>
      context.addIssue({ code: 'custom', path: ['content', index], message });
    const open = new Set<string>();
    const seen = new Set<string>();
    content.forEach((item, index) => {
      const id = 'tool_call_id' in item ? item.tool_call_id : undefined;
      if (item.class_ === 'api_action') {
        const next = content[index + 1];
        if (id === undefined && next !== undefined && isObservation(next))
          fault(index, 'has no tool_call_id');
        if (id === undefined) return;
        if (seen.has(id)) fault(index, 'has the tool_call_id of another');
        seen.add(id);
        open.add(id);
      } else if (id !== undefined) {
        if (!open.delete(id)) fault(index, 'answers no call, or one that is answered');
        if (item.class_ === 'text_observation' && item.source === 'user')
          fault(index, 'is a result of a user');
      }
    });
    for (const id of open)
      context.addIssue({ code: 'custom', path: ['content'], message: `${id} is not answered` });
  });
export type AdpTrajectory = z.infer<typeof AdpTrajectory>;

function isObservation({ class_ }: Item): boolean {
  return class_ === 'text_observation' || class_ === 'web_observation';
}

const Tool = z.strictObject({
  type: z.literal('function'),
  function: z.strictObject({
    name: z.string(),
    description: z.string(),
    parameters: z.strictObject({
      type: z.literal('object'),
      properties: z.record(
        z.string(),
        z.strictObject({ type: z.literal('string'), description: z.string() }),
      ),
      additionalProperties: z.literal(false),
      required: z.array(z.string()),
    }),
  }),
});
export const AdpMetadata = z.strictObject({
  custom_tools: z.array(Tool),
  code_enabled: z.array(z.string()),
  browser_enabled: z.boolean(),
});

/** What counts as a browser's own tool, with the arguments that are used here. */
export const BROWSER_TOOLS = [
  'click',
  'dblclick',
  'drag_and_drop',
  'fill',
  'focus',
  'press',
  'scroll',
  'select_option',
  'upload_file',
];

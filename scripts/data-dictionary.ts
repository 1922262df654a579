/**
 * docs/data.md: every field that can leave the device, from the schemas themselves.
 *
 * A field without a description stops the generation: nobody can collect a thing that has no stated meaning.
 */
import { z } from 'zod';
import { TraceBatch } from '../src/trace/batch.ts';
import { TraceRecord } from '../src/trace/record.ts';

interface SchemaNode {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: SchemaNode[];
  oneOf?: SchemaNode[];
  items?: SchemaNode;
  properties?: Record<string, SchemaNode>;
  required?: string[];
  propertyNames?: SchemaNode;
  additionalProperties?: SchemaNode | boolean;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  description?: string;
  unit?: string;
  reason?: string;
  scope?: string;
}

const MANY = 12;

export function dataDictionary(): string {
  const batch = z.toJSONSchema(TraceBatch, { unrepresentable: 'any', reused: 'inline' }) as SchemaNode;
  const kinds = (z.toJSONSchema(TraceRecord, { unrepresentable: 'any', reused: 'inline' }) as SchemaNode)
    .oneOf!;
  const envelope = {
    ...batch,
    properties: {
      ...batch.properties,
      records: { type: 'array', description: 'The records, in random order.' },
    },
  };
  return [
    '# What can leave the device',
    '',
    'Generated from the schemas in `src/trace` by `npm run generate`; `npm test` fails when it is stale. What is not listed here has no way off the device: unknown fields are refused, and no field takes free text.',
    '',
    '## batch',
    '',
    'How records travel. The collector keeps the charter, level and schema version with each record, and nothing that links the records of a batch.',
    '',
    ...table(envelope),
    ...kinds.flatMap((kind) => [
      '',
      `## ${String(kind.properties!.kind!.const)}`,
      '',
      `${kind.description!} Scope: ${kind.scope!}.`,
      '',
      ...table(kind),
    ]),
    '',
  ].join('\n');
}

function table(node: SchemaNode): string[] {
  return ['| field | values | unit | what it is | why |', '|---|---|---|---|---|', ...rows(node, '', false)];
}

function rows(node: SchemaNode, prefix: string, described: boolean): string[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const isOptional = !(node.required ?? []).includes(name);
    const inner = objectWithin(field);
    const isDescribed = described || field.description !== undefined;
    if (name !== 'kind' && name !== 'what' && !isDescribed && inner === undefined) {
      throw new Error(`${path} has no description in its schema`);
    }
    const cells = [
      `\`${path}\`${isOptional ? ' (optional)' : ''}`,
      values(field),
      field.unit ?? '',
      field.description ?? (name === 'kind' ? 'Kind of record.' : ''),
      field.reason ?? '',
    ];
    const suffix = field.type === 'array' ? '[].' : '.';
    return [
      `| ${cells.map(escapeCell).join(' | ')} |`,
      ...(inner ? rows(inner, path + suffix, isDescribed) : []),
    ];
  });
}

/** The object whose fields are listed below a field, if there is one. */
function objectWithin(node: SchemaNode): SchemaNode | undefined {
  if (node.properties) return node;
  if (node.items?.properties) return node.items;
  const choices = node.anyOf ?? node.oneOf;
  const merged = choices?.filter((choice) => choice.properties);
  if (merged === undefined || merged.length === 0) return undefined;
  return {
    properties: Object.assign({}, ...merged.map((choice) => choice.properties)) as Record<string, SchemaNode>,
    required: [],
  };
}

function values(node: SchemaNode): string {
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum)
    return node.enum.length > MANY
      ? `one of ${node.enum.length} listed in \`src/trace\``
      : node.enum.map(String).join(', ');
  if (node.anyOf) return node.anyOf.map(values).join(' or ');
  if (node.oneOf) return 'one of the forms below';
  if (node.propertyNames)
    return `${values(node.propertyNames)}: ${values(node.additionalProperties as SchemaNode)}`;
  switch (node.type) {
    case 'integer':
      return `${node.minimum!} to ${node.maximum!}`;
    case 'array': {
      const count = node.maxItems === undefined ? '' : `${node.minItems ?? 0} to ${node.maxItems} `;
      return node.items && !node.items.properties
        ? `${count}× ${values(node.items)}`
        : `list${count && ` of ${count.trim()}`}`;
    }
    case 'boolean':
      return 'true, false';
    case 'null':
      return 'null';
    case 'object':
      return 'object';
    case 'string':
      return node.format === 'date'
        ? 'YYYY-MM-DD'
        : node.format === 'uuid'
          ? 'UUID'
          : `text of the form \`${node.pattern ?? ''}\``;
    case undefined:
    default:
      return '';
  }
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}

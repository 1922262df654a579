/**
 * Every field that can leave the device, from the schemas themselves: docs/data.md, and the pack's data inventory.
 *
 * A field without a description stops the generation: nobody can collect a thing that has no stated meaning. With a charter
 * only what it offers is listed; what is left out is decided by `isOffered`, and everything it does not name is in.
 */
import { z } from 'zod';
import { TraceBatch } from '../../src/trace/batch.ts';
import { TraceRecord } from '../../src/trace/record.ts';
import { code, heading, list, paragraph, table, type Block } from './page.ts';
import { countsContributors, offersLinked, type Offer } from './offer.ts';

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

/** Whose rows are made: of one kind of record, under a charter or under any. */
interface Context {
  kind: string;
  offer: Offer | undefined;
}

const MANY = 12;
const HEAD = ['field', 'values', 'unit', 'what it is', 'why'];

/** The whole page of the documents. */
export function dataDictionary(): { title: string; blocks: Block[] } {
  return {
    title: 'What can leave the device',
    blocks: [
      paragraph(
        'Generated from the schemas in `src/trace` by `npm run generate`; `npm test` fails when it is stale. What is not listed here has no way off the device: unknown fields are refused, and no field takes free text.',
      ),
      ...dataFields(),
    ],
  };
}

/** A table for what is around the records, and one for each kind. */
export function dataFields(offer?: Offer, record: z.ZodType = TraceRecord): Block[] {
  const batch = toNode(TraceBatch);
  const envelope = {
    ...batch,
    properties: {
      ...batch.properties,
      records: { type: 'array', description: 'The records, in random order.' },
    },
  };
  return [
    heading('batch'),
    paragraph(
      'How records travel. The collector keeps the charter, level and schema version with each record, and nothing that links the records of a batch.',
    ),
    table(HEAD, rows(envelope, '', false, { kind: 'batch', offer })),
    ...toNode(record)
      .oneOf!.filter((kind) => offer === undefined || isKindOffered(kindOf(kind), offer))
      .flatMap((kind) => [
        heading(kindOf(kind)),
        paragraph(`${kind.description!} Scope: ${kind.scope!}.`),
        table(HEAD, rows(kind, '', false, { kind: kindOf(kind), offer })),
      ]),
  ];
}

/** The lists that the tables only count, in full; for whoever has no source at hand. */
export function longLists(offer: Offer, record: z.ZodType = TraceRecord): Block[] {
  const found = new Map<string, Set<string>>();
  const visit = (node: SchemaNode, path: string, context: Context) => {
    if (!isOffered(path, context)) return;
    if (node.enum && node.enum.length > MANY) {
      const values = node.enum.map(String).join(', ');
      found.set(values, (found.get(values) ?? new Set()).add(path));
    }
    for (const [name, field] of Object.entries(node.properties ?? {}))
      visit(field, path === '' ? name : `${path}.${name}`, context);
    for (const inner of [node.items, node.propertyNames, ...(node.anyOf ?? []), ...(node.oneOf ?? [])])
      if (inner) visit(inner, node.items ? `${path}[]` : path, context);
  };
  for (const kind of toNode(record).oneOf!)
    if (isKindOffered(kindOf(kind), offer)) visit(kind, '', { kind: kindOf(kind), offer });
  return [
    heading('The long lists'),
    paragraph('A field that is one of many listed words can hold these and no others.'),
    list([...found].map(([values, paths]) => `${[...paths].map(code).join(', ')}: ${values}.`)),
  ];
}

function toNode(schema: z.ZodType): SchemaNode {
  return z.toJSONSchema(schema, { unrepresentable: 'any', reused: 'inline' }) as SchemaNode;
}

function kindOf(kind: SchemaNode): string {
  return String(kind.properties!.kind!.const);
}

function isKindOffered(kind: string, offer: Offer): boolean {
  switch (kind) {
    case 'motion':
      return offer.scopes.includes('pointer');
    case 'rhythm':
      return offer.scopes.includes('keys');
    case 'episode':
      return offer.scopes.includes('workflow');
    case 'sighting':
      return countsContributors(offer);
    case 'trace':
      return offersLinked(offer);
    default:
      return true;
  }
}

/** What a record of a charter never bears: buckets, marks of tasks, and the parts of scopes that are not offered. */
function isOffered(path: string, { kind, offer }: Context): boolean {
  if (offer === undefined) return true;
  const [first, ...rest] = path.split(/\[?\]?\./);
  if (path === 'split' || path === 'seen.split') return offer.buckets > 0;
  if (path === 'steps[].task') return offer.tasks.length > 0;
  const partOf = { motions: 'pointer', rhythms: 'keys', views: 'workflow', steps: 'workflow' } as const;
  const scope = kind === 'trace' ? partOf[first as keyof typeof partOf] : undefined;
  if (scope !== undefined && rest.length > 0) return offer.scopes.includes(scope);
  if (['seen.app', 'seen.viewKey', 'seen.elementKey'].includes(path))
    return offer.scopes.includes('workflow');
  return true;
}

function rows(node: SchemaNode, prefix: string, described: boolean, context: Context): string[][] {
  return Object.entries(node.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    if (!isOffered(path, context)) return [];
    const isOptional = !(node.required ?? []).includes(name);
    const inner = objectWithin(field);
    const isDescribed = described || field.description !== undefined;
    if (name !== 'kind' && name !== 'what' && !isDescribed && inner === undefined) {
      throw new Error(`${path} has no description in its schema`);
    }
    const cells = [
      `\`${path}\`${isOptional ? ' (optional)' : ''}`,
      charterValues(path, context.offer) ??
        values(field, context.offer === undefined ? 'in `src/trace`' : 'below'),
      field.unit ?? '',
      field.description ?? (name === 'kind' ? 'Kind of record.' : ''),
      field.reason ?? '',
    ];
    const suffix = field.type === 'array' ? '[].' : '.';
    return [cells, ...(inner ? rows(inner, path + suffix, isDescribed, context) : [])];
  });
}

/** What the charter itself limits a field to. */
function charterValues(path: string, offer: Offer | undefined): string | undefined {
  if (offer === undefined) return undefined;
  switch (path) {
    case 'level':
      return offer.levels.join(', ');
    case 'scope':
      return offer.scopes.join(', ');
    case 'split':
    case 'seen.split':
      return `0 to ${offer.buckets - 1}`;
    case 'views[].app':
    case 'seen.app':
      return offer.apps.length === 0
        ? 'none: the charter names no app that is recorded'
        : offer.apps.join(', ');
    case 'steps[].task':
      return offer.tasks.join(', ');
    default:
      return undefined;
  }
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

/** @param where long lists are in full. */
function values(node: SchemaNode, where: string): string {
  const of = (inner: SchemaNode) => values(inner, where);
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum)
    return node.enum.length > MANY
      ? `one of ${node.enum.length} listed ${where}`
      : node.enum.map(String).join(', ');
  if (node.anyOf) return node.anyOf.map(of).join(' or ');
  if (node.oneOf) return 'one of the forms below';
  if (node.propertyNames) return `${of(node.propertyNames)}: ${of(node.additionalProperties as SchemaNode)}`;
  switch (node.type) {
    case 'integer':
      return `${node.minimum!} to ${node.maximum!}`;
    case 'array': {
      const count = node.maxItems === undefined ? '' : `${node.minItems ?? 0} to ${node.maxItems} `;
      return node.items && !node.items.properties
        ? `${count}× ${of(node.items)}`
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

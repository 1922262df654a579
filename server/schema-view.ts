/**
 * A JSON Schema as nested lists: each field with its values and what it is.
 *
 * Runs in the collector, for the page of its interface. Shows the keywords that our schemas use; one that it does not
 * know it leaves out, so the document stays the whole truth.
 */
import { html } from 'hono/html';
import type { JsonSchema } from './openapi.ts';

export type Markup = ReturnType<typeof html>;

/** Longer lists of values are folded away. */
const MANY_VALUES = 8;
const MAX_SAFE = Number.MAX_SAFE_INTEGER;

/** The fields of a schema, or its kind where it has none. */
export function showSchema(schema: JsonSchema): Markup {
  const fields = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>);
  if (fields.length === 0) return html`<p>${kindOf(schema)}</p>`;
  const required = (schema['required'] ?? []) as string[];
  return html`<ul class="fields">
    ${fields.map(
      ([name, field]) =>
        html`<li>
          <code>${name}</code>
          <span class="kind">${kindOf(field)}${required.includes(name) ? '' : ', optional'}</span>
          ${typeof field['description'] === 'string' ? html`<span class="says">${withCode(field['description'])}</span>` : ''}
          ${showInside(field)}
        </li>`,
    )}
  </ul>`;
}

/** Text with its `code` as code. */
export function withCode(text: string): Markup {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

/** What lies within a field: folded, since a record has hundreds of fields. */
function showInside(field: JsonSchema): Markup | string {
  const inner = (field['items'] ?? field) as JsonSchema;
  const choices = choicesOf(inner).filter((choice) => choice['type'] === 'object');
  if (choices.length > 0) {
    return html`${choices.map(
      (choice) =>
        html`<details>
          <summary>${nameOfChoice(choice)}</summary>
          ${showSchema(choice)}
        </details>`,
    )}`;
  }
  if (inner['properties'] !== undefined) {
    return html`<details>
      <summary>Fields</summary>
      ${showSchema(inner)}
    </details>`;
  }
  const values = (inner['enum'] ?? []) as unknown[];
  if (values.length <= MANY_VALUES) return '';
  return html`<details>
    <summary>Values</summary>
    <p>${values.map((value) => html`<code>${String(value)}</code> `)}</p>
  </details>`;
}

function choicesOf(schema: JsonSchema): JsonSchema[] {
  return ((schema['oneOf'] ?? schema['anyOf']) as JsonSchema[] | undefined) ?? [];
}

/** Choices are told apart by a field with one value only. */
function nameOfChoice(choice: JsonSchema): string {
  const fields = Object.values((choice['properties'] ?? {}) as Record<string, JsonSchema>);
  const constant = fields.find((field) => field['const'] !== undefined);
  return constant ? String(constant['const']) : 'Fields';
}

function kindOf(schema: JsonSchema): string {
  if (schema['const'] !== undefined) return JSON.stringify(schema['const']);
  const values = schema['enum'] as unknown[] | undefined;
  if (values) {
    return values.length > MANY_VALUES
      ? `one of ${values.length} values`
      : values.map((value) => JSON.stringify(value)).join(' | ');
  }
  const choices = choicesOf(schema);
  if (choices.length > 0) return [...new Set(choices.map(kindOf))].join(' | ');
  switch (schema['type']) {
    case 'array':
      return `list${rangeOf(schema['minItems'], schema['maxItems'])} of ${kindOf((schema['items'] ?? {}) as JsonSchema)}`;
    case 'integer':
    case 'number':
      return `${schema['type']}${rangeOf(lowestOf(schema), schema['maximum'])}`;
    case 'string':
      return typeof schema['format'] === 'string' ? schema['format'] : textKindOf(schema);
    default:
      return typeof schema['type'] === 'string' ? schema['type'] : 'see its description';
  }
}

function lowestOf(schema: JsonSchema): unknown {
  return schema['minimum'] ?? (schema['exclusiveMinimum'] === 0 ? 1 : undefined);
}

function textKindOf({ pattern, maxLength }: JsonSchema): string {
  if (typeof pattern === 'string') return `text ${pattern}`;
  return typeof maxLength === 'number' ? `text of at most ${maxLength}` : 'text';
}

function rangeOf(lowest: unknown, highest: unknown): string {
  const from = typeof lowest === 'number' && lowest > -MAX_SAFE ? String(lowest) : '';
  const to = typeof highest === 'number' && highest < MAX_SAFE ? String(highest) : '';
  return from === '' && to === '' ? '' : ` ${from}..${to}`;
}

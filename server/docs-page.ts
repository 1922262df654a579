/**
 * The interface to read: a page made from the OpenAPI document.
 *
 * Made in the collector, shown in a browser. Has no script and loads nothing; knows no more than the document does.
 */
import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { DOCS_PAGE_STYLE } from './docs-page-style.ts';
import type { JsonSchema, OpenApiAnswer, OpenApiDocument, OpenApiOperation } from './openapi.ts';
import { showSchema, withCode, type Markup } from './schema-view.ts';

/** The page's content security policy: its own style and nothing else. */
export const DOCS_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(DOCS_PAGE_STYLE).digest('base64')}'`,
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const KEY_WORDS: Record<string, string> = {
  participantKey: 'the participant key',
  readerKey: 'a reader’s key',
  administratorKey: 'an administrator’s key',
};

/** The whole page as HTML. */
export function createDocsPage({ info, tags, paths, components }: OpenApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${info.title}: interface</title>
        ${raw(`<style>${DOCS_PAGE_STYLE}</style>`)}
      </head>
      <body>
        <main>
          <header>
            <p class="product">Proffer</p>
            <h1>${info.title}</h1>
            <p class="lead">${withCode(info.description)}</p>
            <p><a href="/openapi.json">openapi.json</a>, OpenAPI 3.1</p>
          </header>
          <nav aria-label="Routes">
            <ul>
              ${operations.map(
                ({ path, method, operation }) =>
                  html`<li>
                    <a href="#${operation.operationId}">${routeOf(method, path)}</a> ${operation.summary}
                  </li>`,
              )}
            </ul>
          </nav>
          ${tags.map(
            ({ name, description }) =>
              html`<h2>For ${name}</h2>
                <p class="soft">${description}</p>
                ${operations
                  .filter(({ operation }) => operation.tags.includes(name))
                  .map(({ path, method, operation }) => section(method, path, operation))}`,
          )}
          <h2>Schemas</h2>
          ${Object.entries(components.schemas).map(
            ([name, schema]) =>
              html`<section id="schema-${name}">
                <h3>${name}</h3>
                ${showSchema(schema)}
              </section>`,
          )}
        </main>
      </body>
    </html>`;
  // Nothing in it is asynchronous, so it is a string already.
  return (page as HtmlEscapedString).toString();
}

function routeOf(method: string, path: string): Markup {
  return html`<code><b>${method.toUpperCase()}</b> ${path}</code>`;
}

function section(method: string, path: string, operation: OpenApiOperation): Markup {
  const { operationId, summary, description, security, parameters = [], requestBody, responses } = operation;
  const keys = security.flatMap((requirement) => Object.keys(requirement));
  return html`<section id="${operationId}">
    <h3>${summary}</h3>
    <p class="route">${routeOf(method, path)}</p>
    <p>${withCode(description)}</p>
    <dl>
      <dt>Key</dt>
      <dd>${keys.length === 0 ? 'none' : keys.map((key) => KEY_WORDS[key] ?? key).join(', ')}</dd>
      ${parameters.map(
        (parameter) =>
          html`<dt><code>${parameter.name}</code></dt>
            <dd>
              ${withCode(parameter.description)}
              <span class="soft">In the ${parameter.in}${parameter.required ? '' : '; optional'}.</span>
            </dd>`,
      )}
      ${
        requestBody
          ? html`<dt>Body</dt>
              <dd>${requestBody.description} ${mediaOf(requestBody.content)}</dd>`
          : ''
      }
      ${Object.entries(responses).map(
        ([status, answer]) =>
          html`<dt>${status}</dt>
            <dd>${answerWords(status, answer)}</dd>`,
      )}
    </dl>
  </section>`;
}

function answerWords(status: string, { description, content = {} }: OpenApiAnswer): Markup {
  // A refusal's body is the same everywhere and is described once.
  if (status.startsWith('2')) return html`${withCode(description)} ${mediaOf(content)}`;
  const codes = description.split(/ (?=`[a-z-]+`:)/);
  return html`${codes.map((code) => html`<span class="code">${withCode(code)}</span>`)}`;
}

function mediaOf(content: Record<string, { schema: JsonSchema }>): Markup {
  return html`${Object.entries(content).map(([mediaType, { schema }]) => {
    const name = schemaNameIn(schema);
    return html`<span class="media"
      ><code>${mediaType}</code>
      ${name === undefined ? '' : html`<a href="#schema-${name}">${name}</a>`}</span
    >`;
  })}`;
}

function schemaNameIn(schema: JsonSchema): string | undefined {
  const reference = schema['$ref'] ?? (schema['contentSchema'] as JsonSchema | undefined)?.['$ref'];
  return typeof reference === 'string' ? reference.split('/').at(-1) : undefined;
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { BATCH_MEDIA_TYPE, ERRORS, PATHS, PURPOSE_HEADER } from '../src/trace/collector-api.ts';
import { BATCH_SIZES_BYTES } from '../src/trace/limits.ts';
import { routesOf } from './app.ts';
import { createDocsPage, DOCS_PAGE_POLICY } from './docs-page.ts';
import { createGate } from './gate.ts';
import { saveJoinKey } from './secrets.ts';
import { createOpenApi, type JsonSchema, type OpenApiOperation } from './openapi.ts';
import { aBatch, aMotion, anEpisode, aRhythm, batchIdOf, onTheWire, secretOf } from './testing/builders.ts';
import { openTestCollector, quietOperations, type TestCollector } from './testing/collector.ts';

const document = createOpenApi();
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);
let collector: TestCollector;
const gate = createGate(quietOperations().disk, 100);
beforeAll(async () => {
  collector = await openTestCollector({}, undefined, { gate });
  await collector.post(aBatch(collector.charterHash, [aMotion(1), aRhythm(2), anEpisode(3), aMotion(4)]));
  await collector.seal();
  await collector.erase(secretOf(4));
  await collector.seal();
});
afterAll(() => collector.close());

/** Every reference in the document replaced by what it refers to. */
function resolved(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(resolved);
  if (typeof node !== 'object' || node === null) return node;
  const { $ref, ...rest } = node as JsonSchema;
  if (typeof $ref === 'string') {
    const name = /^#\/components\/schemas\/(\w+)$/.exec($ref)?.[1];
    expect(document.components.schemas, $ref).toHaveProperty(name!);
    return resolved(document.components.schemas[name!]);
  }
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, resolved(value)]));
}

const isValid = (schema: JsonSchema, value: unknown): boolean =>
  z.fromJSONSchema(resolved(schema) as Parameters<typeof z.fromJSONSchema>[0]).safeParse(value).success;

describe('the document', () => {
  test('has every route of the app, and no other', () => {
    const offered = routesOf(collector.app).map(
      ({ path, method }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`,
    );
    const described = operations.map(({ path, method }) => `${method} ${path}`);
    expect(described.toSorted()).toEqual(offered.toSorted());
  });

  test('knows every error code, and gives each its status', () => {
    const found = new Set(operations.flatMap(({ operation }) => codesOf(operation)));
    const everywhere = ['method-not-allowed'];
    for (const code of everywhere) expect(document.info.description).toContain(`\`${code}\``);
    expect([...found, ...everywhere].toSorted()).toEqual(Object.keys(ERRORS).toSorted());
    for (const { operation } of operations) {
      for (const [status, { content }] of Object.entries(operation.responses)) {
        if (status.startsWith('2')) continue;
        const { properties } = content!['application/json']!.schema as {
          properties: { error: { enum: string[] } };
        };
        for (const code of properties.error.enum) expect(ERRORS).toHaveProperty(code, Number(status));
      }
    }
  });

  test('has the form of OpenAPI 3.1', () => {
    expect(OpenApiForm.parse(document)).toBeDefined();
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
    for (const { path, operation } of operations) {
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
      for (const requirement of operation.security) {
        for (const name of Object.keys(requirement)) {
          expect(document.components.securitySchemes).toHaveProperty(name);
        }
      }
      for (const tag of operation.tags) expect(document.tags.map(({ name }) => name)).toContain(tag);
    }
    // Every reference leads somewhere, and every schema is one.
    expect(resolved(document.paths)).toBeDefined();
    for (const schema of Object.values(document.components.schemas)) {
      expect(() => z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])).not.toThrow();
    }
  });

  test('holds nothing of the collector that serves it', () => {
    const text = JSON.stringify(document);
    const { charterHash, charter, participantKey } = collector;
    for (const own of [charterHash, charter.organization, charter.purpose, participantKey]) {
      expect(text).not.toContain(own);
    }
  });

  test('its schema of a batch takes what ingest takes, and refuses unknown fields', () => {
    const { contentSchema } = operationOf('sendBatch').requestBody!.content[BATCH_MEDIA_TYPE]!.schema;
    const batch = aBatch(collector.charterHash);
    expect(isValid(contentSchema as JsonSchema, batch)).toBe(true);
    expect(isValid(contentSchema as JsonSchema, { ...batch, extra: 1 })).toBe(false);
    expect(
      isValid(contentSchema as JsonSchema, { ...batch, records: [{ ...aMotion(1), end: 'flight' }] }),
    ).toBe(false);
  });
});

describe('real answers are what the document says:', () => {
  let administratorKey: string | undefined;
  const asReader = () => ({
    authorization: `Bearer ${collector.readerKey}`,
    [PURPOSE_HEADER]: 'train-agents',
  });
  const asParticipant = () => ({ authorization: `Bearer ${collector.participantKey}` });
  const done: Record<string, () => Response | Promise<Response>> = {
    sendBatch: () => collector.post(aBatch(collector.charterHash, [aMotion(9)], { batchId: batchIdOf(9) })),
    eraseRecord: () => collector.erase(secretOf(8)),
    showAccessLog: () => collector.app.request(PATHS.accessLog, { headers: asParticipant() }),
    describeCollector: () => collector.app.request(PATHS.wellKnown),
    showJoinPage: () => {
      saveJoinKey(collector.dataDir, collector.participantKey);
      return collector.app.request(PATHS.join);
    },
    listReleases: () => collector.app.request(PATHS.releases, { headers: asReader() }),
    pullRecords: () =>
      collector.app.request(`${PATHS.releases}/1/records?kind=episode`, { headers: asReader() }),
    pullTombstones: () => collector.app.request(`${PATHS.releases}/1/tombstones`, { headers: asReader() }),
    checkHealth: () => collector.app.request(PATHS.health),
    checkReadiness: () => collector.app.request(PATHS.ready),
    showMetrics: async () => {
      administratorKey ??= await collector.addKey('administrator', 'ops', []);
      const headers = { authorization: `Bearer ${administratorKey}` };
      return collector.app.request(PATHS.metrics, { headers });
    },
    showInterface: () => collector.app.request(PATHS.openapi),
    showDocs: () => collector.app.request(PATHS.docs),
  };

  test('each route has one here', async () => {
    expect(Object.keys(done).toSorted()).toEqual(
      operations.map(({ operation }) => operation.operationId).toSorted(),
    );
    const page = await (await done['pullRecords']!()).json();
    expect(page).toMatchObject({ rows: [{ record: { kind: 'episode' } }] });
    expect(await (await done['pullTombstones']!()).json()).toMatchObject({
      recordIds: expect.arrayContaining([expect.any(String)]),
    });
    expect(await (await done['showAccessLog']!()).json()).toMatchObject({
      entries: [{ reader: 'reader 0' }],
    });
  });

  test.each(operations.map(({ operation }) => operation.operationId))('%s', async (id) => {
    const answer = await done[id]!();
    expect([answer.ok, await isAsDescribed(id, answer)]).toEqual([true, true]);
  });

  const refused: [string, number, () => Response | Promise<Response>][] = [
    ['sendBatch', 401, () => collector.postBody(onTheWire({}), { authorization: undefined })],
    [
      'sendBatch',
      403,
      () => collector.postBody(onTheWire({}), { authorization: `Bearer ${collector.readerKey}` }),
    ],
    ['sendBatch', 415, () => collector.postBody(onTheWire({}), { 'content-type': 'text/plain' })],
    ['sendBatch', 413, () => collector.postBody(new Uint8Array(BATCH_SIZES_BYTES[2] + 1))],
    ['sendBatch', 400, () => collector.postBody(new Uint8Array(4096))],
    ['sendBatch', 422, () => collector.post({ ...aBatch(collector.charterHash), records: [] })],
    ['sendBatch', 410, () => collector.post(aBatch('0'.repeat(64)))],
    ['sendBatch', 409, () => collector.post(aBatch(collector.charterHash, [aMotion(77)]))],
    ['eraseRecord', 400, () => collector.erase('short')],
    ['listReleases', 403, () => collector.read(PATHS.releases, 'other-purpose')],
    ['pullRecords', 404, () => collector.read(`${PATHS.releases}/99/records?kind=motion`)],
    ['pullRecords', 400, () => collector.read(`${PATHS.releases}/1/records?kind=all`)],
    ['showMetrics', 403, () => collector.read(PATHS.metrics)],
    ['pullTombstones', 401, () => collector.app.request(`${PATHS.releases}/1/tombstones`)],
  ];
  test.each(refused)('%s refused with %d', async (id, status, ask) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(await isAsDescribed(id, answer)).toBe(true);
  });

  test('draining', async () => {
    const drained = createGate(quietOperations().disk, 1);
    drained.drain();
    const other = await openTestCollector({}, undefined, { gate: drained });
    const batch = await other.post(aBatch(other.charterHash));
    expect([batch.status, await isAsDescribed('sendBatch', batch)]).toEqual([503, true]);
    const ready = await other.app.request(PATHS.ready);
    expect([ready.status, await isAsDescribed('checkReadiness', ready)]).toEqual([503, true]);
    await other.close();
  });
});

describe('the page', () => {
  test('has every route, schema and error code, and no script', async () => {
    const page = createDocsPage(document);
    for (const { path, operation } of operations) {
      expect(page).toContain(path);
      expect(page).toContain(`id="${operation.operationId}"`);
      for (const code of codesOf(operation)) expect(page).toContain(`<code>${code}</code>`);
    }
    for (const name of Object.keys(document.components.schemas))
      expect(page).toContain(`id="schema-${name}"`);
    for (const [, anchor] of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(`id="${anchor}"`);
    expect(page).not.toMatch(/<script|javascript:|\son\w+=|<(?:img|link|iframe)|src=|\[object|undefined/i);
    const answer = await collector.app.request(PATHS.docs);
    expect(answer.headers.get('content-security-policy')).toBe(DOCS_PAGE_POLICY);
    expect(DOCS_PAGE_POLICY).not.toContain('script-src');
  });
});

function operationOf(id: string): OpenApiOperation {
  return operations.find(({ operation }) => operation.operationId === id)!.operation;
}

function codesOf(operation: OpenApiOperation): string[] {
  return Object.entries(operation.responses)
    .filter(([status]) => !status.startsWith('2'))
    .flatMap(([, { description }]) => [...description.matchAll(/`([a-z-]+)`:/g)].map(([, code]) => code!));
}

/** Whether status, media type and content of an answer are those that the document has for it. */
async function isAsDescribed(id: string, answer: Response): Promise<boolean> {
  const described = operationOf(id).responses[answer.status];
  if (described === undefined) return false;
  for (const name of Object.keys(described.headers ?? {})) {
    if (!answer.headers.has(name)) return false;
  }
  if (described.content === undefined) return (await answer.text()) === '';
  const mediaType = answer.headers.get('content-type')!.split(';')[0]!;
  const media = described.content[mediaType];
  if (media === undefined) return false;
  const text = await answer.text();
  return isValid(media.schema, mediaType === 'application/json' ? JSON.parse(text) : text);
}

/** The parts of the specification's form that we use; strict, so that a misspelt field is found. */
const Schema = z.record(z.string(), z.unknown());
const Content = z.record(z.string().regex(/^[\w.+-]+\/[\w.+-]+$/), z.strictObject({ schema: Schema }));
const OpenApiForm = z.strictObject({
  openapi: z.literal('3.1.0'),
  jsonSchemaDialect: z.url(),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  tags: z.array(z.strictObject({ name: z.string(), description: z.string() })),
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(
      z.enum(['get', 'post']),
      z.strictObject({
        operationId: z.string().regex(/^[a-zA-Z]+$/),
        tags: z.array(z.string()),
        summary: z.string(),
        description: z.string(),
        security: z.array(z.record(z.string(), z.array(z.string()))),
        parameters: z
          .array(
            z
              .strictObject({
                name: z.string(),
                in: z.enum(['path', 'query', 'header']),
                required: z.boolean(),
                description: z.string(),
                schema: Schema,
              })
              .refine((parameter) => parameter.in !== 'path' || parameter.required),
          )
          .optional(),
        requestBody: z
          .strictObject({ required: z.literal(true), description: z.string(), content: Content })
          .optional(),
        responses: z
          .record(
            z.string().regex(/^[1-5]\d\d$/),
            z.strictObject({
              description: z.string().min(1),
              headers: z
                .record(z.string(), z.strictObject({ description: z.string(), schema: Schema }))
                .optional(),
              content: Content.optional(),
            }),
          )
          .refine((responses) => Object.keys(responses).length > 0),
      }),
    ),
  ),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[a-zA-Z0-9._-]+$/), Schema),
    securitySchemes: z.record(
      z.string().regex(/^[a-zA-Z0-9._-]+$/),
      z.strictObject({ type: z.literal('http'), scheme: z.literal('bearer'), description: z.string() }),
    ),
  }),
});

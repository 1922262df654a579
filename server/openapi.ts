/**
 * The collector's interface as an OpenAPI 3.1 document, made from the schemas that its doors parse by.
 *
 * Runs in the collector, served at `/openapi.json` and read at `/docs`. Says what anyone may know of any collector:
 * must never hold anything of this one (its charter, its keys, its address).
 */
import { z } from 'zod';
import { TraceBatch } from '../src/trace/batch.ts';
import {
  AccessLog,
  ErasureRequest,
  ERRORS,
  Health,
  PURPOSE_HEADER,
  Readiness,
  RecordsPage,
  ReleaseList,
  SignedErasureAnswer,
  TombstonesPage,
  WellKnown,
  type ErrorCode,
} from '../src/trace/collector-api.ts';
import { OPERATIONS, TAGS, type ComponentName, type Operation } from './openapi-operations.ts';
import { MESSAGES } from './refusal.ts';

/** A JSON Schema of draft 2020-12, or a reference to one. */
export type JsonSchema = Record<string, unknown>;

export interface OpenApiMedia {
  schema: JsonSchema;
}
export interface OpenApiAnswer {
  description: string;
  headers?: Record<string, { description: string; schema: JsonSchema }>;
  content?: Record<string, OpenApiMedia>;
}
export interface OpenApiOperation {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  security: Record<string, string[]>[];
  parameters?: { name: string; in: string; required: boolean; description: string; schema: JsonSchema }[];
  requestBody?: { required: true; description: string; content: Record<string, OpenApiMedia> };
  responses: Record<string, OpenApiAnswer>;
}
export interface OpenApiDocument {
  openapi: '3.1.0';
  jsonSchemaDialect: string;
  info: { title: string; version: string; description: string };
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: Record<string, JsonSchema> };
}

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
/** Of the interface, as its paths name it; not of the software. */
const INTERFACE_VERSION = '1';

/** The whole document. */
export function createOpenApi(): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const operation of OPERATIONS) {
    (paths[operation.path] ??= {})[operation.method] = describe(operation);
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: DIALECT,
    info: {
      title: 'Proffer collector',
      version: INTERFACE_VERSION,
      description:
        'Takes batches of records of how people work in the browser, recorded with their consent and without ' +
        'content, and hands them out in numbered releases. Keys go in the Authorization header. A refusal bears ' +
        'a stable code, says where the faults are, and never repeats a value. A path that is not here answers 404 ' +
        '`not-found`, another method 405 `method-not-allowed`.',
    },
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: schemas(),
      securitySchemes: {
        participantKey: bearer('The key that all participants share: batches, erasures, the access log.'),
        readerKey: bearer('A reader’s own key, used with a stated purpose.'),
        administratorKey: bearer('An administrator’s key: the figures.'),
      },
    },
  };
}

/** The codes of a route's refusals, by status. */
export function refusalsByStatus(errors: readonly ErrorCode[]): Map<number, ErrorCode[]> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const error of errors) byStatus.set(ERRORS[error], [...(byStatus.get(ERRORS[error]) ?? []), error]);
  return new Map([...byStatus].toSorted(([one], [other]) => one - other));
}

function describe(operation: Operation): OpenApiOperation {
  const { id, tag, summary, description, key, parameters = [], body, answer, errors } = operation;
  const asked = [...(key === 'reader' ? [PURPOSE_PARAMETER] : []), ...parameters];
  return {
    operationId: id,
    tags: [tag],
    summary,
    description,
    security: key === undefined ? [] : [{ [`${key}Key`]: [] }],
    ...(asked.length > 0 && { parameters: asked.map(parameterOf) }),
    ...(body && {
      requestBody: {
        required: true,
        description: body.description,
        content: { [body.mediaType]: { schema: bodySchema(body) } },
      },
    }),
    responses: {
      [answer.status]: {
        description: answer.description,
        ...(answer.schema && { content: { 'application/json': { schema: reference(answer.schema) } } }),
        ...(answer.mediaType && { content: { [answer.mediaType]: { schema: { type: 'string' } } } }),
      },
      ...Object.fromEntries(
        [...refusalsByStatus(errors)].map(([status, codes]) => [status, refusalOf(status, codes)]),
      ),
    },
  };
}

const PURPOSE_PARAMETER = {
  name: PURPOSE_HEADER,
  in: 'header' as const,
  description: 'What the data is read for: one of the purposes that the key allows.',
  schema: z.string(),
};

function parameterOf({
  name,
  description,
  schema,
  ...parameter
}: NonNullable<Operation['parameters']>[number]) {
  const isRequired = !schema.safeParse(undefined).success;
  return { name, in: parameter.in, required: isRequired, description, schema: jsonSchemaOf(schema, 'input') };
}

/** What is packed in gzip has no schema of its own: the schema is that of the content. */
function bodySchema({ schema, isPacked }: NonNullable<Operation['body']>): JsonSchema {
  return isPacked
    ? { contentMediaType: 'application/json', contentSchema: reference(schema) }
    : reference(schema);
}

function refusalOf(status: number, codes: ErrorCode[]): OpenApiAnswer {
  const isForLater = status === 429 || status === 503;
  return {
    description: codes.map((code) => `\`${code}\`: ${MESSAGES[code]}`).join(' '),
    ...(isForLater && {
      headers: {
        'retry-after': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } },
      },
    }),
    content: {
      'application/json': {
        schema: { allOf: [reference('Refusal')], properties: { error: { enum: codes } } },
      },
    },
  };
}

function schemas(): Record<ComponentName | 'Refusal', JsonSchema> {
  return {
    TraceBatch: jsonSchemaOf(TraceBatch, 'input'),
    ErasureRequest: jsonSchemaOf(ErasureRequest, 'input'),
    SignedErasureAnswer: jsonSchemaOf(SignedErasureAnswer, 'output'),
    ReleaseList: jsonSchemaOf(ReleaseList, 'output'),
    RecordsPage: jsonSchemaOf(RecordsPage, 'output'),
    TombstonesPage: jsonSchemaOf(TombstonesPage, 'output'),
    AccessLog: jsonSchemaOf(AccessLog, 'output'),
    WellKnown: jsonSchemaOf(WellKnown, 'output'),
    OpenApiDocument: {
      type: 'object',
      properties: { openapi: { const: '3.1.0' }, info: { type: 'object' }, paths: { type: 'object' } },
      required: ['openapi', 'info', 'paths', 'components'],
    },
    Health: jsonSchemaOf(Health, 'output'),
    Readiness: jsonSchemaOf(Readiness, 'output'),
    Refusal: {
      type: 'object',
      properties: {
        error: { type: 'string', enum: Object.keys(ERRORS), description: 'A stable code.' },
        message: { type: 'string', description: 'The same in words, for people.' },
        paths: {
          type: 'array',
          items: { type: 'string' },
          description: 'Where the faults are, as dotted paths; never values.',
        },
      },
      required: ['error', 'message'],
    },
  };
}

/**
 * A schema as JSON Schema, whole in one place: references into it would not resolve within the document.
 *
 * What is checked by code alone (a level's grids, say) has no words in JSON Schema and stands in the descriptions.
 */
function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    unrepresentable: 'any',
    reused: 'inline',
    io,
  });
  return json;
}

function reference(name: ComponentName | 'Refusal'): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

function bearer(description: string): JsonSchema {
  return { type: 'http', scheme: 'bearer', description };
}

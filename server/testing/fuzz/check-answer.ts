/**
 * What must hold of every answer of the collector, whatever was asked.
 *
 * Runs in the fuzz of the collector only. Throws what is wrong, in words that repeat nothing of the request.
 */
import { z } from 'zod';
import { TraceBatch } from '../../../src/trace/batch.ts';
import {
  AccessLog,
  ERRORS,
  PATHS,
  RecordsPage,
  ReleaseList,
  SignedErasureAnswer,
  TombstonesPage,
  WellKnown,
} from '../../../src/trace/collector-api.ts';
import type { ContractWords } from './contract-words.ts';
import type { MadeRequest } from './make-request.ts';

const Refused = z.strictObject({
  error: z.enum(Object.keys(ERRORS) as [keyof typeof ERRORS, ...(keyof typeof ERRORS)[]]),
  message: z.string().min(1),
  paths: z.array(z.string()).max(20).optional(),
});

/** The form of each answer that is not a refusal. */
const FORMS: [path: RegExp, form: z.ZodType][] = [
  [new RegExp(`^${PATHS.releases}/[^/]+/records$`), RecordsPage],
  [new RegExp(`^${PATHS.releases}/[^/]+/tombstones$`), TombstonesPage],
  [new RegExp(`^${PATHS.releases}$`), ReleaseList],
  [new RegExp(`^${PATHS.accessLog}$`), AccessLog],
  [new RegExp(`^${PATHS.erasures}$`), SignedErasureAnswer],
  [/^\/\.well-known\//, WellKnown],
];

/** What came of the request in one word: the status, or the code of the refusal. */
export async function checkAnswer(
  made: MadeRequest,
  answer: Response,
  words: ContractWords,
): Promise<string> {
  const { status } = answer;
  const text = await answer.text();
  if (status >= 500) throw new Error(`answers ${status}`);
  if (!answer.headers.has('x-content-type-options')) throw new Error('answers without its headers');
  if (status < 400) {
    checkGranted(made, answer, text);
    return `${made.door} ${status}`;
  }
  const all = text + JSON.stringify([...answer.headers]);
  if (made.said.some((said) => all.includes(said)))
    throw new Error(`a refusal (${status}) repeats what was asked`);
  if (made.request.method === 'HEAD') return `${made.door} ${status}`;
  const { error } = checkRefused(status, text, words);
  if (error === 'schema-invalid' && made.text !== undefined && isBatch(made.text)) {
    throw new Error('a batch of the schema is refused as none');
  }
  return `${made.door} ${error}`;
}

function checkGranted({ request, door, text: sent }: MadeRequest, { status }: Response, text: string): void {
  if (door === 'batch') {
    if (status !== 204 || text !== '') throw new Error(`a batch is answered ${status}`);
    if (sent !== undefined && !isBatch(sent)) throw new Error('what is no batch of the schema is taken');
  }
  if (status !== 200 || request.method === 'HEAD') return;
  const form = FORMS.find(([path]) => path.test(new URL(request.url).pathname))?.[1];
  if (form !== undefined && !form.safeParse(JSON.parse(text)).success)
    throw new Error('an answer has another form');
}

function checkRefused(status: number, text: string, { names }: ContractWords): z.infer<typeof Refused> {
  const refused = Refused.safeParse(JSON.parse(text));
  if (!refused.success) throw new Error(`a refusal (${status}) has another form`);
  const { error, paths = [] } = refused.data;
  if (ERRORS[error] !== status) throw new Error(`${error} is answered ${status}`);
  const isKnown = (name: string) => names.has(name) || /^\d{1,7}$/.test(name);
  if (!paths.every((path) => path.split('.').every(isKnown)))
    throw new Error(`${error} names a place that the contract does not have`);
  return refused.data;
}

/** By the schema as it is written, which the collector has compiled; without collecting all that is wrong. */
function isBatch(text: string): boolean {
  try {
    return z.validate(TraceBatch, JSON.parse(text));
  } catch {
    return false;
  }
}

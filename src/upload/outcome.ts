/**
 * What the collector's answer means for a batch.
 *
 * | answer | outcome |
 * |---|---|
 * | 204 | accepted: stored durably |
 * | 408, 429, 5xx, no answer, an answer that cannot be understood | try-later: kept, byte for byte |
 * | 401, 403, 410 | stopped for an hour: nothing is wrong with the records; an administrator must act |
 * | 422 `schema-unknown` | try-later in a day: the collector is older than the extension |
 * | 409 | conflict: it has something else under this batch's id; put aside whole, and an alarm |
 * | any other 4xx | refused: it will not get better; put aside and counted |
 */
import { REST_MS } from '../queue/upload-trouble.ts';
import { ErrorAnswer } from '../trace/collector-api.ts';

export type UploadOutcome =
  | { kind: 'accepted' }
  /** `afterMs` where the collector sets the delay; else back-off decides. */
  | { kind: 'try-later'; afterMs?: number; reason: string }
  | { kind: 'stopped'; trouble: 'key' | 'charter'; afterMs: number; reason: string }
  | { kind: 'conflict'; reason: string }
  | { kind: 'refused'; reason: string };

/** What a person who has asked for it is told came of sending; `going-on`: the rest has to wait for its turn. */
export type SendResult = UploadOutcome['kind'] | 'going-on' | 'nothing-due';

export function answerOf(outcome: UploadOutcome | undefined): SendResult {
  if (outcome === undefined) return 'nothing-due';
  return outcome.kind === 'try-later' && outcome.reason === PACE ? 'going-on' : outcome.kind;
}

/** Why a batch has to wait for its turn: enough have just been sent. */
export const PACE = 'pace';

const HOUR_MS = 3_600_000;
/** `Retry-After` is honoured up to this. */
const MAX_RETRY_AFTER_MS = HOUR_MS;

export async function outcomeOf(response: Response): Promise<UploadOutcome> {
  const { status } = response;
  if (status === 204) return { kind: 'accepted' };
  const reason = await errorCode(response);
  if (status === 401 || status === 403 || status === 410)
    return { kind: 'stopped', trouble: status === 410 ? 'charter' : 'key', afterMs: REST_MS, reason };
  if (status === 409) return { kind: 'conflict', reason };
  if (reason === 'schema-unknown') return { kind: 'try-later', afterMs: 24 * HOUR_MS, reason };
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return { kind: 'refused', reason };
  const afterMs = retryAfterMs(response);
  return { kind: 'try-later', reason, ...(afterMs !== undefined && { afterMs }) };
}

/** The stable error code, or the status where the answer has none. Never the answer's text. */
async function errorCode(response: Response): Promise<string> {
  const parsed = ErrorAnswer.safeParse(await response.json().catch(() => undefined));
  return parsed.success && /^[a-z-]{1,40}$/.test(parsed.data.error)
    ? parsed.data.error
    : `status-${response.status}`;
}

function retryAfterMs(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(MAX_RETRY_AFTER_MS, seconds * 1000) : undefined;
}

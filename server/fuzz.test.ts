import { describe, expect, test } from 'vitest';
import { PATHS } from '../src/trace/collector-api.ts';
import type { TraceRecord } from '../src/trace/record.ts';
import { aBatch, aMotion, batchIdOf } from './testing/builders.ts';
import { openTestCollector, type TestCollector } from './testing/collector.ts';
import { runCampaign } from './testing/fuzz/campaign.ts';

const LONG = { timeout: 120_000 };
const LIMIT_MS = 500;

test('two thousand requests that nobody should send change nothing that they should not', LONG, async () => {
  const { counts, fault } = await runCampaign({
    requests: 2000,
    seed: 5,
    openCollector: (charter) => openTestCollector(charter),
  });
  expect(fault).toBeUndefined();
  // It went as far as there is: stored, erased, pulled, and refused for what only the last checks see.
  for (const outcome of [
    'batch 204',
    'erasure 200',
    'other 200',
    'batch batch-different',
    'batch split-unfit',
  ])
    expect(counts[outcome], outcome).toBeGreaterThan(0);
});

/** Answers as it is told to, where the right answer is a refusal of a batch. */
type Breaking = (
  answer: Response,
  request: Request,
  collector: TestCollector,
) => Response | Promise<Response>;

const withText = (answer: Response, text: string, status = answer.status) =>
  new Response(text, { status, headers: answer.headers });

describe('a collector that is broken is found to be when it', () => {
  test.each<[string, RegExp, Breaking]>([
    ['fails', /answers 500/, (answer) => withText(answer, '{}', 500)],
    ['hangs', /no answer within/, () => new Promise<Response>(() => undefined)],
    [
      'repeats a key',
      /repeats what was asked/,
      async (answer, request) =>
        withText(
          answer,
          JSON.stringify({
            ...((await answer.json()) as object),
            message: request.headers.get('authorization'),
          }),
        ),
    ],
    [
      'repeats a name that the contract does not have',
      /a place that the contract does not have/,
      async (answer) =>
        withText(
          answer,
          JSON.stringify({ ...((await answer.json()) as object), paths: ['records.0.password'] }),
        ),
    ],
    [
      'answers another status than its code has',
      /is answered 418/,
      async (answer) => withText(answer, await answer.text(), 418),
    ],
    ['has no code', /has another form/, (answer) => withText(answer, '{"error":"no"}')],
    [
      'stores something beside the refusal',
      /has changed what is stored/,
      async (answer, _request, collector) => {
        const [number] = crypto.getRandomValues(new Uint32Array(1));
        const records: TraceRecord[] = [aMotion(number!)];
        await collector.post(aBatch(collector.charterHash, records, { batchId: batchIdOf(number!) }));
        return answer;
      },
    ],
  ])('%s', LONG, async (_name, what, breaking) => {
    const { fault } = await runCampaign({
      requests: 300,
      seed: 1,
      limitMs: LIMIT_MS,
      openCollector: async () => {
        const collector = await openTestCollector();
        const request = async (asked: Request) => {
          const answer = await collector.app.request(asked);
          const isRefusedBatch = answer.status >= 400 && new URL(asked.url).pathname === PATHS.batches;
          return isRefusedBatch ? breaking(answer, asked, collector) : answer;
        };
        return { ...collector, app: { request } };
      },
    });
    expect(fault?.what).toMatch(what);
  });
});

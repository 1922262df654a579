/**
 * The `adp` export: episodes and traces as trajectories of the Agent Data Protocol, version 1.5.
 *
 * Runs on the data team's computer, in bounded memory. Partial: a trajectory keeps to the protocol's schema, but the
 * page that its actions were done on is not there, so it can be trained on and not be run.
 */
import { toSnakeCase } from '../field-names.ts';
import type { Row } from '../stream-work.ts';
import { describeTools, tellStep, type AdpCall } from './adp-actions.ts';
import { describeState, findControls, type KnownControls } from './adp-observation.ts';
import type { Exported, Exporting } from './exporting.ts';
import { streamRecords, type WorkRecord, type WorkStep } from './stream-records.ts';
import { describeShortly, type Terms } from './terms.ts';

const SCHEMA_VERSION = '1.5.0';

export async function exportAdp(exporting: Exporting): Promise<Exported> {
  const { folder, terms } = exporting;
  // The names that the protocol's own data sets have for these two.
  const file = await folder.openText('full_std.jsonl');
  let trajectories = 0;
  let leftOut = 0;
  for await (const { record, row } of streamRecords(exporting)) {
    if (record.steps.length === 0) {
      leftOut += 1;
      continue;
    }
    await file.write(`${JSON.stringify(trajectoryOf(record, row, terms))}\n`);
    trajectories += 1;
  }
  await file.close();
  await folder.writeText('metadata.json', `${JSON.stringify(describeTools(), null, 2)}\n`);
  return { counts: { trajectories, 'left out, being without steps': leftOut } };
}

type Item = { class_: string } & Record<string, unknown>;

/** One trajectory: what was seen, what was done, what came of it. */
export function trajectoryOf(record: WorkRecord, row: Row, terms: Terms): object {
  const controls = findControls(record);
  const content: Item[] = [];
  const actions: Record<string, object> = {};
  let call: { id: string; step: WorkStep } | undefined;
  const tellGaps = (index: number) => {
    for (const { reason } of record.gaps.filter(({ afterStep }) => afterStep === index))
      content.push(text('environment', `Something here was not recorded: ${toSnakeCase(reason)}.`));
  };
  tellGaps(-1);
  record.steps.forEach((step, index) => {
    const told = tellStep(record, step, controls);
    if ('words' in told) {
      content.push(
        told.source === 'agent'
          ? { class_: 'message_action', content: told.words }
          : text(told.source, told.words),
      );
    } else {
      const id = `call_${String(index).padStart(6, '0')}`;
      answer(content, call, state(record, step, controls, call?.step.effect));
      content.push(action(id, told));
      actions[id] = detailsOf(step, index);
      call = { id, step };
    }
    tellGaps(index);
  });
  if (call !== undefined) {
    answer(content, call, text('environment', `Effect: ${toSnakeCase(call.step.effect)}.`));
  }
  return {
    schema_version: SCHEMA_VERSION,
    id: record.recordId,
    content,
    details: {
      ...describeShortly(terms, row),
      level: row['level'],
      recorded_week: record.recordedWeek,
      outcome: toSnakeCase(record.outcome),
      split: record.split ?? null,
      actions,
    },
  };
}

/** Puts an observation right behind the call that it answers, before what happened since; else at the end. */
function answer(content: Item[], call: { id: string } | undefined, observation: Item): void {
  const place = call === undefined ? -1 : content.findLastIndex((item) => item['tool_call_id'] === call.id);
  if (call === undefined || place === -1) content.push(observation);
  else content.splice(place + 1, 0, { ...observation, tool_call_id: call.id });
}

function state(
  record: WorkRecord,
  step: WorkStep,
  controls: KnownControls,
  effect: WorkStep['effect'] | undefined,
): Item {
  return {
    class_: 'web_observation',
    html: null,
    axtree: describeState(record, step, controls, effect),
    url: null,
    image_observation: null,
    viewport_size: null,
  };
}

function text(source: 'user' | 'environment', words: string): Item {
  return { class_: 'text_observation', content: words, name: null, source };
}

function action(id: string, { function: name, kwargs }: AdpCall): Item {
  return { class_: 'api_action', tool_call_id: id, function: name, kwargs, description: null };
}

/** What is known of an action that the protocol has no place for. */
function detailsOf({ pauseBeforeMs, effect, pathFlags, target, keyboard }: WorkStep, index: number) {
  return {
    step_index: index,
    pause_before_ms: pauseBeforeMs,
    effect: toSnakeCase(effect),
    path: pathFlags,
    by_keyboard: keyboard ?? null,
    target_states: (target?.states ?? []).map(toSnakeCase),
  };
}

/**
 * Records in words: what each tells, as sentences that a person can read.
 *
 * Used on the My data page, in its replay and in the readable download. Says what the record says and no more; the
 * record itself stands beside it.
 */
import { formatNumber, t } from '../popup/translate.ts';
import type { KeyClass } from '../replay/pieces.ts';
import type { Shown } from '../replay/replay.ts';
import type { GeneralStep } from '../trace/held-step.ts';
import type { MovementEnd } from '../trace/limits.ts';
import type { Motion, MotionPath } from '../trace/motion.ts';
import { unpackPath } from '../trace/packed-path.ts';
import type { TraceRecord } from '../trace/record.ts';
import type { Target } from '../trace/target.ts';
import {
  ACTION_TEXTS,
  EFFECT_TEXTS,
  END_TEXTS,
  FLAG_TEXTS,
  GAP_TEXTS,
  KEY_TEXTS,
  LANDMARK_TEXTS,
  OUTCOME_TEXTS,
  RECORD_TEXTS,
  roleText,
} from './word-texts.ts';

/** A record but for its id, which one that is not yet put together does not have. */
export type ShownRecord = TraceRecord extends infer Kind
  ? Kind extends TraceRecord
    ? Omit<Kind, 'recordId'> & { recordId?: string }
    : never
  : never;

export function kindOf({ kind }: Pick<ShownRecord, 'kind'>): string {
  return t(RECORD_TEXTS[kind]);
}

/** One sentence for a movement or rhythm; one a step for an episode or trace. */
export function sentencesOf(record: ShownRecord): string[] {
  switch (record.kind) {
    case 'motion':
      return [movementSentence(record, 'myDataMotion_text')];
    case 'rhythm':
      return [rhythmSentence(record)];
    case 'sighting':
      return [t('myDataSighting_text')];
    case 'episode':
      return stepSentences(record);
    case 'trace':
      return [
        ...stepSentences(record),
        ...record.motions.map(({ path, end, endOffset }) =>
          movementSentence({ path: unpackPath(path), end, endOffset }, 'myDataMotion_linked'),
        ),
        ...record.rhythms.map(rhythmSentence),
      ];
  }
}

/** What happens at one moment of a replay. */
export function momentSentence(shown: Shown): string {
  switch (shown.kind) {
    case 'step':
      return stepSentence(shown.step);
    case 'gap':
      return t('myDataGap_text', t(GAP_TEXTS[shown.reason]));
    case 'motion':
      return t(
        shown.isPlaced ? 'myDataReplay_motion' : 'myDataReplay_motionUnplaced',
        t(END_TEXTS[shown.end]),
        shown.points.at(-1)!.atMs / 1000,
      );
    case 'rhythm':
      return t('myDataReplay_rhythm', shown.ticks.length, shown.ticks.at(-1)!.atMs / 1000);
  }
}

type Steps = Extract<ShownRecord, { kind: 'episode' | 'trace' }>;

function stepSentences({ steps, views, gaps, outcome }: Steps): string[] {
  const apps = [...new Set(views.map((view) => view.app))].join(', ');
  return [
    t('myDataEpisode_text', apps, views.length, t(OUTCOME_TEXTS[outcome])),
    ...gapSentences(gaps, -1),
    ...steps.flatMap((step, index) => [stepSentence(step, step.pauseBeforeMs), ...gapSentences(gaps, index)]),
  ];
}

function gapSentences(gaps: Steps['gaps'], afterStep: number): string[] {
  return gaps
    .filter((gap) => gap.afterStep === afterStep)
    .map(({ reason }) => t('myDataGap_text', t(GAP_TEXTS[reason])));
}

/** @param pauseBeforeMs left out where the replay shows the pause itself. */
export function stepSentence(step: GeneralStep, pauseBeforeMs = 0): string {
  const what = [
    t(ACTION_TEXTS[step.action]),
    ...details(step).map((detail) => t('myDataStep_detail', detail)),
    ...(step.target ? [t('myDataStep_on', targetWords(step.target))] : []),
    ...(step.destination ? [t('myDataStep_to', targetWords(step.destination))] : []),
    ...step.pathFlags.map((flag) => t(FLAG_TEXTS[flag])),
    ...(step.effect === 'none' ? [] : [t('myDataStep_effect', t(EFFECT_TEXTS[step.effect]))]),
  ].join(', ');
  return pauseBeforeMs === 0 ? what : t('myDataStep_after', pauseBeforeMs / 1000, what);
}

/** Codes of closed lists, as they stand in the record. */
function details({ key, shortcut, direction, amount, length, navigation, task }: GeneralStep): string[] {
  const inputs = length === undefined ? undefined : t('myDataStep_length', length);
  return [key, shortcut, direction, amount, inputs, navigation, task].filter(
    (detail) => detail !== undefined,
  );
}

function targetWords({ role, term, landmark, gridX, gridY }: Target): string {
  const what = term === undefined ? t(roleText(role)) : t('myDataTarget_term', t(roleText(role)), term);
  const where = t('myDataTarget_place', gridX + 1, gridY + 1);
  return landmark === 'none' ? `${what} (${where})` : `${what} (${t(LANDMARK_TEXTS[landmark])}, ${where})`;
}

interface Movement {
  path: MotionPath;
  end: MovementEnd;
  endOffset: Motion['endOffset'];
}

/** @param text whether the path is turned: that of a trace is as it was. */
function movementSentence(
  { path, end, endOffset }: Movement,
  text: 'myDataMotion_text' | 'myDataMotion_linked',
): string {
  const { dtMs, dxPx, dyPx } = path;
  const lengthPx = dxPx.reduce((sum, xPx, index) => sum + Math.hypot(xPx, dyPx[index]!), 0);
  const seconds = dtMs.reduce((sum, spanMs) => sum + spanMs, 0) / 1000;
  const way = t(text, dtMs.length + 1, Math.round(lengthPx), seconds, t(END_TEXTS[end]));
  if (endOffset === null) return way;
  return `${way} ${t('myDataMotion_offset', endOffset.xQuarters, endOffset.yQuarters)}`;
}

interface Typing {
  keyClass: readonly KeyClass[];
  intervalMs: readonly number[];
}

function rhythmSentence({ keyClass, intervalMs }: Typing): string {
  const keys = keyClass.map((name, index) => {
    const key = t(KEY_TEXTS[name]);
    return index === 0 ? key : `${formatNumber(intervalMs[index - 1]!)} ms, ${key}`;
  });
  return t('myDataRhythm_text', keyClass.length, keys.join(', '));
}

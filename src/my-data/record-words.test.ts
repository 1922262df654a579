/**
 * Records in words: every value of every closed list has a text, and what a record says is said.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import {
  aGeneralStep,
  aGeneralTarget,
  aGeneralView,
  aMotionRecord,
  aRhythmRecord,
  RECORDED_ON,
} from '../testing/held-builders.ts';
import { speakEnglish } from '../testing/speak-english.ts';
import { ACTIONS, EFFECTS, LANDMARKS, MOVEMENT_ENDS, ROLES } from '../trace/limits.ts';
import { packPath } from '../trace/packed-path.ts';
import { sentencesOf, stepSentence } from './record-words.ts';

beforeEach(speakEnglish);

describe('a step', () => {
  it('is said with its control, where that lay, and what came of it', () => {
    const step = aGeneralStep({ target: aGeneralTarget({ term: 'save' }), effect: 'dialogOpened' });
    expect(stepSentence(step, 1500)).toBe(
      'After 1.5 s: Click, on button “save” (main part, column 7, row 4), then: a dialog opened',
    );
  });

  it('has words for every action, effect, role and landmark', () => {
    const said = [
      ...ACTIONS.map((action) => stepSentence(aGeneralStep({ action }))),
      ...EFFECTS.map((effect) => stepSentence(aGeneralStep({ effect }))),
      ...ROLES.map((role) => stepSentence(aGeneralStep({ target: aGeneralTarget({ role }) }))),
      ...LANDMARKS.map((landmark) => stepSentence(aGeneralStep({ target: aGeneralTarget({ landmark }) }))),
      ...MOVEMENT_ENDS.flatMap((end) => sentencesOf(aMotionRecord({ end }))),
    ];
    expect(said.filter((sentence) => /undefined|\$\d/.test(sentence))).toEqual([]);
  });
});

describe('a record', () => {
  it('of a movement is one sentence with its length and time', () => {
    expect(sentencesOf(aMotionRecord())).toEqual([
      '3 points over 104 px in 0.2 s, turned at random; ended in: click. From the centre of what it ended on, in quarters: right 0, down 0.',
    ]);
  });

  it('of a trace never says that its movements are turned: they are as they were', () => {
    const { path, end, endOffset } = aMotionRecord();
    const motion = { startMs: 0, afterStep: -1, path: packPath(path), end, endOffset };
    const rest = { pauseBefore: 'short', target: null, pointerType: 'mouse', nestedScroller: false } as const;
    const sentences = sentencesOf({
      kind: 'trace',
      recordedOn: RECORDED_ON,
      views: [],
      steps: [],
      gaps: [],
      outcome: 'unknown',
      motions: [{ ...motion, ...rest }],
      rhythms: [],
    });
    expect(sentences.join()).toContain('as it was');
    expect(sentences.join()).not.toContain('turned');
  });

  it('of a rhythm names each key’s class and pause', () => {
    const [sentence] = sentencesOf(aRhythmRecord());
    expect(sentence).toContain('8 keys: character, 104 ms, character');
    expect(sentence).toContain('128 ms, backspace');
  });

  it('of an episode has a sentence for each step and each gap, in order', () => {
    const step = { ...aGeneralStep(), view: 0, pauseBeforeMs: 0 as const };
    const sentences = sentencesOf({
      kind: 'episode',
      recordedOn: RECORDED_ON,
      views: [aGeneralView()],
      steps: [step, { ...step, action: 'scroll' }],
      gaps: [{ afterStep: 0, reason: 'paused' }],
      outcome: 'done',
    });
    expect(sentences.map((sentence) => sentence.split(/[,:]/)[0])).toEqual([
      'App',
      'Click',
      'Something is missing here',
      'Scroll',
    ]);
  });
});

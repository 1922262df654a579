/**
 * One picture of a replay: the wireframe of the view, what is done to it now, and the keys below it.
 *
 * Shows what `src/replay` draws, in the person's language. Hidden from screen readers: the sentence beside it says the
 * same.
 */
import { h, type JSX } from 'preact';
import { t } from '../popup/translate.ts';
import type { Frame } from '../replay/frame-at.ts';
import type { Tick } from '../replay/replay.ts';
import { drawScene, drawShown, drawStrip, stageViewBox, type StageWords } from '../replay/stage-picture.ts';
import type { SvgNode } from '../replay/svg-node.ts';
import { LANDMARK_TEXTS, roleText } from './word-texts.ts';

const WORDS: StageWords = {
  landmark: (landmark) => t(LANDMARK_TEXTS[landmark]),
  role: (role) => t(roleText(role)),
};

export function ReplayStage({ frame: { scene, moment, trail } }: { frame: Frame }): JSX.Element {
  return (
    <svg class="stage" viewBox={stageViewBox(scene)} aria-hidden="true">
      {asElement(drawScene(scene, WORDS))}
      {drawShown(moment?.shown, trail, WORDS).map(asElement)}
    </svg>
  );
}

export function RhythmStrip({ ticks, spanMs }: { ticks: readonly Tick[]; spanMs: number }): JSX.Element {
  return asElement(drawStrip(ticks, spanMs));
}

function asElement({ tag, attributes, children }: SvgNode): JSX.Element {
  return h(
    tag,
    attributes,
    ...children.map((child) => (typeof child === 'string' ? child : asElement(child))),
  );
}

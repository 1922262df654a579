/**
 * One episode or trace: its steps in order, with pauses, effects, labels and gaps, beside the wireframe they are played on.
 *
 * Everything is drawn here; the page's script only shows and hides. Says what the rows say, in the dataset's own words.
 */
import { html, raw } from 'hono/html';
import type { PublishedEpisode, PublishedTrace } from '../../src/trace/published.ts';
import { endOfMoment, frameAt } from '../../src/replay/frame-at.ts';
import { piecesOfRecord } from '../../src/replay/pieces.ts';
import { createReplay, type Moment, type Replay, type Shown } from '../../src/replay/replay.ts';
import {
  drawScene,
  drawShown,
  drawStrip,
  stageViewBox,
  type StageWords,
} from '../../src/replay/stage-picture.ts';
import { svgNode } from '../../src/replay/svg-node.ts';
import { ACTION_NAMES, MOVEMENT_END_NAMES, toSnakeCase } from '../field-names.ts';
import { picture, renderPage, type Frame, type Markup } from './page.ts';

/** A landmark or role is called what its column says. */
const WORDS: StageWords = { landmark: (landmark) => landmark, role: (role) => role };
/** Scene of moments before any view is known. */
const NO_SCENE = -1;
/** The longest pause bucket fills its bar. */
const PAUSE_BAR_MS = 5000;
const SPEEDS = [0.5, 1, 2, 4, 8];

/** @param marksOfStep the labels of each step, by its index. */
export function renderWork(
  frame: Frame,
  record: PublishedEpisode | PublishedTrace,
  facts: readonly [name: string, value: string][],
  marksOfStep: readonly string[][],
): string {
  const replay = createReplay(piecesOfRecord(record, 0));
  const lines = linesOf(record, replay, marksOfStep);
  const name = record.kind === 'trace' ? 'Trace' : 'Episode';
  const body = html`<p><a href="${frame.base}/">Back to the list</a></p>
    <dl class="facts">
      ${facts.map(
        ([fact, value]) =>
          html`<div>
            <dt>${fact}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    ${
      replay.moments.length === 0
        ? html`<p class="empty">Nothing of it can be shown.</p>`
        : html`<div class="beside">
            ${player(replay, lines)}
            <section aria-labelledby="steps-heading">
              <h2 id="steps-heading">Step by step</h2>
              <ol class="moments">
                ${lines.map(({ markup }) => html`<li>${markup}</li>`)}
              </ol>
            </section>
          </div>`
    }`;
  const title = `${name} ${record.recordId}`;
  return renderPage(frame, { title, section: '', body, isPlayable: replay.moments.length > 0 });
}

function player({ scenes, moments, durationMs }: Replay, lines: readonly Line[]): Markup {
  const times = moments.map(({ fromMs, durationMs: lasts, scene = NO_SCENE }) => ({
    fromMs,
    durationMs: lasts,
    scene,
  }));
  const firstScene = moments[0]?.scene ?? NO_SCENE;
  const shownScenes = [...new Set(times.map(({ scene }) => scene))];
  return html`<section class="player" aria-labelledby="replay-heading">
    <h2 id="replay-heading">Replay</h2>
    ${shownScenes.map((scene) =>
      picture(
        svgNode(
          'svg',
          {
            class: 'stage',
            viewBox: stageViewBox(scenes[scene]),
            'aria-hidden': 'true',
            'data-scene': scene,
            ...(scene === firstScene ? {} : { hidden: '' }),
          },
          [
            drawScene(scenes[scene], WORDS),
            ...moments.flatMap((moment, index) =>
              (moment.scene ?? NO_SCENE) === scene ? [overlay(moment, index)] : [],
            ),
          ],
        ),
      ),
    )}
    <div class="strip-place">
      ${moments.map(({ shown, durationMs: spanMs }, index) =>
        shown.kind === 'rhythm'
          ? html`<div data-moment="${index}" hidden>${picture(drawStrip(shown.ticks, spanMs))}</div>`
          : '',
      )}
    </div>
    <p id="caption" class="caption" aria-live="polite">${lines[0]?.says ?? ''}</p>
    <div class="player-buttons" role="group" aria-label="Replay" hidden>
      <input type="range" id="position" min="0" max="${moments.length - 1}" value="0" aria-label="Moment" />
      <button type="button" id="previous">Previous</button>
      <button type="button" id="play">Play</button>
      <button type="button" id="next">Next</button>
      <label
        >Speed
        <select id="speed">
          ${SPEEDS.map((speed) => html`<option value="${speed}" ${speed === 1 ? raw('selected') : ''}>${speed} ×</option>`)}
        </select></label
      >
    </div>
    <p class="soft">
      Boxes are drawn from what steps told of their targets: cells of a 12 × 8 grid and sizes to a power of
      two. Pauses are the lower ends of their buckets; long ones are shortened.
    </p>
    <script type="application/json" id="moments">
      ${raw(JSON.stringify({ moments: times, durationMs }))}
    </script>
  </section>`;
}

/** All that a moment comes to, to be shown piece by piece. */
function overlay(moment: Moment, index: number) {
  const replay = { scenes: [], moments: [moment], durationMs: moment.fromMs + moment.durationMs };
  const { trail } = frameAt(replay, endOfMoment(moment));
  const shapes = drawShown(moment.shown, trail, WORDS);
  return svgNode('g', { 'data-moment': index, ...(index === 0 ? {} : { hidden: '' }) }, shapes);
}

/** One moment in the list, and as a sentence. */
interface Line {
  says: string;
  markup: Markup;
}

function linesOf(
  record: PublishedEpisode | PublishedTrace,
  { moments }: Replay,
  marksOfStep: readonly string[][],
): Line[] {
  let stepIndex = -1;
  return moments.map(({ shown }, index) => {
    if (shown.kind !== 'step') return otherLine(shown, index);
    stepIndex += 1;
    return stepLine(shown, index, {
      number: stepIndex,
      pauseMs: record.steps[stepIndex]?.pauseBeforeMs ?? 0,
      marks: marksOfStep[stepIndex] ?? [],
    });
  });
}

interface StepFacts {
  number: number;
  pauseMs: number;
  marks: readonly string[];
}

function stepLine(
  shown: Shown & { kind: 'step' },
  index: number,
  { number, pauseMs, marks }: StepFacts,
): Line {
  const { step, view } = shown;
  const action = ACTION_NAMES[step.action];
  const details = [step.key, step.shortcut, step.direction, step.amount, step.navigation, step.task]
    .filter((detail) => detail !== undefined)
    .map(toSnakeCase);
  const inputs = step.length === undefined ? [] : [`${step.length} keys`];
  const target = step.target && targetWords(step.target);
  const to = step.destination && `to ${targetWords(step.destination)}`;
  const effect = toSnakeCase(step.effect);
  const what = [...details, ...inputs, target, to].filter((text) => text !== undefined).join(', ');
  const pause = `after ${(pauseMs / 1000).toLocaleString('en-US')} s`;
  const says = [`${action}${what === '' ? '' : ` ${what}`}`, pause, `effect ${effect}`, ...marks].join(', ');
  const markup = html`<button type="button" class="moment" data-show="${index}" data-says="${says}">
    <span class="number">${number}</span>
    <span class="what"><b>${action}</b> ${what} <span class="soft">${view.app}</span></span>
    <span class="pause">${pauseBar(pauseMs)} ${pause}</span>
    <span class="chips">
      ${effect === 'none' ? '' : html`<span class="chip effect">${effect}</span>`}
      ${marks.map((mark) => html`<span class="chip">${mark}</span>`)}
    </span>
  </button>`;
  return { says, markup };
}

function otherLine(shown: Exclude<Shown, { kind: 'step' }>, index: number): Line {
  const says = otherWords(shown);
  const markup = html`<button
    type="button"
    class="moment ${shown.kind}"
    data-show="${index}"
    data-says="${says}"
  >
    <span class="number" aria-hidden="true">·</span><span class="what">${says}</span>
  </button>`;
  return { says, markup };
}

function otherWords(shown: Exclude<Shown, { kind: 'step' }>): string {
  switch (shown.kind) {
    case 'gap':
      return `gap: ${toSnakeCase(shown.reason)}`;
    case 'motion': {
      const place = shown.isPlaced ? '' : ', drawn in the middle since no step tells its place';
      return `movement of ${shown.points.at(-1)!.atMs / 1000} s, end ${MOVEMENT_END_NAMES[shown.end]}${place}`;
    }
    case 'rhythm':
      return `typing run of ${shown.ticks.length} keys in ${shown.ticks.at(-1)!.atMs / 1000} s`;
  }
}

type Target = NonNullable<PublishedEpisode['steps'][number]['target']>;

function targetWords({ role, term, landmark, gridX, gridY }: Target): string {
  const where = `${landmark === 'none' ? '' : `${landmark}, `}column ${gridX + 1}, row ${gridY + 1}`;
  return `${role}${term === undefined ? '' : ` “${term}”`} (${where})`;
}

function pauseBar(pauseMs: number): Markup {
  const width = (100 * Math.min(pauseMs, PAUSE_BAR_MS)) / PAUSE_BAR_MS;
  const bar = svgNode('rect', { width, height: 8, fill: 'var(--edge)' });
  return picture(
    svgNode('svg', { viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, [bar]),
  );
}

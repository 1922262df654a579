/**
 * Plays a session: play and pause, speed, one moment at a time, and the moments as a list to choose from.
 *
 * Every control is an ordinary button, list or slider. Who has asked for less motion gets whole moments, one by one, and
 * nothing that moves by itself.
 */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../popup/translate.ts';
import { endOfMoment, frameAt, type Frame } from '../replay/frame-at.ts';
import type { Moment, Replay } from '../replay/replay.ts';
import { formatSpan } from './format-day.ts';
import { momentSentence } from './record-words.ts';
import { ReplayStage, RhythmStrip } from './replay-stage.tsx';
import { useMediaQuery } from './use-media-query.ts';

const SPEEDS = [0.5, 1, 2, 4, 8] as const;
const MOMENTS_LISTED = 20;
/** A rest shorter than this is not worth a word. */
const TOLD_REST_MS = 5000;

interface ReplayPlayerProps {
  replay: Replay;
  /** Whether movements are drawn as they were, and not turned. */
  isLinked: boolean;
}

export function ReplayPlayer({ replay, isLinked }: ReplayPlayerProps): JSX.Element {
  const { moments, durationMs } = replay;
  const [positionMs, setPosition] = useState(() => (moments[0] ? endOfMoment(moments[0]) : 0));
  const [speed, setSpeed] = useState(1);
  const [isPlaying, setPlaying] = useState(false);
  const isStill = useMediaQuery('(prefers-reduced-motion: reduce)');
  const frame = frameAt(replay, positionMs);
  useClock(isPlaying && !isStill, (passedMs) =>
    setPosition((ms) => Math.min(durationMs, ms + passedMs * speed)),
  );
  useEffect(() => {
    if (positionMs >= durationMs) setPlaying(false);
  }, [positionMs, durationMs]);

  function show(index: number): void {
    const moment = moments[Math.min(Math.max(index, 0), moments.length - 1)];
    setPlaying(false);
    if (moment) setPosition(endOfMoment(moment));
  }

  function play(): void {
    if (positionMs >= durationMs - 1) setPosition(0);
    setPlaying(!isPlaying);
  }

  return (
    <div class="player">
      <ReplayStage frame={frame} />
      <RhythmStrip ticks={frame.ticks} spanMs={frame.moment?.durationMs ?? 0} />
      <Caption frame={frame} count={moments.length} isPlaying={isPlaying} />
      <input
        type="range"
        min="0"
        max={Math.max(0, moments.length - 1)}
        value={Math.max(0, frame.index)}
        aria-label={t('myDataReplay_position')}
        aria-valuetext={frame.moment && momentSentence(frame.moment.shown)}
        onInput={(event) => show(event.currentTarget.valueAsNumber)}
      />
      <div class="player-buttons" role="group" aria-label={t('myDataReplay_heading')}>
        <button type="button" onClick={() => show(frame.index - 1)}>
          {t('myDataReplay_previous')}
        </button>
        {!isStill && (
          <button type="button" class="play" onClick={play}>
            {t(isPlaying ? 'myDataReplay_pause' : 'myDataReplay_play')}
          </button>
        )}
        <button type="button" onClick={() => show(frame.index + 1)}>
          {t('myDataReplay_next')}
        </button>
        {!isStill && (
          <label class="field-row">
            {t('myDataReplay_speed')}
            <select value={speed} onChange={(event) => setSpeed(Number(event.currentTarget.value))}>
              {SPEEDS.map((choice) => (
                <option key={choice} value={choice}>
                  {t('myDataReplay_times', choice)}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {isStill && <p class="hint">{t('myDataReplay_still')}</p>}
      <p class="hint">
        {t('myDataReplay_wireframe')} {t(isLinked ? 'myDataReplay_linked' : 'myDataReplay_turned')}
      </p>
      <Moments moments={moments} current={frame.index} onShow={show} />
    </div>
  );
}

interface CaptionProps {
  frame: Frame;
  count: number;
  isPlaying: boolean;
}

/** Read out when the person goes from moment to moment, not while it plays. */
function Caption({ frame: { index, moment, scene }, count, isPlaying }: CaptionProps): JSX.Element {
  return (
    <div class="caption" aria-live={isPlaying ? 'off' : 'polite'}>
      <p class="hint">
        {t('myDataReplay_count', Math.max(0, index) + 1, count)}
        {scene ? ` · ${scene.view.app}` : ''}
        {moment &&
          moment.skippedMs >= TOLD_REST_MS &&
          ` · ${t('myDataReplay_skipped', formatSpan(moment.skippedMs))}`}
      </p>
      <p>{moment ? momentSentence(moment.shown) : t('myDataReplay_start')}</p>
    </div>
  );
}

interface MomentsProps {
  moments: readonly Moment[];
  current: number;
  onShow: (index: number) => void;
}

/** The part of the list in which the current moment is. */
function Moments({ moments, current, onShow }: MomentsProps): JSX.Element {
  const first = Math.floor(Math.max(0, current) / MOMENTS_LISTED) * MOMENTS_LISTED;
  const listed = moments.slice(first, first + MOMENTS_LISTED);
  return (
    <details class="fold moments">
      <summary>{t('myDataReplay_moments', first + 1, first + listed.length, moments.length)}</summary>
      <ol start={first + 1}>
        {listed.map((moment, index) => (
          <li key={first + index}>
            <button
              type="button"
              class="moment"
              aria-current={first + index === current ? 'step' : undefined}
              onClick={() => onShow(first + index)}
            >
              {momentSentence(moment.shown)}
            </button>
          </li>
        ))}
      </ol>
    </details>
  );
}

/** Calls `onPassed` with the ms that have passed, for each picture that the browser draws. */
function useClock(isRunning: boolean, onPassed: (passedMs: number) => void): void {
  const latest = useRef(onPassed);
  latest.current = onPassed;
  useEffect(() => {
    if (!isRunning) return undefined;
    let lastMs: number | undefined;
    let request = requestAnimationFrame(function draw(nowMs) {
      latest.current(nowMs - (lastMs ?? nowMs));
      lastMs = nowMs;
      request = requestAnimationFrame(draw);
    });
    return () => cancelAnimationFrame(request);
  }, [isRunning]);
}

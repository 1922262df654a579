/**
 * The script of a page that plays a replay, as text: play, pause, one moment at a time, speed.
 *
 * Runs in the data team's browser. Everything is drawn already; it only shows and hides. Without it the first moment is
 * seen, and the list of all moments is whole.
 */
export const PLAYER_SCRIPT = `
'use strict';
const { moments, durationMs } = JSON.parse(document.getElementById('moments').textContent);
const player = document.querySelector('.player');
const buttons = [...document.querySelectorAll('[data-show]')];
const scenes = [...player.querySelectorAll('[data-scene]')];
const overlays = [...player.querySelectorAll('[data-moment]')];
const caption = document.getElementById('caption');
const slider = document.getElementById('position');
const play = document.getElementById('play');
const speed = document.getElementById('speed');
const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
let positionMs = 0;
let current = -1;
let lastMs;

function indexAt(ms) {
  let index = moments.length - 1;
  while (index > 0 && moments[index].fromMs > ms) index -= 1;
  return index;
}

function draw() {
  const index = indexAt(positionMs);
  if (index !== current) change(index);
  const sinceMs = positionMs - moments[current].fromMs;
  for (const overlay of overlays.filter((one) => Number(one.dataset.moment) === current)) {
    let now;
    for (const piece of overlay.querySelectorAll('[data-at]')) {
      const isPassed = Number(piece.dataset.at) <= sinceMs;
      piece.toggleAttribute('hidden', !isPassed);
      piece.classList.remove('now');
      if (isPassed && piece.tagName === 'circle') now = piece;
    }
    now?.classList.add('now');
  }
}

function change(index) {
  current = index;
  for (const scene of scenes) scene.toggleAttribute('hidden', Number(scene.dataset.scene) !== moments[index].scene);
  for (const overlay of overlays) overlay.toggleAttribute('hidden', Number(overlay.dataset.moment) !== index);
  buttons.forEach((button, at) => {
    if (at === index) button.setAttribute('aria-current', 'step');
    else button.removeAttribute('aria-current');
  });
  const list = buttons[index].closest('.moments');
  const [outer, inner] = [list.getBoundingClientRect(), buttons[index].getBoundingClientRect()];
  if (inner.top < outer.top) list.scrollTop -= outer.top - inner.top;
  if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom;
  const says = buttons[index].dataset.says;
  caption.textContent = 'Moment ' + (index + 1) + ' of ' + moments.length + ': ' + says;
  slider.value = String(index);
  slider.setAttribute('aria-valuetext', says);
}

function show(index) {
  stop();
  const moment = moments[Math.min(Math.max(index, 0), moments.length - 1)];
  positionMs = moment.fromMs + moment.durationMs - 1;
  draw();
}

function stop() {
  lastMs = undefined;
  play.textContent = 'Play';
  caption.setAttribute('aria-live', 'polite');
}

function step(nowMs) {
  if (lastMs === undefined) return;
  positionMs += (nowMs - lastMs) * Number(speed.value);
  lastMs = nowMs;
  if (positionMs < durationMs) requestAnimationFrame(step);
  else {
    positionMs = durationMs - 1;
    stop();
  }
  draw();
}

play.addEventListener('click', () => {
  if (lastMs !== undefined) return stop();
  if (positionMs >= durationMs - 1) positionMs = 0;
  lastMs = performance.now();
  play.textContent = 'Pause';
  caption.setAttribute('aria-live', 'off');
  requestAnimationFrame(step);
});
document.getElementById('previous').addEventListener('click', () => show(current - 1));
document.getElementById('next').addEventListener('click', () => show(current + 1));
slider.addEventListener('input', () => show(slider.valueAsNumber));
buttons.forEach((button, index) => button.addEventListener('click', () => show(index)));
player.querySelector('.player-buttons').hidden = false;
play.hidden = isStill;
speed.closest('label').hidden = isStill;
show(0);
`;

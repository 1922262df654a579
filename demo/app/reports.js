/**
 * Draws the chart and fills the table of `reports.html` from invented figures.
 * Runs in the page, after a full load. Never shares anything with the rest of the app.
 */
import { createElement } from './create-element.js';

const FIRST_WEEK = 31;
const OPENED = [34, 41, 38, 52, 47, 44, 58, 49, 43, 39, 46, 42];
const CLOSED = [31, 36, 40, 43, 50, 47, 49, 55, 46, 42, 41, 45];

const CATEGORIES = [
  { name: 'Access', share: 0.28, medianHours: 3 },
  { name: 'Software', share: 0.26, medianHours: 9 },
  { name: 'Hardware', share: 0.22, medianHours: 27 },
  { name: 'Network', share: 0.15, medianHours: 6 },
  { name: 'Printing', share: 0.09, medianHours: 5 },
];

const READOUT_HINT = 'Point at a week to read its figures.';

const CHART_HEIGHT_PX = 240;
const TOP_PX = 12;
const LEFT_PX = 32;
const BOTTOM_PX = 26;
const GRID_STEP = 20;
const AXIS_MAX = 60;

function startReports() {
  const canvas = document.getElementById('chart');
  const period = document.getElementById('period');
  const readout = document.getElementById('readout');
  let weeks = [];

  function refresh() {
    weeks = listWeeks(Number(period.value));
    drawChart(canvas, weeks);
    fillTable(weeks);
    readout.textContent = READOUT_HINT;
  }

  canvas.addEventListener('pointermove', (event) => {
    const index = Math.floor((event.offsetX - LEFT_PX) / slotWidthPx(canvas, weeks));
    const week = weeks[index];
    if (week) readout.textContent = `Week ${week.number}: ${week.opened} opened, ${week.closed} closed`;
  });
  period.addEventListener('change', refresh);
  addEventListener('resize', () => drawChart(canvas, weeks));
  refresh();
}

function listWeeks(count) {
  const all = OPENED.map((opened, index) => ({ number: FIRST_WEEK + index, opened, closed: CLOSED[index] }));
  return all.slice(-count);
}

function slotWidthPx(canvas, weeks) {
  return (canvas.clientWidth - LEFT_PX) / weeks.length;
}

function drawChart(canvas, weeks) {
  const widthPx = canvas.clientWidth;
  canvas.width = widthPx * devicePixelRatio;
  canvas.height = CHART_HEIGHT_PX * devicePixelRatio;
  const drawing = canvas.getContext('2d');
  drawing.scale(devicePixelRatio, devicePixelRatio);
  drawing.font = `12px ${getComputedStyle(canvas).fontFamily}`;
  const plotHeightPx = CHART_HEIGHT_PX - TOP_PX - BOTTOM_PX;
  const yOf = (value) => TOP_PX + plotHeightPx * (1 - value / AXIS_MAX);
  const colorOf = (name) => getComputedStyle(canvas).getPropertyValue(name).trim();

  drawing.textBaseline = 'middle';
  drawing.textAlign = 'right';
  for (let value = 0; value <= AXIS_MAX; value += GRID_STEP) {
    drawing.fillStyle = colorOf('--line');
    drawing.fillRect(LEFT_PX, Math.round(yOf(value)), widthPx - LEFT_PX, 1);
    drawing.fillStyle = colorOf('--ink-quiet');
    drawing.fillText(String(value), LEFT_PX - 8, yOf(value));
  }

  const slotPx = slotWidthPx(canvas, weeks);
  const barPx = Math.min(20, slotPx / 3);
  drawing.textAlign = 'center';
  weeks.forEach((week, index) => {
    const centerPx = LEFT_PX + slotPx * (index + 0.5);
    drawing.fillStyle = colorOf('--series-opened');
    drawing.fillRect(centerPx - barPx - 1, yOf(week.opened), barPx, yOf(0) - yOf(week.opened));
    drawing.fillStyle = colorOf('--series-closed');
    drawing.fillRect(centerPx + 1, yOf(week.closed), barPx, yOf(0) - yOf(week.closed));
    drawing.fillStyle = colorOf('--ink-quiet');
    drawing.fillText(`W${week.number}`, centerPx, CHART_HEIGHT_PX - BOTTOM_PX / 2);
  });
}

function fillTable(weeks) {
  const opened = weeks.reduce((sum, week) => sum + week.opened, 0);
  const closed = weeks.reduce((sum, week) => sum + week.closed, 0);
  const rows = CATEGORIES.map(({ name, share, medianHours }) =>
    createElement(
      'tr',
      {},
      createElement('th', { scope: 'row' }, name),
      createElement('td', {}, String(Math.round(opened * share))),
      createElement('td', {}, String(Math.round(closed * share))),
      createElement('td', {}, `${medianHours} h`),
    ),
  );
  document.querySelector('.figures tbody').replaceChildren(...rows);
}

startReports();

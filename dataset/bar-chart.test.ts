import { expect, it } from 'vitest';
import { describeBars, drawBarChart, formatShare, type BarChart } from './bar-chart.ts';

const CHART: BarChart = {
  title: 'Actions of steps',
  counted: 'steps',
  bars: [
    { label: 'click', count: 6000 },
    { label: 'type', count: 3000 },
    { label: 'drag', count: 0 },
  ],
  total: 10_000,
};

const widthsIn = (picture: string) =>
  Array.from(picture.matchAll(/class="bar"[^>]* width="([\d.]+)"/g), ([, width]) => Number(width));

it('draws a bar for each count, as long as the count is large', () => {
  const [most, half, none] = widthsIn(drawBarChart(CHART));
  expect(half).toBeCloseTo(most! / 2, 1);
  expect(none).toBe(0);
});

it('says number and share beside each bar, and the whole in words', () => {
  const picture = drawBarChart(CHART);
  expect(picture).toContain('>6,000 (60.0 %)<');
  expect(picture).toContain(`<desc id="description">${describeBars(CHART)}</desc>`);
  expect(describeBars(CHART)).toBe(
    'Actions of steps, of 10,000 steps: click 60.0 %, type 30.0 %, drag 0.0 %.',
  );
});

it('does not say that a small part is none', () => {
  expect(formatShare(1, 1_000_000)).toBe('< 0.1 %');
  expect(formatShare(0, 1_000_000)).toBe('0.0 %');
  expect(formatShare(0, 0)).toBe('0.0 %');
});

it('stays a picture where there is nothing, where a label is long, and where it holds markup', () => {
  expect(drawBarChart({ ...CHART, bars: [], total: 0 })).toContain('Nothing to count yet.');
  const picture = drawBarChart({ ...CHART, bars: [{ label: `<b>&"${'x'.repeat(60)}`, count: 1 }], total: 1 });
  expect(picture).toContain('&lt;b&gt;&amp;&quot;');
  expect(picture).toMatch(/x…<\/text>/);
  expect(picture).not.toContain('<b>');
});

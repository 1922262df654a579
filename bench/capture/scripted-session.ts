/**
 * What the scripted person does: pointer at 125 Hz, clicks, typing, scrolling, as a list of timed inputs.
 *
 * Pure. The same page, length and seed give the same list, so that everybody is measured on the same work; another
 * round has another seed. Never more than an ordinary person does in the time.
 */
import type { Random } from '../../src/trace/random.ts';
import { TARGETS, type PageName } from './bench-pages.ts';

export type Input = { atMs: number; xPx: number; yPx: number } & (
  { kind: 'move' | 'press' | 'release' } | { kind: 'wheel'; downPx: number } | { kind: 'key'; key: string }
);

/** Centres of the elements of a page, by id. */
export type Places = Readonly<Record<string, { xPx: number; yPx: number }>>;

/** 125 Hz, as most mice report. */
const REPORT_MS = 8;
const LETTERS = 'e t a o i n s h r d l u c m f w'.split(' ');

/** A session on a page, at most `lengthMs` long. */
export function scriptSession(page: PageName, lengthMs: number, places: Places, random: Random): Input[] {
  const inputs: Input[] = [];
  let [atMs, xPx, yPx] = [0, 40, 40];
  const rest = (fromMs: number, toMs: number) => (atMs += fromMs + random() * (toMs - fromMs));
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)]!;
  const acts = page === 'typing' ? [write] : [fillField, pressControl, pressControl, scroll];
  for (let turn = 0; atMs < lengthMs; turn += 1) acts[turn % acts.length]!();
  return complete(inputs, lengthMs);

  function fillField(): void {
    click(pick(TARGETS.fields));
    type(8);
  }

  function pressControl(): void {
    click(pick(TARGETS.controls));
    rest(150, 400);
  }

  function write(): void {
    click(pick(TARGETS.editors));
    type(40);
  }

  /** Down and back up, so that everything is again where it was. */
  function scroll(): void {
    for (const downPx of [100, -100]) {
      for (let tick = 0; tick < 5; tick += 1) {
        inputs.push({ kind: 'wheel', atMs, xPx, yPx, downPx });
        rest(50, 90);
      }
      rest(250, 500);
    }
  }

  function click(id: string): void {
    const place = places[id];
    if (place === undefined) throw new Error(`the page has no ${id}`);
    moveTo(place.xPx + (random() - 0.5) * 6, place.yPx + (random() - 0.5) * 6);
    rest(60, 140);
    inputs.push({ kind: 'press', atMs, xPx, yPx });
    rest(60, 110);
    inputs.push({ kind: 'release', atMs, xPx, yPx });
    rest(120, 300);
  }

  /** A minimum-jerk movement on a slight arc, with a tremor of a pixel. */
  function moveTo(toXPx: number, toYPx: number): void {
    const [fromXPx, fromYPx] = [xPx, yPx];
    const [alongX, alongY] = [toXPx - fromXPx, toYPx - fromYPx];
    const durationMs = 300 + 120 * Math.log2(1 + Math.hypot(alongX, alongY) / 40) * (0.8 + 0.4 * random());
    const bow = (random() - 0.5) * 0.2;
    for (let passedMs = REPORT_MS; passedMs <= durationMs; passedMs += REPORT_MS) {
      const share = passedMs / durationMs;
      const way = 10 * share ** 3 - 15 * share ** 4 + 6 * share ** 5;
      const aside = bow * Math.sin(Math.PI * way);
      xPx = Math.round(fromXPx + way * alongX - aside * alongY + random());
      yPx = Math.round(fromYPx + way * alongY + aside * alongX + random());
      inputs.push({ kind: 'move', atMs: atMs + passedMs, xPx, yPx });
    }
    atMs += durationMs;
    [xPx, yPx] = [Math.round(toXPx), Math.round(toYPx)];
    inputs.push({ kind: 'move', atMs, xPx, yPx });
  }

  function type(count: number): void {
    for (let typed = 0; typed < count; typed += 1) {
      const draw = random();
      const key =
        draw < 0.76
          ? pick(LETTERS)
          : draw < 0.91
            ? ' '
            : draw < 0.97
              ? 'Backspace'
              : page === 'typing'
                ? 'Enter'
                : 'e';
      inputs.push({ kind: 'key', atMs, xPx, yPx, key });
      rest(90, 260);
    }
    rest(100, 400);
  }
}

/** What fits the length; a press whose release would not is left out. */
function complete(inputs: readonly Input[], lengthMs: number): Input[] {
  const fitting = inputs.filter((input) => input.atMs < lengthMs);
  const lastPress = fitting.findLastIndex((input) => input.kind === 'press');
  const isReleased = fitting.slice(lastPress).some((input) => input.kind === 'release');
  return lastPress >= 0 && !isReleased ? fitting.slice(0, lastPress) : fitting;
}

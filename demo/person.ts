/**
 * A scripted person: moves, clicks, types and scrolls at a human pace, and keeps count of what was done.
 *
 * Runs in Node, through Playwright's real input events. The counts are the truth that what was recorded is compared
 * with.
 */
import type { Frame, Locator, Page } from '@playwright/test';
import { MOVEMENT_PAUSE_MS } from '../src/trace/limits.ts';

/** What the person has done so far. */
export interface Deeds {
  /** Movements over 8 px, by what ended them; one that enters a frame counts as two. */
  movements: { click: number; none: number };
  /** Waits for the browser within the movements, so long that one may count as two, or as ended by nothing. */
  interruptions: number;
  clicks: number;
  scrollBursts: number;
  /** Views that came up: pages opened and clicks that led on. */
  viewChanges: number;
  /** Number of keys in each typing run, sensitive fields left out. */
  typingRuns: number[];
}

export interface Person {
  deeds: Deeds;
  /** Opens a page by its address. */
  open(url: string): Promise<void>;
  /** Moves to the middle of a control and clicks it. */
  click(control: Locator): Promise<void>;
  /** The same, where the click leads to another view. */
  follow(control: Locator): Promise<void>;
  /** Clicks a field and types into it. */
  fill(field: Locator, text: string): Promise<void>;
  /** Clicks a field and empties it by shortcut and key. */
  empty(field: Locator): Promise<void>;
  /** Types into a field that must not be recorded. */
  fillSecretly(field: Locator, text: string): Promise<void>;
  /** One burst of the wheel, where the pointer rests. */
  scroll(downPx: number): Promise<void>;
  /** Moves to the middle of a control and rests. */
  pointAt(control: Locator): Promise<void>;
}

/** Longer than the pause that ends a movement, a scroll burst or the wait for a second click. */
const REST_MS = 900;
const STEP_MS = 22;
/** Half of the pause that ends a movement: the page may see it longer than the person. */
const INTERRUPTION_MS = MOVEMENT_PAUSE_MS / 2;
/** A movement must last for several samples to be recorded. */
const MIN_STEPS = 12;

/** @param random uniform in [0, 1); a fixed sequence repeats the same behaviour. */
export function createPerson(page: Page, random: () => number = Math.random): Person {
  const deeds: Deeds = {
    movements: { click: 0, none: 0 },
    interruptions: 0,
    clicks: 0,
    scrollBursts: 0,
    viewChanges: 0,
    typingRuns: [],
  };
  let place = { x: 640, y: 400 };
  let frame: Frame | null = page.mainFrame();
  let movedAtMs = 0;

  function noteMoved(): void {
    if (performance.now() - movedAtMs > INTERRUPTION_MS) deeds.interruptions += 1;
    movedAtMs = performance.now();
  }

  /** @returns whether the way was long enough to be a movement. */
  async function moveTo(control: Locator): Promise<boolean> {
    await control.scrollIntoViewIfNeeded();
    const box = await control.boundingBox();
    if (box === null) throw new Error('the control to be used is not on the page');
    const goal = {
      x: box.x + box.width * (0.35 + 0.3 * random()),
      y: box.y + box.height * (0.35 + 0.3 * random()),
    };
    const distancePx = Math.hypot(goal.x - place.x, goal.y - place.y);
    if (distancePx < 12) return false;
    const steps = Math.max(MIN_STEPS, Math.round(distancePx / 40));
    const bend = (random() - 0.5) * 0.2;
    movedAtMs = performance.now();
    for (let step = 1; step <= steps; step += 1) {
      // Minimum jerk (Flash and Hogan, 1985) along a slightly bent line.
      const time = step / steps;
      const way = time ** 3 * (10 - 15 * time + 6 * time ** 2);
      const aside = bend * Math.sin(Math.PI * way);
      await page.mouse.move(
        place.x + way * (goal.x - place.x) - aside * (goal.y - place.y),
        place.y + way * (goal.y - place.y) + aside * (goal.x - place.x),
      );
      noteMoved();
      await page.waitForTimeout(STEP_MS);
    }
    place = goal;
    // Each frame sees its own part of the way: up to its edge, and from there.
    const goalFrame = await frameOf(control);
    if (goalFrame !== frame) deeds.movements.none += 1;
    frame = goalFrame;
    return true;
  }

  /** @param isOfMovement whether the press ends one. */
  async function press(isOfMovement: boolean): Promise<void> {
    await page.waitForTimeout(60);
    await page.mouse.down();
    if (isOfMovement) noteMoved();
    await page.waitForTimeout(60);
    await page.mouse.up();
    await page.waitForTimeout(REST_MS);
  }

  async function click(control: Locator): Promise<void> {
    const isMovement = await moveTo(control);
    if (isMovement) deeds.movements.click += 1;
    await press(isMovement);
    deeds.clicks += 1;
  }

  async function typeKeys(text: string): Promise<void> {
    for (const character of text)
      await page.keyboard.press(keyOf(character), { delay: 30 + Math.floor(50 * random()) });
    await page.waitForTimeout(REST_MS);
  }

  return {
    deeds,
    async open(url) {
      await page.goto(url);
      deeds.viewChanges += 1;
      await page.waitForTimeout(REST_MS);
    },
    click,
    async follow(control) {
      await click(control);
      deeds.viewChanges += 1;
    },
    async fill(field, text) {
      await click(field);
      await typeKeys(text);
      deeds.typingRuns.push(text.length);
    },
    async empty(field) {
      await click(field);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.press('Delete', { delay: 50 });
      await page.waitForTimeout(REST_MS);
      deeds.typingRuns.push(1);
    },
    async fillSecretly(field, text) {
      // The way there is a movement like any other, but it may not tell that it ended on such a field.
      const isMovement = await moveTo(field);
      if (isMovement) deeds.movements.none += 1;
      await press(isMovement);
      await typeKeys(text);
    },
    async scroll(downPx) {
      for (let turn = 0; turn < 4; turn += 1) {
        await page.mouse.wheel(0, downPx / 4);
        await page.waitForTimeout(60);
      }
      deeds.scrollBursts += 1;
      await page.waitForTimeout(REST_MS);
    },
    async pointAt(control) {
      if (await moveTo(control)) deeds.movements.none += 1;
      await page.waitForTimeout(REST_MS);
    },
  };
}

async function frameOf(control: Locator): Promise<Frame | null> {
  return (await control.elementHandle()).ownerFrame();
}

/** `\b` stands for backspace, so that a text can hold its own corrections. */
function keyOf(character: string): string {
  if (character === '\b') return 'Backspace';
  return character === ' ' ? 'Space' : character;
}

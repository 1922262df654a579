/**
 * Where a simulated person's deeds become raw fragments: tabs with views, a clock, a pointer, a focus.
 *
 * Runs in the audit. Keeps to what capture would have told: a view before the steps in it, steps in order and a moment
 * late (their effect must be known), movements once it is known what their press became, typing runs when they are over;
 * messages of one frame at most every 500 ms, and at once when the page is left. What a person does, and how, is decided
 * in `simulated-workers.ts`.
 */
import type { RawFragment, RawStep, RawTarget } from '../../../src/capture/fragments.ts';
import { pathFlags } from '../../../src/capture/path-flags.ts';
import { routeShape } from '../../../src/capture/route-shape.ts';
import { publicRoute } from '../../../src/capture/route-words.ts';
import {
  PATH_FLAGS,
  type Action,
  type MovementEnd,
  type Navigation,
  type PathFlag,
} from '../../../src/trace/limits.ts';
import { randomInt, randomNormal, type Random } from '../../../src/trace/random.ts';
import { drawMovement, drawTypingRun, type MotorPool } from './motor-pool.ts';
import type { Habits } from './work-habits.ts';
import { messagesOf, type Frame, type WorkMessage } from './work-messages.ts';
import type { Deed, StepTruth } from './step-truth.ts';
import { targetOf, viewOf, type WorkApp, type WorkControl, type WorkView } from './work-world.ts';

/** Any control, and which row if it is repeated. */
export interface Place {
  control: WorkControl;
  row: number;
}

interface Tab {
  app: WorkApp;
  tabId: number;
  view: WorkView;
  topUrl: string;
  frame: Frame;
  scrolledPages: number;
  focused: WorkControl | undefined;
}

export type Stage = ReturnType<typeof openStage>;

/** Indices into `RAW_KEY_CLASSES`. */
const BACKSPACE = 4;
const NAVIGATION = 6;
const EFFECT_WAIT_MS = 1000;
const CLICK_KNOWN_AFTER_MS = 600;
const VIEW_SHOWN_AFTER_MS = 350;
const RUN_OVER_AFTER_MS = 1500;
/** Where no movement or typing is at hand. */
const MOVEMENT_MS = 520;
const KEY_MS = 210;
const FLAG_SHARE: Record<PathFlag, number> = { hesitated: 0.35, reversed: 0.1, overshot: 0.12 };
const CORRECTIONS_PER_KEY = 0.018;
const FRAME_ID = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const SOME_NAMES = ['holiday-list', 'price-table', 'office-keys', 'Supplier_Talks', 'q3-checks'];

/** @param pool whose movements and typing to take this time; undefined for none at all. */
export function openStage(
  habits: Habits,
  pool: () => MotorPool | undefined,
  random: Random,
  startMs: number,
) {
  const { device } = habits;
  const tabs = new Map<string, Tab>();
  const frames: { tab: Tab; frame: Frame }[] = [];
  let tab: Tab | undefined;
  let clockMs = Math.round(startMs);
  let pointer = { xPx: device.widthPx / 2, yPx: device.heightPx / 2, restsSinceMs: clockMs };
  const truth = new Map<RawFragment, StepTruth>();
  let task = '';
  let performance = -1;
  let deed: Deed | undefined;

  /** From here on it is this task that is done. */
  function begin(name: string): void {
    task = name;
    performance += 1;
  }

  /** What is done in here is done for this reason. */
  function as(reason: Deed, run: () => void): void {
    const outer = deed;
    deed = reason;
    run();
    deed = outer;
  }

  function rest(ms: number): void {
    clockMs += Math.max(1, Math.round(ms));
  }

  function here(): Tab {
    if (tab === undefined) throw new Error('no tab is open yet');
    return tab;
  }

  function tell(fragment: RawFragment, reportMs: number, { frame, topUrl }: Tab = here()): void {
    // What comes after a step that still waits makes it known.
    if (fragment.kind === 'step' || fragment.kind === 'view')
      for (const earlier of frame.told)
        if (earlier.fragment.kind === 'step') earlier.reportMs = Math.min(earlier.reportMs, clockMs);
    if (fragment.kind === 'step') truth.set(fragment, { task, performance, deed, hasBackspaces: false });
    frame.told.push({ fragment, reportMs, topUrl });
  }

  /** Nothing waits any longer on a page that is left or hidden. */
  function leave(): void {
    for (const told of tab?.frame.told ?? []) told.reportMs = Math.min(told.reportMs, clockMs);
  }

  function newFrame(of: Tab): void {
    of.frame = { id: Array.from({ length: 22 }, () => FRAME_ID[randomInt(random, 64)]!).join(''), told: [] };
    frames.push({ tab: of, frame: of.frame });
  }

  /** Goes to the app's tab; what it shows is what it showed. */
  function switchTo(app: WorkApp): boolean {
    const known = tabs.get(app.label);
    if (known === undefined || known === tab) return known !== undefined;
    leave();
    tab = known;
    return true;
  }

  /** Shows a view in the app's tab, which is opened if it is not there. */
  function show(app: WorkApp, path: string, navigation: Navigation): void {
    const isOpen = switchTo(app);
    leave();
    const view = viewOf(app, path);
    const pathname = path
      .replace(':id', String(1000 + randomInt(random, 9000)))
      .replace(':name', SOME_NAMES[randomInt(random, SOME_NAMES.length)]!);
    const topUrl = `${app.origin}${pathname}`;
    const shown = { view, topUrl, scrolledPages: 0, focused: undefined };
    const isLoad = !isOpen || navigation === 'load' || navigation === 'reload' || !app.isSinglePage;
    tab = Object.assign(tabs.get(app.label) ?? ({ app, tabId: tabs.size + 1 } as Tab), shown);
    tabs.set(app.label, tab);
    if (isLoad) newFrame(tab);
    const beganMs = clockMs;
    const reportMs = beganMs + VIEW_SHOWN_AFTER_MS;
    tell(
      {
        kind: 'view',
        atMs: beganMs,
        routeShape: publicRoute(routeShape(pathname)),
        navigation,
        viewportWidthPx: device.widthPx,
        pointerType: device.pointerType,
        inventory: view.inventory,
        coverage: { unreachableFrames: 0, closedShadowRoots: 0, canvasShare: 0 },
      },
      reportMs,
    );
    tell({ kind: 'step', ...stateOf(tab), action: 'viewChange', atMs: beganMs, navigation }, reportMs);
    rest(VIEW_SHOWN_AFTER_MS + 150);
  }

  function stateOf({ view, scrolledPages, focused }: Tab) {
    const longPages = view.lengthPages - 1;
    const share = scrolledPages / longPages;
    const scrollPosition: RawStep['scrollPosition'] =
      longPages < 0.1
        ? 'unscrollable'
        : share < 0.02
          ? 'top'
          : share < 0.34
            ? 'upper'
            : share < 0.67
              ? 'middle'
              : share < 0.98
                ? 'lower'
                : 'bottom';
    return {
      pathFlags: [] as PathFlag[],
      scrollPosition,
      effect: 'none' as const,
      ...(focused && { focusedRole: focused.role }),
    };
  }

  function target({ control, row }: Place): RawTarget {
    return targetOf(control, row, device);
  }

  /** One step at this moment. */
  function step(action: Action, more: Partial<RawStep> = {}, place?: Place): void {
    const of = here();
    tell(
      {
        kind: 'step',
        ...stateOf(of),
        action,
        atMs: clockMs,
        ...(place && { target: target(place) }),
        ...more,
      },
      clockMs + EFFECT_WAIT_MS,
    );
    rest(1);
  }

  /** Moves the pointer to a place and presses there. */
  function pointAndPress(
    action: 'click' | 'doubleClick' | 'secondaryClick',
    place: Place,
    more: Partial<RawStep> = {},
  ): void {
    const end = action === 'secondaryClick' ? 'secondary' : action;
    const flags = move(target(place), end);
    step(action, { pathFlags: flags, ...more }, place);
    here().focused = place.control;
  }

  /** The way of the pointer to a target, told as a movement if there is one to take. */
  function move(to: RawTarget, end: MovementEnd): PathFlag[] {
    const aimed = (centrePx: number, sizePx: number, habit: string) => {
      const offset = 0.06 * habits.lean(habit) + 0.14 * randomNormal(random);
      return Math.round(centrePx + sizePx * Math.max(-0.48, Math.min(0.48, offset)));
    };
    const xPx = aimed(to.xPx, to.widthPx, 'aim across');
    const yPx = aimed(to.yPx, to.heightPx, 'aim down');
    const own = pool();
    const moved = own && drawMovement(own, { end, dxPx: xPx - pointer.xPx, dyPx: yPx - pointer.yPx }, random);
    const fromMs = clockMs;
    const restMs = habits.amount(90, 'rest before a press', random, 0.7);
    if (moved === undefined) {
      rest(habits.amount(MOVEMENT_MS, 'pointing', random));
      pointer = { xPx, yPx, restsSinceMs: clockMs };
      rest(restMs);
      return own ? [] : PATH_FLAGS.filter((flag) => habits.happens(FLAG_SHARE[flag], flag, random));
    }
    rest(moved.timeMs.at(-1)!);
    const path = {
      startMs: fromMs,
      endMs: clockMs,
      pauseBeforeMs: fromMs - pointer.restsSinceMs,
      timeMs: moved.timeMs,
      xPx: moved.xPx.map((x) => x - moved.xPx.at(-1)! + xPx),
      yPx: moved.yPx.map((y) => y - moved.yPx.at(-1)! + yPx),
    };
    const { startMs: _start, endMs: atMs, ...columns } = path;
    pointer = { xPx, yPx, restsSinceMs: clockMs };
    rest(restMs);
    const isPress = end !== 'none' && end !== 'wheel';
    tell(
      {
        kind: 'movement',
        ...columns,
        atMs,
        end,
        pointerType: device.pointerType,
        nestedScroller: isPress && to.listSize >= 20,
        target: to,
      },
      clockMs + (isPress ? CLICK_KNOWN_AFTER_MS : 0),
    );
    return isPress ? pathFlags(path, to, restMs) : [];
  }

  /** Types into what has the focus. */
  function type(place: Place, keys: number): void {
    const wanted = Math.max(1, Math.round(keys));
    const own = pool();
    const run = own && drawTypingRun(own, wanted, random);
    const atMs = clockMs;
    if (run === undefined) {
      const corrections = Array.from({ length: wanted }).filter(() =>
        habits.happens(CORRECTIONS_PER_KEY, 'corrections', random),
      ).length;
      step('type', { keyCount: wanted + 2 * corrections }, place);
      rest((wanted + 2 * corrections) * habits.amount(KEY_MS, 'typing', random, 0.1));
    } else {
      step('type', { keyCount: run.keyClass.filter((keyClass) => keyClass !== NAVIGATION).length }, place);
      rest(run.downMs.at(-1)!);
      tell({ kind: 'typingRun', atMs: Math.max(atMs, clockMs), ...run }, clockMs + RUN_OVER_AFTER_MS);
      rest(80);
    }
    // Its effect is known a moment after its end.
    const typing = here().frame.told.findLast(({ fragment }) => fragment.kind === 'step')!;
    typing.reportMs = clockMs + EFFECT_WAIT_MS;
    truth.get(typing.fragment)!.hasBackspaces = run?.keyClass.includes(BACKSPACE) ?? false;
  }

  function scroll(direction: 'up' | 'down', pages: number, isKeyboard: boolean): void {
    const of = here();
    const longest = Math.max(0, of.view.lengthPages - 1);
    const amount = pages < 0.5 ? 'part' : pages <= 1.5 ? 'page' : 'pages';
    if (!isKeyboard && random() < 0.5) move(rootTarget(), 'wheel');
    const manner = isKeyboard ? { keyboard: true, key: direction === 'up' ? 'pageUp' : 'pageDown' } : {};
    step('scroll', { direction, amount, target: rootTarget(), ...manner } as Partial<RawStep>);
    of.scrolledPages = Math.min(
      longest,
      Math.max(0, of.scrolledPages + (direction === 'up' ? -1 : 1) * pages),
    );
    rest(250 + 350 * pages);
  }

  function rootTarget(): RawTarget {
    return {
      tag: 'html',
      role: 'document',
      states: [],
      xPx: Math.round(device.widthPx / 2),
      yPx: Math.round(device.heightPx / 2),
      widthPx: device.widthPx,
      heightPx: device.heightPx,
      viewportWidthPx: device.widthPx,
      viewportHeightPx: device.heightPx,
      depth: 0,
      siblings: 0,
      landmark: 'none',
      listSize: 0,
      structure: 'html::1',
    };
  }

  /** All messages, in the order in which they are sent. */
  function finish(): WorkMessage[] {
    leave();
    const sent = frames.flatMap(({ tab: of, frame }) => messagesOf(frame, of.app.label, of.tabId));
    return sent.sort((one, other) => one.sentMs - other.sentMs);
  }

  return {
    begin,
    as,
    truth: truth as ReadonlyMap<RawFragment, StepTruth>,
    rest,
    nowMs: () => clockMs,
    here,
    switchTo,
    show,
    step,
    pointAndPress,
    move: (place: Place, end: MovementEnd) => void move(target(place), end),
    type,
    scroll,
    focus: (control: WorkControl | undefined) => void (here().focused = control),
    finish,
  };
}

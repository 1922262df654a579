/**
 * One simulated person does one task: the acts that it asks for, in the way that the person's habits have it.
 *
 * Runs in the audit. Each choice of a way is named by the habit that leans it; the shares written here are those of a
 * person who leans to neither side, and assumptions like the spreads in `work-habits.ts`.
 */
import type { Effect } from '../../../src/trace/limits.ts';
import { randomNormal, type Random } from '../../../src/trace/random.ts';
import type { Hands } from './hands.ts';
import { giveUp, slipBefore } from './slips.ts';
import { APPS } from './work-apps.ts';
import type { Habits } from './work-habits.ts';
import type { Place, Stage } from './work-stage.ts';
import { controlOf, type Act, type WorkControl, type WorkTask } from './work-world.ts';

/** Does the task from where the person is to its last act. */
export function doTask(task: WorkTask, habits: Habits, stage: Stage, random: Random, slips = false): void {
  const app = APPS.get(task.app)!;
  stage.begin(task.name);
  doAll(task.acts, '', { habits, stage, random, task, app, slips });
}

function doAll(acts: readonly Act[], within: string, hands: Hands): void {
  acts.forEach((act, index) => {
    const { habits, stage, random } = hands;
    stage.rest(habits.amount(1400, 'pace', random, 0.6 * Math.exp(0.25 * habits.lean('unevenness'))));
    if (habits.happens(0.03, 'distractions', random))
      stage.rest(habits.amount(30_000, 'distraction', random));
    if (act.do !== 'go' && habits.happens(0.03, 'looks into the mail', random)) lookIntoMail(hands);
    doAct(act, `${within}${index}`, hands);
  });
}

function doAct(act: Act, name: string, hands: Hands): void {
  const { habits, random, task } = hands;
  switch (act.do) {
    case 'go':
      goTo(act.view, hands);
      return;
    case 'find':
      find(act, hands);
      return;
    case 'fill':
      fill(placeOf(act.control, hands), act.keys, hands);
      return;
    case 'choose':
      choose(placeOf(act.control, hands), hands);
      return;
    case 'press':
      press(placeOf(act.control, hands), act.opens, hands);
      return;
    case 'send':
      send(placeOf(act.control, hands), act.opens, hands);
      return;
    case 'confirm':
      confirm(act, hands);
      return;
    case 'read':
      read(act.pages, hands);
      return;
    case 'carry':
      carry(act, hands);
      return;
    case 'sometimes':
      if (habits.happens(act.share, `optional ${task.name} ${name}`, random))
        doAll(act.acts, `${name}.`, hands);
      return;
    case 'inAnyOrder': {
      const inOwnOrder = act.acts
        .map((each, index) => ({
          each,
          at: index + 1.5 * habits.lean(`order ${task.name} ${name}.${index}`) + 0.4 * randomNormal(random),
        }))
        .sort((one, other) => one.at - other.at);
      doAll(
        inOwnOrder.map(({ each }) => each),
        `${name}.`,
        hands,
      );
    }
  }
}

/** To a view of the task's app: not at all if it is shown, else by a link, the way back or an address. */
function goTo(path: string, hands: Hands): void {
  const { habits, stage, random, app } = hands;
  if (!stage.switchTo(app)) {
    stage.show(app, path, 'load');
    return;
  }
  if (stage.here().view.path === path) {
    if (habits.happens(0.12, 'reloading', random)) stage.show(app, path, 'reload');
    return;
  }
  if (habits.happens(0.25, 'way back', random)) stage.show(app, path, 'backForward');
  else if (habits.happens(0.12, 'typed addresses', random)) stage.show(app, path, 'load');
  else {
    const links = [...stage.here().view.controls.values()].filter(
      ({ kind, rows }) => kind === 'link' && rows === 0,
    );
    const link = links[[...app.views.keys()].indexOf(path) % Math.max(1, links.length)];
    if (link) activate({ control: link, row: 0 }, 'viewChanged', hands);
    stage.show(app, path, app.isSinglePage ? 'push' : 'load');
  }
}

function find(act: Extract<Act, { do: 'find' }>, hands: Hands): void {
  const { habits, stage, random, app } = hands;
  const searches = habits.happens(0.45, `searching in ${app.label}`, random);
  if (searches) {
    const search = placeOf(act.search, hands);
    const byShortcut = search.control.shortcut && habits.happens(0.2, 'shortcut find', random);
    if (byShortcut) stage.step('shortcut', { shortcut: 'find', effect: 'focusMoved' });
    else stage.pointAndPress('click', search, { effect: 'focusMoved' });
    stage.focus(search.control);
    stage.rest(habits.amount(500, 'pace of typing', random));
    stage.type(search, habits.amount(8, 'length of searches', random));
    if (habits.happens(0.5, 'enter to search', random))
      stage.step('press', { key: 'enter', effect: 'stateChanged' }, search);
    stage.rest(habits.amount(1200, 'looking at results', random));
  } else read(0.7, hands);
  const row = searches
    ? Math.floor(-1.2 * Math.log(1 - random()))
    : rowOf(controlOf(stage.here().view, act.rows), hands);
  const found: Place = { control: controlOf(stage.here().view, act.rows), row };
  if (habits.happens(0.12, 'double clicks', random))
    stage.pointAndPress('doubleClick', found, { effect: 'viewChanged' });
  else activate(found, 'viewChanged', hands);
  stage.show(app, act.opens, app.isSinglePage ? 'push' : 'load');
}

/** Some take what is on top, some go deep. */
function rowOf({ rows }: WorkControl, { habits, random }: Hands): number {
  return Math.min(Math.max(0, rows - 1), Math.floor(habits.amount(3, 'depth in lists', random, 0.9)));
}

function placeOf(name: string, hands: Hands): Place {
  const control = controlOf(hands.stage.here().view, name);
  return { control, row: control.rows > 0 ? rowOf(control, hands) : 0 };
}

function fill(place: Place, keys: number, hands: Hands): void {
  const { habits, stage, random } = hands;
  reach(place, hands);
  stage.rest(habits.amount(600, 'pace of typing', random));
  if (habits.happens(0.07, 'pasting', random)) {
    if (habits.happens(0.75, 'paste by keyboard', random))
      stage.step('paste', { keyboard: true, effect: 'stateChanged' }, place);
    else {
      stage.pointAndPress('secondaryClick', place);
      stage.rest(900);
      stage.step('paste', { effect: 'stateChanged' }, place);
    }
  } else stage.type(place, habits.amount(keys, 'wordiness', random, 0.4));
  if (keys > 20 && habits.happens(0.2, 'second thoughts', random))
    stage.as('secondThoughts', () => {
      stage.rest(habits.amount(2500, 'pace', random));
      if (habits.happens(0.5, 'click to correct', random)) stage.pointAndPress('click', place);
      if (habits.happens(0.3, 'undoing', random))
        stage.step('undo', { keyboard: true, effect: 'stateChanged' }, place);
      stage.type(place, habits.amount(keys / 4, 'wordiness', random, 0.6));
    });
  if (place.control.kind === 'cell')
    stage.step(
      'press',
      { key: habits.happens(0.5, 'enter after cells', random) ? 'enter' : 'tab', effect: 'focusMoved' },
      place,
    );
}

/** Puts the focus there: by Tab from a field of the same form, else by a click. */
function reach(place: Place, { habits, stage, random }: Hands): void {
  const { focused } = stage.here();
  if (focused === place.control) return;
  if (focused?.landmark === place.control.landmark && habits.happens(0.4, 'tabbing', random)) {
    stage.step('press', { key: 'tab', effect: 'focusMoved' }, { control: focused, row: 0 });
    stage.step('focus', { keyboard: true }, place);
    stage.focus(place.control);
    return;
  }
  if (place.control.kind === 'cell' && habits.happens(0.5, 'double clicks on cells', random))
    stage.pointAndPress('doubleClick', place, { effect: 'stateChanged' });
  else stage.pointAndPress('click', place, { effect: 'focusMoved' });
}

function choose(place: Place, hands: Hands): void {
  const { habits, stage, random } = hands;
  reach(place, hands);
  stage.rest(habits.amount(1100, 'choosing', random));
  const byKeyboard = habits.happens(0.2, 'choosing by keyboard', random);
  stage.step('select', { effect: 'stateChanged', ...(byKeyboard && { keyboard: true }) }, place);
}

function press(place: Place, opens: string | undefined, hands: Hands): void {
  const { habits, stage, random, app } = hands;
  const { kind, shortcut } = place.control;
  if (habits.happens(0.15, 'scrolling', random)) scrollSome('down', hands);
  const effect: Effect = opens
    ? 'viewChanged'
    : kind === 'button' || kind === 'icon'
      ? 'none'
      : 'stateChanged';
  if (shortcut && habits.happens(0.3, `shortcut ${shortcut}`, random))
    stage.step('shortcut', { shortcut, effect });
  else activate(place, effect, hands);
  if (opens) stage.show(app, opens, app.isSinglePage ? 'push' : 'load');
}

/** By a click, or with the focus already near by a key. */
function activate(place: Place, effect: Effect, hands: Hands): void {
  const press = () => pressOnce(place, effect, hands);
  const deed = hands.slips ? slipBefore(place, effect, hands) : undefined;
  if (deed === undefined) press();
  else hands.stage.as(deed, press);
}

function pressOnce(place: Place, effect: Effect, { habits, stage, random }: Hands): void {
  const isNear = stage.here().focused?.landmark === place.control.landmark;
  if (isNear && habits.happens(0.08, 'pressing by keyboard', random)) {
    stage.step('focus', { keyboard: true }, place);
    stage.rest(300);
    stage.step('click', { keyboard: true, effect }, place);
    stage.focus(place.control);
  } else stage.pointAndPress('click', place, { effect });
}

function send(place: Place, opens: string | undefined, hands: Hands): void {
  const { habits, stage, random, app } = hands;
  if (hands.slips && giveUp(place, opens, hands)) return;
  const goodEffect: Effect = opens ? 'viewChanged' : 'stateChanged';
  if (habits.happens(0.07, 'mistakes in forms', random)) {
    stage.as('mistake', () => sendOnce(place, 'formInvalid', hands));
    stage.as('mending', () => {
      stage.rest(habits.amount(2500, 'pace', random));
      const again = [...stage.here().view.controls.values()].find(
        ({ landmark, kind }) =>
          landmark === place.control.landmark && (kind === 'text' || kind === 'textarea'),
      );
      if (again) fill({ control: again, row: 0 }, 6, hands);
      activate(place, goodEffect, hands);
    });
  } else sendOnce(place, goodEffect, hands);
  if (place.control.landmark === 'form') stage.step('submit');
  if (opens) stage.show(app, opens, app.isSinglePage ? 'push' : 'load');
}

/** By a shortcut, by Enter or by the button. */
function sendOnce(place: Place, effect: Effect, hands: Hands): void {
  const { habits, stage, random } = hands;
  const { shortcut } = place.control;
  const { focused } = stage.here();
  if (shortcut && habits.happens(0.25, `shortcut ${shortcut}`, random))
    stage.step('shortcut', { shortcut, effect });
  else if (focused?.tag === 'input' && habits.happens(0.4, 'enter to send', random))
    stage.step('press', { key: 'enter', effect }, { control: focused, row: 0 });
  else activate(place, effect, hands);
}

function confirm(act: Extract<Act, { do: 'confirm' }>, hands: Hands): void {
  const { habits, stage, random } = hands;
  const opener = placeOf(act.opener, hands);
  activate(opener, 'dialogOpened', hands);
  stage.step('dialogOpened');
  stage.rest(habits.amount(1500, 'reading dialogs', random));
  if (!habits.happens(0.1, 'changes of mind', random)) {
    if (habits.happens(0.3, 'enter in dialogs', random))
      stage.step('click', { keyboard: true, effect: 'stateChanged' }, placeOf(act.yes, hands));
    else stage.pointAndPress('click', placeOf(act.yes, hands), { effect: 'stateChanged' });
    stage.step('dialogDismissed');
  } else
    stage.as('changeOfMind', () => {
      if (habits.happens(0.5, 'escape', random))
        stage.step('press', { key: 'escape', effect: 'stateChanged' }, opener);
      else stage.pointAndPress('click', placeOf(act.no, hands), { effect: 'stateChanged' });
      stage.step('dialogDismissed');
    });
  stage.focus(undefined);
}

/** Looks at a page: pauses, and scrolls if that is the person's way. */
function read(pages: number, hands: Hands): void {
  const { habits, stage, random } = hands;
  const looks = Math.max(1, Math.round(pages * 2));
  for (let look = 0; look < looks; look += 1) {
    stage.rest(habits.amount(3500, 'reading', random));
    if (habits.happens(0.55, 'scrolling to read', random)) scrollSome('down', hands);
  }
  if (habits.happens(0.3, 'scrolling back up', random)) scrollSome('up', hands);
}

function scrollSome(direction: 'up' | 'down', { habits, stage, random }: Hands): void {
  stage.scroll(
    direction,
    habits.amount(0.7, 'reach of scrolls', random),
    habits.happens(0.1, 'scrolling by keyboard', random),
  );
}

function lookIntoMail(hands: Hands): void {
  const { stage, app } = hands;
  const mail = APPS.get('mail')!;
  if (app === mail || !stage.switchTo(mail)) return;
  stage.as('lookedAway', () => read(0.5, { ...hands, app: mail }));
  stage.switchTo(app);
}

function carry(act: Extract<Act, { do: 'carry' }>, hands: Hands): void {
  const { habits, stage, random, app } = hands;
  const other = APPS.get(act.app)!;
  const from = placeOf(act.from, hands);
  stage.pointAndPress(habits.happens(0.5, 'double click to select', random) ? 'doubleClick' : 'click', from);
  stage.rest(habits.amount(900, 'pace', random));
  if (habits.happens(0.8, 'copy by keyboard', random)) stage.step('copy', { keyboard: true }, from);
  else {
    stage.pointAndPress('secondaryClick', from);
    stage.rest(800);
    stage.step('copy', {}, from);
  }
  stage.rest(habits.amount(1400, 'pace', random));
  goTo(act.view, { ...hands, app: other });
  const to = { control: controlOf(stage.here().view, act.to), row: 0 };
  stage.pointAndPress('click', to, { effect: 'focusMoved' });
  stage.step(
    'paste',
    { effect: 'stateChanged', ...(habits.happens(0.8, 'paste by keyboard', random) && { keyboard: true }) },
    to,
  );
  stage.rest(habits.amount(1400, 'pace', random));
  stage.switchTo(app);
}

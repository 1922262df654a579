/**
 * How a simulated person slips: presses beside what was meant, presses twice, takes a wrong turn, gives a form up.
 *
 * Runs in measurements that ask for it; the audits' people do not slip. Each slip is told by its deed, so that it is
 * known what went wrong. The shares are assumptions, chosen so that there is enough of each to judge a label by.
 */
import type { Effect } from '../../../src/trace/limits.ts';
import { randomInt } from '../../../src/trace/random.ts';
import type { Hands } from './hands.ts';
import type { Deed } from './step-truth.ts';
import type { Place } from './work-stage.ts';
import type { WorkControl } from './work-world.ts';

const SHARES = { missing: 0.03, pressingTwice: 0.03, wrongTurns: 0.06, givingUp: 0.06 };
/** Until it is clear that nothing happens. */
const NOTICING_MS = 900;

/** What goes wrong before a press, if anything does; and the deed that the press itself then is. */
export function slipBefore(place: Place, effect: Effect, hands: Hands): Deed | undefined {
  const { habits, stage, random } = hands;
  const beside = besideOf(place, hands);
  if (beside && habits.happens(SHARES.missing, 'missing', random)) {
    stage.as('missedPress', () => stage.pointAndPress('click', beside));
    stage.rest(habits.amount(NOTICING_MS, 'noticing', random));
    return undefined;
  }
  if (effect === 'viewChanged' && habits.happens(SHARES.wrongTurns, 'wrong turns', random)) {
    turnWrong(hands);
    return undefined;
  }
  if (!habits.happens(SHARES.pressingTwice, 'pressing twice', random)) return undefined;
  stage.as('pressedInVain', () => stage.pointAndPress('click', place));
  stage.rest(habits.amount(NOTICING_MS, 'noticing', random));
  return 'pressedAgain';
}

/** Another control of the same part of the page, on which a press does nothing by itself. */
function besideOf({ control }: Place, { stage, random }: Hands): Place | undefined {
  const others = [...stage.here().view.controls.values()].filter(
    (other) => other !== control && other.landmark === control.landmark && other.tag === 'button',
  );
  return others.length === 0 ? undefined : { control: others[randomInt(random, others.length)]!, row: 0 };
}

/** Opens another view of the app, looks, and comes back by the browser's button. */
function turnWrong(hands: Hands): void {
  const { habits, stage, random, app } = hands;
  const { view } = stage.here();
  const links = [...view.controls.values()].filter(({ kind }) => kind === 'link');
  const others = [...app.views.keys()].filter((path) => path !== view.path);
  if (links.length === 0 || others.length === 0) return;
  stage.as('wrongTurn', () => {
    const link: WorkControl = links[randomInt(random, links.length)]!;
    stage.pointAndPress('click', { control: link, row: 0 }, { effect: 'viewChanged' });
    stage.show(app, others[randomInt(random, others.length)]!, app.isSinglePage ? 'push' : 'load');
  });
  stage.rest(habits.amount(2000, 'noticing', random));
  stage.as('turnedBack', () => stage.show(app, view.path, 'backForward'));
}

/** Leaves the form instead of sending it: by its own button if it has one. */
export function giveUp(place: Place, opens: string | undefined, hands: Hands): boolean {
  const { habits, stage, random, app } = hands;
  const { view } = stage.here();
  if (place.control.landmark !== 'form' || !habits.happens(SHARES.givingUp, 'giving up', random))
    return false;
  const cancel = view.controls.get('cancel') ?? view.controls.get('discard');
  stage.as('gaveUp', () => {
    if (cancel) stage.pointAndPress('click', { control: cancel, row: 0 }, { effect: 'viewChanged' });
    const elsewhere = opens ?? [...app.views.keys()].find((path) => path !== view.path)!;
    stage.show(app, elsewhere, cancel ? 'push' : 'backForward');
  });
  return true;
}

/**
 * Synthetic pointer users: people with habits of their own pressing, dragging and wheeling their way through targets,
 * for audits without data.
 *
 * Runs in the audit and its tests. A movement takes the time that Fitts' law gives with the person's own intercept and
 * slope; most of the way is one skewed minimum-jerk stroke, the rest is corrections; the path bends as the person's arm
 * does in that direction, and trembles. Device, dwell, pauses and what is done at a target differ by person. Medians
 * follow those of the 80 people of SapiMouse. It must never be mistaken for people: its figures show that an audit
 * works, not how safe a level is.
 */
import { randomInt, randomNormal, type Random } from '../../../src/trace/random.ts';
import type { PointerSession } from './sessions.ts';

const SESSIONS = [
  { session: 'session_3min', lengthMs: 180_000 },
  { session: 'session_1min', lengthMs: 60_000 },
] as const;
const BUTTON = { none: 0, left: 1, right: 2, wheel: 3 } as const;
const STATE = { move: 0, press: 1, release: 2, drag: 3, wheel: 4 } as const;
const POLLS_MS = [8, 16.6, 16.7, 16.7, 16.7, 16.7] as const;
const SCREENS_PX = [
  [1366, 768],
  [1536, 864],
  [1920, 1080],
] as const;

/** How one person moves; `log` values are natural logarithms of ms, or of factors. */
interface PointerUser {
  pollMs: number;
  pollJitterMs: number;
  screenPx: readonly [number, number];
  interceptMs: number;
  slopeMs: number;
  timeLogSd: number;
  /** Below 1 the speed peaks early. */
  skew: number;
  skewSd: number;
  reach: number;
  reachSd: number;
  correctionMs: number;
  correctionPauseMs: number;
  /** Sideways bend as a share of the distance: always, and by direction. */
  bend: number;
  bendByDirection: readonly [number, number, number, number];
  bendSd: number;
  tremorPx: number;
  aimBias: readonly [number, number];
  aimSpread: number;
  restLog: number;
  dwellLog: number;
  dwellLogSd: number;
  nextLog: number;
  readingShare: number;
  dragShare: number;
  rightShare: number;
  doubleShare: number;
  doubleGapLog: number;
  wheelShare: number;
}

interface Place {
  xPx: number;
  yPx: number;
}

/** Two sessions for each person, person by person; the same for the same randomness. */
export function syntheticPointers(options: { people: number; random: Random }): PointerSession[] {
  const { people, random } = options;
  return Array.from({ length: people }, (_, person) => {
    const user = drawUser(random);
    return SESSIONS.map(({ session, lengthMs }) => ({ person, session, ...worked(user, lengthMs, random) }));
  }).flat();
}

function drawUser(random: Random): PointerUser {
  const normal = (mean: number, sd: number) => mean + sd * randomNormal(random);
  const share = (mean: number, logSd: number) => mean * Math.exp(normal(0, logSd));
  return {
    pollMs: POLLS_MS[randomInt(random, POLLS_MS.length)]!,
    pollJitterMs: share(0.5, 0.35),
    screenPx: SCREENS_PX[randomInt(random, SCREENS_PX.length)]!,
    interceptMs: share(70, 0.3),
    slopeMs: share(82, 0.15),
    timeLogSd: share(0.32, 0.15),
    skew: share(0.72, 0.12),
    skewSd: share(0.12, 0.2),
    reach: normal(0.9, 0.03),
    reachSd: share(0.1, 0.2),
    correctionMs: share(170, 0.2),
    correctionPauseMs: share(30, 0.5),
    bend: normal(0, 0.025),
    bendByDirection: [normal(0, 0.04), normal(0, 0.04), normal(0, 0.03), normal(0, 0.03)],
    bendSd: share(0.1, 0.2),
    tremorPx: share(0.8, 0.28),
    aimBias: [normal(0, 0.1), normal(0, 0.1)],
    aimSpread: share(0.18, 0.25),
    restLog: Math.log(share(80, 0.25)),
    dwellLog: Math.log(share(84, 0.2)),
    dwellLogSd: share(0.25, 0.25),
    nextLog: Math.log(share(100, 0.25)),
    readingShare: share(0.03, 0.6),
    dragShare: Math.min(0.4, share(0.17, 0.25)),
    rightShare: share(0.08, 0.3),
    doubleShare: share(0.05, 0.5),
    doubleGapLog: Math.log(share(110, 0.2)),
    wheelShare: share(0.02, 0.8),
  };
}

/** What a person does until the time is over. */
function worked(
  user: PointerUser,
  lengthMs: number,
  random: Random,
): Omit<PointerSession, 'person' | 'session'> {
  const events = {
    timeMs: [] as number[],
    xPx: [] as number[],
    yPx: [] as number[],
    button: [] as number[],
    state: [] as number[],
  };
  // A day's form differs a little from the next one's.
  const formLog = 0.09 * randomNormal(random);
  let clockMs = 0;
  let at: Place = anyPlace(user, random);

  const note = (button: number, state: number) => {
    events.timeMs.push(Math.round(clockMs));
    events.xPx.push(Math.round(at.xPx));
    events.yPx.push(Math.round(at.yPx));
    events.button.push(button);
    events.state.push(state);
  };
  const wait = (log: number, logSd: number) => {
    clockMs += Math.exp(log + formLog + logSd * randomNormal(random));
  };
  const travel = (target: Place, widthPx: number, isDrag: boolean) => {
    const startMs = clockMs;
    const path = strokes(user, at, target, widthPx, formLog, random);
    const endMs = path.at(-1)!.endMs;
    let tremor: Place = { xPx: 0, yPx: 0 };
    while (clockMs - startMs < endMs) {
      clockMs += Math.max(1, user.pollMs + user.pollJitterMs * randomNormal(random));
      tremor = {
        xPx: 0.7 * tremor.xPx + user.tremorPx * 0.7 * randomNormal(random),
        yPx: 0.7 * tremor.yPx + user.tremorPx * 0.7 * randomNormal(random),
      };
      const ideal = placeOn(path, clockMs - startMs);
      const next = within(user, { xPx: ideal.xPx + tremor.xPx, yPx: ideal.yPx + tremor.yPx });
      const isStill =
        Math.round(next.xPx) === Math.round(at.xPx) && Math.round(next.yPx) === Math.round(at.yPx);
      at = next;
      if (!isStill) note(isDrag ? BUTTON.left : BUTTON.none, isDrag ? STATE.drag : STATE.move);
    }
  };
  const click = (button: number) => {
    note(button, STATE.press);
    wait(user.dwellLog, user.dwellLogSd);
    note(button, STATE.release);
  };

  note(BUTTON.none, STATE.move);
  while (clockMs < lengthMs) {
    const widthPx = 16 * 2 ** (random() * 3);
    travel(aimed(user, anyPlace(user, random), widthPx, random), widthPx, false);
    wait(user.restLog, 0.4);
    const deed = random();
    if (deed < user.wheelShare) {
      const notches = 1 + randomInt(random, 8);
      for (let notch = 0; notch < notches; notch += 1) {
        note(BUTTON.wheel, STATE.wheel);
        wait(Math.log(60), 0.3);
      }
    } else if (deed < user.wheelShare + user.dragShare) {
      note(BUTTON.left, STATE.press);
      wait(user.dwellLog, user.dwellLogSd);
      travel(aimed(user, anyPlace(user, random), widthPx, random), widthPx, true);
      wait(user.restLog - 0.5, 0.4);
      note(BUTTON.left, STATE.release);
    } else if (deed < user.wheelShare + user.dragShare + user.rightShare) click(BUTTON.right);
    else {
      click(BUTTON.left);
      if (random() < user.doubleShare) {
        wait(user.doubleGapLog, 0.15);
        click(BUTTON.left);
      }
    }
    if (random() < user.readingShare) wait(Math.log(900), 0.5);
    else wait(user.nextLog, 0.5);
  }
  return events;
}

/** One stroke of a movement: from where to where, when, and how it bends and speeds up. */
interface Stroke {
  from: Place;
  to: Place;
  startMs: number;
  endMs: number;
  bend: number;
  skew: number;
}

/** The strokes of one movement: the long one, then corrections while the target is missed. */
function strokes(
  user: PointerUser,
  from: Place,
  target: Place,
  widthPx: number,
  formLog: number,
  random: Random,
): Stroke[] {
  const distancePx = Math.hypot(target.xPx - from.xPx, target.yPx - from.yPx);
  const direction = Math.atan2(target.yPx - from.yPx, target.xPx - from.xPx);
  const [cosine, sine, cosine2, sine2] = user.bendByDirection;
  const bend =
    user.bend +
    cosine * Math.cos(direction) +
    sine * Math.sin(direction) +
    cosine2 * Math.cos(2 * direction) +
    sine2 * Math.sin(2 * direction) +
    user.bendSd * randomNormal(random);
  const fittsMs = user.interceptMs + user.slopeMs * Math.log2(distancePx / widthPx + 1);
  const durationMs = fittsMs * Math.exp(formLog + user.timeLogSd * randomNormal(random));
  const reach = user.reach + user.reachSd * randomNormal(random);
  const found: Stroke[] = [
    {
      from,
      to: between(from, target, reach),
      startMs: 0,
      endMs: Math.max(60, durationMs),
      bend,
      skew: Math.max(0.3, user.skew + user.skewSd * randomNormal(random)),
    },
  ];
  while (found.length < 4) {
    const last = found.at(-1)!;
    const missPx = Math.hypot(target.xPx - last.to.xPx, target.yPx - last.to.yPx);
    if (missPx < widthPx / 3) break;
    const startMs = last.endMs + user.correctionPauseMs * -Math.log(1 - random());
    found.push({
      from: last.to,
      to: between(last.to, target, 0.95 + 0.08 * randomNormal(random)),
      startMs,
      endMs: startMs + user.correctionMs * Math.exp(formLog + 0.25 * randomNormal(random)),
      bend: user.bendSd * randomNormal(random),
      skew: 0.9,
    });
  }
  return found;
}

/** Where the pointer is at a time of the movement, but for tremor. */
function placeOn(path: readonly Stroke[], atMs: number): Place {
  const stroke = path.findLast(({ startMs }) => startMs <= atMs) ?? path[0]!;
  const share = Math.min(1, (atMs - stroke.startMs) / (stroke.endMs - stroke.startMs)) ** stroke.skew;
  // Minimum jerk (Flash and Hogan, 1985).
  const done = share ** 3 * (10 - 15 * share + 6 * share ** 2);
  const { xPx, yPx } = between(stroke.from, stroke.to, done);
  const aside = stroke.bend * Math.sin(Math.PI * done);
  return {
    xPx: xPx - aside * (stroke.to.yPx - stroke.from.yPx),
    yPx: yPx + aside * (stroke.to.xPx - stroke.from.xPx),
  };
}

function aimed(user: PointerUser, centre: Place, widthPx: number, random: Random): Place {
  return within(user, {
    xPx: centre.xPx + widthPx * (user.aimBias[0] + user.aimSpread * randomNormal(random)),
    yPx: centre.yPx + widthPx * (user.aimBias[1] + user.aimSpread * randomNormal(random)),
  });
}

function anyPlace(user: PointerUser, random: Random): Place {
  return { xPx: user.screenPx[0] * (0.05 + 0.9 * random()), yPx: user.screenPx[1] * (0.05 + 0.9 * random()) };
}

function within(user: PointerUser, place: Place): Place {
  return {
    xPx: Math.min(user.screenPx[0] - 1, Math.max(0, place.xPx)),
    yPx: Math.min(user.screenPx[1] - 1, Math.max(0, place.yPx)),
  };
}

function between(from: Place, to: Place, share: number): Place {
  return { xPx: from.xPx + share * (to.xPx - from.xPx), yPx: from.yPx + share * (to.yPx - from.yPx) };
}

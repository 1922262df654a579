/**
 * The `rrweb` export: episodes and traces as events that rrweb's player shows.
 *
 * Runs on the data team's computer, in bounded memory. Partial: what is seen is the wireframe that `src/replay` draws
 * from what the steps tell, and where the pointer goes between them is known in traces only.
 */
import { createReplay, type Moment, type Replay } from '../../src/replay/replay.ts';
import { piecesOfRecord } from '../../src/replay/pieces.ts';
import { pointOn, UNKNOWN_STAGE, type Control } from '../../src/replay/wireframe.ts';
import { toSnakeCase } from '../field-names.ts';
import type { Row } from '../stream-work.ts';
import type { Exported, Exporting } from './exporting.ts';
import { groupBy } from './group-by.ts';
import { createSnapshot, type Snapshot, type SnapshotNode } from './rrweb-snapshot.ts';
import { pieceName, streamRecords, type WorkRecord, type WorkStep } from './stream-records.ts';
import { inventedUrl, maskedText, scrolledPx } from './synthetic.ts';
import { describeShortly, type Terms } from './terms.ts';

/** Kinds of events and of what they tell, by rrweb's numbers. */
export const EVENT = { fullSnapshot: 2, incremental: 3, meta: 4, custom: 5 } as const;
export const SOURCE = { mouseMove: 1, mouseInteraction: 2, scroll: 3, input: 5 } as const;
export const MOUSE = { up: 0, down: 1, click: 2, contextMenu: 3, doubleClick: 4, focus: 5 } as const;

type Told =
  | { type: typeof EVENT.meta; data: { href: string; width: number; height: number } }
  | { type: typeof EVENT.fullSnapshot; data: { node: SnapshotNode; initialOffset: { top: number; left: number } } }
  | { type: typeof EVENT.custom; data: { tag: string; payload: object } }
  | { type: typeof EVENT.incremental; data: Incremental }; // prettier-ignore

type Incremental =
  | { source: typeof SOURCE.mouseMove; positions: { x: number; y: number; id: number; timeOffset: number }[] }
  | { source: typeof SOURCE.mouseInteraction; type: (typeof MOUSE)[keyof typeof MOUSE]; id: number; x?: number; y?: number }
  | { source: typeof SOURCE.scroll; id: number; x: number; y: number }
  | { source: typeof SOURCE.input; id: number; text: string; isChecked: boolean }; // prettier-ignore

export type RrwebEvent = Told & { timestamp: number };

/** rrweb tells of moves this often; its players count on nothing else. */
const MOVES_EVERY_MS = 500;
/** How long a press lasts, since a step does not tell it. */
const PRESS_MS = 50;
/** What a player needs to show the last step. */
const REST_MS = 1000;

export async function exportRrweb(exporting: Exporting): Promise<Exported> {
  const { folder, terms } = exporting;
  let recordings = 0;
  for await (const { record, row } of streamRecords(exporting)) {
    const events = eventsOf(record, row, terms);
    await folder.writeText(`events/${pieceName(record, row)}.json`, `${JSON.stringify(events)}\n`);
    recordings += 1;
  }
  return { counts: { recordings } };
}

/** The events of one piece of work in order of time; its first is at the start of the week it was recorded in. */
export function eventsOf(record: WorkRecord, row: Row, terms: Terms): RrwebEvent[] {
  const replay = createReplay(piecesOfRecord(record, 0));
  const tape = createTape(mondayOf(record.recordedWeek));
  const stage = createStage(replay, tape);
  // Before anything is seen; and two events are the least that a player takes.
  stage.show(replay.moments[0]?.scene, 0);
  tape.tell(0, {
    type: EVENT.custom,
    data: { tag: 'proffer', payload: { ...describeShortly(terms, row), level: row['level'] } },
  });
  for (const moment of replay.moments) tellMoment(moment, stage, tape);
  tape.tell(tape.endMs() + REST_MS, { type: EVENT.custom, data: { tag: 'proffer.end', payload: {} } });
  return tape.events();
}

type Tape = ReturnType<typeof createTape>;

/** Collects events by ms since the start and gives them in order. */
function createTape(startMs: number) {
  const told: RrwebEvent[] = [];
  return {
    tell: (atMs: number, event: Told) => void told.push({ ...event, timestamp: startMs + Math.round(atMs) }),
    endMs: () => told.reduce((latest, { timestamp }) => Math.max(latest, timestamp - startMs), 0),
    events: () => told.sort((one, other) => one.timestamp - other.timestamp),
  };
}

type Stage = ReturnType<typeof createStage>;

/** The page that is seen, and where it is scrolled to. */
function createStage(replay: Replay, tape: Tape) {
  let shown: number | undefined | null = null;
  let sinceMs = 0;
  let snapshot = createSnapshot(undefined);
  let scrolled = { x: 0, y: 0 };
  let pointer: Place | undefined;
  const sceneOf = (index: number | undefined) => (index === undefined ? undefined : replay.scenes[index]);
  return {
    /** The snapshot that is seen from then on, or from when it came up if that is later. */
    show: (index: number | undefined, atMs: number): { snapshot: Snapshot; fromMs: number } => {
      if (index === shown) return { snapshot, fromMs: Math.max(atMs, sinceMs) };
      // What was told of the view before stays before it.
      sinceMs = shown === null ? 0 : Math.max(atMs, tape.endMs() + 1);
      shown = index;
      scrolled = { x: 0, y: 0 };
      const scene = sceneOf(index);
      snapshot = createSnapshot(scene);
      const { width, height } = scene ?? UNKNOWN_STAGE;
      tape.tell(sinceMs, { type: EVENT.meta, data: { href: inventedUrl(scene?.view), width, height } });
      tape.tell(sinceMs, {
        type: EVENT.fullSnapshot,
        data: { node: snapshot.node, initialOffset: { top: 0, left: 0 } },
      });
      return { snapshot, fromMs: Math.max(atMs, sinceMs) };
    },
    movePointer: (to: Place) => {
      pointer = to;
    },
    /** Where on its target a step was done: where the movement before it ended, or else in the middle. */
    placeOn: (control: Control | undefined): Place => {
      const { width, height } = sceneOf(shown ?? undefined) ?? UNKNOWN_STAGE;
      if (control === undefined) return pointer ?? place(width / 2, height / 2);
      if (pointer !== undefined && isOn(pointer, control)) return pointer;
      const { x, y } = pointOn(control.box, null);
      return place(x, y);
    },
    scrollBy: (step: Pick<WorkStep, 'direction' | 'amount'>) => {
      const by = scrolledPx(step, sceneOf(shown ?? undefined) ?? UNKNOWN_STAGE);
      scrolled = { x: Math.max(0, scrolled.x + by.x), y: Math.max(0, scrolled.y + by.y) };
      return scrolled;
    },
  };
}

function tellMoment({ shown, atMs, scene }: Moment, stage: Stage, tape: Tape): void {
  switch (shown.kind) {
    case 'gap':
      tape.tell(atMs, custom('gap', { reason: toSnakeCase(shown.reason) }));
      return;
    case 'rhythm': {
      const endMs = shown.ticks.at(-1)?.atMs ?? 0;
      tape.tell(
        atMs,
        custom('keys', {
          keyClass: shown.ticks.map(({ keyClass }) => keyClass),
          beforeEndMs: shown.ticks.map((tick) => endMs - tick.atMs),
        }),
      );
      return;
    }
    case 'motion': {
      const startMs = atMs - (shown.points.at(-1)?.atMs ?? 0);
      const { snapshot, fromMs } = stage.show(scene, startMs);
      const points = shown.points.map((point) => ({
        ...point,
        atMs: Math.max(startMs + point.atMs, fromMs),
      }));
      for (const move of groupMoves(points, snapshot.bodyId)) tape.tell(move.atMs, move.event);
      const { x, y } = points.at(-1)!;
      stage.movePointer(place(x, y));
      return;
    }
    case 'step':
      tellStep(shown, atMs, scene, stage, tape);
  }
}

function custom(tag: string, payload: object): Told {
  return { type: EVENT.custom, data: { tag: `proffer.${tag}`, payload } };
}

interface Place {
  x: number;
  y: number;
}
type PlacedPoint = Place & { atMs: number };

/** Points in events as rrweb gathers them: each tells of the last half second. */
function groupMoves(points: readonly PlacedPoint[], id: number): { atMs: number; event: Told }[] {
  const groups = groupBy(points, ({ atMs }) => Math.floor((atMs - (points[0]?.atMs ?? 0)) / MOVES_EVERY_MS));
  return [...groups.values()].map((group) => {
    const { atMs: endMs } = group.at(-1)!;
    const positions = group.map(({ x, y, atMs }) => ({ ...place(x, y), id, timeOffset: atMs - endMs }));
    return {
      atMs: endMs,
      event: { type: EVENT.incremental, data: { source: SOURCE.mouseMove, positions } },
    };
  });
}

function place(x: number, y: number): Place {
  return { x: Math.round(x), y: Math.round(y) };
}

type ShownStep = Extract<Moment['shown'], { kind: 'step' }>;

function tellStep(
  { step, control, destination }: ShownStep,
  stepMs: number,
  scene: number | undefined,
  stage: Stage,
  tape: Tape,
): void {
  const { snapshot, fromMs: atMs } = stage.show(scene, stepMs);
  const id = snapshot.idOf(control);
  const tell = (data: Incremental, afterMs = 0) =>
    tape.tell(atMs + afterMs, { type: EVENT.incremental, data });
  const mouse = (type: (typeof MOUSE)[keyof typeof MOUSE], afterMs = 0) =>
    tell({ source: SOURCE.mouseInteraction, type, id, ...stage.placeOn(control) }, afterMs);
  tape.tell(
    atMs,
    custom('step', {
      action: toSnakeCase(step.action),
      effect: toSnakeCase(step.effect),
    }),
  );
  switch (step.action) {
    case 'click':
      press(mouse, 0);
      return;
    case 'doubleClick':
      press(mouse, 0);
      press(mouse, 2 * PRESS_MS);
      mouse(MOUSE.doubleClick, 3 * PRESS_MS);
      return;
    case 'secondaryClick':
      mouse(MOUSE.contextMenu);
      return;
    case 'drag':
      mouse(MOUSE.down);
      if (destination !== undefined) {
        const to = stage.placeOn(destination);
        tell(
          { source: SOURCE.mouseMove, positions: [{ ...to, id: snapshot.bodyId, timeOffset: 0 }] },
          PRESS_MS,
        );
        stage.movePointer(to);
      }
      tell(
        {
          source: SOURCE.mouseInteraction,
          type: MOUSE.up,
          id: snapshot.idOf(destination),
          ...stage.placeOn(destination),
        },
        PRESS_MS,
      );
      return;
    case 'type':
      mouse(MOUSE.focus);
      tell({ source: SOURCE.input, id, text: maskedText(step), isChecked: false });
      return;
    case 'focus':
      mouse(MOUSE.focus);
      return;
    case 'scroll':
      tell({ source: SOURCE.scroll, id: snapshot.documentId, ...stage.scrollBy(step) });
      return;
    // rrweb has no event for these; the step itself is told above.
    case 'middleClick':
    case 'auxiliaryClick':
    case 'zoom':
    case 'press':
    case 'shortcut':
    case 'select':
    case 'submit':
    case 'copy':
    case 'cut':
    case 'paste':
    case 'undo':
    case 'redo':
    case 'fileChosen':
    case 'viewChange':
    case 'tabSwitch':
    case 'windowFocus':
    case 'dialogOpened':
    case 'dialogDismissed':
    case 'taskBegun':
    case 'taskDone':
    case 'taskGivenUp':
      return;
  }
}

function press(mouse: (type: 0 | 1 | 2, afterMs: number) => void, afterMs: number): void {
  mouse(MOUSE.down, afterMs);
  mouse(MOUSE.up, afterMs + PRESS_MS);
  mouse(MOUSE.click, afterMs + PRESS_MS);
}

function isOn({ x, y }: Place, { box }: Control): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

/** Epoch ms of the Monday of an ISO week, UTC: the finest that is known of when it was. */
function mondayOf(week: string): number {
  const [year = NaN, number = NaN] = week.split('-W').map(Number);
  // The fourth of January lies in week 1.
  const fourth = new Date(Date.UTC(year, 0, 4));
  return fourth.getTime() + ((number - 1) * 7 - ((fourth.getUTCDay() + 6) % 7)) * 24 * 3_600_000;
}

/**
 * The `puppeteer` export: episodes and traces as recordings of `@puppeteer/replay`, which the recorder of Chrome's
 * developer tools reads too.
 *
 * Runs on the data team's computer, in bounded memory. Partial: a recording passes the format's own parser, but its
 * addresses cannot exist and its selectors say no more than role and term, so it can be read and not be run.
 */
import { toSnakeCase } from '../field-names.ts';
import type { Row } from '../stream-work.ts';
import type { Exported, Exporting } from './exporting.ts';
import {
  pieceName,
  streamRecords,
  type WorkRecord,
  type WorkStep,
  type WorkTarget,
} from './stream-records.ts';
import { inventedUrl, KEY_NAMES, maskedText, scrolledPx, sizeOf } from './synthetic.ts';
import { describeShortly, type Terms } from './terms.ts';

export async function exportPuppeteer(exporting: Exporting): Promise<Exported> {
  const { folder, terms } = exporting;
  let recordings = 0;
  let leftOut = 0;
  for await (const { record, row } of streamRecords(exporting)) {
    if (record.steps.length === 0) {
      leftOut += 1;
      continue;
    }
    await folder.writeText(
      `recordings/${pieceName(record, row)}.json`,
      `${JSON.stringify(recordingOf(record, row, terms), null, 1)}\n`,
    );
    recordings += 1;
  }
  return { counts: { recordings, 'left out, being without steps': leftOut } };
}

type ReplayStep = { type: string } & Record<string, unknown>;

/** Sizes of the two classes of viewport that are told apart. */
const VIEWPORTS = { wide: { width: 1200, height: 800 }, narrow: { width: 768, height: 800 } } as const;

/** One recording. */
export function recordingOf(record: WorkRecord, row: Row, terms: Terms): object {
  const steps: ReplayStep[] = [];
  const tellGaps = (index: number) => {
    for (const { reason } of record.gaps.filter(({ afterStep }) => afterStep === index))
      steps.push(ownStep('gap', { reason: toSnakeCase(reason) }));
  };
  const [firstView] = record.views;
  steps.push(viewportStep(firstView), { type: 'navigate', url: inventedUrl(firstView) });
  tellGaps(-1);
  const scroll = createScroll();
  record.steps.forEach((step, index) => {
    const told = tellStep(record, step, scroll);
    const last = told.at(-1)!;
    // What follows tells where it led; the format has room for it on the step that led there.
    const next = record.steps[index + 1] ?? step;
    if (step.effect === 'viewChanged' && last.type !== 'navigate') {
      last['assertedEvents'] = [{ type: 'navigation', url: inventedUrl(record.views[next.view]) }];
    }
    steps.push(...told);
    tellGaps(index);
  });
  return {
    title: `Proffer ${record.kind} ${record.recordId} (cannot be run)`,
    steps,
    proffer: {
      ...describeShortly(terms, row),
      level: row['level'],
      recorded_week: record.recordedWeek,
      outcome: toSnakeCase(record.outcome),
    },
  };
}

function viewportStep(view: WorkRecord['views'][number] | undefined): ReplayStep {
  return {
    type: 'setViewport',
    ...VIEWPORTS[view?.width ?? 'wide'],
    deviceScaleFactor: 1,
    isMobile: false,
    hasTouch: false,
    isLandscape: true,
  };
}

/** The format has absolute scroll positions, the record only ways: they are summed up by view, from the top left. */
function createScroll() {
  const positions = new Map<number, { x: number; y: number }>();
  return (step: WorkStep, view: WorkRecord['views'][number]) => {
    const by = scrolledPx(step, VIEWPORTS[view.width]);
    const { x, y } = positions.get(step.view) ?? { x: 0, y: 0 };
    const to = { x: Math.max(0, x + by.x), y: Math.max(0, y + by.y) };
    positions.set(step.view, to);
    return to;
  };
}

function tellStep(
  record: WorkRecord,
  step: WorkStep,
  scroll: ReturnType<typeof createScroll>,
): [ReplayStep, ...ReplayStep[]] {
  const { action, target } = step;
  const view = record.views[step.view]!;
  const selectors = selectorsOf(target);
  const click = (type: 'click' | 'doubleClick', button?: string): ReplayStep => ({
    type,
    selectors,
    ...centreOf(target),
    ...(button === undefined ? {} : { button }),
  });
  switch (action) {
    case 'click':
      return [click('click')];
    case 'secondaryClick':
      return [click('click', 'secondary')];
    case 'middleClick':
      return [click('click', 'auxiliary')];
    case 'doubleClick':
      return [click('doubleClick')];
    case 'type':
      return [{ type: 'change', selectors, value: maskedText(step) }];
    case 'scroll':
      return [{ type: 'scroll', ...scroll(step, view) }];
    case 'press': {
      const key = step.key === undefined ? undefined : KEY_NAMES[step.key];
      if (key === undefined) break;
      return [
        { type: 'keyDown', key },
        { type: 'keyUp', key },
      ];
    }
    case 'viewChange':
      if (step.navigation === 'load' || step.navigation === 'newTab' || step.navigation === 'reload')
        return [{ type: 'navigate', url: inventedUrl(view) }];
      break;
    case 'auxiliaryClick':
    case 'drag':
    case 'zoom':
    case 'shortcut':
    case 'focus':
    case 'select':
    case 'submit':
    case 'copy':
    case 'cut':
    case 'paste':
    case 'undo':
    case 'redo':
    case 'fileChosen':
    case 'tabSwitch':
    case 'windowFocus':
    case 'dialogOpened':
    case 'dialogDismissed':
    case 'taskBegun':
    case 'taskDone':
    case 'taskGivenUp':
      break;
  }
  return [ownStep(toSnakeCase(action), parametersOf(step, view))];
}

/** For what the format has no step of its own; programs that do not know it pass over it. */
function ownStep(name: string, parameters: Record<string, unknown>): ReplayStep {
  return { type: 'customStep', name: `proffer.${name}`, parameters };
}

function parametersOf(step: WorkStep, { app, viewKey }: WorkRecord['views'][number]) {
  const { target, destination, key, shortcut, direction, navigation, task } = step;
  return {
    app,
    view: viewKey,
    ...(target && { selectors: selectorsOf(target) }),
    ...(destination && { destination: selectorsOf(destination) }),
    ...(key && { key: toSnakeCase(key) }),
    ...(shortcut && { shortcut: toSnakeCase(shortcut) }),
    ...(direction && { direction }),
    ...(navigation && { navigation: toSnakeCase(navigation) }),
    ...(task && { task }),
  };
}

/** Role and, where it is a public one, term: what an assistive technology would ask for. Never a way through the page. */
function selectorsOf(target: WorkTarget | undefined): string[][] {
  if (target === undefined) return [['html']];
  return [[`aria/${target.term ?? ''}[role="${target.role}"]`]];
}

/** Where in the target: its middle, since a step does not tell it. */
function centreOf(target: WorkTarget | undefined): { offsetX: number; offsetY: number } {
  if (target === undefined) return { offsetX: 0, offsetY: 0 };
  const { widthPx, heightPx } = sizeOf(target);
  return { offsetX: widthPx / 2, offsetY: heightPx / 2 };
}

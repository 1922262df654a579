/**
 * Episodes as the attack sees them: counts of what occurs in them, in families.
 *
 * Runs in the audit. Everything that an episode stores is in some family: what was worked on (apps, views, controls), in
 * which manner (actions in order, keys, pauses, corrections, ways of the pointer, scrolls, rows), on what device. For the
 * level `raw` what capture knew besides is added: exact pauses, lengths, places, viewport and time of day.
 */
import type { EpisodeContent, TraceContent } from '../../../src/anonymize/assemble-episodes.ts';
import type { RawStep } from '../../../src/capture/fragments.ts';
import type { Step, View } from '../../../src/trace/episode.ts';

/** One episode, and for the level `raw` what it was made of. */
export interface EpisodeSample {
  content: EpisodeContent | TraceContent;
  raw?: { steps: readonly RawStep[]; viewport: string };
}

/** All that is at hand of one person, in order of time. */
export interface EpisodePerson {
  person: number;
  episodes: readonly EpisodeSample[];
}

/**
 * What a family tells of: `work` is what an employer's role gives (which apps, views and controls, and in what order),
 * `manner` is how, `device` on what.
 */
export type FamilyGroup = 'work' | 'manner' | 'device';

export const FAMILIES = {
  apps: 'work',
  views: 'work',
  elements: 'work',
  elementOrder: 'work',
  terms: 'work',
  places: 'work',
  sizes: 'work',
  inventories: 'work',
  roles: 'manner',
  actionOrder: 'manner',
  keys: 'manner',
  pauses: 'manner',
  effects: 'manner',
  lengths: 'manner',
  pathFlags: 'manner',
  scrolls: 'manner',
  rows: 'manner',
  navigations: 'manner',
  focus: 'manner',
  extent: 'manner',
  device: 'device',
  rawPauses: 'manner',
  rawLengths: 'manner',
  rawPlaces: 'work',
  rawHour: 'manner',
  rawViewport: 'device',
} as const satisfies Record<string, FamilyGroup>;
export type Family = keyof typeof FAMILIES;
export const FAMILY_NAMES = Object.keys(FAMILIES) as Family[];

/** How often each thing occurs, by family. */
export type EpisodeCounts = Partial<Record<Family, Map<string, number>>>;

export function episodeCounts({ content, raw }: EpisodeSample): EpisodeCounts {
  const counts: EpisodeCounts = {};
  const add = (family: Family, ...parts: readonly (string | number | undefined)[]) => {
    const things = (counts[family] ??= new Map<string, number>());
    const thing = parts.join(' ');
    things.set(thing, (things.get(thing) ?? 0) + 1);
  };
  addSteps(content, add);
  for (const view of content.views) addView(view, add);
  add('extent', 'steps', Math.floor(Math.log2(content.steps.length + 1)));
  add('extent', 'views', Math.floor(Math.log2(content.views.length + 1)));
  if (raw) addRaw(raw, add);
  return counts;
}

type Add = (family: Family, ...parts: readonly (string | number | undefined)[]) => void;

function addSteps({ steps, views }: Pick<EpisodeContent, 'steps' | 'views'>, add: Add): void {
  steps.forEach((step, index) => {
    const [before, beforeThat] = [steps[index - 1], steps[index - 2]];
    const view = views[step.view]!;
    add('apps', view.app);
    add('views', view.viewKey);
    if (before && before.view !== step.view) {
      const from = views[before.view]!;
      add('views', from.viewKey, view.viewKey);
      if (from.app !== view.app) add('apps', from.app, view.app);
    }
    add('roles', before ? kindOf(before) : 'begin', kindOf(step));
    add('actionOrder', beforeThat?.action, before?.action, step.action);
    add('keys', step.action, step.keyboard ? 'keyboard' : '', step.key, step.shortcut);
    if (before) {
      add('pauses', step.pauseBeforeMs);
      add('pauses', step.action, step.pauseBeforeMs);
    }
    add('effects', step.action, step.effect);
    add('focus', step.action, step.focusedRole);
    addTarget(step, before, add);
    if (step.action === 'scroll')
      add('scrolls', step.direction, step.amount, step.keyboard ? 'keyboard' : '');
    add('scrolls', 'at', step.scrollPosition);
    if (step.length !== undefined) add('lengths', step.length);
    if (/click$/i.test(step.action)) {
      add('pathFlags', step.pathFlags.join('+'));
      for (const flag of step.pathFlags) add('pathFlags', 'with', flag);
    }
    if (step.navigation) add('navigations', step.navigation);
  });
}

function kindOf({ action, target }: Step): string {
  return `${action}:${target?.role ?? ''}`;
}

function addTarget({ action, target }: Step, before: Step | undefined, add: Add): void {
  if (!target) return;
  add('elements', action, target.elementKey);
  if (before?.target) add('elementOrder', before.target.elementKey, target.elementKey);
  if (target.term) add('terms', action, target.term);
  add('places', target.role, target.gridX, target.gridY);
  add('sizes', target.role, target.widthLog2, target.heightLog2, target.depth, target.landmark);
  if (target.listSize !== '0') add('rows', target.listSize, target.gridY);
}

function addView(view: View, add: Add): void {
  add('device', view.width, view.pointerType);
  add('navigations', 'view', view.navigation);
  add('inventories', ...Object.entries(view.inventory.roles).flat());
}

function addRaw({ steps, viewport }: NonNullable<EpisodeSample['raw']>, add: Add): void {
  add('rawViewport', viewport);
  if (steps[0]) add('rawHour', new Date(steps[0].atMs).getUTCHours());
  steps.forEach((step, index) => {
    const before = steps[index - 1];
    if (before) add('rawPauses', step.action, Math.round(3 * Math.log2(1 + step.atMs - before.atMs)));
    if (step.keyCount !== undefined) add('rawLengths', step.keyCount);
    if (step.target) add('rawPlaces', step.target.xPx, step.target.yPx);
  });
}

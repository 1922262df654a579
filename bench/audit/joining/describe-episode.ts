/**
 * An episode as numbers, channel by channel: what was done how often, on what, how fast, and in which views.
 *
 * Runs in the audit. Order is left out: nothing of another kind has any.
 */
import {
  ACTIONS,
  EFFECTS,
  LENGTH_BUCKETS,
  MAX_SIZE_LOG2,
  NAVIGATIONS,
  PATH_FLAGS,
  PAUSE_BUCKETS_MS,
  POINTER_TYPES,
  PRESS_KEYS,
  ROLES,
  SCROLL_AMOUNTS,
  SHORTCUTS,
} from '../../../src/trace/limits.ts';
import { bucketOf, sharesOf } from './one-hot.ts';
import type { Body } from './stolen.ts';

export type EpisodeChannel =
  'target' | 'actions' | 'pause' | 'flags' | 'typing' | 'views' | 'device' | 'volume' | 'size';

const HASH_BUCKETS = 48;
/** About how many keys each bucket stands for. */
export const KEYS_OF_LENGTH = {
  '1': 1,
  '2-4': 3,
  '5-9': 7,
  '10-19': 14,
  '20-49': 32,
  '50-99': 70,
  '100+': 150,
};
const numbersTo = (limit: number) => Array.from({ length: limit + 1 }, (_unused, index) => index);

export function describeEpisode(body: Body<'episode'>): Record<EpisodeChannel, number[]> {
  const { steps, views } = body;
  const targets = steps.flatMap(({ target, action }) => (target && action !== 'scroll' ? [target] : []));
  const typing = steps.filter(({ action }) => action === 'type');
  const keys = typing.reduce((sum, { length }) => sum + (length ? KEYS_OF_LENGTH[length] : 0), 0);
  const clicks = steps.filter(({ action }) => /click|drag/i.test(action));
  return {
    target: [
      ...sharesOf(
        ROLES,
        targets.map(({ role }) => role),
      ),
      ...sharesOf(
        numbersTo(MAX_SIZE_LOG2),
        targets.map(({ widthLog2 }) => widthLog2),
      ),
      ...sharesOf(
        numbersTo(MAX_SIZE_LOG2),
        targets.map(({ heightLog2 }) => heightLog2),
      ),
      ...sharesOf(
        numbersTo(HASH_BUCKETS - 1),
        targets.map((target) =>
          bucketOf(HASH_BUCKETS, `${target.role} ${target.widthLog2} ${target.heightLog2}`),
        ),
      ),
    ],
    actions: [
      ...sharesOf(
        ACTIONS,
        steps.map(({ action }) => action),
      ),
      ...sharesOf(
        EFFECTS,
        steps.map(({ effect }) => effect),
      ),
      ...sharesOf(
        SHORTCUTS,
        steps.map(({ shortcut }) => shortcut),
      ),
      ...sharesOf(
        PRESS_KEYS,
        steps.map(({ key }) => key),
      ),
      ...sharesOf(
        SCROLL_AMOUNTS,
        steps.map(({ amount }) => amount),
      ),
      ...sharesOf(
        [true],
        steps.map(({ keyboard }) => keyboard),
      ),
    ],
    pause: sharesOf(
      PAUSE_BUCKETS_MS,
      steps.map(({ pauseBeforeMs }) => pauseBeforeMs),
    ),
    flags: PATH_FLAGS.map(
      (flag) =>
        clicks.filter(({ pathFlags }) => pathFlags.includes(flag)).length / Math.max(1, clicks.length),
    ),
    typing: [
      ...sharesOf(
        LENGTH_BUCKETS,
        typing.map(({ length }) => length),
      ),
      typing.length,
      keys,
      Math.max(0, ...typing.map(({ length }) => (length ? KEYS_OF_LENGTH[length] : 0))),
    ],
    views: [
      ...sharesOf(
        numbersTo(HASH_BUCKETS - 1),
        views.map(({ app, viewKey }) => bucketOf(HASH_BUCKETS, app + viewKey)),
      ),
      ...sharesOf(
        numbersTo(11),
        views.map(({ app }) => bucketOf(12, app)),
      ),
      ...sharesOf(
        NAVIGATIONS,
        views.map(({ navigation }) => navigation),
      ),
    ],
    device: [
      Number(views[0]!.width === 'wide'),
      ...sharesOf(
        POINTER_TYPES,
        views.map(({ pointerType }) => pointerType),
      ),
    ],
    volume: [steps.length, views.length, clicks.length, clicks.length / steps.length, keys],
    size: [JSON.stringify(body).length],
  };
}

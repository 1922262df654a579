/**
 * Simulated movements -> the same, each beginning where the pointer was left.
 *
 * Runs in the audit. A simulated hand borrows the nearest movement that its owner has made, which begins a little off.
 * Real ones begin where the one before ended, so that a way between two controls is the way between two steps of an
 * episode. Turned and stretched as little as that takes; what is too far off stays as it is.
 */
import type { RawMovement } from '../../../src/capture/fragments.ts';
import type { WorkMessage } from '../cohort/work-messages.ts';

const SHORTEST_PX = 8;
const MOST_STRETCHED = 5;

/** One person's messages of one day, with their movements changed. */
export function withRestingPointer(messages: readonly WorkMessage[]): WorkMessage[] {
  const inTime = messages
    .flatMap(({ message }) => message.fragments)
    .filter((fragment) => fragment.kind === 'movement')
    .sort((one, other) => one.atMs - other.atMs);
  const changed = new Map<unknown, RawMovement>();
  let restsAt: { xPx: number; yPx: number } | undefined;
  for (const movement of inTime) {
    changed.set(movement, restsAt === undefined ? movement : fromThere(movement, restsAt));
    restsAt = { xPx: movement.xPx.at(-1)!, yPx: movement.yPx.at(-1)! };
  }
  return messages.map((message) => ({
    ...message,
    message: {
      ...message.message,
      fragments: message.message.fragments.map((fragment) => changed.get(fragment) ?? fragment),
    },
  }));
}

/** Its end stays, its start is put there, and what lies between turns and stretches with them. */
function fromThere(movement: RawMovement, start: { xPx: number; yPx: number }): RawMovement {
  const { xPx, yPx } = movement;
  const [startX, startY] = [xPx[0]!, yPx[0]!];
  const [wayX, wayY] = [xPx.at(-1)! - startX, yPx.at(-1)! - startY];
  const [wantedX, wantedY] = [xPx.at(-1)! - start.xPx, yPx.at(-1)! - start.yPx];
  const squared = wayX * wayX + wayY * wayY;
  const stretched = Math.hypot(wantedX, wantedY) / Math.sqrt(squared);
  if (squared < SHORTEST_PX ** 2 || stretched > MOST_STRETCHED || stretched < 1 / MOST_STRETCHED)
    return movement;
  const [along, across] = [
    (wantedX * wayX + wantedY * wayY) / squared,
    (wantedY * wayX - wantedX * wayY) / squared,
  ];
  const from = (x: number, y: number) => [x - startX, y - startY] as const;
  return {
    ...movement,
    xPx: xPx.map((x, index) => {
      const [dx, dy] = from(x, yPx[index]!);
      return Math.round(start.xPx + along * dx - across * dy);
    }),
    yPx: yPx.map((y, index) => {
      const [dx, dy] = from(xPx[index]!, y);
      return Math.round(start.yPx + across * dx + along * dy);
    }),
  };
}

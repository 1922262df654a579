/**
 * How long the next batch waits at most: longer where the person has asked for data to be saved.
 *
 * In the background. The wait is drawn at random up to this, so that when one is sent says nothing about when work was
 * done. Capture is never slowed: what is not sent yet stays on the device.
 */
const DRAW_SPREAD_MS = 15 * 60_000;
const SAVING_FACTOR = 4;
export const LONGEST_DRAW_SPREAD_MS = DRAW_SPREAD_MS * SAVING_FACTOR;

/** @param connection what the browser says of the network; some say nothing. */
export function drawSpreadMs(
  connection: { saveData?: boolean } | undefined = (navigator as { connection?: { saveData?: boolean } })
    .connection,
): number {
  return connection?.saveData ? LONGEST_DRAW_SPREAD_MS : DRAW_SPREAD_MS;
}

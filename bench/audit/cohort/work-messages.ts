/**
 * What a simulated frame told -> the messages that it would have sent, and when.
 *
 * Runs in the audit; keeps to the interval and the limits that capture keeps to.
 */
import type { RawFragment, RawMessage } from '../../../src/capture/fragments.ts';
import { MESSAGE_INTERVAL_MS } from '../../../src/trace/limits.ts';

/** One message as the background gets it, with what the browser says of its sender. */
export interface WorkMessage {
  app: string;
  tabId: number;
  isTopFrame: true;
  /** Address of the tab when it was sent. */
  topUrl: string;
  /** Epoch ms. */
  sentMs: number;
  message: RawMessage;
}

/** One document of a tab, with what it has to tell. */
export interface Frame {
  id: string;
  told: { fragment: RawFragment; reportMs: number; topUrl: string }[];
}

/** What a frame told, as the messages that carry it. */
export function messagesOf({ id, told }: Frame, app: string, tabId: number): WorkMessage[] {
  const inOrder = [...told].sort((one, other) => one.reportMs - other.reportMs);
  const groups: (typeof told)[] = [];
  for (const one of inOrder) {
    const group = groups.at(-1);
    if (group === undefined || one.reportMs - group[0]!.reportMs > MESSAGE_INTERVAL_MS) groups.push([one]);
    else group.push(one);
  }
  return groups.map((group, number) => ({
    app,
    tabId,
    isTopFrame: true,
    topUrl: group.at(-1)!.topUrl,
    sentMs: group.at(-1)!.reportMs,
    message: { frame: id, number, permit: 'simulated', fragments: group.map(({ fragment }) => fragment) },
  }));
}

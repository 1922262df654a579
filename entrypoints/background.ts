/**
 * The service worker's start: registers its listeners, at once and synchronously, and leaves the work to `src`.
 *
 * Before consent only runtime, storage, alarm, action and command events are listened to.
 */
import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { applyDecision, createHandlers, onAlarm, onBrowserStart, onWorkerStart } from '../src/background.ts';
import { applyState } from '../src/placement/apply-state.ts';
import { receiveMessages } from '../src/receive-messages.ts';
import { onCommand } from '../src/shortcut-commands.ts';

export default defineBackground(() => {
  receiveMessages(createHandlers());
  browser.runtime.onInstalled.addListener(() => void onBrowserStart());
  browser.runtime.onStartup.addListener(() => void onBrowserStart());
  browser.alarms.onAlarm.addListener((alarm) => void onAlarm(alarm.name));
  browser.commands.onCommand.addListener((command) => void onCommand(command));
  browser.storage.onChanged.addListener((changes, area) => {
    // The popup says so too, and waits; this is for a popup that dies half-way.
    if (area === 'local' && 'decision' in changes) void applyDecision();
    else if (area === 'managed' || area === 'local') void applyState();
  });
  void onWorkerStart();
});

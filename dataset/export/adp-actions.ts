/**
 * Steps as calls of tools, as Agent Data Protocol has them: the names of browser tools where one fits, tools of our own
 * for the rest.
 *
 * Pure. A value that is not recorded is put in as synthetic.ts says; an option or a file that was chosen is left empty.
 */
import { toSnakeCase } from '../field-names.ts';
import type { KnownControls } from './adp-observation.ts';
import type { WorkRecord, WorkStep } from './stream-records.ts';
import { KEY_NAMES, maskedText, scrolledPx } from './synthetic.ts';

export type AdpCall = { function: string; kwargs: Record<string, unknown> };

/** What is said of something that happened rather than was called: by whom, in which words. */
export type AdpWords = { source: 'user' | 'environment' | 'agent'; words: string };

/** The viewport that scrolls are measured in. */
const VIEWPORT = { width: 1200, height: 800 };

type Tool = { description: string; properties: Record<string, string> };
const BID = { bid: 'Id of the control in the observation; empty where it could not be described.' };

/** Tools that browsers' own have no name for, with what their arguments mean. */
const OWN_TOOLS = {
  auxiliary_click: { description: 'Press a further button of the mouse on a control.', properties: BID },
  zoom: { description: 'Make the page larger or smaller.', properties: { direction: 'in or out' } },
  press_function_key: { description: 'Press a function key; which one is not recorded.', properties: {} },
  hotkey: { description: 'Press a shortcut.', properties: { name: 'Name of the shortcut.' } },
  submit: { description: 'Submit the form of a control.', properties: BID },
  copy: { description: 'Copy; what is not recorded.', properties: BID },
  cut: { description: 'Cut; what is not recorded.', properties: BID },
  paste: { description: 'Paste; what is not recorded.', properties: BID },
  undo: { description: 'Undo.', properties: BID },
  redo: { description: 'Redo.', properties: BID },
  switch_tab: { description: 'Go to the tab of another view.', properties: { app: 'App of the view.', view: 'Key of the view.' } },
  focus_window: { description: 'Come back to the window.', properties: {} },
} satisfies Record<string, Tool>; // prettier-ignore

/** A step as a call or as words. */
export function tellStep(record: WorkRecord, step: WorkStep, controls: KnownControls): AdpCall | AdpWords {
  const bid = controls.idOf(step.view, step.target);
  const call = (name: string, kwargs: Record<string, unknown> = { bid }): AdpCall => ({
    function: name,
    kwargs,
  });
  const { app, viewKey } = record.views[step.view]!;
  const task = step.task ?? 'not named';
  switch (step.action) {
    case 'click':
      return call('click');
    case 'secondaryClick':
      return call('click', { bid, button: 'right' });
    case 'middleClick':
      return call('click', { bid, button: 'middle' });
    case 'doubleClick':
      return call('dblclick');
    case 'auxiliaryClick':
      return call('auxiliary_click');
    case 'drag':
      return call('drag_and_drop', { from_bid: bid, to_bid: controls.idOf(step.view, step.destination) });
    case 'scroll': {
      const { x, y } = scrolledPx(step, VIEWPORT);
      return call('scroll', { delta_x: x, delta_y: y });
    }
    case 'zoom':
      return call('zoom', { direction: step.direction === 'down' ? 'out' : 'in' });
    case 'type':
      return call('fill', { bid, value: maskedText(step) });
    case 'press': {
      const key = step.key === undefined ? undefined : KEY_NAMES[step.key];
      return key === undefined ? call('press_function_key', {}) : call('press', { bid, key_comb: key });
    }
    case 'shortcut':
      return call('hotkey', { name: toSnakeCase(step.shortcut ?? '') });
    case 'focus':
      return call('focus');
    case 'select':
      return call('select_option', { bid, options: [] });
    case 'fileChosen':
      return call('upload_file', { bid, file: '' });
    case 'submit':
    case 'copy':
    case 'cut':
    case 'paste':
    case 'undo':
    case 'redo':
      return call(step.action);
    case 'tabSwitch':
      return call('switch_tab', { app, view: viewKey });
    case 'windowFocus':
      return call('focus_window', {});
    case 'viewChange':
      return { source: 'environment', words: `The view changed: ${toSnakeCase(step.navigation ?? 'load')}.` };
    case 'dialogOpened':
      return { source: 'environment', words: 'A dialog opened.' };
    case 'dialogDismissed':
      return { source: 'environment', words: 'A dialog was dismissed.' };
    case 'taskBegun':
      return { source: 'user', words: `Task: ${task}` };
    case 'taskDone':
      return { source: 'agent', words: `Task done: ${task}` };
    case 'taskGivenUp':
      return { source: 'agent', words: `Task given up: ${task}` };
  }
}

/** `metadata.json`: which tools there are beside the browser's own. */
export function describeTools(): object {
  return {
    custom_tools: Object.entries(OWN_TOOLS).map(([name, { description, properties }]) => ({
      type: 'function',
      function: {
        name,
        description,
        parameters: {
          type: 'object',
          properties: Object.fromEntries(
            Object.entries(properties).map(([argument, text]) => [
              argument,
              { type: 'string', description: text },
            ]),
          ),
          additionalProperties: false,
          required: Object.keys(properties),
        },
      },
    })),
    code_enabled: [],
    browser_enabled: true,
  };
}

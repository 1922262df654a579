/**
 * What became of forms: filled in and submitted, refused and mended, or abandoned.
 *
 * Follows what is entered in each view, within forms and dialogs; search is none. A form counts as abandoned only where
 * an act says so; where nothing does, or where something is missing from the record, its end is unknown.
 */
import type { Action, Navigation } from '../../src/trace/limits.ts';
import type { Term } from '../../src/trace/vocabulary.ts';
import type { Act, Work, WorkStep, WorkTarget } from './acts.ts';
import { DECLINING, declines, isSameDialog } from './dialogs.ts';

export const FORM_ENDS = ['submitted', 'mended', 'abandoned', 'unknown'] as const;
export type FormEnd = (typeof FORM_ENDS)[number];

/** One filling in of a form. */
export interface Form {
  /** Number of it in the record, from 0. */
  id: number;
  end: FormEnd;
}

interface OpenForm {
  id: number;
  steps: number[];
  isRefused: boolean;
  /** The dialog that it was filled in in, if its opening is known. */
  dialog: WorkTarget | undefined;
}

/** What puts something into a field. */
const ENTERING: readonly Action[] = ['type', 'select', 'paste', 'cut', 'fileChosen'];
/** What a click on which fills in. */
const CHOSEN_ROLES = /^(checkbox|radio|switch|option|slider)$/;
/** Controls that lead elsewhere and send nothing. */
const LEADING_ROLES = /^(link|tab|menuitem|treeitem)$/;
/** Ways to another view that no button of a page takes. */
const LEAVING: readonly (Navigation | undefined)[] = ['backForward', 'load', 'reload'];

/** What controls that send are called, wherever they lie. */
const SENDING: readonly (Term | undefined)[] = ['publish', 'save', 'send', 'submit'];
/** What controls of a form or dialog are called that send it. */
const SENDING_WITHIN: readonly (Term | undefined)[] = [
  ...SENDING, 'add', 'apply', 'confirm', 'continue', 'create', 'done', 'import', 'invite', 'join', 'log in', 'move',
  'next', 'ok', 'rename', 'replace', 'reply', 'share', 'start', 'upload',
]; // prettier-ignore
/** What controls of a form or dialog are called that throw away what was filled in. */
const DISCARDING: readonly (Term | undefined)[] = [...DECLINING, 'clear', 'reset', 'trash'];

/** Each step that fills in, tries to send, sends or leaves a form, with the form and its end. */
export function labelForms(work: Work, acts: readonly Act[]): Map<number, Form> {
  const formOf = new Map<number, Form>();
  /** By view: two showings of a view are two views of a record. */
  const forms = new Map<number, OpenForm>();
  const dialogs = new Map<number, WorkTarget>();
  let formCount = 0;
  let stretch = 0;

  function openForm(view: number): OpenForm {
    const form = { id: formCount, steps: [], isRefused: false, dialog: dialogs.get(view) };
    formCount += 1;
    forms.set(view, form);
    return form;
  }

  function close(view: number, end: FormEnd): void {
    const { id, steps, isRefused } = forms.get(view)!;
    forms.delete(view);
    for (const index of steps)
      formOf.set(index, { id, end: end === 'submitted' && isRefused ? 'mended' : end });
  }

  function closeAll(end: FormEnd): void {
    for (const view of [...forms.keys()]) close(view, end);
  }

  for (const act of acts) {
    const { index, step, followers } = act;
    // What is missing may have been an end.
    if (act.stretch !== stretch) closeAll('unknown');
    stretch = act.stretch;
    const isRefused = step.effect === 'formInvalid';
    const isPart = isRefused || isFilling(step);
    const form = forms.get(step.view) ?? (isPart ? openForm(step.view) : undefined);
    if (form) {
      const end = isRefused ? undefined : endAfter(work, act, form);
      if (isPart || end) form.steps.push(index);
      form.isRefused ||= isRefused;
      if (end) {
        form.steps.push(...followers.filter((follower) => tellsEnd(work.steps[follower]!, end)));
        close(step.view, end);
      }
    }
    for (const follower of followers) noteDialog(dialogs, work.steps[follower]!);
  }
  closeAll(work.outcome === 'givenUp' ? 'abandoned' : 'unknown');
  return formOf;
}

function noteDialog(dialogs: Map<number, WorkTarget>, { action, view, target }: WorkStep): void {
  if (action === 'dialogOpened' && target) dialogs.set(view, target);
  if (action === 'dialogDismissed') dialogs.delete(view);
}

/** Whether it fills in a field of a form or a dialog. */
function isFilling({ action, target }: WorkStep): boolean {
  if (!isWithin(target) || target?.role === 'searchbox' || target?.inputType === 'search') return false;
  return ENTERING.includes(action) || (action === 'click' && CHOSEN_ROLES.test(target?.role ?? ''));
}

function isWithin(target: WorkTarget | undefined): boolean {
  return target?.landmark === 'form' || target?.landmark === 'dialog';
}

/** How a form ends with an act in its view; undefined if it goes on. */
function endAfter({ steps, views }: Work, act: Act, { dialog }: OpenForm): FormEnd | undefined {
  const { step, followers } = act;
  const followed = followers.map((index) => steps[index]!);
  if (followed.some(isSubmission) || sends(step)) return 'submitted';
  if (step.action === 'click' && isWithin(step.target) && DISCARDING.includes(step.target?.term))
    return 'abandoned';
  const closed = followed.find(
    ({ action, target }) => action === 'dialogDismissed' && dialog && isSameDialog(target, dialog),
  );
  if (closed && declines(step, closed.target)) return 'abandoned';
  const left = followed.find(
    ({ action, view }) =>
      action === 'viewChange' && view !== step.view && views[view]!.app === views[step.view]!.app,
  );
  if (left && (leadsAway(step) || leftOtherwise(step, left))) return 'abandoned';
  return closed || left ? 'unknown' : undefined;
}

function isSubmission({ action, target }: WorkStep): boolean {
  return action === 'submit' && target?.landmark !== 'search';
}

function sends({ action, shortcut, key, target, effect }: WorkStep): boolean {
  if (action === 'shortcut') return shortcut === 'save' || shortcut === 'submit';
  if (action === 'press')
    return key === 'enter' && isWithin(target) && /^(viewChanged|dialogOpened|stateChanged)$/.test(effect);
  return action === 'click' && (isWithin(target) ? SENDING_WITHIN : SENDING).includes(target?.term);
}

/** By something outside the form that leads elsewhere. */
function leadsAway({ action, target, effect }: WorkStep): boolean {
  const isLeading = target !== undefined && LEADING_ROLES.test(target.role) && !isWithin(target);
  return action === 'click' && effect === 'viewChanged' && isLeading;
}

/** By the browser's own buttons, or an address. */
function leftOtherwise({ effect }: WorkStep, { navigation }: WorkStep): boolean {
  return effect !== 'viewChanged' && LEAVING.includes(navigation);
}

function tellsEnd(follower: WorkStep, end: FormEnd): boolean {
  return end === 'submitted'
    ? isSubmission(follower)
    : /^(viewChange|dialogDismissed)$/.test(follower.action);
}

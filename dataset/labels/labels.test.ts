/**
 * Each label on hand-made sessions: where it is true, and where it only looks so.
 */
import { describe, expect, it } from 'vitest';
import type { Gap } from '../../src/trace/episode.ts';
import { HIDDEN_KEY } from '../../src/trace/published.ts';
import { keyedHashFor } from '../testing/published-rows.ts';
import { click, control, field, press, shown, type, view, work } from '../testing/hand-made-work.ts';
import type { Work } from './acts.ts';
import { labelWork } from './label-work.ts';

const save = control('save button');
const other = control('another button');
const menuItem = control('item', { role: 'menuitem', listSize: '5-9' });
const gapAfter = (afterStep: number): { gaps: Gap[] } => ({ gaps: [{ afterStep, reason: 'paused' }] });
const places = (labelled: ReadonlySet<number> | ReadonlyMap<number, unknown>) =>
  [...labelled.keys()].sort(byNumber);
const byNumber = (one: number, another: number) => one - another;

describe('what came of an act', () => {
  it('leads back to the act', () => {
    const labels = labelWork(
      work([
        click(save, { effect: 'dialogOpened' }),
        { action: 'dialogOpened', target: control('dialog') },
        { action: 'taskBegun', task: 'mail' },
        press('tab'),
        { action: 'focus', target: other },
      ]),
    );
    expect([...labels.causes]).toEqual([
      [1, 0],
      [4, 3],
    ]);
  });

  it('is a view change only if the act had that effect, and never across a gap', () => {
    const views = [view('list'), view('item')];
    const byLink = [click(other, { effect: 'viewChanged' }), shown(1)];
    expect([...labelWork(work(byLink, { views })).causes]).toEqual([[1, 0]]);
    const thenBack = [...byLink, shown(0, 'backForward')];
    expect([...labelWork(work(thenBack, { views })).causes]).toEqual([[1, 0]]);
    expect(places(labelWork(work(byLink, { views, ...gapAfter(0) })).causes)).toEqual([]);
    expect(places(labelWork(work([click(other), shown(1, 'backForward')], { views })).causes)).toEqual([]);
  });
});

describe('a dead click', () => {
  const dead = (made: Work) => places(labelWork(made).deadClicks);
  const again = (made: Work) => places(labelWork(made).reClicks);

  it('had no effect and is followed by another click; on the same control, that one is a re-click', () => {
    const made = work([click(save), click(save), click(other, { effect: 'viewChanged' })]);
    expect(dead(made)).toEqual([0, 1]);
    expect(again(made)).toEqual([1]);
  });

  it('is one whatever mark is made in between', () => {
    const mark = { action: 'taskBegun', task: 'mail' } as const;
    expect(dead(work([click(save), mark, click(other)]))).toEqual([0]);
  });

  it('is none if anything came of it', () => {
    expect(dead(work([click(save, { effect: 'stateChanged' }), click(save)]))).toEqual([]);
    // A form sent without another view has no effect but the submission.
    expect(dead(work([click(save), { action: 'submit', target: control('form') }, click(save)]))).toEqual([]);
  });

  it('is none if something else was done next, later, elsewhere or beyond a gap', () => {
    expect(dead(work([click(save), type(field('name')), click(save)]))).toEqual([]);
    expect(dead(work([click(save), click(save, { pauseBeforeMs: 5000 })]))).toEqual([]);
    expect(dead(work([click(save), click(save, { view: 1 })], { views: [view('a'), view('b')] }))).toEqual(
      [],
    );
    expect(dead(work([click(save), click(save)], gapAfter(0)))).toEqual([]);
  });

  it('is none in a text field, where a click places the caret', () => {
    expect(dead(work([click(field('name')), click(field('name'))]))).toEqual([]);
  });

  it('is known as a re-click by everything that tells a control but its states', () => {
    expect(again(work([click(save), click({ ...save, states: ['pressed'] })]))).toEqual([1]);
    expect(again(work([click(save), click({ ...save, gridY: 7 })]))).toEqual([]);
    expect(again(work([click(save), click(other)]))).toEqual([]);
    // Hidden keys are alike and tell nothing, but the rest does.
    const hidden = { ...save, elementKey: HIDDEN_KEY };
    expect(again(work([click(hidden), click({ ...hidden, widthLog2: 3 })]))).toEqual([]);
  });

  it('is never known as a re-click among items of one key', () => {
    const made = work([click(menuItem), click(menuItem)]);
    expect([dead(made), again(made)]).toEqual([[0], []]);
  });
});

describe('a correction', () => {
  const bursts = (made: Work) => [...labelWork(made).corrections];

  it('is an undo by key, by shortcut of the app or by a control called so, in bursts', () => {
    const made = work([
      type(field('text')),
      { action: 'undo', keyboard: true },
      { action: 'shortcut', shortcut: 'undo' },
      type(field('text')),
      click(control('undo', { term: 'undo' })),
    ]);
    expect(bursts(made)).toEqual([
      [1, 0],
      [2, 0],
      [4, 1],
    ]);
  });

  it('is not redoing, deleting a thing, or typing of which nothing is told', () => {
    const made = work([{ action: 'redo' }, press('delete'), press('backspace'), type(field('text'))]);
    expect(bursts(made)).toEqual([]);
  });

  it('is one burst no longer where something is missing', () => {
    expect(bursts(work([{ action: 'undo' }, { action: 'undo' }], gapAfter(0)))).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it('is typing with backspaces where the record tells them', () => {
    const made = work([type(field('text')), { action: 'undo' }, type(field('text'))]);
    const { corrections } = labelWork(made, (index) => (index === 0 ? 3 : 0));
    expect([...corrections]).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });
});

describe('a back-track', () => {
  const back = (made: Work) => places(labelWork(made).backTracks);
  const views = [view('list'), view('item'), view('list'), view('item'), view('list')];
  const open = (to: number, from = to - 1) => [
    click(menuItem, { effect: 'viewChanged', view: from }),
    shown(to),
  ];

  it('goes back in the history to where the person came from, and forward is none', () => {
    const made = work(
      [...open(1), shown(2, 'backForward'), shown(3, 'backForward'), shown(4, 'backForward')],
      { views },
    );
    expect(back(made)).toEqual([2, 4]);
  });

  it('also goes back by a link after a short look', () => {
    expect(back(work([...open(1), ...open(2)], { views }))).toEqual([3]);
    const afterReturn = [shown(2, 'backForward'), shown(3), shown(4)];
    expect(back(work([...open(1), ...afterReturn], { views }))).toEqual([2, 4]);
  });

  it('is none after work there, or after something was entered or sent', () => {
    const within = (steps: Parameters<typeof work>[0]) =>
      back(work([...open(1), ...steps.map((step) => ({ ...step, view: 1 })), ...open(2)], { views }));
    expect(within([click(save), { action: 'scroll' }, click(other)])).toEqual([6]);
    expect(within([click(save), click(other), click(save)])).toEqual([]);
    expect(within([type(field('note'))])).toEqual([]);
    expect(within([press('enter'), { action: 'submit', target: control('form') }])).toEqual([]);
  });

  it('is none to a view that the record has not shown, that is hidden, in another tab or beyond a gap', () => {
    const steps = [...open(1), shown(2, 'backForward')];
    const away = [view('list'), view('item'), view('elsewhere')];
    expect(back(work(steps, { views: away }))).toEqual([]);
    const hidden = [view('list'), view('item'), view('list', { viewKey: HIDDEN_KEY })];
    expect(back(work(steps, { views: hidden }))).toEqual([]);
    expect(back(work(steps, { views, ...gapAfter(1) }))).toEqual([]);
    expect(back(work([...open(1), shown(2, 'newTab')], { views }))).toEqual([]);
  });

  it('is none where a tab is only switched to', () => {
    const made = work([...open(1), { action: 'tabSwitch', view: 0 }, click(save)], { views });
    expect(back(made)).toEqual([]);
  });
});

describe('a dialog dismissed unused', () => {
  const dialog = control('dialog', { tag: 'dialog', role: 'dialog', landmark: 'dialog' });
  const inDialog = (name: string, changes = {}) => control(name, { landmark: 'dialog', ...changes });
  const opening = [
    click(save, { effect: 'dialogOpened' }),
    { action: 'dialogOpened', target: dialog },
  ] as const;
  const closing = { action: 'dialogDismissed', target: { ...dialog, widthLog2: 0, gridX: 0 } } as const;
  const dismissed = (...steps: Parameters<typeof work>[0]) =>
    places(labelWork(work([...opening, ...steps])).dismissedDialogs);

  it('was closed first thing by escape, by a control that turns it down, or by a press beside it', () => {
    expect(dismissed(press('escape'), closing)).toEqual([3]);
    expect(dismissed(click(inDialog('no', { term: 'cancel' })), closing)).toEqual([3]);
    expect(dismissed(click(control('page', { role: 'generic' })), closing)).toEqual([3]);
    expect(dismissed(click(dialog), closing)).toEqual([3]);
  });

  it('is none if it was answered, used first, or closed in a way that may have been an answer', () => {
    expect(dismissed(click(inDialog('yes', { term: 'ok' })), closing)).toEqual([]);
    expect(dismissed(click(inDialog('some name')), closing)).toEqual([]);
    // A form in the dialog is the nearest landmark there.
    expect(dismissed(click(inDialog('send', { landmark: 'form' })), closing)).toEqual([]);
    expect(dismissed(type(inDialog('field', { role: 'textbox' })), press('escape'), closing)).toEqual([]);
  });

  it('is none of another dialog, or of a popover whose items look like the page', () => {
    const another = { ...closing, target: { ...closing.target, elementKey: keyedHashFor('another') } };
    expect(dismissed(press('escape'), another)).toEqual([]);
    const popover = control('popover', { role: 'generic' });
    const chosen = work([
      click(save, { effect: 'dialogOpened' }),
      { action: 'dialogOpened', target: popover },
      click(control('choice')),
      { action: 'dialogDismissed', target: popover },
    ]);
    expect(places(labelWork(chosen).dismissedDialogs)).toEqual([]);
  });
});

describe('a form', () => {
  const send = control('send', { landmark: 'form', term: 'send' });
  const unnamed = control('some button', { landmark: 'form' });
  const submission = {
    action: 'submit',
    target: control('form', { role: 'form', landmark: 'form' }),
  } as const;
  const views = [view('form'), view('next')];
  const forms = (steps: Parameters<typeof work>[0], changes: Partial<Work> = {}) => {
    const byForm: Record<string, number[]> = {};
    for (const [index, { id, end }] of labelWork(work(steps, { views, ...changes })).forms)
      (byForm[`${id} ${end}`] ??= []).push(index);
    return Object.fromEntries(Object.entries(byForm).map(([form, steps]) => [form, steps.sort(byNumber)]));
  };

  it('is submitted by a submission, a control called so, a hotkey, or enter with an effect', () => {
    const name = field('name');
    expect(forms([type(name), click(unnamed), submission])).toEqual({ '0 submitted': [0, 1, 2] });
    expect(forms([type(name), click(send)])).toEqual({ '0 submitted': [0, 1] });
    expect(forms([type(name), { action: 'shortcut', shortcut: 'save' }])).toEqual({ '0 submitted': [0, 1] });
    const enter = press('enter', { target: name, effect: 'viewChanged' });
    expect(forms([type(name), enter, shown(1)])).toEqual({ '0 submitted': [0, 1] });
  });

  it('is mended if it had been refused before it was submitted', () => {
    const refused = click(send, { effect: 'formInvalid' });
    expect(forms([type(field('name')), refused, type(field('date')), click(send), submission])).toEqual({
      '0 mended': [0, 1, 2, 3, 4],
    });
    expect(forms([refused, type(field('date'))])).toEqual({ '0 unknown': [0, 1] });
  });

  it('is abandoned where an act says so', () => {
    const cancel = control('no', { landmark: 'form', term: 'cancel' });
    const link = control('elsewhere', { role: 'link', landmark: 'navigation' });
    expect(forms([type(field('name')), click(cancel)])).toEqual({ '0 abandoned': [0, 1] });
    expect(forms([type(field('name')), click(link, { effect: 'viewChanged' }), shown(1)])).toEqual({
      '0 abandoned': [0, 1, 2],
    });
    expect(forms([type(field('name')), shown(1, 'backForward')])).toEqual({ '0 abandoned': [0, 1] });
    expect(forms([type(field('name')), { action: 'taskGivenUp' }], { outcome: 'givenUp' })).toEqual({
      '0 abandoned': [0],
    });
  });

  it('has an unknown end where an unnamed button led on, nothing followed, or something is missing', () => {
    const led = [click(unnamed, { effect: 'viewChanged' }), shown(1)];
    expect(forms([type(field('name')), ...led])).toEqual({ '0 unknown': [0, 1, 2] });
    const loaded = [click(unnamed, { effect: 'viewChanged' }), shown(1, 'load')];
    expect(forms([type(field('name')), ...loaded])).toEqual({ '0 unknown': [0, 1, 2] });
    const within = click({ ...unnamed, role: 'link' }, { effect: 'viewChanged' });
    expect(forms([type(field('name')), within, shown(1)])).toEqual({ '0 unknown': [0, 1, 2] });
    const cancel = click(control('no', { landmark: 'form', term: 'cancel' }));
    expect(forms([type(field('name')), cancel], gapAfter(0))).toEqual({ '0 unknown': [0] });
    expect(forms([type(field('name'))])).toEqual({ '0 unknown': [0] });
    expect(forms([type(field('name')), shown(1, 'backForward')], gapAfter(0))).toEqual({ '0 unknown': [0] });
    expect(forms([type(field('name')), click(other), shown(1, 'push')])).toEqual({ '0 unknown': [0, 1, 2] });
  });

  it('is given up with the dialog that it is in, and not with a picker that was opened within', () => {
    const dialog = control('dialog', { role: 'dialog', landmark: 'dialog' });
    const opens = (target: typeof dialog) => [
      click(save, { effect: 'dialogOpened' }),
      { action: 'dialogOpened', target } as const,
    ];
    const closes = (target: typeof dialog) => [
      press('escape'),
      { action: 'dialogDismissed', target } as const,
    ];
    expect(forms([...opens(dialog), type(field('name')), ...closes(dialog)])).toEqual({
      '0 abandoned': [2, 3, 4],
    });
    const picker = control('picker', { role: 'dialog' });
    expect(forms([type(field('name')), ...opens(picker), ...closes(picker), click(send)])).toEqual({
      '0 submitted': [0, 5],
    });
    const inBoth = [...opens(dialog), type(field('name')), ...opens(picker), ...closes(picker), click(send)];
    expect(forms(inBoth)).toEqual({ '0 submitted': [2, 7] });
  });

  it('is none where something is only looked for, or written outside of forms', () => {
    expect(forms([type(field('query', { role: 'searchbox' })), shown(1)])).toEqual({});
    expect(forms([type(field('query', { landmark: 'search' })), submission])).toEqual({});
    expect(forms([type(field('text', { landmark: 'main' }))])).toEqual({});
  });

  it('begins anew after its end and in each view', () => {
    const again = [type(field('name')), click(send)];
    expect(forms([...again, ...again])).toEqual({ '0 submitted': [0, 1], '1 submitted': [2, 3] });
    const elsewhere = { ...type(field('name')), view: 1 };
    expect(forms([type(field('name')), elsewhere, click(send)])).toEqual({
      '0 submitted': [0, 2],
      '1 unknown': [1],
    });
  });
});

describe('a routine', () => {
  const routines = (made: Work) =>
    [...labelWork(made).routines].map(([at, { id, time, acts }]) => [at, id, time, acts]);
  const row = control('row', { role: 'row', listSize: '20+' });
  const round = [
    click(row, { effect: 'viewChanged' }),
    shown(1),
    type(field('note'), { view: 1 }),
    click(save, { view: 1 }),
  ];
  const views = [view('list'), view('item')];

  it('is the same acts in the same views again, with what came of them and whatever was scrolled', () => {
    const made = work([press('tab'), ...round, { action: 'scroll' }, click(other), ...round], { views });
    expect(routines(made)).toEqual([
      [1, 0, 0, 3], [2, 0, 0, 3], [3, 0, 0, 3], [4, 0, 0, 3],
      [7, 0, 1, 3], [8, 0, 1, 3], [9, 0, 1, 3], [10, 0, 1, 3],
    ]); // prettier-ignore
  });

  it('ends with what came of its last act', () => {
    const turn = [type(field('note')), press('enter'), click(other, { effect: 'viewChanged' }), shown(0)];
    expect(routines(work([...turn, ...turn])).map(([at]) => at)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('is none if one act differs, in another view, or with something missing within', () => {
    const otherwise = [...round.slice(0, 3), click(other, { view: 1 })];
    expect(routines(work([...round, ...otherwise], { views }))).toEqual([]);
    const elsewhere = round.map((step) => ({ ...step, view: 2 }));
    expect(routines(work([...round, ...elsewhere], { views: [...views, view('else')] }))).toEqual([]);
    expect(routines(work([...round, ...round], { views, ...gapAfter(6) }))).toEqual([]);
  });

  it('needs two acts three times, and is not the same act over and over', () => {
    const pair = [type(field('a')), press('enter')];
    expect(routines(work([...pair, ...pair]))).toEqual([]);
    expect(routines(work([...pair, ...pair, ...pair])).at(-1)).toEqual([5, 0, 2, 2]);
    expect(routines(work(Array.from({ length: 9 }, () => click(save))))).toEqual([]);
  });
});

describe('an app switch loop', () => {
  const views = [view('mail', { app: 'mail' }), view('desk', { app: 'desk' }), view('docs', { app: 'docs' })];
  const loops = (apps: string, changes: Partial<Work> = {}) => {
    const visits = Array.from(apps, (name) => ({ action: 'tabSwitch', view: 'mdw'.indexOf(name) }) as const);
    return [...labelWork(work(visits, { views, ...changes })).appSwitchLoops];
  };

  it('goes there, back and there again', () => {
    expect(loops('wmmdmdw')).toEqual([1, 2, 3, 4, 5].map((index) => [index, 0]));
    expect(loops('mdmdwdwd').map(([, loop]) => loop)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  });

  it('is none with one way less, a third app, a hidden one, or something missing', () => {
    expect(loops('mdm')).toEqual([]);
    expect(loops('mdwmd')).toEqual([]);
    const hidden = [views[0]!, view('x', { app: HIDDEN_KEY })];
    expect(loops('mdmd', { views: hidden })).toEqual([]);
    expect(loops('mdmd', gapAfter(1))).toEqual([]);
  });

  it('does not count pages loaded in tabs that nobody looks at', () => {
    const changes = [0, 1, 0, 1].map((to) => shown(to, 'load'));
    expect([...labelWork(work(changes, { views })).appSwitchLoops]).toEqual([]);
  });
});

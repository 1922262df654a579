/**
 * Capture in a real browser with real input: exactly the actions done, on the right targets, and nothing else.
 *
 * Runs the capture code alone (`capture-page.ts`). What the extension around it does is tested elsewhere.
 */
import { expect, test, openCapturePage, ofKind, type CapturePage } from './capture-page.ts';

const page = (body: string) => `<!doctype html><title>Private title</title><body>${body}</body>`;

test('a click and a secondary click are one step each', { tag: '@firefox' }, async ({ context }) => {
  const capture = await openCapturePage(context, {
    pages: { '/': page('<button>Save</button> <nav><a href="#x">Next</a></nav>') },
  });
  await capture.page.click('button');
  await capture.page.waitForTimeout(700);
  await capture.page.click('button', { button: 'right' });
  const steps = await capture.steps();
  expect(steps.map((step) => [step.action, step.target?.tag])).toEqual([
    ['click', 'button'],
    ['secondaryClick', 'button'],
  ]);
  expect(steps[0]!.target).toMatchObject({ role: 'button', term: 'save', landmark: 'none' });
});

test('a double click is one step, between other clicks as well', async ({ context }) => {
  const capture = await openCapturePage(context, {
    pages: { '/': page('<button>Save</button> <p>text</p>') },
  });
  await capture.page.click('button');
  await capture.page.waitForTimeout(700);
  await capture.page.dblclick('p');
  await capture.page.waitForTimeout(700);
  await capture.page.click('button', { button: 'right' });
  const steps = await capture.steps();
  expect(steps.map((step) => [step.action, step.target?.tag])).toEqual([
    ['click', 'button'],
    ['doubleClick', 'p'],
    ['secondaryClick', 'button'],
  ]);
});

test(
  'a press that moves away is a drag with a destination and not a click as well',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: { '/': page('<canvas width=300 height=200 style="touch-action:none"></canvas>') },
    });
    await capture.page.mouse.move(30, 30);
    await capture.page.mouse.down();
    await capture.page.mouse.move(180, 120, { steps: 5 });
    await capture.page.mouse.up();
    expect(await dragsTold(capture)).toEqual([['drag', 'canvas', 'canvas']]);
  },
);

test('data that is dragged is a drag to where it is dropped', async ({ context }) => {
  const capture = await openCapturePage(context, {
    pages: {
      '/': page(
        '<ul><li draggable=true>one</li></ul><section id=bin aria-label=bin style="height:100px" ondragover="event.preventDefault()" ondrop="event.preventDefault()">bin</section>',
      ),
    },
  });
  await capture.page.dragAndDrop('li', '#bin');
  expect(await dragsTold(capture)).toEqual([['drag', 'li', 'section']]);
});

async function dragsTold(capture: CapturePage) {
  const steps = await capture.steps();
  return steps.map((step) => [step.action, step.target?.tag, step.destination?.tag]);
}

test('a click on a label counts once, for the control', { tag: '@firefox' }, async ({ context }) => {
  const capture = await openCapturePage(context, {
    pages: {
      '/': page('<label><input type=checkbox> Send me updates</label><label for=t>Note</label><input id=t>'),
    },
  });
  await capture.page.click('text=Send me updates');
  await capture.page.click('text=Note');
  const steps = await capture.steps();
  expect(steps.map((step) => [step.action, step.target?.role, step.target?.states, step.effect])).toEqual([
    ['click', 'checkbox', ['unchecked'], 'stateChanged'],
    ['click', 'textbox', [], 'focusMoved'],
  ]);
});

test('keys that click, choose or scroll are told as that, once', { tag: '@firefox' }, async ({ context }) => {
  const capture = await openCapturePage(context, {
    pages: {
      '/': page(
        '<button>Save</button><input type=checkbox><select><option>one<option>two<option>three</select><div style="height:4000px"></div>',
      ),
    },
  });
  await capture.page.focus('button');
  await capture.page.keyboard.press('Enter');
  await capture.page.keyboard.press('Tab');
  await capture.page.keyboard.press('Space');
  await capture.page.keyboard.press('Tab');
  await capture.page.keyboard.press('ArrowDown');
  await capture.page.waitForTimeout(200);
  await capture.page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await capture.page.keyboard.press('PageDown');
  await capture.page.waitForTimeout(300);
  await capture.page.keyboard.press('PageDown');
  expect(await capture.actions()).toEqual([
    'click by key',
    'press tab',
    'focus by key',
    'click by key',
    'press tab',
    'focus by key',
    'select by key',
    'scroll by key',
  ]);
});

test(
  'typing is one step and one run per field, without characters',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: {
        '/': page('<form onsubmit="event.preventDefault()"><input id=a><textarea id=b></textarea></form>'),
      },
    });
    await capture.page.click('#a');
    await capture.page.keyboard.type('hello 1x', { delay: 20 });
    await capture.page.keyboard.press('Backspace');
    await capture.page.keyboard.press('Backspace');
    await capture.page.keyboard.type('A!');
    await capture.page.keyboard.press('Enter');
    await capture.page.keyboard.press('Tab');
    await capture.page.keyboard.type('two');
    await capture.page.keyboard.press('Enter');
    await capture.page.keyboard.type('lines');
    expect(await capture.actions()).toEqual([
      'click',
      'type',
      'press enter',
      'submit',
      'press tab',
      'focus by key',
    ]);
    await capture.page.click('body');
    const steps = await capture.steps();
    expect(steps.filter((step) => step.action === 'type').map((step) => step.keyCount)).toEqual([12, 9]);
    expect(ofKind(capture, 'typingRun').map((run) => run.keyClass.join(''))).toEqual([
      '00000310440256',
      '000500000',
    ]);
  },
);

test(
  'Enter that a page takes for itself is a press, also in a field of several lines',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: {
        '/': page(
          "<div contenteditable role=textbox onkeydown=\"if(event.key==='Enter'){event.preventDefault();this.textContent=''}\">x</div>",
        ),
      },
    });
    await capture.page.click('div');
    await capture.page.keyboard.type('hi');
    await capture.page.keyboard.press('Enter');
    await capture.page.keyboard.type('again');
    await capture.page.mouse.click(300, 300);
    expect(await capture.actions()).toEqual(['click', 'type', 'press enter', 'type', 'click']);
  },
);

test('shortcuts have names, and are told as what they did', { tag: '@firefox' }, async ({ context }) => {
  const capture = await openCapturePage(context, { pages: { '/': page('<input id=a value=abc>') } });
  await capture.page.click('#a');
  for (const keys of ['Control+a', 'Control+c', 'Control+s', 'Control+v', 'Control+z', 'Control+j'])
    await capture.page.keyboard.press(keys);
  expect(await capture.actions()).toEqual([
    'click',
    'shortcut selectAll',
    'copy by key',
    'shortcut save',
    'paste by key',
    'undo by key',
  ]);
});

test(
  'a burst of the wheel is one step; scrolling by the page is none',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: {
        '/': page(
          '<button onclick="window.scrollTo(0, 900)">Go</button><div id=box style="height:200px;overflow:auto"><div style="height:3000px">x</div></div><div style="height:5000px"></div>',
        ),
      },
    });
    await capture.page.mouse.move(100, 400);
    for (let turn = 0; turn < 5; turn++) await capture.page.mouse.wheel(0, 120);
    await capture.page.waitForTimeout(800);
    await capture.page.evaluate(() => scrollTo(0, 0));
    await capture.page.waitForTimeout(800);
    await capture.page.mouse.move(100, 100);
    await capture.page.mouse.wheel(0, 60);
    await capture.page.waitForTimeout(800);
    await capture.page.click('button');
    const steps = await capture.steps();
    expect(
      steps.map(({ action, target, direction, amount }) => [action, target?.tag, direction, amount]),
    ).toEqual([
      ['scroll', 'html', 'down', 'page'],
      ['scroll', 'div', 'down', 'part'],
      ['click', 'button', undefined, undefined],
    ]);
  },
);

test(
  'Enter that sends and changes the view is told before the change it makes',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: {
        '/': page(
          `<textarea onkeydown="if (event.key === 'Enter') { event.preventDefault(); history.pushState(0, '', '/sent'); }"></textarea>`,
        ),
      },
    });
    await capture.page.click('textarea');
    await capture.page.keyboard.type('hi');
    await capture.page.keyboard.press('Enter');
    const steps = await capture.steps();
    expect(steps.map((step) => [step.action, step.effect])).toEqual([
      ['click', 'focusMoved'],
      ['type', 'none'],
      ['press', 'viewChanged'],
      ['viewChange', 'none'],
    ]);
  },
);

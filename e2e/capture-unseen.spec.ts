/**
 * Whole sessions on pages that the capture code was not made for: exactly the actions done, in order, on the right
 * targets.
 *
 * Runs the capture code alone (`capture-page.ts`).
 */
import { expect, test, inWords, openCapturePage, type CapturePage } from './capture-page.ts';

const page = (body: string) => `<!doctype html><body>${body}</body>`;
const told = async (capture: CapturePage) => (await capture.steps()).map(inWords);

test(
  'an app that routes in its click handlers and draws everything anew',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: {
        '/': page(`<div id=root></div><script>
        const draw = () => {
          root.innerHTML = '<nav><a href="/home">Home</a> <a href="/settings">Settings</a></nav>' +
            '<main><button id=save>Save</button><input id=filter></main>';
          for (const link of root.querySelectorAll('a')) link.onclick = (event) => {
            event.preventDefault();
            event.stopPropagation();
            history.pushState(0, '', link.href);
            draw();
          };
          save.onclick = draw;
          filter.oninput = () => history.replaceState(0, '', '?filter=' + filter.value.length);
        };
        addEventListener('popstate', draw);
        draw();
      </script>`),
      },
    });
    const tab = capture.page;
    await tab.click('text=Home');
    await tab.click('text=Settings');
    await tab.click('#save');
    await tab.click('#save');
    await tab.click('#filter');
    await tab.keyboard.type('abc');
    await tab.goBack();
    await tab.click('text=Settings');
    expect(await told(capture)).toEqual([
      'click link home',
      'viewChange push',
      'click link settings',
      'viewChange push',
      'click button save',
      'click button save',
      'click textbox',
      'type textbox 3',
      'viewChange backForward',
      'click link settings',
      'viewChange push',
    ]);
  },
);

test('a page that stops every event and draws everything anew thirty times a second', async ({ context }) => {
  const capture = await openCapturePage(context, {
    pages: {
      '/': page(`<div id=root></div><script>
        const draw = () => (root.innerHTML = '<button>Save</button><button>Cancel</button>');
        for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'dblclick', 'keydown'])
          addEventListener(type, (event) => event.stopImmediatePropagation(), true);
        draw();
        setInterval(draw, 30);
      </script>`),
    },
  });
  const { mouse } = capture.page;
  for (const x of [20, 80]) {
    await mouse.move(x, 20);
    await mouse.down();
    await capture.page.waitForTimeout(80);
    await mouse.up();
    await capture.page.waitForTimeout(700);
  }
  await mouse.dblclick(80, 20);
  expect(await told(capture)).toEqual([
    'click button save',
    'click button cancel',
    'doubleClick button cancel',
  ]);
});

test('an editor: toolbar, undo, dictation and an input method', async ({ context }) => {
  const keepsFocus = 'onmousedown="event.preventDefault()"';
  const capture = await openCapturePage(context, {
    pages: {
      '/': page(`<div role=toolbar>
        <button ${keepsFocus} onclick="document.execCommand('bold')">Bold</button>
        <button ${keepsFocus} onclick="document.execCommand('insertText', false, 'signature')">Insert</button>
      </div><div id=text contenteditable style="height:200px"><p>hello world</p></div>`),
    },
  });
  const tab = capture.page;
  const client = await context.newCDPSession(tab);
  await tab.click('#text');
  await tab.keyboard.type('ab cd');
  await tab.keyboard.press('Shift+Enter');
  await tab.keyboard.press('Control+a');
  await tab.click('text=Bold');
  await tab.keyboard.press('End');
  await tab.click('text=Insert');
  await tab.keyboard.insertText('words that were spoken');
  await tab.keyboard.press('Control+z');
  await tab.keyboard.press('Control+Shift+z');
  await tab.click('text=Bold');
  for (const text of ['に', 'にほ'])
    await client.send('Input.imeSetComposition', { text, selectionStart: 1, selectionEnd: 1 });
  await client.send('Input.insertText', { text: '日本' });
  await tab.mouse.click(600, 500);
  expect(await told(capture)).toEqual([
    'click textbox',
    'type textbox 6',
    'shortcut selectAll textbox',
    'click button bold',
    expect.stringMatching(/^click button/),
    'type textbox 1',
    'undo by key textbox',
    'redo by key textbox',
    'click button bold',
    'type textbox 3',
    'click document',
  ]);
});

test('a drawing app: clicks, strokes, panning by the middle button, letters as commands', async ({
  context,
}) => {
  const capture = await openCapturePage(context, {
    pages: {
      '/': page(
        '<canvas width=600 height=400 tabindex=0 style="display:block" onpointerdown="this.setPointerCapture(event.pointerId)"></canvas><button>Undo</button>',
      ),
    },
  });
  const { mouse, keyboard } = capture.page;
  const stroke = async (button: 'left' | 'middle') => {
    await mouse.move(50, 50);
    await mouse.down({ button });
    await mouse.move(300, 200, { steps: 8 });
    await mouse.up({ button });
  };
  await mouse.click(100, 100);
  await stroke('left');
  await stroke('middle');
  await mouse.dblclick(200, 200);
  await keyboard.press('Delete');
  await keyboard.type('two words');
  await keyboard.press('Control+z');
  await mouse.wheel(0, 100);
  await capture.page.waitForTimeout(700);
  await capture.page.click('button');
  expect(await told(capture)).toEqual([
    'click canvas',
    'drag canvas > canvas',
    'drag canvas > canvas',
    'doubleClick canvas',
    'press delete canvas',
    'type canvas 9',
    'shortcut undo canvas',
    'scroll canvas down',
    'click button undo',
  ]);
});

test(
  'lists and menus made by hand: a listbox, a menu that opens on hover, a list that holds only what is seen',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: {
        '/': page(`<div id=combo role=combobox tabindex=0 aria-expanded=false>Pick</div>
        <ul id=list role=listbox hidden><li role=option>Alpha</li><li role=option>Beta</li></ul>
        <div id=menu style="width:200px" onmouseenter="items.hidden=false" onmouseleave="items.hidden=true"><button>Menu</button>
          <div id=items role=menu hidden><div role=menuitem>Delete</div></div></div>
        <select id=native><option>one<option>two<option>three</select>
        <div id=rows style="height:150px;width:300px;overflow:auto"><div style="position:relative;height:100000px"></div></div>
        <script>
          const open = (isOpen) => { combo.setAttribute('aria-expanded', isOpen); list.hidden = !isOpen; };
          combo.onmousedown = () => open(list.hidden);
          combo.onkeydown = ({ key }) => { if (key === 'Enter') open(true); if (key === 'Escape') open(false); };
          list.onmousedown = (event) => { event.preventDefault(); combo.textContent = event.target.textContent; open(false); };
          const draw = () => {
            const first = Math.floor(rows.scrollTop / 30);
            rows.firstChild.innerHTML = [0, 1, 2, 3, 4, 5].map((row) => '<div role=row style="position:absolute;top:' +
              (first + row) * 30 + 'px"><button>Edit</button></div>').join('');
          };
          rows.onscroll = draw;
          draw();
        </script>`),
      },
    });
    const tab = capture.page;
    await tab.click('#combo');
    await tab.click('text=Beta');
    await tab.focus('#combo');
    await tab.keyboard.press('Enter');
    await tab.keyboard.press('Escape');
    await tab.hover('#menu button');
    await tab.click('text=Delete');
    await tab.focus('#native');
    await tab.keyboard.press('t');
    await tab.mouse.move(200, 20);
    const rows = (await tab.locator('#rows').boundingBox())!;
    await tab.mouse.move(rows.x + 150, rows.y + 80);
    for (let turn = 0; turn < 5; turn++) await tab.mouse.wheel(0, 300);
    await tab.waitForTimeout(700);
    // Not by its name: what is looked for is drawn anew whenever a test tool scrolls to it.
    const edit = (await tab.locator('#rows button').nth(2).boundingBox())!;
    await tab.mouse.click(edit.x + 5, edit.y + 5);
    expect(await told(capture)).toEqual([
      'click combobox',
      'click option',
      'press enter combobox',
      'press escape combobox',
      'click menuitem delete',
      'select by key combobox',
      'scroll generic down',
      'click button edit',
    ]);
  },
);

test(
  'a form of web components, with slotted fields and a focus that is delegated',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: {
        '/': page(`<x-form><label slot=field>Name <input id=name></label></x-form><x-pick></x-pick><script>
        const define = (name, html, options) => customElements.define(name, class extends HTMLElement {
          constructor() { super(); this.attachShadow({ mode: 'open', ...options }).innerHTML = html; } });
        define('x-form', '<form onsubmit="event.preventDefault()"><slot name=field></slot><input id=inner required><button>Submit</button></form>');
        define('x-pick', '<span id=caption>Choose</span><input id=query><div role=listbox><div role=option>Two</div></div>', { delegatesFocus: true });
      </script>`),
      },
    });
    const tab = capture.page;
    await tab.click('#name');
    await tab.keyboard.type('xy');
    await tab.click('text=Submit');
    await tab.waitForTimeout(200);
    await tab.click('#inner');
    await tab.keyboard.type('z');
    await tab.keyboard.press('Enter');
    await tab.waitForTimeout(200);
    await tab.click('#caption');
    await tab.keyboard.type('tw');
    await tab.click('text=Two');
    const steps = await capture.steps();
    expect(steps.map(inWords)).toEqual([
      'click textbox name',
      'type textbox name 2',
      'click button submit',
      'click textbox',
      'type textbox 1',
      'press enter textbox',
      'submit form',
      'click generic',
      'type textbox 2',
      'click option',
    ]);
    expect([steps[2]!.effect, steps[7]!.effect]).toEqual(['formInvalid', 'focusMoved']);
  },
);

test(
  'dialogs made of ordinary elements, by pointer and by keyboard, one in another',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: {
        '/': page(`<button id=first>Open</button><div id=layer></div><div role=dialog id=chat><input id=message></div><script>
        const close = (dialog, back) => { dialog.remove(); back.focus(); };
        const open = (back, html) => {
          const dialog = document.createElement('div');
          dialog.setAttribute('role', 'dialog');
          dialog.tabIndex = -1;
          dialog.innerHTML = html + '<button>Cancel</button>';
          dialog.lastChild.onclick = () => close(dialog, back);
          dialog.onkeydown = (event) => { if (event.key === 'Escape') { event.stopPropagation(); close(dialog, back); } };
          layer.append(dialog);
          dialog.focus();
          return dialog;
        };
        first.onclick = () => {
          const outer = open(first, '<input><button>Delete</button>');
          outer.children[1].onclick = () => open(outer, '<p>Sure?</p>');
        };
      </script>`),
      },
    });
    const tab = capture.page;
    const rest = () => tab.waitForTimeout(300);
    await tab.click('#first');
    await rest();
    await tab.click('#layer input');
    await tab.keyboard.type('hey');
    await tab.click('text=Delete');
    await rest();
    await tab.keyboard.press('Escape');
    await rest();
    await tab.click('text=Cancel');
    await rest();
    await tab.keyboard.press('Enter');
    await rest();
    await tab.keyboard.press('Escape');
    // One that was there all along is not opened by going to it.
    await tab.click('#message');
    const steps = await capture.steps();
    expect(steps.map(inWords)).toEqual([
      'click button open',
      'dialogOpened dialog',
      'click textbox',
      'type textbox 3',
      'click button delete',
      'dialogOpened dialog',
      'press escape dialog',
      'dialogDismissed dialog',
      'click button cancel',
      'dialogDismissed dialog',
      'click by key button open',
      'dialogOpened dialog',
      'press escape dialog',
      'dialogDismissed dialog',
      'click textbox',
    ]);
    expect(steps.filter((step) => step.effect === 'dialogOpened')).toHaveLength(3);
  },
);

/**
 * Capture where browsers behave in ways of their own: touch, lists, sliders, scrollbars, frames, fast hands.
 */
import type { Mouse } from '@playwright/test';
import { expect, test, openCapturePage } from './capture-page.ts';

const page = (body: string) => `<!doctype html><body>${body}</body>`;

test('a tap is a click, and panning by touch is a scroll', async ({ browser }) => {
  const context = await browser.newContext({ hasTouch: true, isMobile: true });
  const capture = await openCapturePage(context, {
    pages: { '/': page('<button>Save</button><div style="height:4000px">x</div>') },
  });
  await capture.page.tap('button');
  await capture.page.waitForTimeout(1500);
  const client = await context.newCDPSession(capture.page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: 300, y }] });
  await touch('touchStart', 500);
  for (let y = 480; y > 100; y -= 20) await touch('touchMove', y);
  await touch('touchEnd');
  const steps = await capture.steps();
  expect(steps.map((step) => [step.action, step.target?.tag, step.direction])).toEqual([
    ['click', 'button', undefined],
    ['scroll', 'html', 'down'],
  ]);
  await context.close();
});

test('opening a list and choosing from it are two actions', async ({ context }) => {
  const capture = await openCapturePage(context, {
    pages: { '/': page('<select><option>one<option>two<option>three</select>') },
  });
  await capture.page.click('select');
  await capture.page.waitForTimeout(300);
  await capture.page.keyboard.press('ArrowDown');
  await capture.page.keyboard.press('Enter');
  const actions = await capture.actions();
  expect(actions[0]).toBe('click');
  expect(actions.filter((action) => action.startsWith('select'))).toHaveLength(1);
});

test('arrows in a radio group are presses, not clicks', { tag: '@firefox' }, async ({ context }) => {
  const capture = await openCapturePage(context, {
    pages: {
      '/': page('<input type=radio name=a checked><input type=radio name=a><input type=radio name=a>'),
    },
  });
  await capture.page.click('input >> nth=0');
  await capture.page.keyboard.press('ArrowRight');
  await capture.page.keyboard.press('ArrowRight');
  expect(await capture.actions()).toEqual([
    'click',
    'press arrowRight',
    'focus by key',
    'press arrowRight',
    'focus by key',
  ]);
});

test(
  'a slider, a selection of text and a scrollbar are moved as they are',
  { tag: '@firefox' },
  async ({ playwright, browserName, launchOptions }) => {
    // Scrollbars are hidden from tests unless asked for.
    const browser = await playwright[browserName].launch({
      ...launchOptions,
      ignoreDefaultArgs: ['--hide-scrollbars'],
    });
    const context = await browser.newContext();
    const capture = await openCapturePage(context, {
      pages: {
        '/': page(
          '<input type=range style="width:300px"><p>Some words to be selected by hand</p><div style="height:4000px"></div>',
        ),
      },
    });
    const { mouse } = capture.page;
    const slider = (await capture.page.locator('input').boundingBox())!;
    await drag(mouse, [slider.x + 150, slider.y + 8], [slider.x + 250, slider.y + 8]);
    await capture.page.waitForTimeout(700);
    const text = (await capture.page.locator('p').boundingBox())!;
    await drag(mouse, [text.x + 5, text.y + 8], [text.x + 150, text.y + 8]);
    await capture.page.waitForTimeout(700);
    await drag(mouse, [1273, 30], [1273, 330]);
    await capture.page.waitForTimeout(700);
    const steps = await capture.steps();
    expect(steps.map((step) => [step.action, step.target?.role])).toEqual([
      ['drag', 'slider'],
      ['drag', 'paragraph'],
      ['scroll', 'document'],
    ]);
    await browser.close();
  },
);

test('fast clicks are counted as the browser counts them', { tag: '@firefox' }, async ({ context }) => {
  const capture = await openCapturePage(context, {
    pages: { '/': page('<button onclick="n.textContent = +n.textContent + 1">Add</button><p id=n>0</p>') },
  });
  await capture.page.click('button', { clickCount: 3, delay: 10 });
  await capture.page.waitForTimeout(1500);
  for (let click = 0; click < 4; click++) {
    await capture.page.click('button');
    await capture.page.waitForTimeout(600);
  }
  const steps = await capture.steps();
  const clicks = steps.reduce((count, step) => count + (step.action === 'doubleClick' ? 2 : 1), 0);
  expect(clicks).toBe(7);
  expect(await capture.page.textContent('#n')).toBe('7');
});

test(
  'only what can be scrolled has a scrollbar that a press could be on',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: {
        // In a line there is no size inside; in a low one letters are higher than that.
        '/': page(`<button><span>Save</span></button><p>See <a href="#x">Next</a>, <b>bold</b></p><div id=host></div><script>
        const low = (name) => '<button style="font-size:22px;line-height:.5;padding:0">' + name + '</button>';
        host.attachShadow({ mode: 'open' }).innerHTML = low('Close') + low('Cancel');
      </script>`),
      },
    });
    for (const selector of ['span', 'a', 'b', 'text=Close', 'text=Cancel']) {
      await capture.page.click(selector);
      await capture.page.waitForTimeout(700);
    }
    const steps = (await capture.steps()).filter(({ action }) => action !== 'viewChange');
    expect(steps.map((step) => [step.action, step.target?.role, step.target?.term])).toEqual([
      ['click', 'button', 'save'],
      ['click', 'link', 'next'],
      ['click', 'generic', undefined],
      ['click', 'button', 'close'],
      ['click', 'button', 'cancel'],
    ]);
  },
);

test('what vanishes at the press is clicked all the same', { tag: '@firefox' }, async ({ context }) => {
  const capture = await openCapturePage(context, {
    pages: {
      '/': page('<div role=option onmousedown="this.remove()">One</div><button disabled>Save</button>'),
    },
  });
  await capture.page.mouse.click(20, 15);
  const box = (await capture.page.locator('button').boundingBox())!;
  await capture.page.mouse.click(box.x + 5, box.y + 5);
  const steps = await capture.steps();
  expect(steps.map((step) => [step.action, step.target?.role, step.target?.states])).toEqual([
    ['click', 'option', []],
    ['click', 'button', ['disabled']],
  ]);
});

test('frames of every kind are recorded, each action once', { tag: '@firefox' }, async ({ context }) => {
  const capture = await openCapturePage(context, {
    pages: {
      '/': page(
        `<iframe id=one src="/one"></iframe><iframe id=two srcdoc="<button>Next</button>"></iframe><iframe id=three src="http://other.test/"></iframe>`,
      ),
      '/one': page('<button>Save</button>'),
      'http://other.test/': page('<input>'),
    },
  });
  await capture.page.frameLocator('#one').locator('button').click();
  await capture.page.frameLocator('#two').locator('button').click();
  await capture.page.frameLocator('#three').locator('input').click();
  await capture.page.keyboard.type('abc');
  await capture.page.mouse.click(640, 600);
  const terms = (await capture.steps()).map((step) => step.target?.term);
  expect(terms.filter((term) => term !== undefined).sort()).toEqual(['next', 'save']);
  expect((await capture.actions()).sort()).toEqual(['click', 'click', 'click', 'click', 'type']);
});

test(
  'an editor with a toolbar: formatting by button and by shortcut',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: {
        '/': page(
          `<button aria-label=Bold aria-pressed=false onmousedown="event.preventDefault()" onclick="document.execCommand('bold');this.setAttribute('aria-pressed','true')"><b>B</b></button><div contenteditable role=textbox style="height:100px"></div>`,
        ),
      },
    });
    await capture.page.click('[contenteditable]');
    await capture.page.keyboard.type('one');
    await capture.page.click('button');
    await capture.page.keyboard.type('two');
    await capture.page.keyboard.press('Control+b');
    await capture.page.keyboard.type('three');
    await capture.page.keyboard.press('Control+z');
    const steps = await capture.steps();
    expect(steps.map((step) => [step.action, step.keyCount ?? step.target?.term, step.effect])).toEqual([
      ['click', undefined, 'focusMoved'],
      ['type', 3, 'none'],
      ['click', 'bold', 'stateChanged'],
      ['type', 3, 'none'],
      ['shortcut', undefined, 'none'],
      ['type', 5, 'none'],
      ['undo', undefined, 'none'],
    ]);
  },
);

test('the menu key is a secondary click by keyboard', { tag: '@firefox' }, async ({ context }) => {
  const capture = await openCapturePage(context, { pages: { '/': page('<button>Save</button>') } });
  await capture.page.click('button');
  await capture.page.keyboard.press('Shift+F10');
  const actions = await capture.actions();
  expect(actions.filter((action) => action.startsWith('secondary')).length).toBeLessThanOrEqual(1);
  expect(actions[0]).toBe('click');
});

test(
  'a click that slips is a click, a handle that follows the pointer is dragged',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: {
        '/': page(
          `<button style="width:200px;height:60px">Save</button><button id=handle style="position:absolute;left:20px;top:200px" onpointermove="if (event.buttons) { this.style.left = event.clientX - 10 + 'px'; }">Move</button>`,
        ),
      },
    });
    const { mouse } = capture.page;
    for (const y of [30, 210]) {
      await drag(mouse, [30, y], [60, y]);
      await capture.page.waitForTimeout(200);
    }
    expect(await capture.actions()).toEqual(['click', 'drag']);
  },
);

test(
  'a click that slips on the text of a check box, or on a button that sinks when pressed, is a click',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: {
        '/': page(
          `<style>label { user-select: none; display: block; width: 300px } button { width: 200px; height: 60px } button:active { transform: translateY(2px) }</style><label><input type=checkbox onchange="told.textContent += 'c'"> Every day</label><button onclick="told.textContent += 'b'">Save</button><p id=told></p>`,
        ),
      },
    });
    const { mouse } = capture.page;
    for (const selector of ['label', 'button']) {
      const { x, y } = (await capture.page.locator(selector).boundingBox())!;
      await drag(mouse, [x + 60, y + 10], [x + 72, y + 11]);
      await capture.page.waitForTimeout(200);
    }
    // Firefox does not check the box then: there it is a click without effect.
    expect(await capture.page.textContent('#told')).toMatch(/^c?b$/);
    expect(await capture.actions()).toEqual(['click', 'click']);
  },
);

test(
  'the arrows of a date and of a time change it and are told',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: { '/': page('<input type=date value=2024-03-15><input type=time value=10:30>') },
    });
    for (const [selector, key] of [
      ['[type=date]', 'ArrowUp'],
      ['[type=time]', 'ArrowDown'],
    ] as const) {
      await capture.page.locator(selector).focus();
      await capture.page.keyboard.press(key);
      await capture.page.waitForTimeout(200);
    }
    expect(await capture.page.inputValue('[type=date]')).not.toBe('2024-03-15');
    expect((await capture.steps()).map((step) => [step.action, step.key])).toEqual([
      ['press', 'arrowUp'],
      ['press', 'arrowDown'],
    ]);
  },
);

test(
  'two clicks far apart in time are not joined by a double click elsewhere',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: { '/': page('<button>Save</button><input type=password>') },
    });
    await capture.page.click('button');
    await capture.page.waitForTimeout(650);
    await capture.page.click('button');
    await capture.page.dblclick('input');
    expect(await capture.actions()).toEqual(['click', 'click']);
  },
);

test(
  'the focus that moves among fields of components within one component is told once',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: {
        '/': page(`<x-app></x-app><script>
          const define = (name, inside) => customElements.define(name, class extends HTMLElement {
            connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = inside; }
          });
          define('x-field', '<input>');
          define('x-app', '<x-field></x-field><x-field></x-field>');
        </script>`),
      },
    });
    await capture.page.locator('input').first().click();
    await capture.page.waitForTimeout(200);
    await capture.page.keyboard.press('Tab');
    await capture.page.waitForTimeout(200);
    await capture.page.keyboard.press('Shift+Tab');
    expect(await capture.actions()).toEqual([
      'click',
      'press tab',
      'focus by key',
      'press tab',
      'focus by key',
    ]);
  },
);

test(
  'what a page scrolls at a click by keyboard is not the person’s scrolling',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: {
        '/': page(
          `<div style="height:3000px"></div><button onclick="window.scrollTo(0, 0)">Back to top</button><div style="height:1000px"></div>`,
        ),
      },
    });
    await capture.page.locator('button').focus();
    await capture.page.waitForTimeout(1500);
    await capture.page.keyboard.press('Space');
    await capture.page.waitForTimeout(1200);
    expect(await capture.page.evaluate(() => scrollY)).toBe(0);
    expect(await capture.actions()).toEqual(['click by key']);
  },
);

type Place = readonly [xPx: number, yPx: number];

async function drag(mouse: Mouse, from: Place, to: Place): Promise<void> {
  await mouse.move(...from);
  await mouse.down();
  await mouse.move(...to, { steps: 6 });
  await mouse.up();
}

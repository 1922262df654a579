/**
 * Kinds of interaction that need a device or a window of their own: buttons, pen and touch, zoom, windows, frames.
 *
 * Runs the capture code alone (`capture-page.ts`).
 */
import { type Frame, type Page } from '@playwright/test';
import { expect, test, inWords, ofKind, openCapturePage, type CapturePage } from './capture-page.ts';

const page = (body: string) => `<!doctype html><body>${body}</body>`;
const told = async (capture: CapturePage) => (await capture.steps()).map(inWords);

test('middle and auxiliary buttons are clicks of their own, and paste nothing by the way', async ({
  context,
}) => {
  const capture = await openCapturePage(context, {
    pages: {
      '/': page('<button>Save</button><a href="/two">Next</a>'),
      '/two': page('<button>Close</button>'),
    },
  });
  await capture.page.click('button', { button: 'middle' });
  await capture.page.click('a');
  await capture.page.waitForURL('**/two');
  await capture.page.waitForTimeout(1500);
  const client = await context.newCDPSession(capture.page);
  const back = { x: 30, y: 20, button: 'back', clickCount: 1 } as const;
  await client.send('Input.dispatchMouseEvent', { type: 'mousePressed', buttons: 8, ...back });
  await client.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...back });
  await capture.page.waitForTimeout(500);
  expect(await told(capture)).toEqual([
    'middleClick button save',
    'click link next',
    'auxiliaryClick button close',
    'viewChange backForward',
  ]);
});

test('pen and finger draw like the mouse, and are told apart from it', async ({ context }) => {
  const capture = await openCapturePage(context, {
    pages: { '/': page('<canvas width=400 height=300 style="touch-action:none;display:block"></canvas>') },
  });
  const client = await context.newCDPSession(capture.page);
  const pen = (type: 'mouseMoved' | 'mousePressed' | 'mouseReleased', x: number, isDown = false) =>
    client.send('Input.dispatchMouseEvent', {
      type, x, y: x, button: type === 'mouseMoved' ? 'none' : 'left', buttons: isDown ? 1 : 0, clickCount: 1, pointerType: 'pen',
    }); // prettier-ignore
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y: 100 }] });
  await pen('mouseMoved', 20);
  await pen('mousePressed', 30, true);
  for (let x = 40; x < 200; x += 10) {
    await pen('mouseMoved', x, true);
    await capture.page.waitForTimeout(20);
  }
  await pen('mouseReleased', 200);
  await capture.page.waitForTimeout(700);
  await touch('touchStart', 50);
  for (let x = 60; x < 200; x += 10) {
    await touch('touchMove', x);
    await capture.page.waitForTimeout(20);
  }
  await touch('touchEnd');
  expect(await told(capture)).toEqual(['drag canvas > canvas', 'drag canvas > canvas']);
  const movements = ofKind(capture, 'movement');
  expect(movements.length).toBeGreaterThanOrEqual(2);
  for (const movement of movements) expect(movement.pointerType).toBe('other');
});

test('zooming by wheel, by keys and by two fingers; only a page that becomes narrow or wide shows another view', async ({
  context,
  browser,
}) => {
  const capture = await openCapturePage(context, {
    pages: { '/': page('<canvas width=400 height=300></canvas>') },
  });
  const { mouse, keyboard } = capture.page;
  await mouse.move(100, 100);
  await keyboard.down('Control');
  for (let turn = 0; turn < 3; turn++) await mouse.wheel(0, -100);
  await capture.page.waitForTimeout(700);
  await mouse.wheel(0, 100);
  await keyboard.up('Control');
  await keyboard.press('Control+=');
  await keyboard.press('Control+-');
  for (const width of [900, 800, 1200, 1300]) {
    await capture.page.setViewportSize({ width, height: 700 });
    await capture.page.waitForTimeout(200);
  }
  expect(await told(capture)).toEqual([
    'zoom canvas up',
    'zoom canvas down',
    'shortcut zoomIn',
    'shortcut zoomOut',
    'viewChange resize',
    'viewChange resize',
  ]);
  const phone = await browser.newContext({ hasTouch: true, isMobile: true });
  const onPhone = await openCapturePage(phone, {
    pages: { '/': page('<meta name=viewport content="width=device-width"><p>text</p>') },
  });
  const client = await phone.newCDPSession(onPhone.page);
  await client.send('Input.synthesizePinchGesture', { x: 200, y: 200, scaleFactor: 2, relativeSpeed: 400 });
  expect(await told(onPhone)).toEqual([expect.stringMatching(/^zoom( \w+)? up$/)]);
  await phone.close();
});

test('shortcuts have the same names on a Mac', async ({ context }) => {
  const capture = await openCapturePage(context, { pages: { '/': page('<input value=abc>') } });
  const client = await context.newCDPSession(capture.page);
  await client.send('Emulation.setUserAgentOverride', { userAgent: 'Mozilla/5.0', platform: 'MacIntel' });
  await capture.page.reload();
  await capture.page.waitForTimeout(1500);
  await capture.forget();
  await capture.page.click('input');
  for (const key of ['a', 's', 'f', 'k']) await capture.page.keyboard.press(`Meta+${key}`);
  await capture.page.keyboard.press('Control+f');
  expect((await capture.actions()).slice(0, 5)).toEqual([
    'click', 'shortcut selectAll', 'shortcut save', 'shortcut find', 'shortcut link',
  ]); // prettier-ignore
  expect(await capture.actions()).toHaveLength(5);
});

test('a window that is left for another, and come back to', async ({ context }) => {
  const capture = await openCapturePage(context, {
    pages: { '/': page('<button>Save</button><iframe srcdoc="<input>"></iframe>') },
  });
  const client = await context.newCDPSession(capture.page);
  await client.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  await capture.page.click('button');
  // Into a frame and out of it is no other window.
  await capture.page.frameLocator('iframe').locator('input').click();
  await capture.page.waitForTimeout(1200);
  await capture.page.click('button');
  await capture.page.waitForTimeout(1200);
  const other = await context.newPage();
  await other.bringToFront();
  await capture.page.waitForTimeout(1200);
  await capture.page.bringToFront();
  await capture.page.waitForTimeout(1200);
  await capture.page.click('button');
  expect(await told(capture)).toEqual([
    'click button save',
    'click textbox',
    'click button save',
    'windowFocus',
    'click button save',
  ]);
});

test('a drag that ends in another frame, or outside its own, has its destination', async ({ context }) => {
  const inner = page(`<div id=item draggable=true style="width:80px;height:40px">item</div>
    <ul id=bin style="height:80px" ondragover="event.preventDefault()" ondrop="event.preventDefault()">bin</ul>
    <canvas width=100 height=60></canvas>`);
  const capture = await openCapturePage(context, {
    pages: {
      '/': page(`<iframe src=/inner width=300 height=230></iframe><iframe src=/inner width=300 height=230></iframe>
        <section aria-label=bin id=bin style="height:80px" ondragover="event.preventDefault()" ondrop="event.preventDefault()">bin</section>`),
      '/inner': inner,
    },
  });
  const [, one, two] = capture.page.frames() as [Frame, Frame, Frame];
  const drag = async (from: Frame | Page, fromSelector: string, to: Frame | Page, toSelector: string) => {
    const [start, end] = [await middleOf(from, fromSelector), await middleOf(to, toSelector)];
    const { mouse } = capture.page;
    await mouse.move(start.x, start.y);
    await mouse.down();
    await mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 5 });
    await mouse.move(end.x, end.y, { steps: 5 });
    await mouse.up();
    await capture.page.waitForTimeout(300);
  };
  await drag(one, '#item', one, '#bin');
  await drag(one, '#item', two, '#bin');
  await drag(one, '#item', capture.page, '#bin');
  await drag(two, 'canvas', one, 'canvas');
  await drag(two, 'canvas', capture.page, '#bin');
  const steps = await capture.steps();
  expect(steps.map(inWords)).toEqual([
    'drag generic > list',
    'drag generic > list',
    'drag generic > region',
    'drag canvas > canvas',
    'drag canvas > region',
  ]);
  // Places are those of the page, wherever the frame lies.
  const end = await middleOf(one, 'canvas');
  expect(steps[3]!.destination!.xPx).toBeCloseTo(end.x, 0);
  expect(steps[3]!.destination!.yPx).toBeCloseTo(end.y, 0);
});

test(
  'a document that is written anew long after recording began is recorded on',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: {
        '/': page(`<iframe id=early></iframe><iframe id=late></iframe><script>
        const write = (frame, html) => { const d = frame.contentDocument; d.open(); d.write(html); d.close(); };
        write(early, '<button>Save</button>');
        setTimeout(() => write(late, '<body contenteditable><p>text</p>'), 1000);
      </script>`),
      },
    });
    await capture.page.waitForTimeout(1500);
    await capture.page.frameLocator('#early').locator('button').click();
    await capture.page.frameLocator('#late').locator('p').click();
    await capture.page.keyboard.type('abc');
    await capture.page.mouse.click(600, 500);
    expect(await told(capture)).toEqual([
      'click button save',
      'click textbox',
      'type textbox 3',
      'click document',
    ]);
  },
);

test('number fields: arrows are presses, digits are typed', { tag: '@firefox' }, async ({ context }) => {
  const capture = await openCapturePage(context, { pages: { '/': page('<input type=number value=5>') } });
  await capture.page.click('input');
  await capture.page.keyboard.press('ArrowUp');
  await capture.page.keyboard.type('12');
  await capture.page.mouse.click(300, 300);
  expect(await told(capture)).toEqual([
    'click spinbutton',
    'press arrowUp spinbutton',
    'type spinbutton 2',
    'click document',
  ]);
});

test(
  'a budget that is spent thins out the pointer and says so, steps stay',
  { tag: '@firefox' },
  async ({ context }) => {
    const draw = async (budgetMsPerMinute?: number) => {
      const capture = await openCapturePage(context, {
        pages: { '/': page('<button style="width:200px;height:200px">Save</button>') },
        ...(budgetMsPerMinute && { budgetMsPerMinute }),
      });
      for (let turn = 0; turn < 3; turn++) {
        await zigzag(capture.page);
        await capture.page.mouse.click(100, 100);
      }
      return { steps: await told(capture), capture };
    };
    const usual = await draw();
    const spent = await draw(0.01);
    expect(spent.steps).toEqual(usual.steps);
    expect(ofKind(usual.capture, 'gap')).toEqual([]);
    expect(ofKind(spent.capture, 'gap').map((gap) => gap.reason)).toContain('budget');
    const apart = ({ capture }: typeof usual) => {
      const gaps = ofKind(capture, 'movement').flatMap(({ timeMs }) =>
        timeMs.slice(1, -1).map((ms, index) => ms - timeMs[index]!),
      );
      return gaps.sort((one, other) => one - other)[Math.floor(gaps.length / 2)]!;
    };
    expect(apart(spent)).toBeGreaterThan(1.8 * apart(usual));
  },
);

async function zigzag(tab: Page): Promise<void> {
  for (let step = 0; step < 60; step++) {
    await tab.mouse.move(300 + step * 5, 300 + (step % 10) * 8);
    await tab.waitForTimeout(10);
  }
}

async function middleOf(frame: Frame | Page, selector: string): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = (await frame.locator(selector).boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
}

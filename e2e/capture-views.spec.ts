/**
 * Views, effects, movements and frames as capture tells them, in a real browser with real input.
 *
 * Runs the capture code alone (`capture-page.ts`). What the extension around it does is tested elsewhere.
 */
import { expect, test, openCapturePage, ofKind } from './capture-page.ts';

const page = (body: string) => `<!doctype html><title>Private title</title><body>${body}</body>`;

test('views: the shape of the route only, and a step for each change of view', async ({ context }) => {
  const document = page(
    `<button id=push onclick="history.pushState(0, '', '/tickets/4711?q=secret#hash')">Open</button>
     <button id=query onclick="history.replaceState(0, '', '?q=typed')">Filter</button>
     <a href="#part">Part</a><nav><a id=away href="/Other/next">Away</a></nav><iframe src="http://other.test/"></iframe><canvas width=400 height=300></canvas>`,
  );
  const capture = await openCapturePage(context, {
    pages: { '/': document, '/Other/next': page('<button>Back</button>'), 'http://other.test/': page('x') },
  });
  await capture.page.waitForTimeout(1500);
  await capture.page.click('#push');
  await capture.page.click('#query');
  await capture.page.click('text=Part');
  await capture.page.goBack();
  await capture.page.click('#away');
  await capture.page.waitForURL('**/Other/next');
  const steps = await capture.steps();
  expect(steps.map((step) => [step.action, step.effect, step.navigation])).toEqual([
    ['click', 'viewChanged', undefined],
    ['viewChange', 'none', 'push'],
    ['click', 'none', undefined],
    ['click', 'viewChanged', undefined],
    ['viewChange', 'none', 'hash'],
    ['viewChange', 'none', 'backForward'],
    ['click', 'viewChanged', undefined],
  ]);
  expect(ofKind(capture, 'view').map((view) => [view.routeShape, view.navigation])).toEqual([
    ['/', 'load'],
    ['/tickets/:id', 'push'],
    ['/tickets/:id', 'hash'],
    ['/tickets/:id', 'backForward'],
    ['/:id/:id', 'load'],
  ]);
  expect(ofKind(capture, 'view')[0]!.inventory.roles).toEqual({ button: 2, link: 2 });
  expect(ofKind(capture, 'view')[0]!.coverage.unreachableFrames).toBe(1);
  expect(ofKind(capture, 'view')[0]!.coverage.canvasShare).toBeGreaterThan(0.1);
});

test('dialogs, submission and what a step led to', { tag: '@firefox' }, async ({ context }) => {
  const capture = await openCapturePage(context, {
    pages: {
      '/': page(
        `<button id=open onclick="d.showModal()">Open</button><dialog id=d><button id=c onclick="d.close()">Close</button></dialog>
         <form onsubmit="event.preventDefault()"><input id=r required><button id=s>Submit</button></form>
         <button id=e aria-expanded=false onclick="this.setAttribute('aria-expanded', 'true')">More</button>`,
      ),
    },
  });
  await capture.page.click('#open');
  await capture.page.waitForTimeout(200);
  await capture.page.click('#c');
  await capture.page.waitForTimeout(200);
  await capture.page.click('#s');
  await capture.page.waitForTimeout(200);
  await capture.page.click('#r');
  await capture.page.keyboard.type('x');
  await capture.page.click('#s');
  await capture.page.click('#e');
  const steps = await capture.steps();
  expect(steps.map((step) => [step.action, step.effect])).toEqual([
    ['click', 'dialogOpened'],
    ['dialogOpened', 'none'],
    ['click', 'stateChanged'],
    ['dialogDismissed', 'none'],
    ['click', 'formInvalid'],
    ['click', 'none'],
    ['type', 'stateChanged'],
    ['click', 'none'],
    ['submit', 'none'],
    ['click', 'stateChanged'],
  ]);
});

test(
  'movements: cut at rests and presses, with the resting point and what they ended on',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: {
        '/': page(
          '<button style="position:absolute;left:300px;top:200px;width:100px;height:40px">Save</button>',
        ),
      },
    });
    const { mouse } = capture.page;
    await mouse.move(10, 10);
    await mouse.move(200, 150, { steps: 12 });
    await capture.page.waitForTimeout(800);
    for (let step = 1; step <= 10; step++) {
      await mouse.move(200 + step * 15, 150 + step * 7);
      await capture.page.waitForTimeout(20);
    }
    await mouse.down();
    await mouse.up();
    await mouse.move(351, 221);
    await capture.page.waitForTimeout(900);
    expect(ofKind(capture, 'movement').map((movement) => [movement.end, movement.target?.role])).toEqual(
      ofKind(capture, 'movement').length === 2
        ? [
            ['none', 'document'],
            ['click', 'button'],
          ]
        : [['click', 'button']],
    );
    const last = ofKind(capture, 'movement').at(-1)!;
    expect([last.xPx.at(-1), last.yPx.at(-1)]).toEqual([350, 220]);
    expect(last.pauseBeforeMs).toBeGreaterThan(700);
    expect(last.target).toMatchObject({ xPx: 350, yPx: 220, widthPx: 100, heightPx: 40 });
  },
);

test(
  'a movement names what it came to rest on, also in an open shadow root',
  { tag: '@firefox' },
  async ({ context }) => {
    const place = (leftPx: number) =>
      `style="position:absolute;left:${leftPx}px;top:200px;width:100px;height:40px"`;
    const capture = await openCapturePage(context, {
      pages: {
        '/': page(
          `<a href="#" ${place(50)}>Plain</a><x-part></x-part><script>
          document.querySelector('x-part').attachShadow({ mode: 'open' }).innerHTML =
            '<x-inner></x-inner><button ${place(300)}>Save</button>';
        </script>`,
        ),
      },
    });
    const { mouse } = capture.page;
    for (const [leftPx, role] of [
      [300, 'button'],
      [50, 'link'],
    ] as const) {
      for (let step = 0; step <= 10; step++) {
        await mouse.move(leftPx + 50, 420 - step * 20);
        await capture.page.waitForTimeout(20);
      }
      await capture.page.waitForTimeout(900);
      const last = ofKind(capture, 'movement').at(-1)!;
      expect([last.end, last.target?.role]).toEqual(['none', role]);
    }
  },
);

test(
  'frames compose: a frame of the same origin reports places of the page',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: {
        '/': page(
          '<iframe src="/inner" style="position:absolute;left:200px;top:100px;border:5px solid"></iframe>',
        ),
        '/inner': page(
          '<button style="position:absolute;left:10px;top:20px;width:50px;height:30px">Save</button>',
        ),
      },
    });
    await capture.page.frameLocator('iframe').locator('button').click();
    const [step] = await capture.steps();
    expect(step).toMatchObject({ action: 'click', target: { xPx: 240, yPx: 140, viewportWidthPx: 1280 } });
  },
);

test(
  'what a page asks to be opened outside it does not get lost: files and choices',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: { '/': page('<input type=file><select size=4><option>one<option>two</select>') },
    });
    const [chooser] = await Promise.all([
      capture.page.waitForEvent('filechooser'),
      capture.page.click('input'),
    ]);
    await chooser.setFiles({ name: 'secret.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
    await capture.page.waitForTimeout(300);
    await capture.page.locator('option').nth(1).click();
    const actions = await capture.actions();
    expect(actions.filter((action) => action !== 'fileChosen')).toEqual(['click', 'select']);
  },
);

/**
 * What capture must not tell, in a real browser with real input: sensitive fields, what scripts do, other scopes.
 *
 * Runs the capture code alone (`capture-page.ts`). What the extension around it does is tested elsewhere.
 */
import { expect, test, openCapturePage, ofKind, ORIGIN } from './capture-page.ts';

const page = (body: string) => `<!doctype html><title>Private title</title><body>${body}</body>`;

test('sensitive fields give nothing at all', { tag: '@firefox' }, async ({ context }) => {
  const fields = [
    '<input type=password>',
    '<input autocomplete=one-time-code>',
    '<input autocomplete="section-a cc-number">',
    '<input name=userPin>',
    '<label>API key <input></label>',
    '<div data-proffer-ignore><input><button>Save</button></div>',
    '<div class=rr-block><textarea></textarea></div>',
    '<div data-sentry-block><select><option>a<option>b</select></div>',
    '<div contenteditable aria-label="Passphrase">x</div>',
    // Named in ways that are seldom: joined words, test ids, models, other letters.
    '<input name=newpassword>',
    '<input data-cy=client-secret>',
    '<input ng-model="user.pwd">',
    '<input placeholder="Contrasen\u0303a">',
    '<input placeholder="••••••">',
    // Named by what stands around them.
    '<p>Security code: <input></p>',
    '<div><b>PIN</b></div><div><div><div><input></div></div></div>',
    '<fieldset><legend>Recovery phrase</legend><p>12 words</p><textarea></textarea></fieldset>',
    '<span id=hint>Your password</span><p>x</p><p>x</p><input aria-describedby=hint>',
    '<div><p>x</p><input><span role=button>Show password</span></div>',
    '<x-field label="Access token"></x-field>',
    // Dots by a font, and a code in fields of no stated length.
    '<input style="font-family: text-security-disc">',
    `<div>${'<input aria-label="Digit of the code">'.repeat(6)}</div>`,
  ];
  const component = `<script>customElements.define('x-field', class extends HTMLElement {
    constructor() { super(); this.attachShadow({ mode: 'open' }).innerHTML = '<input>'; } })</script>`;
  const capture = await openCapturePage(context, {
    pages: { '/': page(`${fields.join('')}${component}<p>text</p>`) },
  });
  await capture.forget();
  const targets = capture.page.locator('input, textarea, select, button, [contenteditable]');
  for (let index = 0; index < (await targets.count()); index++) {
    await targets.nth(index).click();
    await capture.page.keyboard.type('ab1', { delay: 10 });
    await capture.page.keyboard.press('Control+a');
    await capture.page.keyboard.press('Control+c');
    await capture.page.keyboard.press('Enter');
    await capture.page.keyboard.press('Tab');
  }
  await capture.page.waitForTimeout(1700);
  const told = capture.fragments().filter((fragment) => fragment.kind !== 'gap');
  expect(told.filter((fragment) => fragment.kind !== 'movement')).toEqual([]);
  for (const movement of ofKind(capture, 'movement'))
    expect(movement).toMatchObject({ target: null, end: 'none' });
});

test(
  'a sensitive field is a gap once for each time that a person comes to it, and none by the page’s doing',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: { '/': page('<input id=a><input id=secret type=password><button>Save</button>') },
    });
    const gaps = () => ofKind(capture, 'gap').map(({ reason }) => reason);
    const focus = (selector: string) =>
      capture.page.evaluate((where) => document.querySelector<HTMLElement>(where)!.focus(), selector);
    for (let turn = 0; turn < 20; turn += 1) {
      await focus('#a');
      await focus('#secret');
    }
    expect(gaps()).toEqual([]);
    await capture.page.keyboard.type('abc', { delay: 10 });
    expect(gaps()).toEqual(['sensitiveField']);
    await capture.page.click('#a');
    await capture.page.keyboard.press('Tab');
    await capture.page.click('button');
    await capture.page.click('#secret');
    expect(gaps()).toEqual(['sensitiveField', 'sensitiveField', 'sensitiveField']);
  },
);

test(
  'fields beside those for secrets, and of similar names, are recorded',
  { tag: '@firefox' },
  async ({ context }) => {
    const fields = [
      '<label>Password <input></label><p>x</p><label>Comment <textarea></textarea></label>',
      '<div><p>Token</p><p><input></p></div><div><p>Title</p><p><input id=title></p></div>',
      '<input name=passenger>',
      '<input class="compass pinned" placeholder="Search">',
      '<p>How to reset a password, said at some length, in a text that is no label</p><div><p>x</p><p><input></p></div>',
    ];
    const capture = await openCapturePage(context, {
      pages: { '/': page(fields.map((field) => `<section>${field}</section>`).join('<hr>')) },
    });
    const recorded = ['textarea', '#title', '[name=passenger]', '.compass', 'section:last-child input'];
    for (const selector of recorded) {
      await capture.page.click(selector);
      await capture.page.keyboard.type('abc', { delay: 10 });
    }
    await capture.page.evaluate(() => (document.activeElement as HTMLElement).blur());
    expect(await capture.actions()).toEqual(recorded.flatMap(() => ['click', 'type']));
  },
);

test(
  'what a person has written is never a term of the vocabulary',
  { tag: '@firefox' },
  async ({ context }) => {
    const named = [
      '<div id=note contenteditable></div><button aria-labelledby=note>x</button>',
      '<textarea id=area>delete</textarea><button aria-labelledby=area>x</button>',
      '<label><input type=checkbox><span contenteditable>delete</span></label>',
      '<div contenteditable>see <a href="#x">delete</a></div>',
      '<div role=tree><div role=treeitem tabindex=0 contenteditable>delete</div></div>',
      '<output id=result>delete</output><button aria-labelledby=result>x</button>',
      '<p data-proffer-ignore id=own>delete</p><button aria-labelledby=own>x</button>',
    ];
    const capture = await openCapturePage(context, { pages: { '/': page(named.join('<hr>')) } });
    await capture.page.click('#note');
    await capture.page.keyboard.type('delete');
    await capture.page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await capture.forget();
    const controls = capture.page.locator('button, input, a, [role=treeitem]');
    for (let index = 0; index < named.length; index++) await controls.nth(index).click();
    const steps = await capture.steps();
    expect(steps).toHaveLength(named.length);
    for (const { target } of steps) expect(target?.term).toBeUndefined();
    // The same word as a control's own name is told.
    await capture.page.evaluate(() => (document.body.innerHTML = '<button>DELETE…</button>'));
    await capture.page.click('button');
    expect((await capture.steps()).at(-1)?.target?.term).toBe('delete');
  },
);

test(
  'an element that a page calls by a strange name is described like any other',
  { tag: '@firefox' },
  async ({ context }) => {
    const capture = await openCapturePage(context, {
      pages: { '/': page('<constructor tabindex=0>a</constructor><p role=constructor tabindex=0>b</p>') },
    });
    await capture.page.click('constructor');
    await capture.page.click('p');
    const steps = await capture.steps();
    expect(steps.map(({ target }) => [target?.tag, target?.role])).toEqual([
      ['other', 'generic'],
      ['p', 'other'],
    ]);
  },
);

test('a password that is shown as text stays sensitive', { tag: '@firefox' }, async ({ context }) => {
  const capture = await openCapturePage(context, {
    pages: {
      '/': page(
        `<input id=p type=password><button onclick="p.type='text'">Show</button><button id=k>Other</button>`,
      ),
    },
  });
  await capture.page.click('text=Show');
  await capture.page.click('#p');
  await capture.page.keyboard.type('secret');
  await capture.page.click('text=Other');
  expect(await capture.actions()).toEqual(['click', 'click']);
  expect(ofKind(capture, 'typingRun')).toEqual([]);
});

test('a closed shadow root gives no typing, an open one does', { tag: '@firefox' }, async ({ context }) => {
  const capture = await openCapturePage(context, {
    pages: {
      '/': page(`<closed-field tabindex=0></closed-field><open-field></open-field><div id=host></div><div id=bare tabindex=0></div><script>
        const add = (host, mode) => { host.attachShadow({ mode }).innerHTML = '<input><select><option>a<option>b</select><button>Save</button>'; };
        add(document.querySelector('closed-field'), 'closed');
        add(document.querySelector('open-field'), 'open');
        add(document.querySelector('#host'), 'closed');
        add(document.querySelector('#bare'), 'closed');
      </script>`),
    },
  });
  const boxes = await capture.page.evaluate(() =>
    ['closed-field', '#host', '#bare'].map((selector) => {
      const box = document.querySelector(selector)!.getBoundingClientRect();
      return { x: box.left + 40, y: box.top + 10 };
    }),
  );
  for (const { x, y } of boxes) {
    await capture.page.mouse.click(x, y);
    await capture.page.keyboard.type('secret');
    await capture.page.keyboard.press('Enter');
  }
  await capture.page.click('open-field input');
  await capture.page.keyboard.type('open');
  await capture.page.keyboard.press('Tab');
  await capture.page.keyboard.press('ArrowDown');
  await capture.page.click('open-field button');
  const steps = await capture.steps();
  expect(await capture.actions()).toEqual([
    'click', 'click', 'click', 'click', 'type', 'press tab', 'focus by key', 'select by key', 'click',
  ]); // prettier-ignore
  expect(steps.at(-1)?.target).toMatchObject({ tag: 'button', term: 'save' });
  expect(ofKind(capture, 'typingRun')).toHaveLength(1);
});

test('events that a script makes give nothing', { tag: '@firefox' }, async ({ context }) => {
  const capture = await openCapturePage(context, {
    pages: {
      '/': page(
        '<button>Save</button><input><form><select><option>a<option>b</select></form><dialog></dialog>',
      ),
    },
  });
  await capture.forget();
  await capture.page.evaluate(() => {
    const button = document.querySelector('button')!;
    button.click();
    for (const type of [
      'pointerdown',
      'pointerup',
      'click',
      'dblclick',
      'contextmenu',
      'keydown',
      'pointermove',
    ])
      button.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    document.querySelector('input')!.focus();
    document.querySelector('select')!.dispatchEvent(new Event('change', { bubbles: true }));
    document.querySelector('form')!.requestSubmit();
    document.querySelector('dialog')!.show();
    scrollTo(0, 100);
  });
  await capture.page.waitForTimeout(1700);
  const steps = capture.fragments().filter((fragment) => fragment.kind === 'step');
  expect(steps.filter((step) => step.action !== 'viewChange')).toEqual([]);
  await capture.page.click('input');
  expect(await capture.actions()).toEqual(['click']);
});

test(
  'only what the scopes ask for is reported, and nothing once stopped',
  { tag: '@firefox' },
  async ({ context }) => {
    for (const [scope, kinds] of [
      ['pointer', ['movement']],
      ['keys', ['typingRun']],
      ['workflow', ['step', 'view']],
    ] as const) {
      const capture = await openCapturePage(context, { scopes: [scope], pages: { '/': page('<input>') } });
      const work = async () => {
        await capture.page.mouse.move(300, 300);
        for (let step = 0; step < 10; step++) {
          await capture.page.mouse.move(280 - step * 20, 280 - step * 20);
          await capture.page.waitForTimeout(20);
        }
        await capture.page.click('input');
        await capture.page.keyboard.type('typing');
        await capture.page.mouse.wheel(0, 100);
        await capture.page.evaluate(() => (document.activeElement as HTMLElement).blur());
        await capture.page.waitForTimeout(1800);
      };
      await work();
      expect([...new Set(capture.fragments().map((fragment) => fragment.kind))].sort()).toEqual(kinds);
      await capture.page.evaluate(() => (window as unknown as { stopCapture(): void }).stopCapture());
      const before = capture.fragments().length;
      await work();
      expect(capture.fragments()).toHaveLength(before);
      await capture.page.close();
    }
  },
);

test('a page cannot tell that it is recorded', { tag: '@firefox' }, async ({ context }) => {
  const capture = await openCapturePage(context, { pages: { '/': page('<button>Save</button><input>') } });
  const before = await capture.page.content();
  await capture.page.click('button');
  await capture.page.click('input');
  await capture.page.keyboard.type('x');
  await capture.page.mouse.wheel(0, 100);
  await capture.steps();
  expect(await capture.page.content()).toBe(before);
  expect(capture.page.url()).toBe(`${ORIGIN}/`);
});

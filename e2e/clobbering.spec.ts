/**
 * Pages whose fields and pictures are named as what scripts read of forms and documents: they are recorded as any other.
 *
 * Runs the capture code alone (`capture-page.ts`), and once the extension. In a form, and in a document, such a name
 * hides the browser's own property of that name.
 */
import { mergeTests, type BrowserContext } from '@playwright/test';
import { consentTo } from '../demo/participant.ts';
import { ofKind, openCapturePage, test as ofCapture } from './capture-page.ts';
import { countQueue } from './extension-storage.ts';
import { expect, test as ofExtension } from './fixtures.ts';

const test = mergeTests(ofExtension, ofCapture);

const OF_FORMS = [
  'localName tagName id className type name role title hidden style dataset nodeType nodeName nodeValue',
  'parentElement parentNode children childNodes childElementCount firstChild firstElementChild shadowRoot',
  'previousSibling previousElementSibling nextElementSibling ownerDocument isConnected getRootNode contains',
  'attributes getAttribute hasAttribute matches closest querySelector querySelectorAll textContent labels control form',
  'getBoundingClientRect scrollTop scrollLeft scrollWidth scrollHeight clientTop clientLeft clientWidth clientHeight',
  'isContentEditable tabIndex readOnly required disabled checked selected indeterminate multiple size value',
  'hasPointerCapture checkVisibility contentDocument popover addEventListener constructor valueOf toString then',
].flatMap((line) => line.split(' '));
const OF_DOCUMENTS = [
  'activeElement body documentElement scrollingElement defaultView elementFromPoint createTreeWalker getElementById',
  'querySelectorAll querySelector visibilityState readyState addEventListener isConnected getRootNode nodeType host',
  'parentElement shadowRoot contains documentURI hidden hasFocus prerendering',
].flatMap((line) => line.split(' '));

/** @param before put before each name: with one, no name is the browser's. */
const page = (before: string) => `<!doctype html><body style="margin: 0">
  ${OF_DOCUMENTS.map((name) => `<img name="${before}${name}" width=1 height=1>`).join('')}
  <form tabindex=0 style="position: absolute; left: 0; top: 20px; width: 400px; height: 200px; overflow: auto"
    onsubmit="event.preventDefault()">
    <label style="position: absolute; left: 10px; top: 10px">Title <input></label>
    <button style="position: absolute; left: 10px; top: 50px">Save</button>
    <label style="position: absolute; left: 10px; top: 90px"><input type=checkbox> Remember</label>
    <select style="position: absolute; left: 10px; top: 120px" size=2><option>a<option>b</select>
    ${OF_FORMS.map((name) => `<input type=hidden name="${before}${name}">`).join('')}
    <div style="height: 900px"></div>
  </form>
  <form data-proffer-ignore onsubmit="event.preventDefault()"
    style="position: absolute; left: 0; top: 240px; width: 400px; height: 60px">
    ${OF_FORMS.map((name) => `<input type=hidden name="${before}${name}">`).join('')}
    <input style="position: absolute; left: 10px; top: 10px">
  </form></body>`;

async function work(context: BrowserContext, before: string) {
  const capture = await openCapturePage(context, { pages: { '/': page(before) } });
  const { mouse, keyboard } = capture.page;
  await capture.page.waitForTimeout(1500);
  for (const [xPx, yPx] of [
    [300, 150],
    [70, 40],
    [30, 80],
    [70, 120],
    [20, 160],
    [30, 260],
  ] as const) {
    // As slowly as a person: too few samples are no movement.
    for (let leftPx = 40; leftPx >= 0; leftPx -= 5) {
      await mouse.move(Math.max(0, xPx - leftPx), yPx);
      await capture.page.waitForTimeout(25);
    }
    await mouse.down();
    await mouse.up();
    await keyboard.type('ab');
    await keyboard.press('Enter');
    await keyboard.press('Tab');
    await capture.page.waitForTimeout(600);
  }
  await mouse.move(200, 150);
  await mouse.wheel(0, 100);
  const steps = await capture.steps();
  return {
    steps: steps.map(({ atMs: _atMs, pathFlags: _pathFlags, ...step }) => step),
    runs: ofKind(capture, 'typingRun').map(({ keyClass }) => keyClass),
    ends: ofKind(capture, 'movement').map(({ end, target, nestedScroller }) => ({
      end,
      target,
      nestedScroller,
    })),
    views: ofKind(capture, 'view').map(({ atMs: _atMs, ...view }) => view),
    gaps: ofKind(capture, 'gap').length,
  };
}

test(
  'fields and pictures named as properties change nothing in what is recorded',
  { tag: '@firefox' },
  async ({ context }) => {
    const ordinary = await work(context, 'its-');
    const actions = new Set(ordinary.steps.map(({ action }) => action));
    expect([...actions]).toEqual(
      expect.arrayContaining(['click', 'type', 'press', 'submit', 'focus', 'scroll']),
    );
    expect(await work(context, '')).toEqual(ordinary);
  },
);

test(
  'the extension records such a page, and does not take it for one that asks for secrets',
  { tag: '@firefox-too' },
  async ({ joinAStudy }) => {
    const { page, popup } = await joinAStudy({ path: '/help', charter: { holdHours: 24 } });
    await page.evaluate(
      ([ofForms, ofDocuments]) => {
        const named = (tag: string, name: string) =>
          Object.assign(document.createElement(tag), { name, type: 'hidden' });
        const form = document.createElement('form');
        form.setAttribute('autocomplete', 'off');
        const pictures = ofDocuments.map((name) => named('img', name));
        const fields = ofForms.map((name) => named('input', name));
        document.body.append(form, ...pictures);
        HTMLFormElement.prototype.append.apply(form, fields);
      },
      [OF_FORMS, OF_DOCUMENTS] as const,
    );
    await consentTo(popup, ['workflow']);
    await page.bringToFront();
    await page.mouse.click(200, 200);
    await expect.poll(async () => (await countQueue(popup)).steps).toBeGreaterThan(0);
  },
);

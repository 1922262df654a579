/**
 * What is done to the pages of canaries: every secret typed, brought in or passed by in the way of its place.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession, FrameLocator, Locator, Page } from '@playwright/test';
import type { Canaries } from './canaries.ts';
import type { Place } from './canary-page.ts';
import { PLACED_ON_CONTROLS } from './canary-places.ts';

const KEY_DELAY_MS = 12;
/** Longer than the wait for a second click, an effect and the next message. */
const SETTLE_MS = 2500;

type Secrets = Canaries<Place>;

async function typeInto(field: Locator, text: string): Promise<void> {
  await field.click();
  await field.page().keyboard.type(text, { delay: KEY_DELAY_MS });
}

/** Types into every kind of field. */
export async function typeEverywhere(page: Page, secrets: Secrets): Promise<void> {
  const twice = (place: Place) => `${secrets[place]} and ${secrets[place]}`;
  for (const place of ['text', 'search', 'email', 'url', 'tel', 'textarea', 'contenteditable'] as const)
    await typeInto(page.locator(`#${place}`), twice(place));
  await typeInto(page.locator('#textbox'), twice('textbox role'));
  await typeInto(page.locator('#number'), secrets.number);
  // Fields with a picker take their parts in the order of the place; their value is set as a picker does it.
  for (const type of ['date', 'datetime-local', 'month', 'week', 'time'] as const) {
    await typeInto(page.locator(`#${type}`), secrets[type].replace(/\D/g, '') || secrets[type]);
    if (type === 'date') await page.locator('#date').fill(secrets.date);
    if (type === 'datetime-local')
      await page.locator('#datetime-local').fill(`${secrets['datetime-local']}T12:00`);
  }
  await page.locator('#color').fill('#a1b2c3');
  await page.locator('#range').press('ArrowRight');
  await typeInto(frameOf(page, '#frame').locator('#inside'), `${secrets['frame field']} and more of it`);
  await typeInto(frameOf(page, '#srcdoc').locator('#inside'), `${secrets['srcdoc field']} and more of it`);
  await typeInto(page.locator('#open input'), twice('open shadow field'));
  await typeInto(page.locator('#closed'), twice('closed shadow field'));
  await typeInto(page.locator('#plain'), twice('focus inside closed shadow'));
}

function frameOf(page: Page, selector: string): FrameLocator {
  return page.frameLocator(selector);
}

/** Writes what is no plain typing: other scripts, input methods, dictation, scripts and autofill. */
export async function writeOtherwise(page: Page, cdp: CDPSession, secrets: Secrets): Promise<void> {
  const text = page.locator('#text');
  const area = page.locator('#textarea');
  await area.click();
  // Too much to type: what a paste or an input method hands over at once is inserted at once.
  for (const place of ['very long', 'cyrillic', 'han', 'arabic', 'accented', 'emoji'] as const)
    await page.keyboard.insertText(secrets[place]);
  for (const place of ['cyrillic', 'accented', 'arabic'] as const)
    for (const key of secrets[place])
      await cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key });

  await text.click();
  const composed = secrets['input method'];
  for (const length of [2, 6, composed.length]) {
    const selection = { selectionStart: length, selectionEnd: length };
    await cdp.send('Input.imeSetComposition', { text: composed.slice(0, length), ...selection });
  }
  await cdp.send('Input.insertText', { text: composed });
  for (const letter of secrets['dead keys']) {
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'Dead', code: 'Quote' });
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Dead', code: 'Quote' });
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', key: letter, text: letter });
  }
  await insertByCommand(page, secrets.dictated);
  await page.evaluate(
    ([replacement, scripted]) => {
      const field = document.querySelector<HTMLInputElement>('#text')!;
      const about = { inputType: 'insertReplacementText', data: replacement, bubbles: true };
      field.dispatchEvent(new InputEvent('beforeinput', about));
      field.setRangeText(replacement);
      field.dispatchEvent(new InputEvent('input', about));
      field.value += scripted;
      for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
    },
    [secrets['replacement text'], secrets['set by a script']] as const,
  );
  const fields = [
    { name: 'NAME_FULL', value: `Ada ${secrets['autofilled name']}` },
    { name: 'ADDRESS_HOME_CITY', value: secrets['autofilled city'] },
    { name: 'ADDRESS_HOME_COUNTRY', value: 'US' },
  ];
  await autofill(cdp, '#fill-name', { address: { fields } });
}

/** What gives trusted input events without a key, as dictation does. The types call the command deprecated. */
async function insertByCommand(page: Page, text: string): Promise<void> {
  await page.evaluate(`document.execCommand('insertText', false, ${JSON.stringify(text)})`);
}

/** Lets the browser itself fill in a form, as it does with what it has saved. */
export async function autofill(cdp: CDPSession, selector: string, filling: object): Promise<void> {
  await cdp.send('DOM.enable');
  const { root } = await cdp.send('DOM.getDocument');
  const { nodeId } = await cdp.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { node } = await cdp.send('DOM.describeNode', { nodeId });
  await cdp.send('Autofill.enable');
  await cdp.send('Autofill.trigger', { fieldId: node.backendNodeId, ...filling });
}

/** Clipboard, dragging and files. */
export async function carryAround(page: Page, cdp: CDPSession, secrets: Secrets, dir: string): Promise<void> {
  const { keyboard } = page;
  for (const [place, shortcut] of [
    ['copied', 'Control+c'],
    ['cut', 'Control+x'],
  ] as const) {
    await typeInto(page.locator('#paste'), secrets[place]);
    await keyboard.press('Control+a');
    await keyboard.press(shortcut);
    await page.locator('#search').click();
    await keyboard.press('Control+v');
    await page.locator('#paste').fill('');
  }
  await page.locator('#paste').click();
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.activeElement!.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true }),
    );
  }, secrets.pasted);
  await insertByCommand(page, secrets.pasted);
  await page.locator('#end').dblclick();
  await keyboard.press('Control+c');
  await page.locator('#drag').dragTo(page.locator('#drop'));
  await typeInto(page.locator('#paste'), secrets.dragged);
  await keyboard.press('Control+a');
  await page.locator('#paste').dragTo(page.locator('#drop'));
  const file = join(dir, `${secrets['file name']}.txt`);
  writeFileSync(file, secrets['file content']);
  await page.locator('#file').setInputFiles(file);
  await dropFile(page, cdp, secrets, dir);
}

/** Drops a file as from the desktop, and nothing else: the page learns its name, the recorder must not. */
async function dropFile(page: Page, cdp: CDPSession, secrets: Secrets, dir: string): Promise<void> {
  const file = join(dir, `${secrets['dropped file name']}.txt`);
  writeFileSync(file, secrets['dropped file content']);
  await page.locator('#dropzone').scrollIntoViewIfNeeded();
  const box = (await page.locator('#dropzone').boundingBox())!;
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await cdp.send('Input.dispatchDragEvent', { type, x: box.x + 20, y: box.y + 8, data });
}

/** Clicks every piece that a secret is placed in, by mouse and by keyboard. */
export async function clickEverything(page: Page): Promise<void> {
  for (const index of PLACED_ON_CONTROLS.keys()) {
    if (index % 8 === 0) await wander(page);
    const inside = page
      .locator(`[data-box="${index}"] > *:not(style, script, template, datalist, span)`)
      .last();
    await inside.click({ force: true });
    if (index % 3 === 0) await page.keyboard.press('Enter');
    if (index % 7 === 0) await inside.click({ force: true, button: 'right' });
  }
}

/** Moves the pointer as a hand does: slowly enough for several samples. */
async function wander(page: Page): Promise<void> {
  for (let step = 0; step < 8; step++) {
    await page.mouse.move(200 + step * 45, 150 + step * 30);
    await page.waitForTimeout(40);
  }
}

/** Changes the address in every way a page can, and opens another window. */
export async function goAround(page: Page, secrets: Secrets): Promise<void> {
  const stages: ((secrets: Secrets) => void)[] = [
    (all) => history.pushState({ note: all['history state'] }, '', `/${all['pushed path']}/edit`),
    (all) => history.pushState({}, '', `?q=${all['pushed query']}`),
    (all) => history.replaceState({}, '', `/users/${all['replaced path']}`),
    (all) => (location.hash = all['changed hash']),
    (all) => (location.hash = `#/users/${all['hash route']}/edit`),
    (all) => navigation.updateCurrentEntry({ state: { note: all['navigation state'] } }),
    (all) => (document.title = all.title),
  ];
  for (const stage of stages) {
    await page.evaluate(stage, secrets);
    await page.locator('h1').click();
  }
  page.once('dialog', (dialog) => void dialog.accept());
  await page.evaluate((text) => alert(text), secrets['alert text']);
  page.once('dialog', (dialog) => void dialog.accept(secrets['prompt answer']));
  await page.evaluate((text) => prompt(text, text), secrets['alert text']);
  const opening = page.context().waitForEvent('page');
  await page.evaluate(
    (path) => void window.open(`/frame/${path}?note=${path}#${path}`, path),
    secrets['opened window'],
  );
  const opened = await opening;
  await typeInto(opened.locator('#inside'), secrets['frame field']);
  await opened.waitForTimeout(SETTLE_MS);
  await opened.close();
}

/** The browser's own viewer, inside a page and as one. */
export async function readPdf(page: Page, pdfUrl: string, secrets: Secrets): Promise<void> {
  await page.locator('#pdf').click();
  await page.keyboard.type(secrets['PDF field'], { delay: KEY_DELAY_MS });
  const document = await page.context().newPage();
  await document.goto(pdfUrl);
  await document.waitForTimeout(1000);
  await document.mouse.move(200, 200, { steps: 12 });
  await document.mouse.dblclick(300, 300);
  await document.keyboard.press('Control+a');
  await document.keyboard.press('Control+c');
  await document.keyboard.type(secrets['PDF field'], { delay: KEY_DELAY_MS });
  await document.waitForTimeout(SETTLE_MS);
  await document.close();
}

/** Types into the fields that must give nothing, without the pointer, whose way says nothing of a field. */
export async function useNamedFields(page: Page, secrets: Secrets): Promise<void> {
  const fields = {
    '#named': 'named password',
    '#pin': 'named pin',
    '#token': 'labelled token',
    '#ignored': 'ignored region',
    '#masked': 'masked field',
    '#joined': 'joined name',
    '#before': 'text before',
    '#component input': 'component label',
    '#dotted': 'dotted placeholder',
  } as const;
  for (const [selector, place] of Object.entries(fields)) {
    await page.locator(selector).focus();
    await page.keyboard.type(`${secrets[place]} and ${secrets[place]}`, { delay: KEY_DELAY_MS });
    for (const key of ['Backspace', 'Control+a', 'Control+c', 'Control+x', 'Control+v', 'Control+z', 'Enter'])
      await page.keyboard.press(key);
  }
  await page.waitForTimeout(SETTLE_MS);
}

/** Pages that must give nothing at all, whatever is done on them. */
export async function useVaults(
  page: Page,
  cdp: CDPSession,
  origin: string,
  secrets: Secrets,
): Promise<void> {
  const visit = async (kind: string) => {
    await page.goto(`${origin}/vault/${kind}`);
    await page.mouse.move(400, 300);
    await page.mouse.move(80, 60, { steps: 15 });
    await page.locator('#plain').click();
    await typeInto(page.locator('#text'), 'long enough for a rhythm of its own');
  };
  const finish = async () => {
    await page.locator('#send').click();
    await page.waitForTimeout(SETTLE_MS);
  };
  for (const [kind, place] of [
    ['password', 'password'],
    ['new', 'new password'],
    ['code', 'one-time code'],
  ] as const) {
    await visit(kind);
    await typeInto(page.locator('#secret'), secrets[place]);
    await finish();
  }
  await visit('shown');
  await page.locator('#show').click();
  await typeInto(page.locator('#secret'), secrets['password shown']);
  await page.evaluate(() => history.pushState({}, '', '/vault/still-shown'));
  await page.waitForTimeout(SETTLE_MS);
  await typeInto(page.locator('#secret'), secrets['password shown']);
  await finish();
  await visit('split');
  await page.locator('input[maxlength]').first().click();
  await page.keyboard.type(secrets['split code'].slice(0, 6), { delay: 80 });
  await finish();
  await visit('card');
  const card = {
    number: secrets['card number'],
    name: secrets['card holder'],
    expiryMonth: '12',
    expiryYear: '2035',
    cvc: '123',
  };
  await autofill(cdp, '#secret', { card });
  await typeInto(page.locator('#secret'), secrets['card number']);
  await finish();
}

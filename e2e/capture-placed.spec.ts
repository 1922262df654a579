/**
 * Capture as the extension places it: every kind of frame, pages open before consent, tabs, interruptions, an update.
 */
import { consentTo, openPopup } from '../demo/participant.ts';
import type { BrowserOfPerson } from '../demo/open-browser.ts';
import { expect, test } from './open-placed.ts';
import { servePages } from './serve-pages.ts';
import { heldSteps, told } from './told-steps.ts';

/** What the browser's own page of extensions may do. */
declare const chrome: {
  developerPrivate: {
    updateProfileConfiguration(change: { inDeveloperMode: boolean }): Promise<void>;
    reload(extensionId: string): Promise<void>;
  };
};

const FRAMES = `<!doctype html><body><button>Open</button><iframe id=written></iframe>
  <iframe id=inline srcdoc="<button>Next</button>"></iframe><div id=host></div><script>
    const write = (frame, html) => { const d = frame.contentDocument; d.open(); d.write(html); d.close(); };
    write(written, '<button>Delete</button><div contenteditable>text</div>');
    host.attachShadow({ mode: 'open' }).innerHTML = '<iframe src="/inner"></iframe>';
    setTimeout(() => {
      const late = document.createElement('iframe');
      late.id = 'late';
      document.body.append(late);
      late.contentDocument.body.innerHTML = '<button>Cancel</button>';
      setTimeout(() => write(late, '<button>Close</button>'), 1500);
    }, 500);
  </script>`;
const IN_ALL_FRAMES = [
  'click open', 'click delete', 'click textbox', 'type textbox', 'click next', 'click save', 'click close',
]; // prettier-ignore

for (const when of ['before consent', 'after it'] as const) {
  const title = `every kind of frame of a page that was opened ${when} is recorded, once`;
  test(title, { tag: '@firefox' }, async ({ openPlaced }) => {
    const { page, popup } = await openPlaced({ '/': FRAMES, '/inner': '<button>Save</button>' });
    if (when === 'before consent') await page.waitForTimeout(3000);
    await consentTo(popup, ['workflow']);
    await page.bringToFront();
    if (when === 'after it') {
      await page.reload();
      await page.waitForTimeout(3500);
    }
    await page.getByText('Open').click();
    const written = page.frameLocator('#written');
    await written.getByText('Delete').click();
    await written.getByText('text').click();
    await page.keyboard.type('abc');
    await page.frameLocator('#inline').getByText('Next').click();
    await page.locator('#host iframe').contentFrame().getByText('Save').click();
    await page.frameLocator('#late').getByText('Close').click();
    await expect.poll(() => told(popup), { timeout: 30_000 }).toHaveLength(IN_ALL_FRAMES.length);
    expect(await told(popup)).toEqual(IN_ALL_FRAMES);
  });
}

test(
  'a place in a frame of another origin is told as its place in the page',
  { tag: '@firefox' },
  async ({ openPlaced }) => {
    const other = await servePages(
      () => '<button style="position:absolute;left:20px;top:30px">Next</button>',
    );
    const { page, popup } = await openPlaced(
      { '/': `<iframe src="${other.origin}/" style="position:absolute;left:900px;top:500px"></iframe>` },
      { apps: [{ label: 'desk', matches: ['http://127.0.0.1/*'] }] },
    );
    await consentTo(popup, ['workflow']);
    await page.bringToFront();
    await page.reload();
    await page.waitForTimeout(2500);
    const button = page.frameLocator('iframe').getByText('Next');
    const box = (await button.boundingBox())!;
    await page.mouse.move(100, 100);
    await button.click();
    await expect.poll(() => told(popup)).toEqual(['click next']);
    const target = (await heldSteps(popup))
      .map((held) => ('step' in held ? held.step?.target : undefined))
      .at(-1)!;
    expect([target.gridX, target.gridY]).toEqual([
      Math.floor(((box.x + box.width / 2) / 1280) * 12),
      Math.floor(((box.y + box.height / 2) / 800) * 8),
    ]);
    await other.close();
  },
);

test(
  'tabs: one that is opened, and going from one to another',
  { tag: '@firefox-too' },
  async ({ openPlaced }) => {
    const { browser, page, popup } = await openPlaced({
      '/': '<button>Save</button><a href="/two" target=_blank>Next</a>',
      '/two': '<button>Close</button>',
    });
    await consentTo(popup, ['workflow']);
    await page.bringToFront();
    const opened = browser.context.waitForEvent('page');
    await page.getByText('Next').click();
    const second = await opened;
    await second.waitForLoadState();
    await second.waitForTimeout(1500);
    await second.getByText('Close').click();
    await second.waitForTimeout(300);
    await page.bringToFront();
    await page.getByText('Save').click();
    const expected = [
      'click next',
      'viewChange newTab',
      'tabSwitch',
      'click close',
      'tabSwitch',
      'click save',
    ];
    await expect.poll(() => told(popup), { timeout: 30_000 }).toEqual(expected);
  },
);

test(
  'a pause and an address that is left out are told as gaps, a withdrawal is not',
  { tag: '@firefox-too' },
  async ({ openPlaced }) => {
    const { page, popup } = await openPlaced(
      {
        '/': `<button onclick="history.pushState(0, '', '/private/x')">Open</button><button onclick="history.pushState(0, '', '/')">Back</button>`,
      },
      { neverRecord: ['http://127.0.0.1/private/*'] },
    );
    const click = async (name: string) => {
      await page.bringToFront();
      await page.getByText(name).click();
      // A step waits for its effect, and for the next message; a pause drops what was not sent.
      await page.waitForTimeout(4000);
      await popup.bringToFront();
    };
    await consentTo(popup, ['workflow']);
    await click('Back');
    await popup.getByRole('button', { name: 'Pause until I resume' }).click();
    await popup.getByText('Recording is paused').waitFor();
    await click('Back');
    await popup.getByRole('button', { name: 'Resume recording' }).click();
    await popup.getByRole('button', { name: 'Pause until I resume' }).waitFor();
    await click('Back');
    expect(await told(popup)).toEqual(['click back', 'gap paused', 'click back']);
    await click('Open');
    await click('Back');
    await click('Back');
    await expect.poll(() => told(popup)).toContain('gap excluded');
    await popup.getByRole('button', { name: 'Stop and withdraw' }).click();
    await popup.getByRole('button', { name: 'Stop and withdraw now' }).click();
    await popup.getByRole('button', { name: 'Change my mind' }).click();
    await consentTo(popup, ['workflow']);
    await click('Back');
    await expect.poll(() => told(popup)).toEqual(['click back']);
  },
);

test('an update while a page is open: the new recorder takes over, tells that something may be missing, and nothing twice', async ({
  openPlaced,
}) => {
  const { browser, page, popup } = await openPlaced({ '/': '<button>Save</button><button>Cancel</button>' });
  await consentTo(popup, ['workflow']);
  await page.bringToFront();
  await page.getByText('Save').click();
  await expect.poll(() => told(popup)).toEqual(['click save']);
  await reloadExtension(browser);
  await page.waitForTimeout(3000);
  await page.bringToFront();
  await page.getByText('Cancel').click();
  await page.getByText('Save').click();
  const popupAfter = await openPopup(browser, page);
  const all = ['click save', 'gap workerUnreachable', 'click cancel', 'click save'];
  await expect.poll(() => told(popupAfter)).toEqual(all);
});

/** As an update does: the worker ends, pages of the extension close, its scripts in pages are orphans. */
async function reloadExtension(browser: BrowserOfPerson): Promise<void> {
  const extensions = await browser.context.newPage();
  await extensions.goto('chrome://extensions');
  await extensions.evaluate(async (id) => {
    // Without it, what is loaded from a folder does not come back.
    await chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
    await chrome.developerPrivate.reload(id);
  }, new URL(browser.extensionOrigin).host);
  await extensions.close();
}

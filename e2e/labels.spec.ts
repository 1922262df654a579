/**
 * Labels on what capture truly records: scripted sessions in pages that record themselves, through the extension's own
 * code into episodes, and what the dataset then says of each step.
 */
import { ACTION_NAMES } from '../dataset/field-names.ts';
import { labelWork } from '../dataset/labels/label-work.ts';
import { assembleEpisodes, type EpisodeContent } from '../src/anonymize/assemble-episodes.ts';
import { createKeyedHasher } from '../src/anonymize/keyed-hash.ts';
import { protectFragments } from '../src/anonymize/protect-fragments.ts';
import type { RawFragment } from '../src/capture/fragments.ts';
import { onLocalGrid, type HeldStep } from '../src/trace/held-step.ts';
import { cryptoRandom } from '../src/trace/random.ts';
import { expect, test, openCapturePage, ORIGIN } from './capture-page.ts';

interface Tab {
  app: string;
  fragments: readonly RawFragment[];
}

/** What the extension would make of what the pages of some tabs have reported: one episode. */
async function episodeOf(tabs: readonly Tab[]): Promise<EpisodeContent> {
  const hasher = await createKeyedHasher('A'.repeat(43));
  const held: (HeldStep & { taken: { tabId: number } })[] = [];
  for (const [tabId, { app, fragments }] of tabs.entries()) {
    const frame = String(tabId).repeat(22);
    const message = { frame, number: 0, permit: 'permit', fragments: [...fragments] };
    const made = await protectFragments(message, {
      scopes: ['workflow'],
      level: 'balanced',
      app,
      isTopFrame: true,
      topUrl: ORIGIN,
      tabView: undefined,
      hasher,
      random: cryptoRandom,
    });
    for (const step of made.steps) {
      if (!('view' in step)) continue;
      const { atMs, ...content } = step;
      const place = { sequence: held.length, startMs: onLocalGrid(atMs), taken: { tabId } };
      held.push({ ...content, ...place, charter: 'c', level: 'balanced', split: undefined });
    }
  }
  const assembled = assembleEpisodes(held, Date.now(), true);
  expect(assembled).toHaveLength(1);
  const { content } = assembled[0]!;
  if (content?.kind !== 'episode') throw new Error('no episode was made');
  return content;
}

/** Each step in a word or two, with its labels. */
async function labelled(tabs: readonly Tab[]): Promise<string[]> {
  const episode = await episodeOf(tabs);
  const labels = labelWork(episode);
  return episode.steps.map(({ action, target, key }, index) => {
    const form = labels.forms.get(index);
    const routine = labels.routines.get(index);
    const words = [
      labels.causes.has(index) ? '-' : undefined,
      ACTION_NAMES[action],
      key,
      target?.term ?? target?.role,
      labels.deadClicks.has(index) && '+dead',
      labels.reClicks.has(index) && '+again',
      labels.corrections.has(index) && `+correction${labels.corrections.get(index)}`,
      labels.backTracks.has(index) && '+back',
      labels.dismissedDialogs.has(index) && '+dismissed',
      form && `+form${form.id}:${form.end}`,
      routine && `+routine${routine.id}:${routine.time}`,
      labels.appSwitchLoops.has(index) && `+loop${labels.appSwitchLoops.get(index)}`,
    ];
    return words.filter(Boolean).join(' ');
  });
}

const page = (body: string) =>
  `<!doctype html><body><nav><a href="/settings">Settings</a></nav><main>${body}</main>`;

test('clicks that nothing came of, corrections and dialogs', { tag: '@firefox' }, async ({ context }) => {
  const capture = await openCapturePage(context, {
    pages: {
      '/': page(`
        <button id=dead>Refresh</button>
        <button id=toggle aria-pressed=false onclick="ariaPressed = ariaPressed === 'true' ? 'false' : 'true'">Bold</button>
        <button id=open onclick="dialog.showModal()">Delete</button>
        <textarea></textarea>
        <dialog id=dialog aria-label=Sure><button id=ok onclick="dialog.close()">OK</button>
          <button id=cancel onclick="dialog.close()">Cancel</button></dialog>`),
    },
  });
  const { keyboard } = capture.page;
  // Longer than a double click, so that each click is one of its own.
  const click = async (selector: string) => {
    await capture.page.waitForTimeout(800);
    await capture.page.click(selector);
  };
  await click('#dead');
  await click('#dead');
  await click('#toggle');
  await click('#toggle');
  await click('textarea');
  await keyboard.type('some words');
  await keyboard.press('Control+z');
  await keyboard.press('Control+z');
  await click('#open');
  await capture.page.waitForTimeout(300);
  await keyboard.press('Escape');
  await click('#open');
  await click('#cancel');
  await click('#open');
  await click('#ok');
  await capture.steps();
  expect(await labelled([{ app: 'desk', fragments: capture.fragments() }])).toEqual([
    'navigate',
    'click refresh +dead',
    'click refresh +dead +again',
    'click bold',
    'click bold',
    'click textbox',
    'type textbox',
    'undo textbox +correction0',
    'hotkey textbox +correction0',
    'click delete',
    '- dialog_opened dialog',
    'press escape ok',
    '- dialog_dismissed dialog +dismissed',
    'click delete',
    '- dialog_opened dialog',
    'click cancel',
    '- dialog_dismissed dialog +dismissed',
    'click delete',
    '- dialog_opened dialog',
    'click ok',
    '- dialog_dismissed dialog',
  ]);
});

test('forms mended and abandoned, ways back and a routine', { tag: '@firefox' }, async ({ context }) => {
  const form = (
    next: string,
  ) => `<form action="${next}"><input aria-label=Name required><input aria-label=Email required>
    <button>Send</button></form>`;
  const item = `<textarea aria-label=Notes></textarea><button onclick="history.back()">Done</button>`;
  const list = `<ul>${[1, 2, 3].map((id) => `<li><a href="/tickets/${id}">Ticket ${id}</a></li>`).join('')}</ul>`;
  const capture = await openCapturePage(context, {
    pages: {
      '/': page(form('/sent')),
      '/sent': page('<a href="/create">New</a>'),
      '/create': page(form('/sent')),
      '/settings': page('<a href="/tickets">Tickets</a>'),
      '/tickets': page(list),
      ...Object.fromEntries([1, 2, 3].map((id) => [`/tickets/${id}`, page(item)])),
    },
  });
  const { keyboard } = capture.page;
  const act = async (selector: string, path?: string) => {
    await capture.page.waitForTimeout(700);
    await capture.page.click(selector);
    if (path !== undefined) await capture.page.waitForURL((url) => url.pathname === path);
  };
  await act('input >> nth=0');
  await keyboard.type('someone');
  await act('button');
  await act('input >> nth=1');
  await keyboard.type('address');
  await act('button', '/sent');
  await act('main a', '/create');
  await act('input >> nth=0');
  await keyboard.type('other');
  await act('nav a', '/settings');
  await act('main a', '/tickets');
  for (const id of [1, 2, 3]) {
    await act(`li >> nth=${id - 1} >> a`, `/tickets/${id}`);
    await act('textarea');
    await keyboard.type('seen');
    await act('button', '/tickets');
  }
  await act('nav a', '/settings');
  await capture.page.waitForTimeout(700);
  await capture.page.goBack();
  await capture.steps();
  expect(await labelled([{ app: 'desk', fragments: capture.fragments() }])).toEqual([
    'navigate',
    'click name',
    'type name +form0:mended',
    'click send +form0:mended',
    'click email',
    'type email +form0:mended',
    'click send +form0:mended',
    '- submit form +form0:mended',
    '- navigate',
    'click new',
    '- navigate',
    'click name',
    'type name +form1:abandoned',
    'click settings +form1:abandoned',
    '- navigate +form1:abandoned',
    'click link',
    '- navigate',
    'click link +routine0:0',
    '- navigate +routine0:0',
    'click notes +routine0:0',
    'type notes +routine0:0',
    'click done +routine0:0',
    '- navigate +back +routine0:0',
    'click link +routine0:1',
    '- navigate +routine0:1',
    'click notes +routine0:1',
    'type notes +routine0:1',
    'click done +routine0:1',
    '- navigate +back +routine0:1',
    'click link +routine0:2',
    '- navigate +routine0:2',
    'click notes +routine0:2',
    'type notes +routine0:2',
    'click done +routine0:2',
    '- navigate +back +routine0:2',
    'click settings',
    '- navigate +back',
    'navigate +back',
  ]);
});

test('two apps by turns', async ({ context }) => {
  const pages = { '/': page('<button>Copy</button>') };
  const mail = await openCapturePage(context, { pages });
  const desk = await openCapturePage(context, { pages });
  for (const tab of [mail, desk, mail, desk]) {
    await tab.page.bringToFront();
    await tab.page.waitForTimeout(1200);
    await tab.page.click('button');
  }
  await desk.steps();
  const tabs = [mail, desk].map((tab, index) => ({
    app: ['mail', 'desk'][index]!,
    fragments: tab.fragments(),
  }));
  expect(await labelled(tabs)).toEqual([
    'navigate',
    'navigate',
    'click copy +routine0:0 +loop0',
    'switch_tab +routine0:0 +loop0',
    'click copy +routine0:0 +loop0',
    'switch_tab +loop0',
    'click copy +routine0:1 +loop0',
    'switch_tab +routine0:1 +loop0',
    'click copy +routine0:1 +loop0',
  ]);
});

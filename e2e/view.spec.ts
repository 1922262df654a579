/**
 * `proffer view` in a real browser: found by filters, played by keyboard, accessible on every page, and gone when stopped.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { anEpisode, aRow, aStep, aTarget, aView } from '../dataset/testing/published-rows.ts';
import {
  aCollector,
  aLinkedCollector,
  CHARTER,
  LINKED_PURPOSE,
  pullOrFail,
  someRows,
} from '../dataset/testing/pulling.ts';
import { chromiumPath, QUIET_ARGS } from '../demo/open-browser.ts';
import { MAX_EPISODE_STEPS, ROLES } from '../src/trace/limits.ts';
import { expectAccessible } from './expect-accessible.ts';
import { expect, test } from './fixtures.ts';

const MAIN = fileURLToPath(new URL('../dataset/main.ts', import.meta.url));

test.use({ launchOptions: { ...chromiumPath(), args: QUIET_ARGS } });

/** As long as an episode can be, with the longest names there are. */
const LONGEST = anEpisode(0, {
  gaps: [],
  views: [aView({ app: 'a-label-as-long-as-charter-allow' }), aView()],
  steps: Array.from({ length: MAX_EPISODE_STEPS }, (_, index) =>
    aStep({
      action: 'viewChange',
      navigation: 'backForward',
      effect: 'navigationFailed',
      pathFlags: ['hesitated', 'reversed', 'overshot'],
      target: aTarget({ role: ROLES[index % ROLES.length]!, gridX: index % 12, landmark: 'complementary' }),
      view: index % 2,
    }),
  ),
});

/** Runs the command on a folder, as a user would, and stops it afterwards as by Ctrl+C. */
async function viewing(dir: string, look: (url: string) => Promise<void>): Promise<void> {
  const command = spawn(process.execPath, [MAIN, 'view', dir, '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(command, 'exit');
  try {
    const [url] = (await once(createInterface(command.stdout), 'line')) as [string];
    await look(url);
  } finally {
    command.kill('SIGINT');
  }
  expect(await ended).toEqual([0, null]);
}

test('an episode is found and played by keyboard; every page is accessible and loads nothing from elsewhere', async ({
  dir,
  page,
}) => {
  const outDir = join(dir, 'dataset');
  await pullOrFail(aCollector([...someRows(1, 60), aRow(CHARTER.hash, LONGEST)]), outDir);
  const problems: string[] = [];
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await viewing(outDir, async (url) => {
    page.on('request', (request) => {
      if (!request.url().startsWith(url) && !request.url().startsWith('data:')) problems.push(request.url());
    });
    await page.goto(url);
    await expect(page.getByRole('status')).toHaveText('61 episodes');
    await expectAccessible('list', page);
    await page.locator('select[name=mark]').selectOption('hesitated');
    await page.getByLabel('Steps at least').fill('100');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status')).toHaveText('1 of 61 episodes');

    // Who asked for less motion is shown no button that plays.
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await page.getByRole('link', { name: LONGEST.recordId }).press('Enter');
    const caption = page.locator('#caption');
    await expect(caption).toHaveText(/^Moment 1 of 200: navigate back_forward, /);
    await expect(page.locator('.stage:visible')).toHaveCount(1);
    await page.getByRole('button', { name: 'Next' }).press('Enter');
    await expect(caption).toHaveText(/^Moment 2 of 200/);
    await page.getByRole('slider', { name: 'Moment' }).press('End');
    await expect(page.locator('[aria-current=step] .number')).toHaveText('199');
    await expect(page.locator('[aria-current=step]')).toBeInViewport();
    await page.getByRole('button', { name: 'Play' }).press('Enter');
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
    await expect(caption).toHaveText(/^Moment [2-9] of 200/);
    await expectAccessible('longest episode', page);

    for (const name of ['Movements', 'Typing runs', 'Distributions']) {
      await page.getByRole('link', { name }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
      await expectAccessible(name, page);
    }
    const picture = page.getByRole('img', { name: /^Actions of steps/ });
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(640);
    expect(problems).toEqual([]);
  });
  await expect(page.goto('about:blank')).resolves.toBeNull();
});

test('a trace plays its movements along their samples', async ({ dir, page }) => {
  const outDir = join(dir, 'linked');
  await pullOrFail(aLinkedCollector(1), outDir, { purpose: LINKED_PURPOSE });
  await viewing(outDir, async (url) => {
    await page.goto(url);
    await page.locator('tbody a').first().click();
    await page
      .getByRole('button', { name: /^movement/ })
      .first()
      .click();
    const dots = page.locator('.stage:visible .stage-trail:visible circle');
    const whole = await dots.count();
    expect(whole).toBeGreaterThan(2);
    await expect(dots.locator('visible=true')).toHaveCount(whole);
    await expectAccessible('trace', page);
  });
});

test('an empty dataset says so, and its page holds', async ({ dir, page }) => {
  const outDir = join(dir, 'empty');
  await pullOrFail(aCollector(), outDir);
  await viewing(outDir, async (url) => {
    await page.goto(url);
    await expect(page.getByText('The dataset holds no episodes yet.')).toBeVisible();
    await expectAccessible('empty', page);
  });
});

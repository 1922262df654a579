import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Charter } from '../../src/charter/charter.ts';
import { aCharter } from '../testing/builders.ts';
import { aPackageDescription } from '../testing/packages.ts';
import type { OutFile } from '../write-files.ts';
import { createKit } from './kit-files.ts';
import { createProgramme } from './programme.ts';

const UPDATE_URL = 'https://extension.example.com/extension/updates.json';

async function kitOf(charter: Charter = aCharter(), updateUrl: string | null = null): Promise<OutFile[]> {
  const packages = aPackageDescription({ hosts: ['https://*.example.com/*', 'https://x.okta.com/*'] });
  packages.firefox.updateUrl = updateUrl;
  const newKey = () => randomBytes(32).toString('base64url');
  return createKit(
    await createProgramme({
      charter,
      packages,
      extensionUrl: 'https://extension.example.com',
      participantKey: newKey(),
      hashingKey: newKey,
    }),
  );
}

const pageOf = (files: readonly OutFile[], folder: string) =>
  files.find(({ path }) => path === `${folder}README.md`)!.content.toString();

/** What a page says under a heading, on one line for each paragraph. */
function sectionOf(page: string, heading: string): string {
  const [, section] = page.split(`\n## ${heading}\n`);
  return section!.split('\n## ')[0]!.trim();
}

/** Each fenced block of commands, with its words of each line and without what a reader is told beside it. */
function commandBlocks(page: string): string[][] {
  return [...page.matchAll(/^( *)```sh\n([\s\S]*?)^\1```/gm)].map(([, , block]) =>
    block!
      .split('\n')
      .map((line) => line.replace(/ +#.*$/, '').trim())
      .filter((line) => line !== ''),
  );
}

const PAGES = {
  windows: 'windows/',
  macos: 'macos/',
  linux: 'linux/',
  google: 'google-admin/',
  firefox: 'firefox/',
};
const OF_FIREFOX = ['macos', 'linux', 'firefox'] as const;
const OF_CHROMIUM = ['windows', 'macos', 'linux', 'google'] as const;
const OF_BOTH = ['macos', 'linux'] as const;

describe('a page of Firefox', () => {
  test.each(OF_FIREFOX)('(%s) says that a changed policy counts at its next start', async (name) => {
    const page = pageOf(await kitOf(), PAGES[name]);
    for (const heading of ['Upgrade', 'Remove']) {
      const sentences = sectionOf(page, heading).match(/(applies|Recording ends) [^.;]+/g);
      expect(sentences, heading).toHaveLength(1);
      expect(sentences![0], heading).toMatch(/in Firefox at its next start|at the next start of Firefox/);
    }
    expect(page).not.toContain('at once');
  });

  test.each(OF_FIREFOX)('(%s) says how a package without an address for updates is renewed', async (name) => {
    const ownPart = (page: string, heading: string) => {
      const section = sectionOf(page, heading);
      return /\*\*Firefox:\*\* ([^\n]+)/.exec(section)?.[1] ?? section;
    };
    const [without, withUrl] = [await kitOf(), await kitOf(aCharter(), UPDATE_URL)].map((files) =>
      pageOf(files, PAGES[name]),
    );
    expect(ownPart(without!, 'Upgrade')).toMatch(/make a new kit and install its file for Firefox/);
    expect(ownPart(without!, 'Upgrade')).not.toContain('The policy stays as it is');
    expect(ownPart(without!, 'Roll back')).toContain('the former kit’s file for Firefox');
    expect(ownPart(withUrl!, 'Upgrade')).toContain('The policy stays as it is');
    expect(ownPart(withUrl!, 'Upgrade')).not.toContain('make a new kit and');
  });

  test.each(OF_FIREFOX)('(%s) does not promise that Firefox holds the list of hosts', async (name) => {
    const promise = sectionOf(pageOf(await kitOf(), PAGES[name]), 'Whose promise');
    const ofFirefox = promise.split('\n\n').find((part) => part.includes('Firefox has no policy'));
    expect(ofFirefox).toContain('hosts in its manifest only');
    expect(ofFirefox).toContain('`https://*.example.com/*`');
    expect(ofFirefox).not.toContain('reaches no other host');
    const ofOthers = promise.split('\n\n').filter((part) => part.includes('reaches no other host'));
    expect(ofOthers).toHaveLength(name === 'firefox' ? 0 : 1);
    for (const part of ofOthers) expect(part).toMatch(/^\*\*The browser's\*\*, in Chrome[A-Za-z, ]+ Edge,/);
  });

  test.each(OF_FIREFOX)('(%s) takes a signed extension away by what kits have for that', async (name) => {
    const remove = sectionOf(pageOf(await kitOf(), PAGES[name]), 'Remove');
    expect(remove).toContain(
      name === 'macos' ? 'proffer-firefox-remove.mobileconfig' : 'policies-remove.json',
    );
    expect(remove).toContain('only taken away leaves a signed extension');
  });
});

test.each(OF_CHROMIUM)(
  'a page of Chromium (%s) says that a running browser follows its policy',
  async (name) => {
    const page = pageOf(await kitOf(), PAGES[name]);
    expect(sectionOf(page, 'Upgrade')).toContain('as soon as a running browser has the changed policy');
    expect(sectionOf(page, 'Whose promise')).toContain(
      'it reaches no other host than `https://desk.example.com`',
    );
    const isOfBoth = (OF_BOTH as readonly string[]).includes(name);
    expect(page.includes('Firefox has no policy')).toBe(isOfBoth);
  },
);

describe('an app that lies wholly inside what is never recorded', () => {
  const charter = aCharter({
    apps: [
      { label: 'desk', matches: ['https://desk.example.com/*'] },
      { label: 'sign-in', matches: ['https://x.okta.com/*'] },
    ],
  });

  test('is kept out by the policy of Chrome and Edge, and by the extension alone in Firefox', async () => {
    const files = await kitOf(charter);
    for (const [name, folder] of Object.entries({ ...PAGES, overview: '' })) {
      const parts = sectionOf(pageOf(files, folder), 'Whose promise').split('\n\n');
      const about = parts.filter((part) => part.includes('https://x.okta.com'));
      const chromium = about.filter((part) => part.includes('Left out of that list'));
      const firefox = about.filter((part) => part.includes('is in Firefox the extension’s promise'));
      expect(chromium, name).toHaveLength(name === 'firefox' ? 0 : 1);
      expect(firefox, name).toHaveLength(['windows', 'google'].includes(name) ? 0 : 1);
      expect(about, name).toHaveLength(chromium.length + firefox.length);
    }
  });

  test('is not mentioned where there is none', async () => {
    for (const folder of Object.values(PAGES))
      expect(pageOf(await kitOf(), folder)).not.toMatch(/Left out|lie wholly inside/);
  });
});

describe('the commands of a page', () => {
  const BLOCKS = ['linux', 'firefox'] as const;

  test.each(BLOCKS)('(%s) copy files that the kit has, from its folder, readable by all', async (name) => {
    const files = await kitOf();
    const lines = commandBlocks(pageOf(files, PAGES[name])).flat();
    const copies = lines.filter((line) => line.includes('install '));
    expect(copies.length).toBeGreaterThan(1);
    for (const line of copies) {
      const [, source] = /^sudo install (?:-D )?-m 0644 (\S+) \/\S+$/.exec(line) ?? [];
      expect(
        files.map(({ path }) => path),
        line,
      ).toContain(source);
    }
    expect(lines.join('\n')).not.toMatch(/^(sudo )?cp /m);
    for (const block of commandBlocks(pageOf(files, PAGES[name])))
      expect(() => execFileSync('sh', ['-n'], { input: block.join('\n') })).not.toThrow();
  });

  test('pasted whole, no block puts two files in one place', async () => {
    const page = pageOf(await kitOf(), PAGES.linux);
    for (const block of commandBlocks(page)) {
      const targets = block.map((line) => line.split(' ').at(-1));
      expect(new Set(targets).size, block.join('\n')).toBe(targets.length);
    }
    const unsigned = commandBlocks(page).filter((block) => block.join('\n').includes('unsigned'));
    expect(unsigned).toHaveLength(1);
    expect(unsigned[0]).toHaveLength(1);
  });
});

test('the page of Firefox says for each platform how its file becomes readable', async () => {
  const install = sectionOf(pageOf(await kitOf(), PAGES.firefox), 'Install');
  expect(install).toContain('must be readable by all there');
  expect(install.match(/-m 0644/g)).toHaveLength(2);
  expect(install).toMatch(/\*\*Windows:\*\* .*a copy takes the rights of the folder/);
});

test('the first page names every file that holds a key, and no other', async () => {
  const files = await kitOf();
  const section = sectionOf(pageOf(files, ''), 'Files that hold keys');
  const named = [...section.matchAll(/^- `(.+)`$/gm)].map(([, path]) => path!);
  expect(named.sort()).toEqual(
    files
      .filter((file) => file.holdsKeys)
      .map((file) => file.path)
      .sort(),
  );
});

test('Google’s page has the hosts one a line, to be pasted', async () => {
  const install = sectionOf(pageOf(await kitOf(), PAGES.google), 'Install');
  const [, block] = /^ {2}```text\n([\s\S]*?)\n {2}```$/m.exec(install)!;
  expect(block!.split('\n').map((line) => line.trim())).toEqual([
    'https://desk.example.com',
    'https://proffer.example.com',
    'https://wiki.example.com',
  ]);
});

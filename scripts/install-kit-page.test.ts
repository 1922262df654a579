import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const page = readFileSync(new URL('../docs/install-kit.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block]) => block!);
const blockWith = (text: string) => blocks.find((block) => block.includes(text))!;

test('packages name the address for updates that they are served at, and that the kit names', () => {
  const urls = ['npm run package', ' serve-extension ', ' kit '].map(
    (command) => new RegExp(`^.*${command}.*--extension-url (\\S+)`, 'm').exec(page)?.[1],
  );
  expect(new Set(urls)).toEqual(new Set(['https://extension.example.com']));
});

test('the participant key goes to a file that its owner alone can read', () => {
  const dir = mkdtempSync(join(tmpdir(), 'proffer-page-'));
  // In the place of the command itself, which would need a data directory.
  writeFileSync(join(dir, 'node'), '#!/bin/sh\necho key\n');
  chmodSync(join(dir, 'node'), 0o755);
  execFileSync('sh', ['-c', `umask 022; ${blockWith('keys create')}`], {
    cwd: dir,
    env: { PATH: `${dir}:${process.env.PATH}` },
  });
  expect(readFileSync(join(dir, 'participant-key'), 'utf8')).toBe('key\n');
  expect(statSync(join(dir, 'participant-key')).mode & 0o777).toBe(0o600);
  rmSync(dir, { recursive: true });
});

test('a command that does not end has a block of its own', () => {
  expect(blockWith('serve-extension').trim().split('\n')).toHaveLength(1);
});

/**
 * Each wrong argument is named; the key may come from three places and is never repeated.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KEY_VARIABLE, readPullArguments, readVerifyArguments } from './pull-arguments.ts';
import { withTemporaryFolder } from './testing/dataset-reader.ts';

const good = {
  _: [],
  from: 'https://proffer.example.com',
  key: 'the-key',
  purpose: 'agent-training',
  out: 'dir',
};

describe('readVerifyArguments', () => {
  const from = 'https://proffer.example.com';
  it.each([
    [
      { dir: 'dir', _: ['dir'] },
      { dir: 'dir', collector: undefined },
    ],
    [
      { dir: 'dir', from, key: 'the-key' },
      { dir: 'dir', collector: { from: `${from}/`, key: 'the-key' } },
    ],
  ])('takes %j', async (given, verify) => {
    expect(await readVerifyArguments(given, {})).toEqual({ ok: true, verify });
  });

  it('asks no collector because a key lies in the environment', async () => {
    const read = await readVerifyArguments({ dir: 'dir' }, { PROFFER_READER_KEY: 'the-key' });
    expect(read).toMatchObject({ ok: true, verify: { collector: undefined } });
  });

  it.each([
    ['the folder of the dataset is missing', {}],
    ['--key is of use only with --from', { dir: 'dir', key: 'the-key' }],
    ['--from must be https', { dir: 'dir', from: 'http://proffer.example.com', key: 'the-key' }],
    ['no reader key', { dir: 'dir', from }],
    ['unknown argument --out', { dir: 'dir', out: 'x' }],
    ['unknown argument "more"', { dir: 'dir', _: ['dir', 'more'] }],
  ])('says "%s"', async (problem, given) => {
    const read = await readVerifyArguments(given, {});
    expect(read).toMatchObject({ ok: false, problem: expect.stringContaining(problem) });
  });
});

describe('readPullArguments', () => {
  it('takes a complete set', async () => {
    expect(await readPullArguments(good, {})).toEqual({
      ok: true,
      pull: {
        from: 'https://proffer.example.com/',
        key: 'the-key',
        purpose: 'agent-training',
        outDir: 'dir',
        sync: false,
      },
    });
  });

  it('takes the purpose of linked data', async () => {
    const read = await readPullArguments({ ...good, purpose: 'agent-training:linked' }, {});
    expect(read).toMatchObject({ ok: true, pull: { purpose: 'agent-training:linked' } });
  });

  it.each([
    ['--from is missing', { from: undefined }],
    ['--from must be an address', { from: 'proffer' }],
    ['--from must be https', { from: 'http://proffer.example.com' }],
    ['--from must be https', { from: 'ftp://127.0.0.1' }],
    ['--from must have no query', { from: 'https://u:p@proffer.example.com' }],
    ['--purpose is missing', { purpose: '' }],
    ['--purpose must be a slug', { purpose: 'Two words' }],
    ['--purpose must be a slug', { purpose: 'agent-training:strict' }],
    ['--out is missing', { out: undefined }],
    ['no reader key', { key: undefined }],
    ['--key holds no key', { key: 'two words' }],
    ['not both', { 'key-file': 'file' }],
    ['unknown argument --fast', { fast: true }],
    ['unknown argument "extra"', { _: ['extra'] }],
  ])('says "%s"', async (message, changes) => {
    const read = await readPullArguments({ ...good, ...changes }, {});
    expect(read).toMatchObject({ ok: false, problem: expect.stringContaining(message) });
  });

  it('takes plain http for this computer only', async () => {
    for (const from of ['http://127.0.0.1:8080', 'http://localhost:1', 'http://[::1]:9/']) {
      expect((await readPullArguments({ ...good, from }, {})).ok).toBe(true);
    }
  });

  it('takes the key from a file or the environment, and an argument goes before the environment', () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, 'key');
      await writeFile(path, ' from-file\n');
      const environment = { [KEY_VARIABLE]: 'from-environment' };
      const keyOf = async (given: Record<string, unknown>) => {
        const read = await readPullArguments({ ...good, key: undefined, ...given }, environment);
        return read.ok ? read.pull.key : read.problem;
      };
      expect(await keyOf({ 'key-file': path })).toBe('from-file');
      expect(await keyOf({})).toBe('from-environment');
      expect(await keyOf({ key: 'from-argument' })).toBe('from-argument');
      expect(await keyOf({ 'key-file': join(folder, 'none') })).toBe('--key-file cannot be read');
    }));
});

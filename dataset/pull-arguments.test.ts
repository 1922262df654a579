/**
 * Each wrong argument is named; the key may come from three places and is never repeated.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KEY_VARIABLE, readPullArguments } from './pull-arguments.ts';
import { withTemporaryFolder } from './testing/dataset-reader.ts';

const good = {
  _: [],
  from: 'https://proffer.example.com',
  key: 'the-key',
  purpose: 'agent-training',
  out: 'dir',
};

describe('readPullArguments', () => {
  it('takes a complete set', async () => {
    expect(await readPullArguments(good, {})).toEqual({
      ok: true,
      pull: {
        from: 'https://proffer.example.com/',
        key: 'the-key',
        purpose: 'agent-training',
        outDir: 'dir',
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
    ['unknown argument --sync', { sync: true }],
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

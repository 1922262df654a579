import { expect, it } from 'vitest';
import { readExportArguments } from './export-arguments.ts';

/** As citty gives them: the folder by its name and among those without one. */
const given = { _: ['data'], dir: 'data', format: 'adp', out: 'here' };

it('reads the folder of the dataset, the format and the folder of the export', () => {
  expect(readExportArguments(given)).toEqual({
    ok: true,
    export: { datasetDir: 'data', format: 'adp', outDir: 'here' },
  });
});

it.each([
  [{ ...given, _: [], dir: undefined }, 'the folder of the dataset is missing: proffer export DIR'],
  [{ ...given, format: undefined }, '--format is missing: one of jsonl, adp, puppeteer, rrweb, huggingface'],
  [{ ...given, format: 'csv' }, '--format must be one of jsonl, adp, puppeteer, rrweb, huggingface'],
  [{ ...given, format: 'toString' }, '--format must be one of jsonl, adp, puppeteer, rrweb, huggingface'],
  [{ ...given, out: '' }, '--out is missing: the folder for the export'],
  [{ ...given, _: ['data', 'more'] }, 'unknown argument "more"; see proffer export --help'],
  [{ ...given, fast: true }, 'unknown argument --fast; see proffer export --help'],
])('says what is wrong with %j', (wrong, problem) => {
  expect(readExportArguments(wrong)).toEqual({ ok: false, problem });
});

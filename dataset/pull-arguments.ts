/**
 * What the `pull` and `verify` commands were given, checked: each problem is one line that names the argument.
 *
 * The key comes from one of three places and is never repeated in a message.
 */
import { readFile } from 'node:fs/promises';
import { ReadingPurpose } from '../src/trace/reading-purpose.ts';
import { findUnknown, textOf } from './given-arguments.ts';

export const KEY_VARIABLE = 'PROFFER_READER_KEY';

export interface PullArguments {
  from: string;
  key: string;
  purpose: string;
  outDir: string;
  sync: boolean;
}
export interface VerifyArguments {
  dir: string;
  /** Which collector to ask, if one. */
  collector: { from: string; key: string } | undefined;
}
export type ReadVerifyArguments = { ok: true; verify: VerifyArguments } | { ok: false; problem: string };
export type ReadPullArguments = { ok: true; pull: PullArguments } | { ok: false; problem: string };

const KEY_NAMES = ['from', 'key', 'key-file'] as const;
const PULL_NAMES = [...KEY_NAMES, 'purpose', 'out', 'sync'] as const;
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** Reads parsed arguments (by name, `_` for what has none) and the environment. */
export async function readPullArguments(
  given: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ReadPullArguments> {
  const unknown = findUnknown(given, PULL_NAMES);
  if (unknown !== undefined) return problem(`unknown argument ${unknown}; see proffer pull --help`);

  const from = readAddress(textOf(given, 'from'));
  if (!from.ok) return problem(from.problem);
  const purpose = textOf(given, 'purpose');
  if (purpose === undefined) return problem('--purpose is missing: the purpose you read for');
  if (!ReadingPurpose.safeParse(purpose).success) {
    return problem(
      '--purpose must be a slug: a-z, 0-9 and "-", at most 32 characters, a letter first; with ":linked" behind it for linked data',
    );
  }
  const outDir = textOf(given, 'out');
  if (outDir === undefined) return problem('--out is missing: the folder for the dataset');
  const key = await readKey(given, environment);
  if (!key.ok) return problem(key.problem);
  return {
    ok: true,
    pull: { from: from.text, key: key.text, purpose, outDir, sync: given['sync'] === true },
  };
}

/** Reads parsed arguments of `verify`: the folder, and the collector to ask, if one is named. */
export async function readVerifyArguments(
  given: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ReadVerifyArguments> {
  const unknown = findUnknown(given, [...KEY_NAMES, 'dir'], 1);
  if (unknown !== undefined) return problem(`unknown argument ${unknown}; see proffer verify --help`);
  const { dir } = given;
  if (typeof dir !== 'string' || dir === '') return problem('the folder of the dataset is missing');
  if (textOf(given, 'from') === undefined) {
    const idle = (['key', 'key-file'] as const).find((name) => textOf(given, name) !== undefined);
    if (idle !== undefined) return problem(`--${idle} is of use only with --from, the collector to ask`);
    return { ok: true, verify: { dir, collector: undefined } };
  }
  const from = readAddress(textOf(given, 'from'));
  if (!from.ok) return problem(from.problem);
  const key = await readKey(given, environment);
  if (!key.ok) return problem(key.problem);
  return { ok: true, verify: { dir, collector: { from: from.text, key: key.text } } };
}

type Read = { ok: true; text: string } | { ok: false; problem: string };

function readAddress(text: string | undefined): Read {
  if (text === undefined) return problem('--from is missing: the address of the collector');
  if (!URL.canParse(text)) return problem('--from must be an address such as https://proffer.example.com');
  const url = new URL(text);
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    return problem('--from must have no query, fragment, user or password');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.includes(url.hostname))) {
    return problem('--from must be https (http only for this computer), since the key travels with it');
  }
  return { ok: true, text: url.href };
}

async function readKey(
  given: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Read> {
  const key = textOf(given, 'key');
  const path = textOf(given, 'key-file');
  if (key !== undefined && path !== undefined) return problem('give either --key or --key-file, not both');
  if (path !== undefined) {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) return problem('--key-file cannot be read');
    return checkKey(text.trim(), '--key-file');
  }
  if (key !== undefined) return checkKey(key, '--key');
  const variable = environment[KEY_VARIABLE];
  if (variable !== undefined && variable !== '') return checkKey(variable, KEY_VARIABLE);
  return problem(`no reader key: give --key-file, ${KEY_VARIABLE} in the environment, or --key`);
}

function checkKey(key: string, source: string): Read {
  if (/^[\x21-\x7e]{1,500}$/.test(key)) return { ok: true, text: key };
  return problem(`${source} holds no key: it must be one word of printable ASCII`);
}

function problem(text: string): { ok: false; problem: string } {
  return { ok: false, problem: text };
}

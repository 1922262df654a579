import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { extensionIdOf } from './crx.ts';
import { openSigningKey } from './signing-key.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'proffer-key-'));
  file = join(dir, 'key.pem');
});
afterEach(() => rmSync(dir, { recursive: true }));

test('a key is made on first use, for its owner only, and is the same ever after', () => {
  const made = openSigningKey(file);
  expect(made.isNew).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const before = readFileSync(file);
  const again = openSigningKey(file);
  expect(again.isNew).toBe(false);
  expect(extensionIdOf(again.key)).toBe(extensionIdOf(made.key));
  expect(readFileSync(file)).toEqual(before);
});

test('a key that others may read, or that is none, is refused by name and never repeated', () => {
  openSigningKey(file);
  chmodSync(file, 0o640);
  expect(() => openSigningKey(file)).toThrow(/^key: others may read .*chmod 600/);
  writeFileSync(join(dir, 'text'), 'my secret', { mode: 0o600 });
  expect(() => openSigningKey(join(dir, 'text'))).toThrow(/^key: (?!.*secret).*no private key in PEM$/);
  const elliptic = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  writeFileSync(join(dir, 'ed.pem'), elliptic, { mode: 0o600 });
  expect(() => openSigningKey(join(dir, 'ed.pem'))).toThrow('no RSA key');
  expect(() => openSigningKey(join(dir, 'no/such/folder'))).toThrow(/^key: the file .* \(ENOENT\)$/);
});

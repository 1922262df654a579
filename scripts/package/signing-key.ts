/**
 * The key that an organisation signs its packages with; the extension's id in Chrome and Edge comes from it.
 *
 * Runs where packages are made. Made on first use, readable by its owner only. Whoever has it can bring code of their own to
 * every computer of the programme, and without it there is no update: it must never be committed or served.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, writeFileSync } from 'node:fs';

const OWNER_ONLY = 0o600;
/** What Chromium's own packer makes. */
const RSA_BITS = 2048;

export interface SigningKey {
  key: KeyObject;
  /** Whether it was made by this call. */
  isNew: boolean;
}

/**
 * Opens the key of a file, making it when there is none.
 *
 * @throws Error that begins with the setting's name: the file cannot be read, is no RSA key, or others may read it.
 */
export function openSigningKey(file: string): SigningKey {
  const isNew = !existsSync(file);
  if (isNew) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: RSA_BITS });
    const text = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    // 'wx': a key is never written over.
    failNamed(file, () => writeFileSync(file, text, { mode: OWNER_ONLY, flag: 'wx', flush: true }));
  }
  checkIsOwners(file);
  const text = failNamed(file, () => readFileSync(file, 'utf8'));
  const key = readKey(file, text);
  if (key.asymmetricKeyType !== 'rsa') throw new Error(`key: ${file} is no RSA key, which a CRX needs`);
  return { key, isNew };
}

function readKey(file: string, text: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch {
    // What the parser says could repeat the file.
    throw new Error(`key: ${file} is no private key in PEM`);
  }
}

/** Windows knows no such modes. */
function checkIsOwners(file: string): void {
  if (process.platform === 'win32') return;
  const descriptor = failNamed(file, () => openSync(file, 'r'));
  const { mode } = fstatSync(descriptor);
  closeSync(descriptor);
  if ((mode & 0o077) !== 0) throw new Error(`key: others may read ${file}; run: chmod 600 ${file}`);
}

function failNamed<Value>(file: string, act: () => Value): Value {
  try {
    return act();
  } catch (fault) {
    const { code = 'unknown' } = fault as NodeJS.ErrnoException;
    throw new Error(`key: the file ${file} cannot be used (${code})`, { cause: fault });
  }
}

/**
 * What the collector alone knows: its signing key, the key of its batch digests, and the participant key that the
 * join page shows.
 *
 * Files in the data directory, readable by their owner only, made on first use. Must never be logged or stored in the
 * database; the hashing key of a study is not among them, since the collector never holds it.
 */
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const SIGNING_KEY_FILE = 'signing-key.pem';
const DIGEST_KEY_FILE = 'digest-key';
const PARTICIPANT_KEY_FILE = 'participant-key';
const OWNER_ONLY = 0o600;

export interface Secrets {
  /** Ed25519, raw, base64url. */
  publicKey: string;
  /** Ed25519 over the text's UTF-8 bytes, base64url. */
  sign: (text: string) => string;
  /**
   * What the store keeps of a batch instead of its id and its content.
   *
   * Both depend on the batch id, which is random and not stored: so nobody who holds the database and this key can
   * test whether some records made up a batch.
   */
  fingerprintBatch: (batchId: string, text: string) => { batchKey: string; digest: string };
  /** The key that the join page hands out; undefined when the study is not joinable. */
  joinKey: () => string | undefined;
}

/** Opens the secrets of a data directory, making directory and secrets when they are not there yet. */
export function openSecrets(dataDir: string): Secrets {
  makeDataDir(dataDir);
  const signingKey = createPrivateKey(
    readOrCreate(join(dataDir, SIGNING_KEY_FILE), () =>
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ),
  );
  const digestKey = readOrCreate(join(dataDir, DIGEST_KEY_FILE), () => randomBytes(32).toString('base64url'));
  const digestOf = (...parts: string[]) =>
    createHmac('sha256', digestKey).update(parts.join('\n')).digest('base64url');
  return {
    publicKey: createPublicKey(signingKey).export({ format: 'jwk' }).x!,
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), signingKey).toString('base64url'),
    fingerprintBatch: (batchId, text) => ({
      batchKey: digestOf('batch', batchId),
      digest: digestOf('content', batchId, text),
    }),
    joinKey: () => readIfThere(join(dataDir, PARTICIPANT_KEY_FILE)),
  };
}

/**
 * Makes the data directory, for its owner only, when it is not there.
 *
 * @throws Error that names the setting.
 */
export function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.W_OK);
  } catch (fault) {
    throw new Error(
      `data: ${dataDir} cannot be used (${(fault as NodeJS.ErrnoException).code ?? 'unknown'})`,
      {
        cause: fault,
      },
    );
  }
}

/** Makes the study joinable: the join page hands out this participant key from now on. */
export function saveJoinKey(dataDir: string, participantKey: string): void {
  const path = join(dataDir, PARTICIPANT_KEY_FILE);
  writeFileSync(path, `${participantKey}\n`, { mode: OWNER_ONLY, flush: true });
  chmodSync(path, OWNER_ONLY);
}

/** Makes the study unjoinable again. */
export function removeJoinKey(dataDir: string): void {
  rmSync(join(dataDir, PARTICIPANT_KEY_FILE), { force: true });
}

function readOrCreate(path: string, create: () => string): string {
  const found = readIfThere(path);
  if (found !== undefined) return found;
  // 'wx' fails when another process was faster; then its secret is the one.
  try {
    writeFileSync(path, `${create()}\n`, { mode: OWNER_ONLY, flag: 'wx', flush: true });
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
  }
  return readFileSync(path, 'utf8').trim();
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

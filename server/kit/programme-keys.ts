/**
 * The two keys that a kit brings to computers: the participant key, which is given, and the hashing key, made on first use.
 *
 * Runs where the install kit is written. The hashing key stays with the administrator: two kits of one programme must have the
 * same, or one element would have two keys, and the collector must never hold it. Neither key is ever printed.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';

const OWNER_ONLY = 0o600;

/**
 * The participant key, from a file or else from the environment.
 *
 * @throws Error that names both settings when there is none.
 */
export function readParticipantKey(file: string | undefined, fromEnvironment: string | undefined): string {
  if (file !== undefined) return readKeyFile('participant-key-file', file);
  if (fromEnvironment !== undefined && fromEnvironment !== '') return fromEnvironment.trim();
  throw new Error(
    'participant-key-file: is missing; give the key by --participant-key-file or PROFFER_PARTICIPANT_KEY (made by: proffer-server keys create --role participant --name everyone)',
  );
}

/** The hashing key of a file, which is made when there is none. */
export function openHashingKey(file: string): string {
  if (!existsSync(file)) {
    try {
      // 'wx': a key is never written over.
      writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, {
        mode: OWNER_ONLY,
        flag: 'wx',
        flush: true,
      });
    } catch (fault) {
      throw new Error(sayUnusable('hashing-key-file', file, fault), { cause: fault });
    }
    // The process may have been told to take more away.
    chmodSync(file, OWNER_ONLY);
  }
  return readKeyFile('hashing-key-file', file);
}

function readKeyFile(setting: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (fault) {
    throw new Error(sayUnusable(setting, file, fault), { cause: fault });
  }
}

function sayUnusable(setting: string, file: string, fault: unknown): string {
  const { code = 'unknown' } = fault as NodeJS.ErrnoException;
  return `${setting}: the file ${file} cannot be used (${code})`;
}

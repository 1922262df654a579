/**
 * The collector's certificate and key, read from their files and checked against each other.
 *
 * Runs in the collector, at its start and whenever it is told that the files have changed. Must never log or keep
 * anything of the key.
 */
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';

export interface TlsFiles {
  certFile: string;
  keyFile: string;
}

/** As Node's HTTPS server takes it. */
export interface TlsIdentity {
  cert: string;
  key: string;
  minVersion: 'TLSv1.2';
}

/**
 * Both files or neither.
 *
 * @throws Error that names the setting that is missing.
 */
export function tlsFilesOf(certFile: string | undefined, keyFile: string | undefined): TlsFiles | undefined {
  if (certFile === undefined && keyFile === undefined) return undefined;
  if (keyFile === undefined) throw new Error('tls-key: is missing; it goes with tls-cert');
  if (certFile === undefined) throw new Error('tls-cert: is missing; it goes with tls-key');
  return { certFile, keyFile };
}

/** @throws Error that names the setting whose file cannot be read, is no PEM, or does not fit the other. */
export function readTls({ certFile, keyFile }: TlsFiles): TlsIdentity {
  const cert = readPem('tls-cert', certFile);
  const key = readPem('tls-key', keyFile);
  checkPem('tls-cert', certFile, { cert });
  checkPem('tls-key', keyFile, { key });
  try {
    createSecureContext({ cert, key });
  } catch (fault) {
    throw new Error(`tls-key: ${keyFile} is not the key of the certificate in ${certFile}`, { cause: fault });
  }
  return { cert, key, minVersion: 'TLSv1.2' };
}

function readPem(setting: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (fault) {
    const { code = 'unknown' } = fault as NodeJS.ErrnoException;
    throw new Error(`${setting}: the file ${file} cannot be read (${code})`, { cause: fault });
  }
}

function checkPem(setting: string, file: string, part: { cert: string } | { key: string }): void {
  try {
    createSecureContext(part);
  } catch (fault) {
    const { code = 'unknown' } = fault as NodeJS.ErrnoException;
    throw new Error(`${setting}: the file ${file} cannot be used (${code})`, { cause: fault });
  }
}

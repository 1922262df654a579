import { rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCollector } from './listen.ts';
import type { LogEvent } from './log.ts';
import { aCharter } from './testing/builders.ts';
import { makeCertificate } from './testing/certificate.ts';
import { makeTestDir } from './testing/test-store.ts';
import { readTls, tlsFilesOf } from './tls.ts';

let dir: string;
let certFile: string;
let keyFile: string;
beforeEach(() => {
  dir = makeTestDir();
  certFile = join(dir, 'cert.pem');
  keyFile = join(dir, 'key.pem');
});
afterEach(() => rmSync(dir, { recursive: true }));

function write(commonName: string): { cert: string; key: string } {
  const made = makeCertificate(commonName);
  writeFileSync(certFile, made.cert);
  writeFileSync(keyFile, made.key);
  return made;
}

describe('a setting is named when', () => {
  test('one file is given without the other', () => {
    expect(tlsFilesOf(undefined, undefined)).toBeUndefined();
    expect(() => tlsFilesOf(certFile, undefined)).toThrow(/^tls-key: is missing/);
    expect(() => tlsFilesOf(undefined, keyFile)).toThrow(/^tls-cert: is missing/);
  });

  test('a file cannot be read', () => {
    write('one');
    expect(() => readTls({ certFile: join(dir, 'none'), keyFile })).toThrow(/^tls-cert: .*ENOENT/);
    expect(() => readTls({ certFile, keyFile: join(dir, 'none') })).toThrow(/^tls-key: .*ENOENT/);
  });

  test('a file is not what it should be', () => {
    write('one');
    writeFileSync(keyFile, 'not a key');
    expect(() => readTls({ certFile, keyFile })).toThrow(/^tls-key: .*cannot be used/);
    writeFileSync(certFile, 'not a certificate');
    expect(() => readTls({ certFile, keyFile })).toThrow(/^tls-cert: .*cannot be used/);
  });

  test('the key is that of another certificate', () => {
    write('one');
    writeFileSync(keyFile, makeCertificate('other').key);
    expect(() => readTls({ certFile, keyFile })).toThrow(/^tls-key: .*is not the key/);
  });
});

test('the collector speaks TLS, and takes a new certificate without a stop', async () => {
  const first = write('first');
  const events: LogEvent[] = [];
  const collector = await openCollector({
    charter: aCharter(),
    dataDir: join(dir, 'data'),
    tls: { certFile, keyFile },
    log: (event) => void events.push(event),
  });
  try {
    expect(collector.url).toMatch(/^https:/);
    expect(await ask(collector.url, first.cert)).toEqual([200, 'max-age=31536000', 'first']);
    await expect(ask(collector.url, makeCertificate('stranger').cert)).rejects.toThrow();

    const second = write('second');
    collector.reloadTls();
    expect(await ask(collector.url, second.cert)).toEqual([200, 'max-age=31536000', 'second']);

    writeFileSync(keyFile, 'half written');
    collector.reloadTls();
    expect(await ask(collector.url, second.cert)).toEqual([200, 'max-age=31536000', 'second']);
    expect(events).toEqual(expect.arrayContaining(['certificate-reloaded', 'certificate-refused']));
  } finally {
    await collector.close();
  }
});

/** Status, the header that asks for TLS, and whose certificate was shown. */
function ask(url: string, ca: string): Promise<[number, string | undefined, string]> {
  return new Promise((resolve, reject) => {
    request(`${url}/healthz`, { ca, agent: false }, (answer) => {
      const shown = answer.socket instanceof TLSSocket ? answer.socket.getPeerCertificate().subject.CN : '';
      answer.resume().on('end', () => {
        resolve([answer.statusCode!, answer.headers['strict-transport-security'], String(shown)]);
      });
    })
      .on('error', reject)
      .end();
  });
}

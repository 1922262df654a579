import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createCrx, extensionIdOf, readCrx } from './crx.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const zip = Buffer.from('PK\x03\x04 and so on');
const crx = createCrx(zip, privateKey);

describe('a CRX3', () => {
  test('is laid out as Chromium’s format says, byte by byte', () => {
    const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
    const id = createHash('sha256').update(publicKey).digest().subarray(0, 16);
    expect(crx.subarray(0, 4).toString('latin1')).toBe('Cr24');
    expect([crx.readUInt32LE(4), publicKey.length]).toEqual([3, 294]);
    // Field 2 (0x12) holds field 1 (0x0a), the key of 294 = 0x126 bytes, and field 2 (0x12), the signature of 256 = 0x100.
    const proofLength = 3 + 294 + 3 + 256;
    let at = 12;
    const take = (length: number) => crx.subarray(at, (at += length));
    expect([...take(3)]).toEqual([0x12, (proofLength % 128) + 128, Math.floor(proofLength / 128)]);
    expect([...take(3)]).toEqual([0x0a, 0xa6, 0x02]);
    expect(take(294)).toEqual(publicKey);
    expect([...take(3)]).toEqual([0x12, 0x80, 0x02]);
    const signature = take(256);
    // Field 10000 is the tag 80002 in three bytes of seven bits; it holds field 1, the 16 bytes of the id.
    expect([...take(4)]).toEqual([0x82, 0xf1, 0x04, 18]);
    const signedData = take(18);
    expect(signedData).toEqual(Buffer.concat([Buffer.from([0x0a, 16]), id]));
    expect(at - 12).toBe(crx.readUInt32LE(8));
    expect(crx.subarray(at)).toEqual(zip);
    const signed = Buffer.concat([
      Buffer.from('CRX3 SignedData\0'),
      Buffer.from([18, 0, 0, 0]),
      signedData,
      zip,
    ]);
    expect(verify('sha256', signed, createPublicKey(privateKey), signature)).toBe(true);
  });

  test('has the same bytes for the same content and key', () => {
    expect(createCrx(zip, privateKey)).toEqual(crx);
  });

  test('is read back whole, with the id of its key in the letters a to p', () => {
    const read = readCrx(crx);
    expect(read.extensionId).toBe(extensionIdOf(privateKey));
    expect(read.extensionId).toMatch(/^[a-p]{32}$/);
    expect(Buffer.from(read.zip)).toEqual(zip);
  });

  test('with a changed content, or the id of another key, is refused', () => {
    const changed = Buffer.from(crx);
    changed[changed.length - 1]! ^= 1;
    expect(() => readCrx(changed)).toThrow('wrong signature');
    const otherId = Buffer.from(crx);
    otherId[otherId.length - zip.length - 1]! ^= 1;
    expect(() => readCrx(otherId)).toThrow('not that of its id');
    expect(() => readCrx(zip)).toThrow('no CRX3');
  });
});

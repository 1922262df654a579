/**
 * A certificate for tests of TLS: signed by itself, for the loopback address, with a key made on the spot.
 *
 * Runs in tests only. Node makes keys but no certificates, and a key in the repository would look like a leak; so the
 * few fields of a version 3 certificate (RFC 5280) are written here by hand.
 */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_ID = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const COMMON_NAME_OID = Buffer.from([0x55, 0x04, 0x03]);
const ALTERNATIVE_NAME_OID = Buffer.from([0x55, 0x1d, 0x11]);
const ED25519_OID = Buffer.from([0x2b, 0x65, 0x70]);
/** Tag of an address among alternative names. */
const ADDRESS = 0x87;
/** Tags of the version and of the extensions, which a reader tells apart by number. */
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;

/** Certificate and key as PEM, valid for the years around now. */
export function makeCertificate(commonName: string): { cert: string; key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const algorithm = der(SEQUENCE, der(OBJECT_ID, ED25519_OID));
  const name = der(
    SEQUENCE,
    der(SET, der(SEQUENCE, der(OBJECT_ID, COMMON_NAME_OID), der(UTF8_STRING, Buffer.from(commonName)))),
  );
  const alternativeNames = der(SEQUENCE, der(ADDRESS, Buffer.from([127, 0, 0, 1])));
  const extension = der(SEQUENCE, der(OBJECT_ID, ALTERNATIVE_NAME_OID), der(OCTET_STRING, alternativeNames));
  const year = new Date().getUTCFullYear() - 2000;
  const content = der(
    SEQUENCE,
    der(VERSION, der(INTEGER, Buffer.from([2]))),
    // A leading byte under 128 keeps the number positive.
    der(INTEGER, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name,
    der(SEQUENCE, ...[year - 1, year + 2].map((at) => der(UTC_TIME, Buffer.from(`${at}0101000000Z`)))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(EXTENSIONS, der(SEQUENCE, extension)),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign(null, content, privateKey)]);
  const certificate = der(SEQUENCE, content, algorithm, der(BIT_STRING, signature));
  const lines = certificate.toString('base64').match(/.{1,64}/g)!;
  return {
    cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** A tag, a length and what is inside. */
function der(tag: number, ...inside: Buffer[]): Buffer {
  const content = Buffer.concat(inside);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

/**
 * CRX3: the form in which Chrome, Edge and Chromium take a signed extension from outside a store.
 *
 * Runs where packages are made. The file, byte by byte (numbers are 32 bits, little-endian):
 *
 *   "Cr24" | 3 | length of header | header | ZIP
 *
 * The header is a protocol buffer, CrxFileHeader of Chromium's components/crx_file/crx3.proto:
 *   field 2, AsymmetricKeyProof: field 1 the public key (SPKI, DER), field 2 the signature (RSA PKCS #1 v1.5, SHA-256)
 *   field 10000, bytes of SignedData: field 1 the 16 bytes of the extension's id
 * Signed is: "CRX3 SignedData\0" | length of SignedData | SignedData | ZIP.
 */
import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

const MAGIC = Buffer.from('Cr24');
const VERSION = 3;
const SIGNATURE_CONTEXT = Buffer.from('CRX3 SignedData\0');
const ID_BYTES = 16;

const PROOF_FIELD = 2;
const SIGNED_DATA_FIELD = 10_000;
const KEY_FIELD = 1;
const SIGNATURE_FIELD = 2;
const ID_FIELD = 1;

/** A ZIP as a CRX3 that is signed with an RSA key. The same ZIP and key give the same bytes. */
export function createCrx(zip: Uint8Array, privateKey: KeyObject): Buffer {
  const publicKey = publicKeyBytes(privateKey);
  const signedData = field(ID_FIELD, idBytes(publicKey));
  const signature = sign('sha256', signedBytes(signedData, zip), privateKey);
  const proof = Buffer.concat([field(KEY_FIELD, publicKey), field(SIGNATURE_FIELD, signature)]);
  const header = Buffer.concat([field(PROOF_FIELD, proof), field(SIGNED_DATA_FIELD, signedData)]);
  return Buffer.concat([MAGIC, littleEndian(VERSION), littleEndian(header.length), header, zip]);
}

export interface ReadCrx {
  extensionId: string;
  zip: Uint8Array<ArrayBuffer>;
}

/**
 * Reads a CRX3 back and checks id and signature.
 *
 * @throws Error that says what is wrong with it.
 */
export function readCrx(crx: Buffer): ReadCrx {
  if (!crx.subarray(0, 4).equals(MAGIC) || crx.readUInt32LE(4) !== VERSION) throw new Error('is no CRX3');
  const headerEnd = 12 + crx.readUInt32LE(8);
  const header = readFields(crx.subarray(12, headerEnd));
  const zip = new Uint8Array(crx.subarray(headerEnd));
  const [proof, signedData] = [header.get(PROOF_FIELD), header.get(SIGNED_DATA_FIELD)];
  if (!proof || !signedData) throw new Error('has no signature');
  const proofFields = readFields(proof);
  const [publicKey, signature] = [proofFields.get(KEY_FIELD), proofFields.get(SIGNATURE_FIELD)];
  const id = readFields(signedData).get(ID_FIELD);
  if (!publicKey || !signature || !id) throw new Error('has no signature');
  if (!id.equals(idBytes(publicKey))) throw new Error('is signed with a key that is not that of its id');
  const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
  if (!verify('sha256', signedBytes(signedData, zip), key, signature))
    throw new Error('has a wrong signature');
  return { extensionId: idText(id), zip };
}

/** The id under which Chromium's browsers know extensions that are signed with this key. */
export function extensionIdOf(key: KeyObject): string {
  return idText(idBytes(publicKeyBytes(key)));
}

function publicKeyBytes(privateKey: KeyObject): Buffer {
  return createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
}

function idBytes(publicKey: Buffer): Buffer {
  return createHash('sha256').update(publicKey).digest().subarray(0, ID_BYTES);
}

/** Hex, with the letters a to p for the digits 0 to f. */
function idText(id: Buffer): string {
  return id.toString('hex').replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
}

function signedBytes(signedData: Buffer, zip: Uint8Array): Buffer {
  return Buffer.concat([SIGNATURE_CONTEXT, littleEndian(signedData.length), signedData, zip]);
}

function littleEndian(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number);
  return bytes;
}

/** A protocol buffer's field of bytes: tag with wire type 2, length, content. */
function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([varint(number * 8 + 2), varint(content.length), content]);
}

function varint(number: number): Buffer {
  const bytes: number[] = [];
  let rest = number;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}

/** The last of each field; the headers that we write have each once. */
function readFields(bytes: Buffer): Map<number, Buffer> {
  const fields = new Map<number, Buffer>();
  let position = 0;
  const readVarint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[position++];
      if (byte === undefined) throw new Error('has a damaged header');
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  };
  while (position < bytes.length) {
    const tag = readVarint();
    if (tag % 8 !== 2) throw new Error('has a damaged header');
    const length = readVarint();
    fields.set(Math.floor(tag / 8), bytes.subarray(position, position + length));
    position += length;
  }
  return fields;
}

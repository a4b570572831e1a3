/** Opens the transport form: RFC 8188 `aes128gcm` with an empty key id and one record size. */
import { type Bytes, concatenate, utf8 } from './bytes';
import { PackageRefusal, refuse } from './refusal';

const headerSize = 21;
const recordSize = 65_536;
const tagSize = 16;

export async function unseal(sealed: Bytes, inputKey: Bytes): Promise<Bytes> {
  const view = new DataView(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (sealed.length < headerSize + tagSize + 1) refuse('seal', 'the sealed file is cut off');
  if (view.getUint32(16) !== recordSize || sealed[20] !== 0) refuse('seal', 'the header is not one of ours');
  const { key, nonce } = await deriveKeys(sealed.slice(0, 16), inputKey);
  const count = Math.ceil((sealed.length - headerSize) / recordSize);
  const records = await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const start = headerSize + index * recordSize;
      return openRecord(sealed.subarray(start, start + recordSize), index, index === count - 1, key, nonce);
    }),
  );
  return concatenate(records);
}

async function openRecord(
  record: Bytes,
  index: number,
  last: boolean,
  key: CryptoKey,
  nonce: Bytes,
): Promise<Uint8Array> {
  try {
    const iv = nonceOfRecord(nonce, index);
    const content = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, record));
    const delimiter = content.at(-1);
    if (delimiter !== (last ? 2 : 1))
      refuse('seal', `record ${index} has the wrong delimiter: the file is cut or joined`);
    return content.subarray(0, -1);
  } catch (failure) {
    if (failure instanceof PackageRefusal) throw failure;
    return refuse('seal', `record ${index} does not open with the release's key`);
  }
}

function nonceOfRecord(nonce: Bytes, index: number): Bytes {
  const result = nonce.slice();
  const view = new DataView(result.buffer);
  view.setUint32(8, (view.getUint32(8) ^ index) >>> 0);
  return result;
}

async function deriveKeys(salt: Bytes, inputKey: Bytes): Promise<{ key: CryptoKey; nonce: Bytes }> {
  const material = await crypto.subtle.importKey('raw', inputKey, 'HKDF', false, ['deriveBits', 'deriveKey']);
  const from = (info: string) => ({ name: 'HKDF', hash: 'SHA-256', salt, info: utf8(`Content-Encoding: ${info}\0`) });
  const [key, nonce] = await Promise.all([
    crypto.subtle.deriveKey(from('aes128gcm'), material, { name: 'AES-GCM', length: 128 }, false, ['decrypt']),
    crypto.subtle.deriveBits(from('nonce'), material, 96),
  ]);
  return { key, nonce: new Uint8Array(nonce) };
}

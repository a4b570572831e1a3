/**
 * Keys of this device: neither can leave it.
 *
 * - exchange: ECDH P-256, receives content keys (HPKE); its public half is registered with the platform;
 * - files: AES-GCM, under which files of packages are kept.
 */
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { Bytes } from '../package/bytes';
import { answer, transact } from './database';

export interface DeviceKeys {
  exchange: CryptoKeyPair;
  files: CryptoKey;
}

let loaded: Promise<DeviceKeys> | undefined;

export function deviceKeys(): Promise<DeviceKeys> {
  loaded ??= load().catch((failure: unknown) => {
    loaded = undefined;
    throw failure;
  });
  return loaded;
}

async function load(): Promise<DeviceKeys> {
  const kept = await readKeys();
  if (kept !== undefined) return kept;
  const [exchange, files] = await Promise.all([
    crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']),
    crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
  ]);
  await transact(['device'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('device');
    // Another tab may have been first; its keys win, since files may be kept under them already.
    if ((await answer(store.count('keys'))) === 0) store.put({ exchange, files }, 'keys');
  });
  return (await readKeys()) ?? { exchange, files };
}

function readKeys(): Promise<DeviceKeys | undefined> {
  return transact(['device'], 'readonly', (transaction) => answer(transaction.objectStore('device').get('keys')));
}

export async function publicExchangeKey(): Promise<JsonWebKey> {
  const { exchange } = await deviceKeys();
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', exchange.publicKey);
  return { kty, crv, x, y } as JsonWebKey;
}

export interface WrappedKey {
  enc: Bytes;
  ciphertext: Bytes;
}

const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes128Gcm(),
});

/** HPKE base mode, single shot. Throws where the ciphertext is not for this device. */
export async function openWrapped(wrapped: WrappedKey, info: Bytes, aad: Bytes): Promise<Bytes> {
  const { exchange } = await deviceKeys();
  const opened = await suite.open(
    { recipientKey: exchange, enc: wrapped.enc.buffer, info: info.buffer },
    wrapped.ciphertext.buffer,
    aad.buffer,
  );
  return new Uint8Array(opened);
}

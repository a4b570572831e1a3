/**
 * The shell's reader against the vectors that `crates/mezze-package` writes and reads: both must accept the same
 * package, refuse the same ones, and compute the same digests.
 */
import { readFile } from 'node:fs/promises';
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { describe, expect, test } from 'vitest';
import { type Bytes, fromBase64url, hex, sha256, utf8 } from './bytes';
import { readContainer } from './container';
import { PackageRefusal } from './refusal';
import { containerDigest } from './signing';
import { unseal } from './unseal';
import { filesDigest, verifyPackage } from './verify';

interface Vector {
  app_id: string;
  version: string;
  developer_key: string;
  platform_key: string;
  package: string;
  files: Record<string, { size: number; sha256: string }>;
  files_digest: string;
  container_digest: string;
  package_digest: string;
  refused: { what: string; package: string }[];
  sealing: { content_key: string; sealed: string; sealed_digest: string };
  device: {
    private_jwk: JsonWebKey;
    content_key: { enc: string; ciphertext: string };
    challenge: { enc: string; ciphertext: string };
    challenge_nonce: string;
  };
}

const fixture = new URL('../../../../tests/fixtures/package/vector-1.json', import.meta.url);
const vector = JSON.parse(await readFile(fixture, 'utf8')) as Vector;
const trusted = { developer: vector.developer_key, platform: vector.platform_key };
const wanted = { appId: vector.app_id, version: vector.version, digest: vector.package_digest };

function fromBase64(text: string): Bytes {
  return Uint8Array.from(Buffer.from(text, 'base64'));
}

describe('the vector package', () => {
  test('verifies, with the same files and digests', async () => {
    const bytes = fromBase64(vector.package);
    const verified = await verifyPackage(bytes, wanted, trusted);
    const files = Object.fromEntries(verified.list.map(({ path, size, digest }) => [path, { size, sha256: digest }]));
    expect(files).toEqual(vector.files);
    expect(await filesDigest(verified.list)).toBe(vector.files_digest);
    expect(await containerDigest(readContainer(bytes))).toBe(vector.container_digest);
  });

  test.each(vector.refused)('is refused: $what', async ({ package: text }) => {
    const bytes = fromBase64(text);
    // The digest that was announced is this one's, so that nothing but the package itself can be the reason.
    const announced = { ...wanted, digest: hex(await sha256(bytes)) };
    await expect(verifyPackage(bytes, announced, trusted)).rejects.toThrow(PackageRefusal);
  });

  test('is refused with any bit flipped', async () => {
    const good = fromBase64(vector.package);
    for (let bit = 0; bit < good.length * 8; bit += 1) {
      const bytes = good.slice();
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const announced = { ...wanted, digest: hex(await sha256(bytes)) };
      await expect(verifyPackage(bytes, announced, trusted), `bit ${bit}`).rejects.toThrow(PackageRefusal);
    }
  }, 120_000);
});

describe('the sealed vector', () => {
  const suite = new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes128Gcm(),
  });

  async function open(wrapped: { enc: string; ciphertext: string }, info: string, aad: string): Promise<Bytes> {
    const recipientKey = await suite.kem.importKey('jwk', vector.device.private_jwk, false);
    const enc = fromBase64url(wrapped.enc).buffer;
    const ciphertext = fromBase64url(wrapped.ciphertext).buffer;
    const opened = await suite.open({ recipientKey, enc, info: utf8(info).buffer }, ciphertext, utf8(aad).buffer);
    return new Uint8Array(opened);
  }

  test('opens with the key that was wrapped for the device', async () => {
    const aad = `${vector.app_id}\n${vector.version}\n${vector.package_digest}`;
    const key = await open(vector.device.content_key, 'mezze content key v1', aad);
    expect(key).toEqual(fromBase64url(vector.sealing.content_key));
    const sealed = fromBase64(vector.sealing.sealed);
    expect(hex(await sha256(sealed))).toBe(vector.sealing.sealed_digest);
    expect(await unseal(sealed, key)).toEqual(fromBase64(vector.package));
  });

  test('and the device proves its key with the challenge', async () => {
    const nonce = await open(vector.device.challenge, 'mezze device challenge v1', '');
    expect(nonce).toEqual(fromBase64url(vector.device.challenge_nonce));
  });

  test('is refused with any byte changed', async () => {
    const key = fromBase64url(vector.sealing.content_key);
    const good = fromBase64(vector.sealing.sealed);
    for (let index = 0; index < good.length; index += 1) {
      const sealed = good.slice();
      sealed[index] = (sealed[index] ?? 0) ^ 1;
      await expect(unseal(sealed, key), `byte ${index}`).rejects.toThrow(PackageRefusal);
    }
  });
});

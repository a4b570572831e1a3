/** Words of keys for tests, as a platform signs them. */
import { base64url, utf8 } from './bytes';
import type { KeyPurpose } from './key-change';

export async function publicKey(pair: CryptoKeyPair): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
}

/** The word of one key for another. */
export async function keyChange(
  purpose: KeyPurpose,
  from: CryptoKeyPair,
  to: CryptoKeyPair,
): Promise<{ older: string; newer: string; signature: string }> {
  const [older, newer] = await Promise.all([publicKey(from), publicKey(to)]);
  const message = utf8(`mezze key change v1\n${purpose}\n${older}\n${newer}`);
  const signature = await crypto.subtle.sign('Ed25519', from.privateKey, message);
  return { older, newer, signature: base64url(new Uint8Array(signature)) };
}

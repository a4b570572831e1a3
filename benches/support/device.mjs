/** A signed-in device, as the shell is one: it proves a key of its own, then it may ask for releases. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const resolved = createRequire(new URL('../../web/package.json', import.meta.url)).resolve('@hpke/core');
const { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } = await import(pathToFileURL(resolved).href);
const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });

const bytes = (text) => new Uint8Array(Buffer.from(text, 'base64url')).buffer;
const utf8 = (text) => new TextEncoder().encode(text).buffer;

/** Signs the demo's user in and registers a device; gives what asks as that user. */
export async function signedInDevice(address) {
  let cookie = '';
  const call = async (method, path, body) => {
    const headers = { 'content-type': 'application/json', origin: address, ...(cookie === '' ? {} : { cookie }) };
    const answer = await fetch(`${address}${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    const given = answer.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
    if (given.length > 0) cookie = given.join('; ');
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  };
  await call('POST', '/api/v1/session', { demo: true });
  const keys = await suite.kem.generateKeyPair();
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  const publicKey = { kty, crv, x, y };
  const { enc, ciphertext } = await call('POST', '/api/v1/devices/challenge', { public_key: publicKey });
  const opening = { recipientKey: keys, enc: bytes(enc), info: utf8('mezze device challenge v1') };
  const nonce = await suite.open(opening, bytes(ciphertext), utf8(''));
  const { device_id } = await call('POST', '/api/v1/devices', { public_key: publicKey, proof: Buffer.from(nonce).toString('base64url') });
  const launch = (appId, more = {}) => call('POST', `/api/v1/miniapps/${appId}/launch`, { device_id, ...more });
  return { call, launch, device: device_id, cookie: () => cookie };
}

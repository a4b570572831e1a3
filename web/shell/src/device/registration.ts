/** Registers this device's key with the platform, once for each user, by proving that the key is here. */
import { base64url, fromBase64url, utf8 } from '../package/bytes';
import { challenge, registerDevice } from '../platform/client';
import { get, put } from './database';
import { openWrapped, publicExchangeKey } from './keys';

const proofInfo = 'mezze device challenge v1';

const running = new Map<string, Promise<string>>();

export function deviceId(user: string): Promise<string> {
  const known = running.get(user);
  if (known !== undefined) return known;
  const asked = findOrRegister(user);
  running.set(user, asked);
  asked.catch(() => running.delete(user));
  return asked;
}

async function findOrRegister(user: string): Promise<string> {
  const kept = await get('device', `registration:${user}`);
  return typeof kept === 'string' ? kept : prove(user);
}

/** Registers again; for a platform that no longer knows the device. */
export function register(user: string): Promise<string> {
  const asked = prove(user);
  running.set(user, asked);
  asked.catch(() => running.delete(user));
  return asked;
}

async function prove(user: string): Promise<string> {
  const key = await publicExchangeKey();
  const { enc, ciphertext } = await challenge(key);
  const wrapped = { enc: fromBase64url(enc), ciphertext: fromBase64url(ciphertext) };
  const nonce = await openWrapped(wrapped, utf8(proofInfo), utf8(''));
  const { device_id } = await registerDevice(key, base64url(nonce));
  await put('device', `registration:${user}`, device_id);
  return device_id;
}

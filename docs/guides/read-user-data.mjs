/**
 * Signs a user in on a mini app's own server, and reads what the super app says of the user (Node 20 or newer, no
 * packages). Copy it into a server; `tests/e2e/user-data.test.ts` runs it against a real platform.
 */
import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';

/**
 * Exchanges the code of `login()` for who the user is. Keep `session_key` on the server: it never goes to the app.
 *
 * @param {{ platform: string, appId: string, secret: string, code: string }} given
 *   `platform`: address of the platform; `secret`: of `POST /api/v1/miniapps/APP_ID/secret`; `code`: from the app, good once
 * @returns {Promise<{ openid: string, unionid?: string, session_key: string, expires_in: number }>}
 */
export async function codeToSession({ platform, appId, secret, code }) {
  const answer = await fetch(`${platform}/api/v1/miniapps/${encodeURIComponent(appId)}/session`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(`${said.title}: ${said.detail}`);
  return said;
}

/**
 * Checks and decrypts what `getUserProfile` or `getUserInfo` gave the app.
 *
 * @param {{ rawData: string, signature: string, encryptedData: string, iv: string }} given what the app sent
 * @param {{ sessionKey: string, appId: string, seconds?: number, now?: number }} expected
 *   `seconds`: how old the data may be
 * @returns {{ openId?: string, unionId?: string, nickName: string, gender: number, avatarUrl: string,
 *   watermark: { appid: string, timestamp: number } }}
 */
export function readUserData({ rawData, signature, encryptedData, iv }, { sessionKey, appId, seconds = 300, now = Date.now() / 1000 }) {
  const signed = createHash('sha1').update(rawData).update(sessionKey).digest();
  const given = Buffer.from(signature, 'hex');
  if (given.length !== signed.length || !timingSafeEqual(given, signed)) throw new Error('the signature does not hold: ask the app to log in again');
  const cipher = createDecipheriv('aes-128-cbc', Buffer.from(sessionKey, 'base64'), Buffer.from(iv, 'base64'));
  const text = Buffer.concat([cipher.update(encryptedData, 'base64'), cipher.final()]).toString('utf8');
  const data = JSON.parse(text);
  // The cipher itself proves nothing; what was meant for another app, or is old, is not taken.
  if (data.watermark?.appid !== appId) throw new Error(`the data was made for ${data.watermark?.appid}`);
  if (Math.abs(now - data.watermark.timestamp) > seconds) throw new Error('the data is too old');
  return data;
}

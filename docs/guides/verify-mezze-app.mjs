/**
 * Checks `Mezze-App`, which every request of a mini app carries through a Mezze platform's gate (Node 20 or newer, no
 * packages). Copy it into a server; `tests/e2e/permissions.test.ts` runs it against a real platform.
 */
import { createPublicKey, verify } from 'node:crypto';

/** @typedef {import('node:crypto').JsonWebKey & { kid?: string }} Key */
/** @type {Map<string, Promise<Key[]>>} */
const keySets = new Map();

/**
 * Gives the claims of a request's statement, or throws with the reason why it can't be trusted.
 *
 * @param {string | undefined} statement the header `Mezze-App`
 * @param {{ platform: string, issuer?: string, audience: string, apps: string[], now?: number }} expected
 *   `platform`: address of the platform, for its keys; `issuer`: what it calls itself (its public URL, the default);
 *   `audience`: this server's own origin, for example `https://api.example.org`; `apps`: app ids that may ask.
 */
export async function verifyMezzeApp(statement, { platform, issuer = platform, audience, apps, now = Date.now() / 1000 }) {
  const [header, claims, signature, ...rest] = String(statement ?? '').split('.');
  if (!header || !claims || !signature || rest.length > 0) throw new Error('there is no Mezze-App statement');
  const { alg, typ, kid } = parse(header);
  if (alg !== 'EdDSA' || typ !== 'mezze-app+jwt') throw new Error(`a statement of the kind ${alg} ${typ} is not known`);
  const key = await findKey(platform, kid);
  const bytes = Buffer.from(signature, 'base64url');
  if (!verify(null, Buffer.from(`${header}.${claims}`), key, bytes)) throw new Error('the signature does not hold');
  const said = parse(claims);
  if (said.iss !== issuer) throw new Error(`it was made by ${said.iss}`);
  if (said.aud !== audience) throw new Error(`it is meant for ${said.aud}`);
  if (!(said.iat <= now + 60 && said.exp > now - 60)) throw new Error('it is over, or not yet good');
  if (!apps.includes(said.sub)) throw new Error(`${said.sub} may not ask here`);
  return said;
}

/**
 * Keys are kept until one is missing: a platform that changed its key is asked again.
 *
 * @param {string} platform
 * @param {string} kid
 */
async function findKey(platform, kid) {
  const known = (await keySets.get(platform))?.find((key) => key.kid === kid);
  if (known) return createPublicKey({ key: known, format: 'jwk' });
  keySets.set(platform, fetchKeys(platform));
  const fetched = (await keySets.get(platform))?.find((key) => key.kid === kid);
  if (fetched) return createPublicKey({ key: fetched, format: 'jwk' });
  throw new Error(`the platform has no key ${kid}`);
}

/**
 * @param {string} platform
 * @returns {Promise<Key[]>}
 */
async function fetchKeys(platform) {
  const answer = await fetch(new URL('/.well-known/mezze-app-keys.json', platform));
  if (!answer.ok) throw new Error(`the platform's keys can't be had: ${answer.status}`);
  return (await answer.json()).keys;
}

/** @param {string} part */
function parse(part) {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
}

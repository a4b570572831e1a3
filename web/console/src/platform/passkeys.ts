/** Passkeys: what the platform asks of the browser, and the browser's answer in the platform's words. */
import { call } from './client';
import { challengeSchema, meSchema, passkeySchema } from './schemas';

export const hasPasskeys = (): boolean => typeof PublicKeyCredential === 'function';

/** No key was given: the person closed the question, or there is none. */
export class PasskeyRefused extends Error {
  override name = 'PasskeyRefused';
}

export async function signInWithPasskey(): Promise<void> {
  const { challenge, rp_id } = await call('POST', '/api/v1/session/passkey/challenge', challengeSchema);
  const credential = await offered(
    navigator.credentials.get({
      publicKey: { challenge: fromBase64Url(challenge), rpId: rp_id, userVerification: 'required' },
    }),
  );
  const response = credential.response as AuthenticatorAssertionResponse;
  await call('POST', '/api/v1/session/passkey', meSchema, {
    body: {
      challenge,
      id: toBase64Url(credential.rawId),
      client_data: toBase64Url(response.clientDataJSON),
      authenticator_data: toBase64Url(response.authenticatorData),
      signature: toBase64Url(response.signature),
    },
  });
}

export async function addPasskey(name: string, user: { login: string; name: string }): Promise<void> {
  const asked = await call('POST', '/api/v1/me/passkeys/challenge', challengeSchema);
  const credential = await offered(
    navigator.credentials.create({
      publicKey: {
        challenge: fromBase64Url(asked.challenge),
        rp: { id: asked.rp_id, name: 'Mezze' },
        user: { id: fromBase64Url(asked.user_id ?? ''), name: user.login, displayName: user.name },
        pubKeyCredParams: asked.algorithms.map((alg) => ({ type: 'public-key' as const, alg })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        attestation: 'none',
      },
    }),
  );
  const response = credential.response as AuthenticatorAttestationResponse;
  await call('POST', '/api/v1/me/passkeys', passkeySchema, {
    body: {
      challenge: asked.challenge,
      name,
      client_data: toBase64Url(response.clientDataJSON),
      attestation: toBase64Url(response.attestationObject),
    },
  });
}

async function offered(asking: Promise<Credential | null>): Promise<PublicKeyCredential> {
  const credential = await asking.catch(() => null);
  if (!(credential instanceof PublicKeyCredential)) throw new PasskeyRefused();
  return credential;
}

export function toBase64Url(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

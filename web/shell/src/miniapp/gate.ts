/**
 * The platform's gate, seen from the shell: what an app asks of the network goes through it. The ticket names user and
 * release; its key never reaches an app.
 */

import { base64url, fromBase64url, utf8 } from '../package/bytes';
import type { GateAccess } from '../platform/client';

export class Gate {
  #access: Promise<GateAccess | undefined>;
  #key: Promise<CryptoKey> | undefined;

  constructor(
    access: Promise<GateAccess | undefined>,
    private readonly renewAccess: () => Promise<GateAccess | undefined>,
    /** Told of each origin that something was fetched from. */
    private readonly contacted: (origin: string) => void = () => undefined,
  ) {
    this.#access = access;
  }

  /** Access that is still good for a while; undefined while the platform can't be reached. */
  async access(): Promise<GateAccess | undefined> {
    const current = await this.#access;
    const soon = Date.now() / 1000 + 60;
    if (current !== undefined && current.expires > soon) return current;
    this.#key = undefined;
    this.#access = this.renewAccess().catch(() => undefined);
    return this.#access;
  }

  /** A short-lived address for a remote picture or medium. */
  async mediaUrl(url: string): Promise<string | undefined> {
    const access = await this.access();
    if (access === undefined) return undefined;
    this.contacted(new URL(url).origin);
    this.#key ??= importKey(access.key);
    const target = base64url(utf8(url));
    const signature = await crypto.subtle.sign('HMAC', await this.#key, utf8(target));
    return `${location.origin}/gate/media/${access.ticket}/${base64url(new Uint8Array(signature))}/${target}`;
  }
}

function importKey(key: string): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', fromBase64url(key), algorithm, false, ['sign']);
}

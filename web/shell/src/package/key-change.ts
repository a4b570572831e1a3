/**
 * A platform's key that this device remembers may give way to a new one, by its own word (docs/architecture/signing.md).
 *
 * Input: the key that is remembered, the one that an answer names, and the words that came with it. Whether one leads to
 * the other, word by word; what the words are for is signed with them.
 */
import { array, type InferOutput, object, optional, string } from 'valibot';
import { fromBase64url, utf8 } from './bytes';

/** As answers of the platform carry them; keys and signature in base64url. */
export const keyChangesSchema = optional(array(object({ older: string(), newer: string(), signature: string() })), []);
type KeyChange = InferOutput<typeof keyChangesSchema>[number];

export type KeyPurpose = 'log' | 'revocations';

/** A platform changes its keys a few times in its life: more words than this are not followed. */
const most = 1000;

export async function keyChangesLead(
  purpose: KeyPurpose,
  from: string,
  to: string,
  changes: readonly KeyChange[],
): Promise<boolean> {
  const reached = new Set([from]);
  const left = changes.slice(0, most);
  while (!reached.has(to)) {
    const at = left.findIndex(({ older }) => reached.has(older));
    // Each is used once, so that a circle has an end.
    const [change] = at === -1 ? [] : left.splice(at, 1);
    if (change === undefined) return false;
    if (await holds(purpose, change)) reached.add(change.newer);
  }
  return true;
}

async function holds(purpose: KeyPurpose, { older, newer, signature }: KeyChange): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', fromBase64url(older), 'Ed25519', false, ['verify']);
    const message = utf8(`mezze key change v1\n${purpose}\n${older}\n${newer}`);
    return await crypto.subtle.verify('Ed25519', key, fromBase64url(signature), message);
  } catch {
    // Neither a key nor a signature: as good as a wrong one.
    return false;
  }
}

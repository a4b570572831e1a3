/**
 * Which keys a release's signer comes from: each key may sign for the one after it (`mezze keys vouch`). The platform
 * hands these signatures out; here each is checked, so that its word alone lets nobody at what another key's app stored.
 */
import { array, type InferOutput, maxLength, object, pipe, regex, string } from 'valibot';
import { fromBase64url, utf8 } from './bytes';

const keySchema = pipe(string(), regex(/^[\w-]{43}$/));

/** As in launch answers, the oldest first. */
export const lineageSchema = pipe(
  array(object({ key: keySchema, vouched_by: keySchema, signature: pipe(string(), regex(/^[\w-]{86}$/)) })),
  maxLength(64),
);
export type Lineage = InferOutput<typeof lineageSchema>;

/** The keys before `signer`, the nearest first, as far back as the signatures hold without a gap. */
export async function predecessors(appId: string, signer: string, lineage: Lineage): Promise<string[]> {
  const found: string[] = [];
  let current = signer;
  for (const { key, vouched_by, signature } of lineage.toReversed()) {
    if (key !== current || !(await vouches(appId, key, vouched_by, signature))) break;
    found.push(vouched_by);
    current = vouched_by;
  }
  return found;
}

async function vouches(appId: string, key: string, by: string, signature: string): Promise<boolean> {
  try {
    const imported = await crypto.subtle.importKey('raw', fromBase64url(by), 'Ed25519', false, ['verify']);
    const message = utf8(`mezze key vouch v1\n${appId.toLowerCase()}\n${key}`);
    return await crypto.subtle.verify('Ed25519', imported, fromBase64url(signature), message);
  } catch {
    return false;
  }
}

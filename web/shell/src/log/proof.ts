/**
 * Checks proofs of the public log (RFC 6962; RFC 9162 §2.1.3.2 and §2.1.4.2). A proof holds or it does not: both
 * functions throw a refusal that says which rule is broken.
 */
import { type Bytes, concatenate, equal, sha256 } from '../package/bytes';
import { refuse } from '../package/refusal';

/** Hash of an entry: SHA-256 of `00` and its bytes. */
export const leafHash = (entry: Bytes): Promise<Bytes> => sha256(concatenate([Uint8Array.of(0), entry]));

const nodeHash = (left: Bytes, right: Bytes): Promise<Bytes> => sha256(concatenate([Uint8Array.of(1), left, right]));

/** A tree that was seen. */
export interface Head {
  size: number;
  root: Bytes;
}

/** Checks that the leaf is entry `index` of the tree. */
export async function verifyInclusion(leaf: Bytes, index: number, head: Head, proof: readonly Bytes[]): Promise<void> {
  if (index >= head.size) refuse('log', `entry ${index} is not in a log of ${head.size} entries`);
  let hash = leaf;
  for (const { side, sibling } of climb(index, head.size - 1, proof)) {
    hash = await (side === 'left' ? nodeHash(sibling, hash) : nodeHash(hash, sibling));
  }
  if (!equal(hash, head.root)) refuse('log', 'the proof leads to another root than the signed one');
}

interface Step {
  side: 'left' | 'right';
  sibling: Bytes;
}

/** The way from node `at` of a level whose last node is `last` up to the root: each hash of the proof with its side. */
function climb(at: number, last: number, proof: readonly Bytes[]): Step[] {
  const way: Step[] = [];
  for (const sibling of proof) {
    if (last === 0) refuse('log', 'the proof has too many hashes');
    const left = at % 2 === 1 || at === last;
    way.push({ side: left ? 'left' : 'right', sibling });
    // At the right edge a node without a sibling rises unchanged.
    while (left && at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    [at, last] = [half(at), half(last)];
  }
  if (last !== 0) refuse('log', 'the proof has too few hashes');
  return way;
}

/** Checks that the tree `next` holds everything that `known` held, in the same order. */
export async function verifyConsistency(known: Head, next: Head, proof: readonly Bytes[]): Promise<void> {
  if (known.size > next.size) refuse('log', `the log shrank from ${known.size} to ${next.size} entries`);
  if (known.size === next.size && !equal(known.root, next.root)) refuse('log', 'the log was rewritten');
  if (known.size === next.size || known.size === 0) {
    if (proof.length > 0) refuse('log', 'the proof has too many hashes');
    return;
  }
  // An old tree that is one complete subtree is the first node itself, and not in the proof.
  const isPower = Math.log2(known.size) % 1 === 0;
  const [first, ...rest] = isPower ? [known.root, ...proof] : proof;
  if (first === undefined) return refuse('log', 'the proof has too few hashes');
  let at = known.size - 1;
  let last = next.size - 1;
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  let before = first;
  let after = first;
  for (const { side, sibling } of climb(at, last, rest)) {
    // What lies to the right came later: the old tree does not know it.
    if (side === 'left') before = await nodeHash(sibling, before);
    after = await (side === 'left' ? nodeHash(sibling, after) : nodeHash(after, sibling));
  }
  if (!equal(before, known.root) || !equal(after, next.root)) refuse('log', 'the log was rewritten');
}

/** Sizes are beyond 32 bits one day: no shifts. */
const half = (number: number) => Math.floor(number / 2);

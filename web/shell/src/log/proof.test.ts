/** Proofs of every entry and every earlier tree, made by the RFC's definitions, and the same proofs with one thing wrong. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Bytes, concatenate, sha256 } from '../package/bytes';
import { leafHash, verifyConsistency, verifyInclusion } from './proof';

const MOST = 21;
let leaves: Bytes[] = [];

beforeAll(async () => {
  leaves = await Promise.all(Array.from({ length: MOST }, (_, index) => leafHash(Uint8Array.of(index))));
});

/** The largest power of two below `count`. */
const split = (count: number) => 2 ** Math.ceil(Math.log2(count) - 1);

async function root(nodes: readonly Bytes[]): Promise<Bytes> {
  if (nodes.length === 1) return nodes[0] as Bytes;
  const [left, right] = [nodes.slice(0, split(nodes.length)), nodes.slice(split(nodes.length))];
  return sha256(concatenate([Uint8Array.of(1), await root(left), await root(right)]));
}

/** RFC 6962 §2.1.1. */
async function path(index: number, nodes: readonly Bytes[]): Promise<Bytes[]> {
  if (nodes.length === 1) return [];
  const half = split(nodes.length);
  const [left, right] = [nodes.slice(0, half), nodes.slice(half)];
  return index < half
    ? [...(await path(index, left)), await root(right)]
    : [...(await path(index - half, right)), await root(left)];
}

/** RFC 6962 §2.1.2. */
async function growth(old: number, nodes: readonly Bytes[], whole = true): Promise<Bytes[]> {
  if (old === nodes.length) return whole ? [] : [await root(nodes)];
  const half = split(nodes.length);
  const [left, right] = [nodes.slice(0, half), nodes.slice(half)];
  return old <= half
    ? [...(await growth(old, left, whole)), await root(right)]
    : [...(await growth(old - half, right, false)), await root(left)];
}

const sizes = Array.from({ length: MOST }, (_, index) => index + 1);
const head = async (size: number) => ({ size, root: await root(leaves.slice(0, size)) });
const changed = (bytes: Bytes) => Uint8Array.from(bytes, (byte, place) => (place === 7 ? byte ^ 1 : byte));

describe.each(sizes)('a log of %i entries', (size) => {
  it('proves each entry, and no other in its place', async () => {
    const of = await head(size);
    for (let index = 0; index < size; index += 1) {
      const leaf = leaves[index] as Bytes;
      const proof = await path(index, leaves.slice(0, size));
      await verifyInclusion(leaf, index, of, proof);
      await expect(verifyInclusion(changed(leaf), index, of, proof)).rejects.toThrow();
      await expect(verifyInclusion(leaf, index, of, [...proof, leaf])).rejects.toThrow('too many');
      if (proof.length > 0) await expect(verifyInclusion(leaf, index, of, proof.slice(1))).rejects.toThrow();
    }
    await expect(verifyInclusion(leaves[0] as Bytes, size, of, [])).rejects.toThrow('is not in a log');
  });

  it('proves that it continues each shorter one, and no other', async () => {
    const next = await head(size);
    for (let old = 1; old < size; old += 1) {
      const known = await head(old);
      const proof = await growth(old, leaves.slice(0, size));
      await verifyConsistency(known, next, proof);
      await expect(verifyConsistency({ ...known, root: changed(known.root) }, next, proof)).rejects.toThrow();
      await expect(verifyConsistency(known, { ...next, root: changed(next.root) }, proof)).rejects.toThrow('rewritten');
      await expect(verifyConsistency(known, next, [...proof, next.root])).rejects.toThrow('too many');
      await expect(verifyConsistency(next, known, proof)).rejects.toThrow('shrank');
    }
    await verifyConsistency(next, next, []);
  });
});

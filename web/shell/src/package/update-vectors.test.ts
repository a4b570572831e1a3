/** The shell's reader of updates and of the public log against the vectors that `crates/mezze-package` makes. */
import 'fake-indexeddb/auto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it, test } from 'vitest';
import { remove } from '../device/database';
import { readCheckpoint, readLogKey } from '../log/checkpoint';
import { verifyConsistency, verifyInclusion } from '../log/proof';
import { checkLogged, type LogProof } from '../log/release';
import { type Bytes, hex } from './bytes';
import { assembleDelta } from './delta';
import { PackageRefusal } from './refusal';
import { verifyPackage } from './verify';

interface Vector {
  app_id: string;
  version: string;
  package_digest: string;
  developer_key: string;
  platform_key: string;
  base: string;
  base_version: string;
  base_digest: string;
  target: string;
  delta: string;
  refused: { what: string; delta: string }[];
  log: {
    origin: string;
    verifier_key: string;
    older_checkpoint: string;
    release: Omit<LogProof, 'verifier_key'>;
    consistency: string[];
    inclusions: { size: number; index: number; leaf: string; root: string; proof: string[] }[];
    consistencies: { from: number; to: number; old_root: string; new_root: string; proof: string[] }[];
  };
}

const fixture = new URL('../../../../tests/fixtures/package/update-1.json', import.meta.url);
const vector = JSON.parse(await readFile(fixture, 'utf8')) as Vector;
const trusted = { developer: vector.developer_key, platform: vector.platform_key };
const wanted = { appId: vector.app_id, version: vector.version, digest: vector.package_digest };
const fromBase64 = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'base64'));
const fromHex = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'hex'));

const base = await verifyPackage(
  fromBase64(vector.base),
  { appId: vector.app_id, version: vector.base_version, digest: vector.base_digest },
  trusted,
);
const contents = new Map(base.list.map(({ path, digest }) => [digest, base.content.get(path) as Bytes]));
const kept = async (digests: readonly string[]) =>
  new Map(digests.flatMap((digest) => (contents.has(digest) ? [[digest, contents.get(digest) as Bytes]] : [])));

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'not refused',
    (failure: unknown) => (failure instanceof PackageRefusal ? failure.check : String(failure)),
  );

describe('an update', () => {
  it('leads to the files of the whole package', async () => {
    const whole = await verifyPackage(fromBase64(vector.target), wanted, trusted);
    const assembled = await assembleDelta(fromBase64(vector.delta), kept, wanted, trusted);
    expect(assembled.digest).toBe(whole.digest);
    expect(assembled.signed).toEqual(whole.signed);
    const byPath = (list: typeof whole.list) => [...list].sort((one, other) => (one.path < other.path ? -1 : 1));
    expect(byPath(assembled.list)).toEqual(byPath(whole.list));
    for (const [path, content] of whole.content) expect(assembled.content.get(path)).toEqual(content);
  });

  test.each(vector.refused)('is refused: $what', async ({ delta }) => {
    await expect(assembleDelta(fromBase64(delta), kept, wanted, trusted)).rejects.toThrow(PackageRefusal);
  });

  it('is refused where the device lost a file, or has another developer or version in mind', async () => {
    const delta = fromBase64(vector.delta);
    expect(await refusal(assembleDelta(delta, async () => new Map(), wanted, trusted))).toBe('update');
    const other = { ...trusted, developer: vector.platform_key };
    expect(await refusal(assembleDelta(delta, kept, wanted, other))).toBe('signer');
    expect(await refusal(assembleDelta(delta, kept, { ...wanted, version: '2.0.0' }, trusted))).toBe('identity');
  });
});

describe('the public log', () => {
  const head = (size: number, root: string) => ({ size, root: fromHex(root) });

  it('gives proofs that hold, and no other', async () => {
    for (const { size, index, leaf, root, proof } of vector.log.inclusions) {
      const hashes = proof.map(fromHex);
      await verifyInclusion(fromHex(leaf), index, head(size, root), hashes);
      const other = fromHex(leaf);
      other[0] = (other[0] ?? 0) ^ 1;
      expect(await refusal(verifyInclusion(other, index, head(size, root), hashes))).toBe('log');
      expect(await refusal(verifyInclusion(fromHex(leaf), index, head(size, root), [...hashes, other]))).toBe('log');
      if (hashes.length > 0)
        expect(await refusal(verifyInclusion(fromHex(leaf), index, head(size, root), hashes.slice(1)))).toBe('log');
    }
  });

  it('only grows', async () => {
    for (const { from, to, old_root, new_root, proof } of vector.log.consistencies) {
      const hashes = proof.map(fromHex);
      await verifyConsistency(head(from, old_root), head(to, new_root), hashes);
      const rewritten = old_root.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
      expect(await refusal(verifyConsistency(head(from, rewritten), head(to, new_root), hashes))).toBe('log');
      if (from < to)
        expect(await refusal(verifyConsistency(head(to, new_root), head(from, old_root), hashes))).toBe('log');
    }
  });

  it('has one key and one name', async () => {
    const key = await readLogKey(vector.log.verifier_key);
    expect(key.origin).toBe(vector.log.origin);
    const text = vector.log.release.checkpoint;
    expect((await readCheckpoint(text, key)).size).toBe(11);
    expect(await refusal(readCheckpoint(text.replace('\n11\n', '\n12\n'), key))).toBe('log');
    expect(await refusal(readCheckpoint(text.replaceAll('mezze.example', 'other.example'), key))).toBe('log');
    expect(await refusal(readLogKey(vector.log.verifier_key.replace('+', '+0')))).toBe('log');
    expect(hex(key.hash)).toMatch(/^[0-9a-f]{8}$/);
  });
});

describe('a release that is to run', () => {
  const release = {
    appId: vector.app_id,
    version: vector.version,
    digest: vector.package_digest,
    developer: vector.developer_key,
  };
  const answer = { ...vector.log.release, verifier_key: vector.log.verifier_key };
  const none = async () => [];

  it('stands in the log, as this package', async () => {
    await remove('device', 'log');
    expect(await checkLogged(release, answer, undefined, none)).toBe(5);
    expect(await checkLogged(release, answer, 5, none)).toBe(5);
    expect(await refusal(checkLogged(release, undefined, undefined, none))).toBe('log');
    expect(await refusal(checkLogged({ ...release, digest: vector.base_digest }, answer, undefined, none))).toBe('log');
    expect(await refusal(checkLogged({ ...release, developer: 'x' }, answer, undefined, none))).toBe('log');
  });

  it('is not one that the log had before what this device has run', async () => {
    expect(await refusal(checkLogged(release, answer, 6, none))).toBe('log');
  });

  it('comes with a log that continues the one this device knows', async () => {
    await remove('device', 'log');
    await checkLogged(release, answer, undefined, none);
    const older = { ...answer, checkpoint: vector.log.older_checkpoint };
    // Entry 5 of the older log has another proof; the known log must also continue it.
    const inOlder = vector.log.inclusions.find(({ size, index }) => size === 7 && index === 5);
    const proof = { ...older, proof: inOlder?.proof ?? [] };
    expect(await checkLogged(release, proof, undefined, async () => vector.log.consistency)).toBe(5);
    expect(await refusal(checkLogged(release, proof, undefined, none))).toBe('log');
  });

  it('comes from the log whose key this device knows', async () => {
    const other = { ...answer, verifier_key: `other.example/log+${'0'.repeat(8)}+AA==` };
    expect(await refusal(checkLogged(release, other, undefined, none))).toBe('log');
  });
});

/** Whose data a release works on: by real keys and signatures, as the platform hands them out. */
import 'fake-indexeddb/auto';
import { beforeAll, expect, it } from 'vitest';
import { base64url, utf8 } from '../package/bytes';
import type { Lineage } from '../package/lineage';
import { get, put } from './database';
import { ownersPlace } from './owner-record';
import { ownerOf } from './owners';

interface Maker {
  name: string;
  sign(text: string): Promise<string>;
}

async function maker(): Promise<Maker> {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const name = base64url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
  const sign = async (text: string) =>
    base64url(new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, utf8(text))));
  return { name, sign };
}

const vouch = async (by: Maker, next: Maker, appId: string): Promise<Lineage[number]> => ({
  key: next.name,
  vouched_by: by.name,
  signature: await by.sign(`mezze key vouch v1\n${appId}\n${next.name}`),
});
const owner = (appId: string, signer: Maker, ...lineage: Lineage) =>
  ownerOf({ appId, signers: { developer: signer.name }, lineage });

let first: Maker;
let second: Maker;
let third: Maker;
let stranger: Maker;

beforeAll(async () => {
  [first, second, third, stranger] = await Promise.all([maker(), maker(), maker(), maker()]);
});

it('is the signer’s own at first, and stays so', async () => {
  expect(await owner('app.own', first)).toBe(first.name);
  expect(await owner('app.own', first)).toBe(first.name);
  expect(await owner('app.own', stranger)).toBe(stranger.name);
  expect(await owner('app.other', second)).toBe(second.name);
});

it('follows a key that the earlier one vouched for, over several steps, and back', async () => {
  const id = 'app.rotated';
  await owner(id, first);
  const steps = [await vouch(first, second, id), await vouch(second, third, id)];
  expect(await owner(id, third, ...steps)).toBe(first.name);
  expect(await owner(id, second, ...steps.slice(0, 1))).toBe(first.name);
  // A release that was rolled back to, and one that opens without a network.
  expect(await owner(id, first)).toBe(first.name);
  expect(await owner(id, third)).toBe(first.name);
});

it('does not follow what is not proved', async () => {
  const id = 'app.forged';
  await owner(id, first);
  const good = await vouch(first, second, id);
  const flipped = `${good.signature[0] === 'A' ? 'B' : 'A'}${good.signature.slice(1)}`;
  const cases: Record<string, Lineage> = {
    'no signature': [],
    'of another app': [await vouch(first, second, 'app.other')],
    'by the new key itself': [{ ...(await vouch(second, second, id)), vouched_by: first.name }],
    'for another key': [{ ...(await vouch(first, third, id)), key: second.name }],
    'a flipped bit': [{ ...good, signature: flipped }],
    'a gap': [await vouch(first, third, id), await vouch(stranger, second, id)],
    'the wrong order': [await vouch(second, third, id), good].toReversed(),
  };
  for (const [name, lineage] of Object.entries(cases)) {
    await put('device', ownersPlace(id), [{ name: first.name, keys: [first.name] }]);
    expect(await owner(id, second, ...lineage), name).toBe(second.name);
  }
  await put('device', ownersPlace(id), [{ name: first.name, keys: [first.name] }]);
  expect(await owner(id, second, good)).toBe(first.name);
});

it('gives a stranger nothing who vouches for a key that is here', async () => {
  const id = 'app.embraced';
  await owner(id, first);
  // Anybody can sign for another's public key: the stranger's own data stays apart, and so does the first maker's.
  expect(await owner(id, first, await vouch(stranger, first, id))).toBe(first.name);
  expect(await owner(id, stranger)).toBe(stranger.name);
});

it('is one answer for two tabs that ask at once', async () => {
  const answers = await Promise.all([owner('app.twice', first), owner('app.twice', first)]);
  expect(new Set(answers)).toEqual(new Set([first.name]));
  expect(await get('device', ownersPlace('app.twice'))).toEqual([{ name: first.name, keys: [first.name] }]);
});

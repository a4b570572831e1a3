import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { remove } from '../device/database';
import { base64url, utf8 } from './bytes';
import { keyChange } from './key-change.fixture';
import { PackageRefusal } from './refusal';
import { addRevocations, revocationOf, type SignedList } from './revocations';

const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
const other = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;

interface Entry {
  sequence: number;
  [member: string]: unknown;
}

const release = (sequence: number, version: string): Entry => ({
  sequence,
  kind: 'release',
  app_id: 'org.example.menu',
  version,
  package_digest: `digest of ${version}`,
  developer_key: null,
  reason: `no more ${version}`,
  at: 1,
});
const key: Entry = { ...release(9, ''), kind: 'key', version: null, package_digest: null, developer_key: 'stolen' };

async function signed(entries: Entry[], since = 0, more: Record<string, unknown> = {}, by = pair): Promise<SignedList> {
  const latest = entries.at(-1)?.sequence ?? since;
  const list = { type: 'mezze.revocations.v1', issued: 1000, since, latest, entries, ...more };
  const payload = base64url(utf8(JSON.stringify(list)));
  const signature = await crypto.subtle.sign('Ed25519', by.privateKey, utf8(`mezze revocations v1\n${payload}`));
  const raw = await crypto.subtle.exportKey('raw', by.publicKey);
  return { payload, signature: base64url(new Uint8Array(signature)), key: base64url(new Uint8Array(raw)) };
}

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'not refused',
    (failure: unknown) => (failure instanceof PackageRefusal ? failure.check : String(failure)),
  );
const asked = (version: string, developer = 'known') => ({
  appId: 'org.example.menu',
  version,
  digest: `digest of ${version}`,
  signers: { developer, platform: 'platform' },
});

describe('the list of revocations', () => {
  beforeEach(() => remove('device', 'revocations'));

  it('names what must not run, and why', async () => {
    expect(await addRevocations(await signed([release(3, '1.0.0')]), 0)).toBe(true);
    expect(await revocationOf(asked('1.0.0'))).toMatchObject({ reason: 'no more 1.0.0' });
    expect(await revocationOf(asked('1.1.0'))).toBeUndefined();
    expect(await revocationOf({ ...asked('1.0.0'), appId: 'org.example.other' })).toBeUndefined();
    await addRevocations(await signed([key], 3), 3);
    expect(await revocationOf(asked('1.1.0', 'stolen'))).toBeDefined();
    expect(await revocationOf(asked('1.1.0'))).toBeUndefined();
  });

  it('is only ever added to', async () => {
    await addRevocations(await signed([release(3, '1.0.0')]), 0);
    expect(await addRevocations(await signed([], 3), 3)).toBe(false);
    expect(await refusal(addRevocations(await signed([], 0), 3))).toBe('update');
    expect(await refusal(addRevocations(await signed([], 3, { latest: 2 }), 3))).toBe('update');
    expect(await refusal(addRevocations(await signed([release(2, '1.1.0')], 3), 3))).toBe('update');
    expect(await refusal(addRevocations(await signed([], 3, { issued: 600 }), 3))).toBe('update');
    expect(await revocationOf(asked('1.0.0'))).toBeDefined();
  });

  it('counts only with the signature of the key that was first seen', async () => {
    const good = await signed([release(3, '1.0.0')]);
    const { payload } = await signed([release(3, '2.0.0')]);
    expect(await refusal(addRevocations({ ...good, payload }, 0))).toBe('signature');
    expect(await refusal(addRevocations({ ...good, signature: 'x' }, 0))).toBe('signature');
    await addRevocations(good, 0);
    expect(await refusal(addRevocations(await signed([], 3, {}, other), 3))).toBe('signer');
  });

  it('goes on with a key that the known one vouched for, and never back', async () => {
    await addRevocations(await signed([release(3, '1.0.0')]), 0);
    const newer = await signed([release(4, '1.1.0')], 3, {}, other);
    const changes = [await keyChange('revocations', pair, other)];
    const elsewhere = [await keyChange('log', pair, other)];
    const forged = [{ ...(await keyChange('revocations', other, other)), older: changes[0]?.older ?? '' }];
    for (const wrong of [elsewhere, forged, []]) {
      expect(await refusal(addRevocations({ ...newer, changes: wrong }, 3))).toBe('signer');
    }
    expect(await addRevocations({ ...newer, changes }, 3)).toBe(true);
    expect(await revocationOf(asked('1.0.0'))).toBeDefined();
    expect(await revocationOf(asked('1.1.0'))).toBeDefined();
    expect(await addRevocations(await signed([], 4, {}, other), 4)).toBe(false);
    expect(await refusal(addRevocations({ ...(await signed([], 4)), changes }, 4))).toBe('signer');
  });
});

import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { remove } from '../device/database';
import { type Bytes, concatenate, hex, sha256, utf8 } from '../package/bytes';
import { keyChange } from '../package/key-change.fixture';
import { PackageRefusal } from '../package/refusal';
import { leafHash } from './proof';
import { checkLogged, type LogProof } from './release';

const make = async () => (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
const [first, second] = await Promise.all([make(), make()]);
const release = { appId: 'org.example.menu', version: '1.0.0', digest: 'ab', developer: 'key' };
const entry = JSON.stringify({
  app_id: release.appId,
  developer: release.developer,
  files_digest: 'cd',
  package_digest: release.digest,
  time: 1,
  type: 'mezze.log.release.v1',
  version: release.version,
});

const base64 = (bytes: Bytes) => btoa(String.fromCharCode(...bytes));

/** A log of this one entry, signed by a key. */
async function proof(by: CryptoKeyPair, more: Partial<LogProof> = {}, origin = 'localhost/log'): Promise<LogProof> {
  const key = concatenate([new Uint8Array([1]), new Uint8Array(await crypto.subtle.exportKey('raw', by.publicKey))]);
  const name = (await sha256(concatenate([utf8(`${origin}\n`), key]))).slice(0, 4);
  const body = `${origin}\n1\n${base64(await leafHash(utf8(entry)))}\n`;
  const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', by.privateKey, utf8(body)));
  const checkpoint = `${body}\n— ${origin} ${base64(concatenate([name, signature]))}\n`;
  return { verifier_key: `${origin}+${hex(name)}+${base64(key)}`, index: 0, entry, proof: [], checkpoint, ...more };
}

const check = (answer: LogProof) =>
  checkLogged(release, answer, undefined, async () => []).then(
    (index) => index,
    (failure: unknown) => (failure instanceof PackageRefusal ? failure.detail : String(failure)),
  );

describe("the public log's key", () => {
  beforeEach(() => remove('device', 'log'));

  it('is the one that the device saw first', async () => {
    expect(await check(await proof(first))).toBe(0);
    expect(await check(await proof(first))).toBe(0);
    expect(await check(await proof(second))).toContain('another key than this device knows');
  });

  it('gives way to one that it vouched for, and then counts no more', async () => {
    await check(await proof(first));
    const changes = [await keyChange('log', first, second)];
    expect(await check(await proof(second, { changes: [await keyChange('revocations', first, second)] }))).toContain(
      'did not vouch',
    );
    expect(await check(await proof(second, { changes: [await keyChange('log', second, second)] }))).toContain(
      'did not vouch',
    );
    expect(await check(await proof(second, { changes }, 'other.example/log'))).toContain('did not vouch');
    expect(await check(await proof(second, { changes }))).toBe(0);
    expect(await check(await proof(second))).toBe(0);
    expect(await check(await proof(first, { changes }))).toContain('another key');
  });
});

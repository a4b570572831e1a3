/** A device's database of the form before comes forward with everything in it. */
import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { AppFiles } from '../miniapp/files';
import { AppStorage } from '../miniapp/storage';
import { answer, database, transact } from './database';
import { ownerOf } from './owners';

/** As the shell made it before owners were noted. */
async function fill(rows: Record<string, [IDBValidKey, unknown][]>): Promise<void> {
  const request = indexedDB.open('mezze', 2);
  request.onupgradeneeded = () => {
    for (const name of ['device', 'packages', 'files', 'storage', 'appFiles', 'home', 'settings']) {
      const store = request.result.createObjectStore(name);
      for (const [key, value] of rows[name] ?? []) store.put(value, key);
    }
  };
  (await answer(request)).close();
}

it('gives what apps stored to the signer of the package that is kept, else to the first who comes', async () => {
  // A value is encrypted for its name alone, so that one made today reads like one of then.
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const exchange = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']);
  const value = async (name: string, text: string) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const parameters = { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) };
    return {
      iv,
      size: text.length,
      data: await crypto.subtle.encrypt(parameters, key, new TextEncoder().encode(text)),
    };
  };
  const folder = { created: 1, modified: 1, size: 0, parts: null };
  await fill({
    device: [['keys', { files: key, exchange }]],
    packages: [
      ['org.a', { signers: { developer: 'maker-a' } }],
      ['org.a;version=0.9', { signers: { developer: 'tester-a' } }],
      ['org.c;version=2', { signers: { developer: 'maker-c' } }],
    ],
    storage: [
      [['u1', 'org.a', 'x'], await value('x', '"1"')],
      [['u2', 'org.a', 'x'], await value('x', '"2"')],
      [['u1', 'org.b', 'y'], await value('y', '"3"')],
      [['u1', 'org.c', 'z'], await value('z', '"4"')],
    ],
    appFiles: [[['u1', 'org.a', 'wxfile://usr/d'], folder]],
  });
  expect((await database()).version).toBe(3);

  const contents = async (user: string, appId: string, developer: string) => {
    const storage = new AppStorage(user, appId, () => undefined);
    const owner = await ownerOf({ appId, signers: { developer }, lineage: [] });
    const entries = storage.open(owner, await storage.read());
    const texts = await Promise.all(entries.map(async (entry) => [entry.key, await entry.value.text()] as const));
    return Object.fromEntries(texts);
  };
  expect(await contents('u1', 'org.a', 'somebody-else')).toEqual({});
  expect(await contents('u1', 'org.a', 'tester-a')).toEqual({});
  expect(await contents('u1', 'org.a', 'maker-a')).toEqual({ x: '"1"' });
  expect(await contents('u2', 'org.a', 'maker-a')).toEqual({ x: '"2"' });
  expect(await contents('u1', 'org.c', 'maker-c')).toEqual({ z: '"4"' });
  expect(await contents('u1', 'org.b', 'first-who-comes')).toEqual({ y: '"3"' });
  expect(await contents('u1', 'org.b', 'second-who-comes')).toEqual({});
  const files = new AppFiles(
    'u1',
    'org.a',
    () => undefined,
    () => undefined,
  );
  expect(files.open('maker-a', await files.read()).map(({ path }) => path)).toEqual(['wxfile://usr/d']);
  const left = await transact(['storage'], 'readonly', (transaction) =>
    answer(transaction.objectStore('storage').getAllKeys()),
  );
  expect(left.every((one) => Array.isArray(one) && one.length === 4)).toBe(true);
});

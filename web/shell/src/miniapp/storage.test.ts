import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { transact } from '../device/database';
import { AppStorage } from './storage';

const refused: string[] = [];
const storage = (appId = 'org.example.a', user = 'u1', owner = 'key-1') => {
  const made = new AppStorage(user, appId, (reason) => refused.push(reason));
  made.open(owner, new Map());
  return made;
};
const contents = async (store: AppStorage) => {
  const entries = await store.load();
  const texts = await Promise.all(entries.map(async ({ key, value }) => [key, await value.text()] as const));
  return Object.fromEntries(texts);
};

describe('storage of an app', () => {
  beforeEach(async () => {
    refused.length = 0;
    await transact(['storage'], 'readwrite', (transaction) => {
      transaction.objectStore('storage').clear();
    });
  });

  it('is written in order and read by the next start', async () => {
    const first = storage();
    first.change({ k: 'storage', op: 'set', key: 'a', value: '"1"' });
    first.change({ k: 'storage', op: 'set', key: 'b', value: '{"x":"橄榄"}' });
    first.change({ k: 'storage', op: 'set', key: 'a', value: '"2"' });
    first.change({ k: 'storage', op: 'remove', key: 'c' });
    await first.flush();
    expect(await contents(storage())).toEqual({ a: '"2"', b: '{"x":"橄榄"}' });
  });

  it('belongs to one app and one user', async () => {
    const own = storage();
    own.change({ k: 'storage', op: 'set', key: 'a', value: '1' });
    await own.flush();
    expect(await contents(storage('org.example.ab'))).toEqual({});
    expect(await contents(storage('org.example.a', 'u2'))).toEqual({});
    const other = storage('org.example.b');
    other.change({ k: 'storage', op: 'clear' });
    await other.flush();
    expect(await contents(storage())).toEqual({ a: '1' });
  });

  it('belongs to one owner, though others have the same app id; the user erases all of it', async () => {
    const own = storage();
    own.change({ k: 'storage', op: 'set', key: 'a', value: '1' });
    await own.flush();
    const other = () => storage('org.example.a', 'u1', 'key-2');
    expect(await contents(other())).toEqual({});
    const writing = other();
    writing.change({ k: 'storage', op: 'clear' });
    writing.change({ k: 'storage', op: 'set', key: 'b', value: '2' });
    await writing.flush();
    expect(await contents(storage())).toEqual({ a: '1' });
    expect(await contents(other())).toEqual({ b: '2' });
    const reading = new AppStorage('u1', 'org.example.a', () => undefined);
    expect(reading.open('key-2', await reading.read()).map(({ key }) => key)).toEqual(['b']);
    expect(reading.size).toBe(1);
    await storage().erase();
    expect(await contents(other())).toEqual({});
  });

  it('is nobody’s until it is known whose release runs', async () => {
    const early = new AppStorage('u1', 'org.example.a', () => undefined);
    early.change({ k: 'storage', op: 'set', key: 'a', value: '1' });
    await early.flush();
    expect(await early.load()).toEqual([]);
    expect(await early.read()).toEqual(new Map());
  });

  it('can be cleared by the app and erased by the user', async () => {
    const own = storage();
    own.change({ k: 'storage', op: 'set', key: 'a', value: '1' });
    own.change({ k: 'storage', op: 'clear' });
    own.change({ k: 'storage', op: 'set', key: 'b', value: '2' });
    await own.flush();
    expect(await contents(storage())).toEqual({ b: '2' });
    await own.erase();
    expect(await contents(storage())).toEqual({});
  });

  it('is not kept in the clear', async () => {
    const own = storage();
    own.change({ k: 'storage', op: 'set', key: 'a', value: '"a secret of the user"' });
    await own.flush();
    const raw = await transact(['storage'], 'readonly', async (transaction) => {
      const request = transaction.objectStore('storage').getAll();
      return new Promise<{ data: ArrayBuffer }[]>((resolve) => {
        request.onsuccess = () => resolve(request.result);
      });
    });
    expect(raw).toHaveLength(1);
    expect(new TextDecoder().decode(raw[0]?.data)).not.toContain('secret');
  });

  it('holds a worker to the quota that ignores it', async () => {
    const own = storage();
    own.change({ k: 'storage', op: 'set', key: 'big', value: 'x'.repeat(2 * 1024 * 1024) });
    for (let index = 0; index < 14; index += 1) {
      own.change({ k: 'storage', op: 'set', key: `k${index}`, value: 'x'.repeat(1024 * 1024) });
    }
    await own.flush();
    const kept = await contents(storage());
    expect(Object.keys(kept)).toHaveLength(10);
    expect(refused).toHaveLength(5);
    expect(refused[0]).toContain('quota');
  });
});

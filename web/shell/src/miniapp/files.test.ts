/** Files of apps on the device: kept, encrypted, bounded, and out of each other's reach. */
import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { fileLimits } from '../../../runtime/protocol';
import { answer, transact } from '../device/database';
import { AppFiles } from './files';

let user = 0;
const refused = vi.fn<(reason: string) => void>();
const announce = vi.fn<(path: string, data: Blob) => void>();

beforeEach(() => {
  user += 1;
  refused.mockClear();
  announce.mockClear();
});

const read = async (app = 'org.example.a', owner = 'key-1') => {
  const made = new AppFiles(`user${user}`, app, refused, announce);
  return made.open(owner, await made.read());
};
const files = (app = 'org.example.a', owner = 'key-1') => {
  const made = new AppFiles(`user${user}`, app, refused, announce);
  made.open(owner, new Map());
  return made;
};
const write = (path: string, data: Blob | string) =>
  ({ k: 'file', op: 'write', path, data: typeof data === 'string' ? new Blob([data]) : data }) as const;

async function loaded(app?: string, owner?: string): Promise<Record<string, string | null>> {
  const kept = await read(app, owner);
  const texts = kept.map(async ({ path, data }) => [path, data === null ? null : await data.text()] as const);
  return Object.fromEntries(await Promise.all(texts));
}

it('keeps user and saved files for the next run, by user and app', async () => {
  const one = files();
  one.change({ k: 'file', op: 'directory', path: 'wxfile://usr/d' });
  one.change(write('wxfile://usr/d/a.txt', 'hello'));
  one.change(write('wxfile://store_1.png', 'pic'));
  await one.flush();
  expect(await loaded()).toEqual({
    'wxfile://usr/d': null,
    'wxfile://usr/d/a.txt': 'hello',
    'wxfile://store_1.png': 'pic',
  });
  expect(await loaded('org.example.b')).toEqual({});
});

it('gives another owner of the same app id nothing, and erases all of it for the user', async () => {
  const one = files();
  one.change(write('wxfile://usr/a', 'mine'));
  await one.flush();
  expect(await loaded('org.example.a', 'key-2')).toEqual({});
  const other = files('org.example.a', 'key-2');
  other.change(write('wxfile://usr/a', 'theirs'));
  await other.flush();
  expect(await loaded()).toEqual({ 'wxfile://usr/a': 'mine' });
  await one.erase();
  expect(await loaded('org.example.a', 'key-2')).toEqual({});
});

it('has nothing in the clear on the device, and drops what was changed there', async () => {
  const one = files();
  const large = new Blob(['secret'.repeat(1_000_000)]);
  one.change(write('wxfile://usr/a', large));
  await one.flush();
  const key = [`user${user}`, 'org.example.a', 'key-1', 'wxfile://usr/a'];
  const stored = (await transact(['appFiles'], 'readonly', (transaction) =>
    answer(transaction.objectStore('appFiles').get(key)),
  )) as { parts: { data: ArrayBuffer }[] };
  expect(stored.parts).toHaveLength(2);
  expect(new TextDecoder('latin1').decode(stored.parts[0]?.data)).not.toContain('secret');
  expect((await read())[0]?.data?.size).toBe(large.size);
  const exchanged = { ...stored, parts: stored.parts.toReversed() };
  await transact(['appFiles'], 'readwrite', (transaction) => {
    transaction.objectStore('appFiles').put(exchanged, key);
  });
  expect(await read()).toEqual([]);
});

it('moves and removes folders with what is in them', async () => {
  const one = files();
  for (const path of ['wxfile://usr/a', 'wxfile://usr/a/b']) one.change({ k: 'file', op: 'directory', path });
  one.change(write('wxfile://usr/a/b/c', 'c'));
  await one.flush();
  one.change({ k: 'file', op: 'rename', from: 'wxfile://usr/a', to: 'wxfile://usr/z' });
  await one.flush();
  expect(await loaded()).toEqual({ 'wxfile://usr/z': null, 'wxfile://usr/z/b': null, 'wxfile://usr/z/b/c': 'c' });
  one.change({ k: 'file', op: 'remove', path: 'wxfile://usr/z' });
  await one.flush();
  expect(await loaded()).toEqual({});
});

it('names temporary files, tells logic, and saves them', async () => {
  const one = files();
  const path = one.addTemporary(new Blob(['x'], { type: 'image/png' }), 'png');
  expect(path).toMatch(/^wxfile:\/\/tmp_[0-9a-f]{24}\.png$/);
  expect(announce).toHaveBeenCalledWith(path, expect.any(Blob));
  expect(one.addTemporary(new Blob(['x']), '../x')).not.toContain('..');
  one.change({ k: 'file', op: 'rename', from: path, to: 'wxfile://store_2.png' });
  expect(one.find(path)).toBeUndefined();
  expect(one.find('wxfile://store_2.png')?.type).toBe('image/png');
  await one.flush();
  expect(Object.keys(await loaded())).toEqual(['wxfile://store_2.png']);
});

it('refuses what is not the app’s, whatever logic says', () => {
  const one = files();
  for (const path of ['a.txt', 'wxfile://tmp_1', 'wxfile://usr/../store_1', 'https://a.example', 'wxfile://other/a']) {
    one.change(write(path, 'x'));
    one.change({ k: 'file', op: 'rename', from: 'wxfile://usr/a', to: path });
  }
  expect(one.size).toBe(0);
  expect(refused).toHaveBeenCalledTimes(10);
  const full = new Blob([]);
  Object.defineProperty(full, 'size', { value: fileLimits.total + 1 });
  one.change(write('wxfile://usr/a', full));
  expect(refused).toHaveBeenLastCalledWith('file "wxfile://usr/a" is over the quota');
});

it('says why a download can’t go where the app wants it', () => {
  const one = files();
  expect(one.obstacle('wxfile://usr/a')).toBeUndefined();
  expect(one.obstacle('wxfile://usr/a/b')).toBe('no such file or directory, open "wxfile://usr/a/b"');
  expect(one.obstacle('/a')).toBe('permission denied, open "/a"');
  expect(one.put('wxfile://usr/a', new Blob(['1']))).toBe(true);
  expect(announce).toHaveBeenCalledWith('wxfile://usr/a', expect.any(Blob));
  expect(one.put('wxfile://usr/a/b', new Blob(['1']))).toBe(false);
});

it('erases', async () => {
  const one = files();
  one.change(write('wxfile://usr/a', 'x'));
  await one.flush();
  one.change(write('wxfile://usr/b', 'x'));
  await one.erase();
  expect(await loaded()).toEqual({});
});

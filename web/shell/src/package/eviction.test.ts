import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { put, remove } from '../device/database';
import { chooseEvictions, makeRoom } from './eviction';

const kept = (place: string, usedAt: number, own = 100) => ({ place, usedAt, own });
const all = [kept('c', 3), kept('a', 1), kept('b', 2)];
const none = () => false;

it('gives up the least recently used, as many as it takes', () => {
  expect(chooseEvictions(all, none, { usage: 300, quota: 1000 }, 100)).toEqual([]);
  expect(chooseEvictions(all, none, { usage: 800, quota: 1000 }, 50)).toEqual(['a']);
  expect(chooseEvictions(all, none, { usage: 800, quota: 1000 }, 150)).toEqual(['a', 'b']);
  expect(chooseEvictions(all, none, { usage: 2000, quota: 1000 }, 0)).toEqual(['a', 'b', 'c']);
});

it('never what is safe, though there be no room', () => {
  const safe = (place: string) => place !== 'b';
  expect(chooseEvictions(all, safe, { usage: 2000, quota: 1000 }, 0)).toEqual(['b']);
});

/** A package as it is kept, as far as room is concerned. */
const record = (usedAt: number, digest: string) => ({ usedAt, list: [{ path: 'a', size: 100, digest }] });

beforeEach(async () => {
  await remove('packages', IDBKeyRange.lowerBound(''));
  await remove('home', IDBKeyRange.lowerBound(''));
  for (const [index, id] of ['old', 'starred', 'offline', 'running', 'new'].entries()) {
    await put('packages', id, record(index, `own of ${id}`));
  }
  await put('packages', 'old;version=2', record(9, 'own of old'));
  await put('home', 'ann:favourites', [{ app_id: 'starred', name: 'Starred' }]);
  await put('home', 'ben:offline', [{ app_id: 'Offline', name: 'Offline' }]);
  await put('home', 'ben:recents', [{ app_id: 'old', name: 'Old' }]);
  const locks = { query: async () => ({ held: [{ name: 'mezze:app:ann:running' }, { name: 'other' }] }) };
  vi.stubGlobal('navigator', { locks });
});

it('leaves alone what any user keeps, what runs, and what is coming', async () => {
  expect(await makeRoom('new', 0, { usage: 5000, quota: 1000 })).toEqual(['old', 'old;version=2']);
  expect(await makeRoom('other', 0, { usage: 5000, quota: 1000 })).toEqual(['new']);
  expect(await makeRoom('other', 0, { usage: 5000, quota: 1000 })).toEqual([]);
});

/**
 * Room on the device: packages that were not used for longest go first, when what is kept comes near the browser's
 * quota. What a user keeps offline or has among the favourites never goes, nor what runs, in this tab or another.
 */
import { answer, transact } from '../device/database';
import { forgetPackage, type StoredPackage } from './store';

/** Part of the quota that may be in use: the apps' own data and the shell need room too. */
const share = 0.8;

export interface Room {
  usage: number;
  quota: number;
}

/** What the decision is made of. */
export interface Kept {
  place: string;
  usedAt: number;
  /** Bytes of its files that no other package has. */
  own: number;
}

/** Places to give up, least recently used first, until `room` has `needed` bytes left. */
export function chooseEvictions(
  kept: readonly Kept[],
  isSafe: (place: string) => boolean,
  room: Room,
  needed: number,
): string[] {
  let over = room.usage + needed - room.quota * share;
  const chosen: string[] = [];
  const candidates = kept.filter(({ place }) => !isSafe(place)).sort((one, other) => one.usedAt - other.usedAt);
  for (const { place, own } of candidates) {
    if (over <= 0) break;
    over -= own;
    chosen.push(place);
  }
  return chosen;
}

/** Makes room for `needed` bytes of the package at `coming`; gives the places that were given up. */
export async function makeRoom(coming: string, needed: number, room?: Room): Promise<string[]> {
  const { usage, quota } = room ?? (await estimate());
  if (usage + needed <= quota * share) return [];
  const [kept, keeping, running] = await Promise.all([readKept(), keptByUsers(), runningApps()]);
  const isSafe = (place: string) => {
    const appId = appOf(place);
    return place === coming || keeping.has(appId) || running.has(appId);
  };
  const chosen = chooseEvictions(kept, isSafe, { usage, quota }, needed);
  if (chosen.length > 0) await forgetPackage(...chosen);
  return chosen;
}

async function estimate(): Promise<Room> {
  const { usage = 0, quota = Number.POSITIVE_INFINITY } = (await navigator.storage?.estimate?.()) ?? {};
  return { usage, quota };
}

async function readKept(): Promise<Kept[]> {
  const [places, records] = await transact(['packages'], 'readonly', (transaction) => {
    const store = transaction.objectStore('packages');
    return Promise.all([
      answer(store.getAllKeys() as IDBRequest<string[]>),
      answer(store.getAll() as IDBRequest<StoredPackage[]>),
    ]);
  });
  const holders = new Map<string, number>();
  for (const { list } of records) {
    for (const digest of new Set(list.map((file) => file.digest))) holders.set(digest, (holders.get(digest) ?? 0) + 1);
  }
  return records.map(({ list, usedAt }, index) => {
    const own = new Map(list.filter(({ digest }) => holders.get(digest) === 1).map((file) => [file.digest, file.size]));
    return { place: places[index] ?? '', usedAt, own: [...own.values()].reduce((total, size) => total + size, 0) };
  });
}

/** Apps that a user of this device keeps offline, or has among the favourites. */
async function keptByUsers(): Promise<Set<string>> {
  const [names, lists] = await transact(['home'], 'readonly', (transaction) => {
    const store = transaction.objectStore('home');
    return Promise.all([answer(store.getAllKeys()), answer(store.getAll() as IDBRequest<unknown[]>)]);
  });
  const dishes = lists.filter((_, index) => /:(?:favourites|offline)$/.test(String(names[index]))).flat();
  return new Set(dishes.map(idOf).filter((id) => id !== ''));
}

function idOf(dish: unknown): string {
  return typeof dish === 'object' && dish !== null && 'app_id' in dish ? String(dish.app_id).toLowerCase() : '';
}

/** An instance holds a lock for as long as it runs (miniapp/mini-app.ts). */
async function runningApps(): Promise<Set<string>> {
  const { held = [] } = (await navigator.locks?.query?.()) ?? {};
  const names = held.map(({ name }) => name ?? '').filter((name) => name.startsWith('mezze:app:'));
  return new Set(names.map((name) => name.slice(name.lastIndexOf(':') + 1)));
}

const appOf = (place: string): string => place.split(';', 1)[0] ?? place;

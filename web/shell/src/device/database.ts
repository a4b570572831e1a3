/** The shell's IndexedDB: one database, its object stores, and requests as promises. */
import { migrate } from './migration';

export type StoreName = 'device' | 'packages' | 'files' | 'storage' | 'appFiles' | 'home' | 'settings';

const name = 'mezze';
const version = 3;
const stores: readonly StoreName[] = ['device', 'packages', 'files', 'storage', 'appFiles', 'home', 'settings'];

let opened: Promise<IDBDatabase> | undefined;

export function database(): Promise<IDBDatabase> {
  opened ??= open().catch((failure: unknown) => {
    opened = undefined;
    throw failure;
  });
  return opened;
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = (event) => {
    for (const store of stores) {
      if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store);
    }
    if (request.transaction !== null) migrate(request.transaction, event.oldVersion);
  };
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      const result = request.result;
      // Another tab with a newer shell must not wait for this one.
      result.onversionchange = () => {
        result.close();
        opened = undefined;
      };
      resolve(result);
    };
    request.onerror = () => reject(request.error ?? new Error('the device database did not open'));
    request.onblocked = () => reject(new Error('the device database is held by another tab with an older shell'));
  });
}

export function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the device database did not answer'));
  });
}

/** Runs `work` in one transaction and waits until it is durable. */
export async function transact<T>(
  names: readonly StoreName[],
  mode: IDBTransactionMode,
  work: (transaction: IDBTransaction) => Promise<T> | T,
): Promise<T> {
  const transaction = (await database()).transaction([...names], mode);
  const finished = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('the device database refused a change'));
  });
  finished.catch(() => undefined);
  const result = await work(transaction);
  if (mode === 'readwrite') await finished;
  return result;
}

export function get(store: StoreName, key: IDBValidKey): Promise<unknown> {
  return transact([store], 'readonly', (transaction) => answer(transaction.objectStore(store).get(key)));
}

export function put(store: StoreName, key: IDBValidKey, value: unknown): Promise<void> {
  return transact([store], 'readwrite', (transaction) => {
    transaction.objectStore(store).put(value, key);
  });
}

export function remove(store: StoreName, key: IDBValidKey | IDBKeyRange): Promise<void> {
  return transact([store], 'readwrite', (transaction) => {
    transaction.objectStore(store).delete(key);
  });
}

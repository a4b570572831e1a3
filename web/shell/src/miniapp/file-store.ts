/**
 * Files of apps in IndexedDB, by user, app, owner (`device/owners.ts`) and path. A file lies there in parts of 4 MiB, each encrypted under the
 * device's key and bound to its path, its place in the file and the file's size, so that parts can't be exchanged.
 */
import { answer, remove, transact } from '../device/database';
import { deviceKeys } from '../device/keys';
import { type Bytes, utf8 } from '../package/bytes';

export interface FileRecord {
  /** Seconds since 1970. */
  created: number;
  modified: number;
  /** Null for a folder. */
  data: Blob | null;
}

interface StoredPart {
  iv: Bytes;
  data: ArrayBuffer;
}

interface StoredFile {
  created: number;
  modified: number;
  size: number;
  /** Null for a folder. */
  parts: StoredPart[] | null;
}

/** User and app id. */
type App = readonly [string, string];
/** User, app id and owner. */
type Scope = readonly [string, string, string];
export type Files = Map<string, FileRecord>;

const partSize = 4 * 1024 * 1024;

/** Everything that is kept for the user under the app's id, by owner. */
export async function readFiles(app: App): Promise<Map<string, Files>> {
  const { files: key } = await deviceKeys();
  const [keys, values] = await transact(['appFiles'], 'readonly', (transaction) => {
    const store = transaction.objectStore('appFiles');
    const range = rangeOf(app);
    return Promise.all([answer(store.getAllKeys(range)), answer(store.getAll(range) as IDBRequest<StoredFile[]>)]);
  });
  const records = keys.map(async (full, index) => {
    const stored = values[index];
    const [, , owner, path] = full as string[];
    const record = stored === undefined || path === undefined ? undefined : await decrypt(key, path, stored);
    return [owner ?? '', path ?? '', record] as const;
  });
  const owned = new Map<string, Files>();
  for (const [owner, path, record] of await Promise.all(records)) {
    if (record === undefined) continue;
    const files = owned.get(owner) ?? new Map();
    owned.set(owner, files.set(path, record));
  }
  return owned;
}

/** Writes each record in place of what was there; without a record the path is removed. */
export async function writeFiles(
  scope: Scope,
  records: readonly (readonly [string, FileRecord | undefined])[],
): Promise<void> {
  const { files: key } = await deviceKeys();
  // One at a time: many large files at once would all be in memory.
  for (const [path, record] of records) {
    const stored = record === undefined ? undefined : await encrypt(key, path, record);
    await transact(['appFiles'], 'readwrite', (transaction) => {
      const store = transaction.objectStore('appFiles');
      if (stored === undefined) store.delete([...scope, path]);
      else store.put(stored, [...scope, path]);
    });
  }
}

/** Of all owners. */
export function eraseFiles(app: App): Promise<void> {
  return remove('appFiles', rangeOf(app));
}

async function encrypt(key: CryptoKey, path: string, record: FileRecord): Promise<StoredFile> {
  const { created, modified, data } = record;
  if (data === null) return { created, modified, size: 0, parts: null };
  const parts: StoredPart[] = [];
  for (let index = 0; index * partSize < data.size; index += 1) {
    const plain = await data.slice(index * partSize, (index + 1) * partSize).arrayBuffer();
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const parameters = { name: 'AES-GCM', iv, additionalData: bound(path, index, data.size) };
    parts.push({ iv, data: await crypto.subtle.encrypt(parameters, key, plain) });
  }
  return { created, modified, size: data.size, parts };
}

/** A file that was changed on the device is dropped: the app then finds none. */
async function decrypt(key: CryptoKey, path: string, stored: StoredFile): Promise<FileRecord | undefined> {
  const { created, modified, size, parts } = stored;
  if (parts === null) return { created, modified, data: null };
  try {
    const plain = await Promise.all(
      parts.map(({ iv, data }, index) =>
        crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: bound(path, index, size) }, key, data),
      ),
    );
    const data = new Blob(plain);
    return data.size === size ? { created, modified, data } : undefined;
  } catch {
    return undefined;
  }
}

function bound(path: string, index: number, size: number): Bytes {
  return utf8(JSON.stringify([path, index, size]));
}

function rangeOf(app: App): IDBKeyRange {
  return IDBKeyRange.bound([...app], [...app, []]);
}

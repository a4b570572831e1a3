/**
 * An app's storage on this device, of one user and one owner (`device/owners.ts`). Logic holds an overlay with the quota
 * and answers from it; changes come here in order and are written behind, each value encrypted under the device's key.
 */
import type { StorageEntry } from '../../../runtime/protocol';
import { mostSpaces, spaceOf } from '../../../runtime/protocol/storage-space';
import { answer, remove, transact } from '../device/database';
import { deviceKeys } from '../device/keys';
import { type Bytes, fromUtf8, utf8 } from '../package/bytes';
import type { StorageChange } from './messages';

interface StoredValue {
  iv: Bytes;
  data: ArrayBuffer;
  size: number;
}

const flushAfter = 40;
const valueLimit = 1024 * 1024 + 4096;
const totalLimit = 10 * 1024 * 1024;

export class AppStorage {
  readonly #app: readonly [string, string];
  /** Undefined until it is known whose release runs: nothing is given out or written before. */
  #owner: string | undefined;
  #waiting: StorageChange[] = [];
  #flushing: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #sizes = new Map<string, number>();

  constructor(
    user: string,
    appId: string,
    private readonly refused: (reason: string) => void,
  ) {
    this.#app = [user, appId];
  }

  /** Everything that is kept for the user under the app's id, by owner: read beside the package, before an owner is known. */
  async read(): Promise<Map<string, StorageEntry[]>> {
    const { files: key } = await deviceKeys();
    const [keys, values] = await transact(['storage'], 'readonly', (transaction) => {
      const store = transaction.objectStore('storage');
      const range = this.#range();
      return Promise.all([answer(store.getAllKeys(range)), answer(store.getAll(range) as IDBRequest<StoredValue[]>)]);
    });
    const owned = new Map<string, StorageEntry[]>();
    const reading = keys.map(async (full, index) => {
      const value = values[index];
      const [, , owner, name] = full as string[];
      const entry = value === undefined || name === undefined ? undefined : await decrypt(key, name, value);
      return [owner ?? '', entry] as const;
    });
    for (const [owner, entry] of await Promise.all(reading)) {
      if (entry !== undefined) owned.set(owner, [...(owned.get(owner) ?? []), entry]);
    }
    return owned;
  }

  /** Gives the owner its part of what was read; from now on, what is written is the owner's. */
  open(owner: string, read: ReadonlyMap<string, StorageEntry[]>): StorageEntry[] {
    this.#owner = owner;
    const entries = read.get(owner) ?? [];
    for (const entry of entries) this.#sizes.set(entry.key, entry.size);
    return entries;
  }

  /** What is kept by now. */
  async load(): Promise<StorageEntry[]> {
    await this.flush();
    return this.#owner === undefined ? [] : ((await this.read()).get(this.#owner) ?? []);
  }

  change(change: StorageChange): void {
    if (this.#owner === undefined) return;
    if (change.op === 'set' && !this.#fits(change.key, change.value.length)) return;
    if (change.op === 'remove') this.#sizes.delete(change.key);
    if (change.op === 'clear') this.#sizes.clear();
    this.#waiting.push(change);
    this.#timer ??= setTimeout(() => void this.flush(), flushAfter);
  }

  /** Writes everything that waits; resolves once it is durable. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const changes = this.#waiting;
    this.#waiting = [];
    if (changes.length > 0) {
      this.#flushing = this.#flushing
        .then(() => this.#write(changes))
        .catch((failure: unknown) => this.refused(`storage was not written: ${String(failure)}`));
    }
    return this.#flushing;
  }

  /** For the user, who means all of it: what was kept while others signed the app too. */
  async erase(): Promise<void> {
    this.#waiting = [];
    this.#sizes.clear();
    await this.#flushing;
    await remove('storage', this.#range());
  }

  /** Bytes in use, as text lengths. */
  get size(): number {
    return [...this.#sizes.values()].reduce((total, size) => total + size, 0);
  }

  /** Logic keeps the quota; a worker that does not is held to it here. */
  #fits(key: string, size: number): boolean {
    const space = spaceOf(key);
    const spaces = new Set([space]);
    let others = 0;
    for (const [name, other] of this.#sizes) {
      spaces.add(spaceOf(name));
      if (name !== key && spaceOf(name) === space) others += other;
    }
    if (size > valueLimit || others + size > totalLimit || spaces.size > mostSpaces + 1) {
      this.refused(`storage of ${JSON.stringify(key)} is over the quota`);
      return false;
    }
    this.#sizes.set(key, size);
    return true;
  }

  async #write(changes: readonly StorageChange[]): Promise<void> {
    const scope = [...this.#app, this.#owner ?? ''];
    const { files: key } = await deviceKeys();
    const prepared = await Promise.all(
      changes.map(async (change) => (change.op === 'set' ? { ...change, stored: await encrypt(key, change) } : change)),
    );
    await transact(['storage'], 'readwrite', (transaction) => {
      const store = transaction.objectStore('storage');
      for (const change of prepared) {
        if (change.op === 'clear') store.delete(IDBKeyRange.bound(scope, [...scope, []]));
        else if (change.op === 'remove') store.delete([...scope, change.key]);
        else store.put(change.stored, [...scope, change.key]);
      }
    });
  }

  #range(): IDBKeyRange {
    return IDBKeyRange.bound([...this.#app], [...this.#app, []]);
  }
}

async function encrypt(key: CryptoKey, change: { key: string; value: string }): Promise<StoredValue> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const parameters = { name: 'AES-GCM', iv, additionalData: utf8(change.key) };
  return { iv, size: change.value.length, data: await crypto.subtle.encrypt(parameters, key, utf8(change.value)) };
}

/** A value that was changed on the device is dropped: the app then finds none. */
async function decrypt(key: CryptoKey, name: string, value: StoredValue): Promise<StorageEntry | undefined> {
  try {
    const parameters = { name: 'AES-GCM', iv: value.iv, additionalData: utf8(name) };
    const text = fromUtf8(new Uint8Array(await crypto.subtle.decrypt(parameters, key, value.data)));
    return { key: name, size: value.size, value: new Blob([text]) };
  } catch {
    return undefined;
  }
}

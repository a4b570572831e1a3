/**
 * An app's storage on this device. Logic holds an overlay with the quota and answers from it; changes come here in
 * order and are written behind, each value encrypted under the device's key.
 */
import type { StorageEntry } from '../../../runtime/protocol';
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
  readonly #scope: [string, string];
  #waiting: StorageChange[] = [];
  #flushing: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #sizes = new Map<string, number>();

  constructor(
    user: string,
    appId: string,
    private readonly refused: (reason: string) => void,
  ) {
    this.#scope = [user, appId];
  }

  async load(): Promise<StorageEntry[]> {
    const { files: key } = await deviceKeys();
    const [keys, values] = await transact(['storage'], 'readonly', (transaction) => {
      const store = transaction.objectStore('storage');
      const range = this.#range();
      return Promise.all([answer(store.getAllKeys(range)), answer(store.getAll(range) as IDBRequest<StoredValue[]>)]);
    });
    const entries = await Promise.all(
      keys.map(async (full, index) => {
        const value = values[index];
        const name = Array.isArray(full) ? String(full[2]) : '';
        return value === undefined ? undefined : decrypt(key, name, value);
      }),
    );
    const good = entries.filter((entry) => entry !== undefined);
    for (const entry of good) this.#sizes.set(entry.key, entry.size);
    return good;
  }

  change(change: StorageChange): void {
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
    const others = this.size - (this.#sizes.get(key) ?? 0);
    if (size > valueLimit || others + size > totalLimit) {
      this.refused(`storage of ${JSON.stringify(key)} is over the quota`);
      return false;
    }
    this.#sizes.set(key, size);
    return true;
  }

  async #write(changes: readonly StorageChange[]): Promise<void> {
    const { files: key } = await deviceKeys();
    const prepared = await Promise.all(
      changes.map(async (change) => (change.op === 'set' ? { ...change, stored: await encrypt(key, change) } : change)),
    );
    await transact(['storage'], 'readwrite', (transaction) => {
      const store = transaction.objectStore('storage');
      for (const change of prepared) {
        if (change.op === 'clear') store.delete(this.#range());
        else if (change.op === 'remove') store.delete([...this.#scope, change.key]);
        else store.put(change.stored, [...this.#scope, change.key]);
      }
    });
  }

  #range(): IDBKeyRange {
    return IDBKeyRange.bound([...this.#scope], [...this.#scope, []]);
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

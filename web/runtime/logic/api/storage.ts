/**
 * Storage, answered at once: what was there comes as Blobs with the start message, writes go to an overlay here and
 * on to the shell behind the call. 1 MB a key, 10 MB an app, counted in bytes of the JSON text.
 */
import type { StorageEntry } from '../../protocol/bridge-port';
import { spaceOf, spacePrefix } from '../../protocol/storage-space';
import type { ApiContext, Implementations } from './context';
import { ApiFailure, type Arguments, type Settle, succeed } from './outcome';
import { typeName } from './parameters';

const keyLengthLimit = 4096;
const keyLimit = 1024 * 1024;
const appLimit = 10 * 1024 * 1024;

interface Stored {
  /** JSON text, or the Blob it is read from on first use. */
  value: string | Blob;
  size: number;
}

type Parts = Pick<ApiContext, 'bridge' | 'host'>;

/** The app's own storage, and those of its plugins and of the runtime, apart from one another. */
export class StorageSpaces {
  private readonly spaces = new Map<string, Storage>();
  private readonly entries = new Map<string, StorageEntry[]>();

  constructor(
    private readonly parts: Parts,
    entries: readonly StorageEntry[],
  ) {
    for (const entry of entries) {
      const space = spaceOf(entry.key);
      this.entries.set(space, [...(this.entries.get(space) ?? []), entry]);
    }
  }

  of(name: string): Storage {
    const known = this.spaces.get(name);
    if (known !== undefined) return known;
    // What the shell keeps is cleared as one only while there is nothing else in it.
    const alone = () => name === '' && this.entries.size <= (this.entries.has('') ? 1 : 0) && this.spaces.size === 1;
    const storage = new Storage(this.parts, this.entries.get(name) ?? [], spacePrefix(name), alone);
    this.spaces.set(name, storage);
    return storage;
  }
}

export class Storage {
  private readonly entries = new Map<string, Stored>();
  private used = 0;

  constructor(
    private readonly context: Parts,
    entries: readonly StorageEntry[],
    private readonly prefix = '',
    private readonly alone: () => boolean = () => prefix === '',
  ) {
    for (const { key, size, value } of entries) {
      this.entries.set(key.slice(prefix.length), { value, size });
      this.used += size;
    }
  }

  /** Throws with a reason where the value can't be kept. */
  set(key: string, data: unknown): void {
    const longest = keyLengthLimit - this.prefix.length;
    if (key.length > longest) throw new Error(`the key is longer than ${longest} characters`);
    if (this.prefix === '' && spaceOf(key) !== '') throw new Error('the key begins with a control character');
    const text = data === undefined ? '""' : JSON.stringify(data);
    if (text === undefined) throw new Error(`a ${typeName(data)} can not be stored`);
    const size = this.context.host.encodeText(key).length + this.context.host.encodeText(text).length;
    if (size > keyLimit) throw new Error('exceed storage item max length: a key may take 1 MB');
    const used = this.used - (this.entries.get(key)?.size ?? 0) + size;
    if (used > appLimit) throw new Error('exceed storage max size 10MB');
    this.used = used;
    this.entries.set(key, { value: text, size });
    this.context.bridge.post({ k: 'storage', op: 'set', key: `${this.prefix}${key}`, value: text });
  }

  /** The value of a key, a copy of its own each time, or undefined where there is none. */
  get(key: string): { data: unknown } | undefined {
    const stored = this.entries.get(key);
    if (stored === undefined) return undefined;
    if (typeof stored.value !== 'string') stored.value = this.context.host.readText(stored.value);
    try {
      return { data: JSON.parse(stored.value) as unknown };
    } catch {
      return { data: stored.value };
    }
  }

  remove(key: string): void {
    const stored = this.entries.get(key);
    if (stored === undefined) return;
    this.entries.delete(key);
    this.used -= stored.size;
    this.context.bridge.post({ k: 'storage', op: 'remove', key: `${this.prefix}${key}` });
  }

  clear(): void {
    if (!this.alone()) {
      for (const key of [...this.entries.keys()]) this.remove(key);
      return;
    }
    this.entries.clear();
    this.used = 0;
    this.context.bridge.post({ k: 'storage', op: 'clear' });
  }

  info(): { keys: string[]; currentSize: number; limitSize: number } {
    return { keys: [...this.entries.keys()], currentSize: Math.ceil(this.used / 1024), limitSize: appLimit / 1024 };
  }
}

interface Pair {
  key: string;
  value: unknown;
}

export function storageApis(storage: Storage): Pick<Implementations, 'calls' | 'syncs'> {
  const read = (key: string): unknown => storage.get(key)?.data ?? '';
  const operations: Record<string, (args: Arguments) => Record<string, unknown> | undefined> = {
    setStorage: ({ key, data }) => void storage.set(String(key), data),
    removeStorage: ({ key }) => void storage.remove(String(key)),
    clearStorage: () => void storage.clear(),
    getStorageInfo: () => storage.info(),
    batchSetStorage: ({ kvList }) => {
      for (const { key, value } of kvList as Pair[]) storage.set(String(key), value);
      return undefined;
    },
    batchGetStorage: ({ keyList }) => ({ dataList: (keyList as unknown[]).map((key) => read(String(key))) }),
    getStorage: ({ key }) => {
      const found = storage.get(String(key));
      if (found === undefined) throw new Error('data not found');
      return { data: found.data };
    },
  };
  const calls: Implementations['calls'] = {};
  for (const [name, run] of Object.entries(operations)) {
    calls[name] = (args, settle) => attempt(name, settle, () => run(args));
  }
  const syncs: Implementations['syncs'] = {
    setStorageSync: (key: string, data: unknown) => orThrow('setStorageSync', () => storage.set(String(key), data)),
    getStorageSync: (key: string) => read(String(key)),
    removeStorageSync: (key: string) => storage.remove(String(key)),
    clearStorageSync: () => storage.clear(),
    getStorageInfoSync: () => storage.info(),
    batchSetStorageSync: (pairs: Pair[]) =>
      orThrow('batchSetStorageSync', () => {
        for (const { key, value } of pairs) storage.set(String(key), value);
      }),
    batchGetStorageSync: (keys: string[]) => keys.map((key) => read(String(key))),
  };
  return { calls, syncs };
}

function attempt(api: string, settle: Settle, run: () => Record<string, unknown> | undefined): void {
  try {
    settle(succeed(run()));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    settle({ ok: false, failure: { errMsg: `${api}:fail ${reason}` } });
  }
}

function orThrow(api: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    throw new ApiFailure(`${api}:fail ${error instanceof Error ? error.message : String(error)}`);
  }
}

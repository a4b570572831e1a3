/**
 * Storage, answered at once: what was there comes as Blobs with the start message, writes go to an overlay here and
 * on to the shell behind the call. 1 MB a key, 10 MB an app, counted in bytes of the JSON text.
 */
import type { StorageEntry } from '../../protocol/bridge-port';
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

export class Storage {
  private readonly entries = new Map<string, Stored>();
  private used = 0;

  constructor(
    private readonly context: Pick<ApiContext, 'bridge' | 'host'>,
    entries: readonly StorageEntry[],
  ) {
    for (const { key, size, value } of entries) {
      this.entries.set(key, { value, size });
      this.used += size;
    }
  }

  /** Throws with a reason where the value can't be kept. */
  set(key: string, data: unknown): void {
    if (key.length > keyLengthLimit) throw new Error(`the key is longer than ${keyLengthLimit} characters`);
    const text = data === undefined ? '""' : JSON.stringify(data);
    if (text === undefined) throw new Error(`a ${typeName(data)} can not be stored`);
    const size = this.context.host.encodeText(key).length + this.context.host.encodeText(text).length;
    if (size > keyLimit) throw new Error('exceed storage item max length: a key may take 1 MB');
    const used = this.used - (this.entries.get(key)?.size ?? 0) + size;
    if (used > appLimit) throw new Error('exceed storage max size 10MB');
    this.used = used;
    this.entries.set(key, { value: text, size });
    this.context.bridge.post({ k: 'storage', op: 'set', key, value: text });
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
    this.context.bridge.post({ k: 'storage', op: 'remove', key });
  }

  clear(): void {
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

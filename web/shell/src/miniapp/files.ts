/**
 * An app's files on this device, of one user and one owner (`device/owners.ts`). Logic has a tree of its own and answers from it; each change comes here
 * in order, is checked against the same rules, and is written behind, encrypted under the device's key.
 *
 * | place | kept where | how long |
 * |---|---|---|
 * | temporary (`wxfile://tmp_…`) | memory | until the app ends |
 * | saved (`wxfile://store_…`), user (`wxfile://usr/…`) | IndexedDB, in parts of 4 MiB | until it is removed |
 */
import {
  type FileChange,
  fileLimits,
  type KeptFile,
  locate,
  nameOf,
  parentOf,
  temporaryPrefix,
  userRoot,
} from '../../../runtime/protocol';
import { eraseFiles, type FileRecord, type Files, readFiles, writeFiles } from './file-store';
import { mediaType } from './media-type';

const flushAfter = 80;
/** Temporary files that logic names (`createBufferURL`). */
const bufferPath = /^wxfile:\/\/tmp_buffer[0-9]{1,9}$/;

/** What this side tells logic of: a file that the shell made. */
export type Announce = (path: string, data: Blob) => void;

export class AppFiles {
  readonly #app: readonly [string, string];
  /** Undefined until it is known whose release runs: nothing is given out or written before. */
  #owner: string | undefined;
  readonly #kept = new Map<string, FileRecord>();
  readonly #temporary = new Map<string, Blob>();
  /** Paths that changed and are not written yet. */
  #waiting = new Set<string>();
  #flushing: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #temporarySize = 0;

  constructor(
    user: string,
    appId: string,
    private readonly refused: (reason: string) => void,
    private readonly announce: Announce,
  ) {
    this.#app = [user, appId];
  }

  /** Everything that is kept under the app's id, by owner: read beside the package, before an owner is known. */
  read(): Promise<Map<string, Files>> {
    return readFiles(this.#app);
  }

  /** Gives the owner its part of what was read; from now on, what is written is the owner's. */
  open(owner: string, read: ReadonlyMap<string, Files>): KeptFile[] {
    this.#owner = owner;
    for (const [path, record] of read.get(owner) ?? []) this.#kept.set(path, record);
    return this.all;
  }

  /** Saved and user files, with their folders. */
  get all(): KeptFile[] {
    return [...this.#kept].map(([path, record]) => ({ path, ...record }));
  }

  /** The file of that path, typed by its name; undefined where there is none. */
  find(path: string): Blob | undefined {
    const location = locate(path);
    if (location === undefined) return undefined;
    const blob = this.#temporary.get(location.path) ?? this.#kept.get(location.path)?.data ?? undefined;
    if (blob === undefined || blob.type !== '') return blob;
    return blob.slice(0, blob.size, mediaType(location.path));
  }

  /** Whether a path names a file of the app's own rather than of its package. */
  static owns(path: string): boolean {
    return path.startsWith('wxfile://');
  }

  /** Keeps a Blob for as long as the app runs, tells logic, and names it. */
  addTemporary(blob: Blob, extension: string): string {
    const random = crypto.getRandomValues(new Uint8Array(12));
    const name = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
    const suffix = /^[A-Za-z0-9]{1,8}$/.test(extension) ? `.${extension}` : '';
    const path = `${temporaryPrefix}${name}${suffix}`;
    this.#temporary.set(path, blob);
    this.#temporarySize += blob.size;
    this.#forgetOldest();
    this.announce(path, blob);
    return path;
  }

  /** Keeps bytes that logic named itself; false where the name is not one of those. */
  addBuffer(path: string, blob: Blob): boolean {
    if (!bufferPath.test(path) || this.#temporary.has(path)) return false;
    this.#temporary.set(path, blob);
    this.#temporarySize += blob.size;
    this.#forgetOldest();
    return true;
  }

  releaseBuffer(path: string): void {
    if (!bufferPath.test(path)) return;
    this.#temporarySize -= this.#temporary.get(path)?.size ?? 0;
    this.#temporary.delete(path);
  }

  /** Why a file can't be put at a user path, in the words of the original; undefined where it can. */
  obstacle(path: string): string | undefined {
    const location = locate(path);
    if (location?.place !== 'user' || location.path === userRoot) return `permission denied, open "${path}"`;
    if (this.#kept.get(location.path)?.data === null) return `illegal operation on a directory, open "${path}"`;
    const parent = parentOf(location.path);
    if (parent !== userRoot && this.#kept.get(parent)?.data !== null)
      return `no such file or directory, open "${path}"`;
    return undefined;
  }

  /** Puts a file of the shell's making where the app asked for it; false where there is no room. */
  put(path: string, blob: Blob): boolean {
    const location = locate(path);
    if (location === undefined || this.obstacle(path) !== undefined) return false;
    if (!this.#write(location.path, blob)) return false;
    this.announce(location.path, blob);
    return true;
  }

  change(change: FileChange): void {
    if (change.op === 'rename') this.#rename(change.from, change.to);
    else {
      const location = locate(change.path);
      const place = location?.place;
      if (location === undefined || (place !== 'user' && place !== 'saved')) {
        this.refused(`file "${change.path.slice(0, 200)}" is not the app's to change`);
      } else if (change.op === 'write') this.#write(location.path, change.data);
      else if (change.op === 'directory') this.#makeFolder(location.path);
      else this.#remove(location.path);
    }
  }

  /** Writes everything that waits; resolves once it is durable. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const paths = [...this.#waiting];
    this.#waiting = new Set();
    const owner = this.#owner;
    if (paths.length > 0 && owner !== undefined) {
      const records = paths.map((path) => [path, this.#kept.get(path)] as const);
      this.#flushing = this.#flushing
        .then(() => writeFiles([...this.#app, owner], records))
        .catch((failure: unknown) => {
          // They go with what is written next, or when the app is left.
          for (const path of paths) this.#waiting.add(path);
          this.refused(`files were not written: ${String(failure)}`);
        });
    }
    return this.#flushing;
  }

  /** For the user, who means all of it: what was kept while others signed the app too. */
  async erase(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting.clear();
    this.#kept.clear();
    await this.#flushing;
    await eraseFiles(this.#app);
  }

  /** Lets go of what lives only as long as the app. */
  clear(): void {
    this.#temporary.clear();
    this.#temporarySize = 0;
  }

  /** Bytes of saved and user files. */
  get size(): number {
    let size = 0;
    for (const { data } of this.#kept.values()) size += data?.size ?? 0;
    return size;
  }

  /** Logic keeps the limits; a worker that does not is held to them here. */
  #write(path: string, data: Blob): boolean {
    const known = this.#kept.get(path);
    const others = this.size - (known?.data?.size ?? 0);
    const full = others + data.size > fileLimits.total || (known === undefined && this.#kept.size >= fileLimits.count);
    if (full || nameOf(path).length > fileLimits.nameLength) {
      this.refused(`file "${path.slice(0, 200)}" is over the quota`);
      return false;
    }
    const now = seconds();
    this.#kept.set(path, { created: known?.created ?? now, modified: now, data });
    this.#changed(path);
    return true;
  }

  #makeFolder(path: string): void {
    if (this.#kept.has(path) || this.#kept.size >= fileLimits.count) return;
    const now = seconds();
    this.#kept.set(path, { created: now, modified: now, data: null });
    this.#changed(path);
  }

  #remove(path: string): void {
    for (const one of this.#withBelow(path)) {
      this.#kept.delete(one);
      this.#changed(one);
    }
  }

  #rename(fromPath: string, toPath: string): void {
    const from = locate(fromPath);
    const to = locate(toPath);
    const known = from !== undefined && from.place !== 'package' && to !== undefined;
    if (!known || (to.place !== 'user' && to.place !== 'saved')) {
      this.refused(`file "${fromPath.slice(0, 200)}" is not the app's to move to "${toPath.slice(0, 200)}"`);
      return;
    }
    const temporary = this.#temporary.get(from.path);
    if (temporary !== undefined) {
      if (!this.#write(to.path, temporary)) return;
      this.#temporary.delete(from.path);
      this.#temporarySize -= temporary.size;
      return;
    }
    for (const path of this.#withBelow(from.path)) {
      const record = this.#kept.get(path);
      const moved = `${to.path}${path.slice(from.path.length)}`;
      if (record === undefined || moved === path) continue;
      this.#kept.delete(path);
      this.#kept.set(moved, record);
      this.#changed(path);
      this.#changed(moved);
    }
  }

  #withBelow(path: string): string[] {
    return [...this.#kept.keys()].filter((one) => one === path || one.startsWith(`${path}/`));
  }

  #changed(path: string): void {
    this.#waiting.add(path);
    this.#timer ??= setTimeout(() => void this.flush(), flushAfter);
  }

  #forgetOldest(): void {
    for (const [path, blob] of this.#temporary) {
      if (this.#temporarySize <= fileLimits.temporary) return;
      this.#temporary.delete(path);
      this.#temporarySize -= blob.size;
    }
  }
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

/**
 * Files of an app, as logic and the shell both name them.
 *
 * | place | path | who may |
 * |---|---|---|
 * | package | `images/a.png`, with or without a leading slash | read |
 * | temporary | `wxfile://tmp_NAME`: made by an API, gone when the app ends | read, save |
 * | saved | `wxfile://store_NAME`: kept by `saveFile` | read, remove |
 * | user | `wxfile://usr/…` (`env.USER_DATA_PATH`) | read and write |
 *
 * Logic answers from its own tree, since half of the APIs are synchronous; the shell keeps the same tree, checks each
 * change again and writes it behind.
 */

export const userRoot = 'wxfile://usr';
export const savedPrefix = 'wxfile://store_';
export const temporaryPrefix = 'wxfile://tmp_';

const mebibyte = 1024 * 1024;

export const fileLimits = {
  /** User and saved files of an app together, bytes. */
  total: 200 * mebibyte,
  /** What `wx.saveFile` may keep, bytes. */
  saved: 10 * mebibyte,
  /** One file that is read or written at once, bytes. */
  file: 100 * mebibyte,
  /** Temporary files of one run, bytes. */
  temporary: 1024 * mebibyte,
  /** Files and folders kept. */
  count: 20_000,
  nameLength: 255,
  pathLength: 4096,
} as const;

export type FilePlace = 'package' | 'temporary' | 'saved' | 'user';

export interface Location {
  place: FilePlace;
  /** Without `.`, `..` and doubled slashes; a package's path has no leading slash. */
  path: string;
}

/** A kept file or folder, handed over with the start message. Times are seconds since 1970. */
export type KeptFile =
  | { path: string; created: number; modified: number; data: Blob }
  | { path: string; created: number; modified: number; data: null };

export interface PackagedFile {
  path: string;
  size: number;
  /** Absent where the app's code does not speak of the file system; asked for on first use (`readPackageFiles`). */
  data?: Blob;
}

export interface FilesAtStart {
  kept: KeptFile[];
  packaged: PackagedFile[];
}

/** A change that logic made; a folder goes with everything in it. */
export type FileChange =
  | { k: 'file'; op: 'write'; path: string; data: Blob }
  | { k: 'file'; op: 'directory'; path: string }
  | { k: 'file'; op: 'remove'; path: string }
  | { k: 'file'; op: 'rename'; from: string; to: string };

/** Where a path leads; undefined where it leads out of the app's own space. */
export function locate(path: string): Location | undefined {
  if (path.length > fileLimits.pathLength || path.includes('\0')) return undefined;
  if (path === userRoot || path.startsWith(`${userRoot}/`)) {
    const parts = resolve(path.slice(userRoot.length), false);
    return parts && { place: 'user', path: [userRoot, ...parts].join('/') };
  }
  const single = /^wxfile:\/\/(tmp|store)_[A-Za-z0-9_-]+(\.[A-Za-z0-9]+)?$/.exec(path);
  if (single !== null) return { place: single[1] === 'tmp' ? 'temporary' : 'saved', path };
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) return undefined;
  // A package's paths that climb past its root stay in it, as on the original host.
  return { place: 'package', path: (resolve(path, true) ?? []).join('/') };
}

function resolve(path: string, clamp: boolean): string[] | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0) parts.pop();
    else if (!clamp) return undefined;
  }
  return parts;
}

/** The folder that a path is in; of a user path only. */
export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

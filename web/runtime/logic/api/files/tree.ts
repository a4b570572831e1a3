/**
 * The files of an app as its logic sees them: what was there came with the start message, changes are made here and
 * told to the shell, in order, before anything else that logic says to it.
 */
import {
  type FileChange,
  type FilesAtStart,
  fileLimits,
  type Location,
  locate,
  nameOf,
  type PackagedFile,
  parentOf,
  userRoot,
} from '../../../protocol/files';
import type { FileContent, FileHost } from '../../boot/file-host';
import { fileFailures } from './failure';

export interface FileNode {
  content: FileContent;
  /** Seconds since 1970. */
  created: number;
  modified: number;
  accessed: number;
}

export interface FolderNode {
  content: null;
  created: number;
  modified: number;
  accessed: number;
}

export type TreeNode = FileNode | FolderNode;

interface Packaged {
  size: number;
  content: FileContent | undefined;
}

export interface TreeParts {
  files: FileHost;
  /** Milliseconds since 1970. */
  now(): number;
  post(change: FileChange): void;
  /** Called soon after a write, once for many. */
  later(callback: () => void): void;
}

export class FileTree {
  /** User, saved and temporary files, by path; the user folder itself too. */
  readonly #nodes = new Map<string, TreeNode>();
  readonly #packaged = new Map<string, Packaged>();
  readonly #packagedFolders = new Set<string>(['']);
  /** Paths that were written and not posted yet. */
  readonly #unsaid = new Set<string>();
  #used = 0;

  constructor(
    private readonly parts: TreeParts,
    start: FilesAtStart,
  ) {
    this.#nodes.set(userRoot, this.#folder());
    for (const { path, created, modified, data } of start.kept) {
      const content = data === null ? null : parts.files.received(data);
      if (content === undefined) continue;
      this.#nodes.set(path, { content, created, modified, accessed: modified } as TreeNode);
      this.#used += content?.size ?? 0;
    }
    this.addPackaged(start.packaged);
  }

  /** Files of the package whose contents came, or that only came to be known. */
  addPackaged(files: readonly PackagedFile[]): void {
    for (const { path, size, data } of files) {
      const content = data === undefined ? this.#packaged.get(path)?.content : this.parts.files.received(data);
      this.#packaged.set(path, { size, content });
      for (let folder = path; folder.includes('/'); ) {
        folder = parentOf(folder);
        this.#packagedFolders.add(folder);
      }
    }
  }

  /** A file that the shell made: a temporary one, or one that a download put where the app said. */
  addFromShell(path: string, data: unknown): void {
    const content = this.parts.files.received(data);
    if (content === undefined) return;
    this.#used += this.#counted(path, content.size) - this.#counted(path, this.#sizeOf(path));
    const now = this.#seconds();
    this.#nodes.set(path, { content, created: now, modified: now, accessed: now });
  }

  /** True once every file of the package can be read at once. */
  get complete(): boolean {
    return [...this.#packaged.values()].every(({ content }) => content !== undefined);
  }

  get used(): number {
    return this.#used;
  }

  /** The place of a path; `about` is what the refusal of a path that leads out says after its words. */
  locate(path: unknown, about: string): Location {
    const location = typeof path === 'string' && path !== '' ? locate(path) : undefined;
    if (location === undefined) throw fileFailures.permission(about);
    return location;
  }

  find({ place, path }: Location): TreeNode | undefined {
    if (place !== 'package') return this.#nodes.get(path);
    const file = this.#packaged.get(path);
    if (file === undefined) return this.#packagedFolders.has(path) ? packagedFolder : undefined;
    const times = { created: 0, modified: 0, accessed: 0 };
    return { content: file.content ?? { size: file.size }, ...times };
  }

  /** The content of a file, which must be readable now. */
  read(location: Location, node: FileNode): FileContent {
    if (location.place === 'package') {
      const content = this.#packaged.get(location.path)?.content;
      if (content === undefined) throw fileFailures.notHere(location.path);
      return content;
    }
    node.accessed = this.#seconds();
    return node.content;
  }

  /** Names in a folder, sorted. */
  list({ place, path }: Location): string[] {
    const prefix = path === '' ? '' : `${path}/`;
    const paths = place === 'package' ? [...this.#packaged.keys(), ...this.#packagedFolders] : this.#nodes.keys();
    const names = new Set<string>();
    for (const one of paths) {
      if (one.startsWith(prefix) && one !== path) names.add(one.slice(prefix.length).split('/')[0] ?? '');
    }
    return [...names].sort();
  }

  /** Everything below a folder, itself not, parents first. */
  below({ place, path }: Location): string[] {
    const prefix = path === '' ? '' : `${path}/`;
    const paths = place === 'package' ? [...this.#packagedFolders, ...this.#packaged.keys()] : this.#nodes.keys();
    return [...paths].filter((one) => one.startsWith(prefix) && one !== path).sort();
  }

  saved(): { path: string; node: FileNode }[] {
    return [...this.#nodes]
      .filter(([path, node]) => locate(path)?.place === 'saved' && node.content !== null)
      .map(([path, node]) => ({ path, node: node as FileNode }));
  }

  /** Puts a content in place of what was there. The folder must be there; throws where there is no room. */
  write(path: string, content: FileContent): void {
    const known = this.#nodes.get(path);
    if (known === undefined) this.#admit(path);
    const used = this.#used - this.#counted(path, this.#sizeOf(path)) + this.#counted(path, content.size);
    if (used > fileLimits.total) throw fileFailures.quota();
    this.#used = used;
    const now = this.#seconds();
    this.#nodes.set(path, { content, created: known?.created ?? now, modified: now, accessed: now });
    if (this.#unsaid.size === 0) this.parts.later(() => this.flush());
    this.#unsaid.add(path);
  }

  makeFolder(path: string): void {
    this.#admit(path);
    this.#nodes.set(path, this.#folder());
    this.#post({ k: 'file', op: 'directory', path });
  }

  /** Removes a file, or a folder with everything in it. */
  remove(location: Location): void {
    for (const path of [location.path, ...this.below(location)]) {
      this.#used -= this.#counted(path, this.#sizeOf(path));
      this.#nodes.delete(path);
      this.#unsaid.delete(path);
    }
    this.#post({ k: 'file', op: 'remove', path: location.path });
  }

  /** Moves a file or a folder; what was at the new path goes. */
  rename(from: Location, to: string): void {
    const moved = [from.path, ...this.below(from)];
    const before = this.#used;
    const node = this.#nodes.get(from.path);
    if (node !== undefined && node.content !== null) {
      const used = before - this.#counted(from.path, node.content.size) - this.#counted(to, this.#sizeOf(to));
      if (used + this.#counted(to, node.content.size) > fileLimits.total) throw fileFailures.quota();
      this.#used = used + this.#counted(to, node.content.size);
    }
    this.flush();
    for (const path of moved) {
      const one = this.#nodes.get(path);
      if (one === undefined) continue;
      this.#nodes.delete(path);
      this.#nodes.set(`${to}${path.slice(from.path.length)}`, one);
    }
    this.#post({ k: 'file', op: 'rename', from: from.path, to });
  }

  /** Tells the shell what was written. */
  flush(): void {
    const paths = [...this.#unsaid];
    this.#unsaid.clear();
    for (const path of paths) {
      const content = this.#nodes.get(path)?.content;
      if (content) this.parts.post({ k: 'file', op: 'write', path, data: this.parts.files.posted(content) });
    }
  }

  #post(change: FileChange): void {
    this.flush();
    this.parts.post(change);
  }

  #admit(path: string): void {
    if (nameOf(path).length > fileLimits.nameLength) throw fileFailures.nameTooLong();
    if (this.#nodes.size >= fileLimits.count) throw fileFailures.quota();
  }

  #sizeOf(path: string): number {
    return this.#nodes.get(path)?.content?.size ?? 0;
  }

  /** Temporary files are not counted. */
  #counted(path: string, size: number): number {
    return locate(path)?.place === 'temporary' ? 0 : size;
  }

  #folder(): FolderNode {
    const now = this.#seconds();
    return { content: null, created: now, modified: now, accessed: now };
  }

  #seconds(): number {
    return Math.floor(this.parts.now() / 1000);
  }
}

const packagedFolder: FolderNode = { content: null, created: 0, modified: 0, accessed: 0 };

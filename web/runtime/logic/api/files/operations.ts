/**
 * What a file system manager does with paths: each operation once, for its asynchronous form and, where there is one,
 * for the synchronous one. Failures have the words of WeChat's reference.
 */
import { fileLimits, type Location, nameOf, parentOf, savedPrefix, userRoot } from '../../../protocol/files';
import type { FileContent, FileHost } from '../../boot/file-host';
import type { Arguments } from '../outcome';
import { decode, encode, encodingOf, type TextCoder } from './encoding';
import { fileFailures } from './failure';
import type { FileNode, FileTree, FolderNode, TreeNode } from './tree';

export interface FileParts {
  tree: FileTree;
  files: FileHost;
  coder: TextCoder;
  /** A name of its own for a saved file. */
  newName(): string;
}

export type FileOperation = (args: Arguments) => Record<string, unknown> | undefined;

const fileMode = 0o100644;
const folderMode = 0o040755;

/** What `stat` tells of a file or a folder; times are seconds since 1970. */
export function statsOf(node: TreeNode): object {
  const folder = node.content === null;
  return {
    mode: folder ? folderMode : fileMode,
    size: node.content?.size ?? 0,
    lastAccessedTime: node.accessed,
    lastModifiedTime: node.modified,
    isDirectory: () => folder,
    isFile: () => !folder,
  };
}

export class Operations {
  constructor(private readonly parts: FileParts) {}

  /** By the name of the asynchronous form. */
  readonly table: Readonly<Record<string, FileOperation>> = {
    access: ({ path }) => {
      this.#existing(this.#locate(path, ` ${path}`), ` ${path}`);
      return undefined;
    },
    appendFile: ({ filePath, data, encoding }) => {
      const { tree, files } = this.parts;
      const { location, node } = this.#writable(filePath);
      if (node === undefined) throw fileFailures.missing(open(filePath));
      const added = this.#bytes(data, encoding);
      if (node.content.size + added.length > fileLimits.file) throw fileFailures.quota();
      tree.write(location.path, files.join([node.content, added]));
      return undefined;
    },
    copyFile: ({ srcPath, destPath }) => {
      const about = `, copyFile ${srcPath} -> ${destPath}`;
      const { content } = this.#source(srcPath, about);
      const { location } = this.#writable(destPath, about);
      this.parts.tree.write(location.path, content);
      return undefined;
    },
    getSavedFileList: () => ({
      fileList: this.parts.tree
        .saved()
        .map(({ path, node }) => ({ filePath: path, size: node.content.size, createTime: node.created })),
    }),
    mkdir: ({ dirPath, recursive }) => this.#makeFolder(dirPath, recursive === true),
    readdir: ({ dirPath }) => {
      const location = this.#locate(dirPath, open(dirPath));
      const node = this.#existing(location, ` ${dirPath}`);
      if (node.content !== null) throw fileFailures.notDirectory(String(dirPath));
      return { files: this.parts.tree.list(location) };
    },
    readFile: (args) => ({ data: this.readFile(args) }),
    removeSavedFile: ({ filePath }) => {
      const location = this.#locate(filePath, open(filePath));
      if (location.place !== 'saved') throw fileFailures.permission(open(filePath));
      this.#existing(location, ` ${filePath}`);
      this.parts.tree.remove(location);
      return undefined;
    },
    rename: ({ oldPath, newPath }) => this.#rename(oldPath, newPath),
    rmdir: ({ dirPath, recursive }) => this.#removeFolder(dirPath, recursive === true),
    saveFile: ({ tempFilePath, filePath }) => ({ savedFilePath: this.saveFile(tempFilePath, filePath) }),
    stat: ({ path, recursive }) => {
      const location = this.#locate(path, open(path));
      const node = this.#existing(location, ` ${path}`);
      if (recursive !== true || node.content !== null) return { stats: statsOf(node) };
      const { tree } = this.parts;
      const inside = tree.below(location).map((one) => ({
        path: one.slice(location.path.length).replace(/^\/?/, '/'),
        stats: statsOf(tree.find({ ...location, path: one }) ?? node),
      }));
      return { stats: [{ path: '/', stats: statsOf(node) }, ...inside] };
    },
    truncate: ({ filePath, length = 0 }) => {
      const { location, node } = this.#writable(filePath);
      if (node === undefined) throw fileFailures.missing(open(filePath));
      this.parts.tree.write(location.path, resized(this.parts.files, node.content, length));
      return undefined;
    },
    unlink: ({ filePath }) => {
      const location = this.#locate(filePath, open(filePath));
      if (location.place !== 'user') throw fileFailures.permission(open(filePath));
      const node = this.#existing(location, ` ${filePath}`);
      if (node.content === null) throw fileFailures.notPermitted(`, unlink "${filePath}"`);
      this.parts.tree.remove(location);
      return undefined;
    },
    writeFile: ({ filePath, data, encoding }) => {
      const { location } = this.#writable(filePath);
      const bytes = this.#bytes(data, encoding);
      if (bytes.length > fileLimits.file) throw fileFailures.quota();
      this.parts.tree.write(location.path, this.parts.files.join([bytes]));
      return undefined;
    },
  };

  readFile({ filePath, encoding, position, length }: Arguments): string | ArrayBuffer {
    const { files, coder } = this.parts;
    const { content } = this.#source(filePath, open(filePath));
    const start = position === undefined || position === null ? 0 : Number(position);
    if (!Number.isInteger(start) || start < 0 || (start > 0 && start >= content.size)) throw fileFailures.position();
    const wanted = length === undefined || length === null ? content.size - start : Number(length);
    if (!Number.isInteger(wanted) || wanted < 0 || start + wanted > content.size) throw fileFailures.length();
    if (wanted > fileLimits.file) throw fileFailures.quota();
    const known = encoding === undefined || encoding === null || encoding === '' ? undefined : encodingOf(encoding);
    const bytes = files.read(content, start, start + wanted);
    return known === undefined ? bytes.buffer : decode(bytes, known, coder);
  }

  /** Moves a temporary file to where it stays: the path given, or a name of the host's. `limit` bounds saved files. */
  saveFile(tempFilePath: unknown, filePath: unknown, limit: number = fileLimits.total): string {
    const { tree } = this.parts;
    const from = this.#locate(tempFilePath, open(tempFilePath));
    if (from.place === 'package' || from.place === 'saved') throw fileFailures.permission(open(tempFilePath));
    const node = tree.find(from);
    if (node === undefined || node.content === null) throw fileFailures.noTemporary();
    if (filePath !== undefined && filePath !== '') {
      const { location } = this.#writable(filePath);
      tree.rename(from, location.path);
      return String(filePath);
    }
    const kept = tree.saved().reduce((total, one) => total + one.node.content.size, 0);
    if (kept + node.content.size > limit) throw fileFailures.quota();
    const extension = /\.[A-Za-z0-9]{1,8}$/.exec(nameOf(from.path))?.[0] ?? '';
    const path = `${savedPrefix}${this.parts.newName()}${extension}`;
    tree.rename(from, path);
    return path;
  }

  /** A file that can be read; `about` ends the refusal. */
  source(path: unknown, about = open(path)): FileContent {
    return this.#source(path, about).content;
  }

  /** A user file that may be written: its folder is there, and it is no folder itself. */
  target(path: unknown, about = open(path)): { location: Location; node: FileNode | undefined } {
    return this.#writable(path, about);
  }

  /** Makes a user folder and all that it is in, as an archive's entries need. */
  ensureFolder(path: string): void {
    const { tree } = this.parts;
    if (tree.find({ place: 'user', path }) !== undefined) return;
    this.ensureFolder(parentOf(path));
    tree.makeFolder(path);
  }

  #locate(path: unknown, about: string): Location {
    return this.parts.tree.locate(path, about);
  }

  #existing(location: Location, about: string): TreeNode {
    const node = this.parts.tree.find(location);
    if (node === undefined) throw fileFailures.missing(about);
    return node;
  }

  #source(path: unknown, about: string): { content: FileContent } {
    const location = this.#locate(path, about);
    const node = this.#existing(location, about);
    if (node.content === null) throw fileFailures.directory(about);
    return { content: this.parts.tree.read(location, node) };
  }

  #writable(path: unknown, about = open(path)): { location: Location; node: FileNode | undefined } {
    const location = this.#user(path, about);
    const node = this.parts.tree.find(location);
    if (node?.content === null) throw fileFailures.directory(about);
    this.#folderOf(location, about);
    return { location, node: node as FileNode | undefined };
  }

  #user(path: unknown, about: string): Location {
    const location = this.#locate(path, about);
    if (location.place !== 'user') throw fileFailures.permission(about);
    return location;
  }

  #folderOf(location: Location, about: string): FolderNode {
    const parent = this.parts.tree.find({ place: 'user', path: parentOf(location.path) });
    if (parent === undefined) throw fileFailures.missing(about);
    if (parent.content !== null) throw fileFailures.notDirectory(parentOf(location.path));
    return parent;
  }

  #makeFolder(dirPath: unknown, recursive: boolean): undefined {
    const { tree } = this.parts;
    const { path } = this.#user(dirPath, open(dirPath));
    const known = tree.find({ place: 'user', path });
    if (known !== undefined && recursive && known.content === null) return undefined;
    if (known !== undefined) throw fileFailures.exists(String(dirPath));
    const missing: string[] = [];
    for (let folder = path; ; folder = parentOf(folder)) {
      const node = tree.find({ place: 'user', path: folder });
      if (node !== undefined && node.content !== null) throw fileFailures.notDirectory(folder);
      if (node !== undefined) break;
      missing.unshift(folder);
    }
    if (missing.length > 1 && !recursive) throw fileFailures.missing(` ${dirPath}`);
    for (const folder of missing) tree.makeFolder(folder);
    return undefined;
  }

  #removeFolder(dirPath: unknown, recursive: boolean): undefined {
    const { tree } = this.parts;
    const location = this.#user(dirPath, open(dirPath));
    const node = this.#existing(location, ` ${dirPath}`);
    if (node.content !== null) throw fileFailures.notDirectory(String(dirPath));
    if (location.path === userRoot) throw fileFailures.permission(open(dirPath));
    if (!recursive && tree.list(location).length > 0) throw fileFailures.notEmpty();
    tree.remove(location);
    return undefined;
  }

  #rename(oldPath: unknown, newPath: unknown): undefined {
    const { tree } = this.parts;
    const about = `, rename ${oldPath} -> ${newPath}`;
    const from = this.#user(oldPath, about);
    const node = this.#existing(from, about);
    const to = this.#user(newPath, about);
    if (from.path === to.path) return undefined;
    if (from.path === userRoot || `${to.path}/`.startsWith(`${from.path}/`)) throw fileFailures.notPermitted(about);
    this.#folderOf(to, about);
    const there = tree.find(to);
    if (there !== undefined && (there.content === null) !== (node.content === null)) {
      throw there.content === null ? fileFailures.directory(about) : fileFailures.notDirectory(to.path);
    }
    if (there?.content === null) {
      if (tree.list(to).length > 0) throw fileFailures.notEmpty();
      tree.remove(to);
    }
    tree.rename(from, to.path);
    return undefined;
  }

  #bytes(data: unknown, encoding: unknown): Uint8Array {
    return bytesOf(data, encoding, this.parts.coder);
  }
}

/** What an app gives to write: text in an encoding, or bytes. */
export function bytesOf(data: unknown, encoding: unknown, coder: TextCoder): Uint8Array {
  if (typeof data === 'string') return encode(data, encodingOf(encoding ?? 'utf8'), coder);
  if (data instanceof ArrayBuffer) return new Uint8Array(data.slice(0));
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
  throw fileFailures.argument('data must be a string or an ArrayBuffer');
}

/** Cut, or filled up with zero bytes. */
export function resized(files: FileHost, content: FileContent, length: unknown): FileContent {
  const size = Number(length);
  if (!Number.isInteger(size) || size < 0) throw fileFailures.length();
  if (size > fileLimits.file) throw fileFailures.quota();
  return size <= content.size
    ? files.slice(content, 0, size)
    : files.join([content, new Uint8Array(size - content.size)]);
}

function open(path: unknown): string {
  return `, open "${path}"`;
}

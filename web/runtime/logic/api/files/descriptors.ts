/** Files that an app holds open: `open`, `read`, `write`, `fstat`, `ftruncate`, `close`. */
import { fileLimits } from '../../../protocol/files';
import type { Arguments } from '../outcome';
import { fileFailures } from './failure';
import { bytesOf, type FileOperation, type FileParts, type Operations, resized, statsOf } from './operations';
import type { FileNode } from './tree';

interface OpenFile {
  path: string;
  place: 'package' | 'temporary' | 'saved' | 'user';
  read: boolean;
  write: boolean;
  append: boolean;
  /** Where the next read or write begins, unless it says so itself. */
  position: number;
}

interface Flag {
  read: boolean;
  write: boolean;
  append?: true;
  create?: true;
  exclusive?: true;
  truncate?: true;
}

/** The `s` of WeChat's flags asks for synchronous writes, which all of these are. */
const flags: Readonly<Record<string, Flag>> = {
  r: { read: true, write: false },
  'r+': { read: true, write: true },
  w: { read: false, write: true, create: true, truncate: true },
  wx: { read: false, write: true, create: true, exclusive: true },
  'w+': { read: true, write: true, create: true, truncate: true },
  'wx+': { read: true, write: true, create: true, exclusive: true },
  a: { read: false, write: true, append: true, create: true },
  ax: { read: false, write: true, append: true, create: true, exclusive: true },
  'a+': { read: true, write: true, append: true, create: true },
  'ax+': { read: true, write: true, append: true, create: true, exclusive: true },
  as: { read: false, write: true, append: true, create: true },
  'as+': { read: true, write: true, append: true, create: true },
};

const mostOpen = 1024;

export class Descriptors {
  readonly #open = new Map<string, OpenFile>();
  #next = 3;

  constructor(
    private readonly parts: FileParts,
    private readonly operations: Operations,
  ) {}

  readonly table: Readonly<Record<string, FileOperation>> = {
    open: ({ filePath, flag = 'r' }) => ({ fd: this.#openFile(filePath, flag) }),
    close: ({ fd }) => {
      this.#file(fd);
      this.#open.delete(String(fd));
      return undefined;
    },
    fstat: ({ fd }) => ({ stats: statsOf(this.#node(this.#file(fd))) }),
    ftruncate: ({ fd, length = 0 }) => {
      const file = this.#file(fd);
      if (!file.write) throw fileFailures.descriptorPermission();
      this.parts.tree.write(file.path, resized(this.parts.files, this.#node(file).content, length));
      return undefined;
    },
    read: (args) => this.#read(args),
    write: (args) => this.#write(args),
  };

  #openFile(filePath: unknown, name: unknown): string {
    const flag = Object.hasOwn(flags, String(name)) ? flags[String(name)] : undefined;
    if (flag === undefined) throw fileFailures.flag();
    if (this.#open.size >= mostOpen) throw fileFailures.descriptors();
    const { tree, files } = this.parts;
    const about = `, open "${filePath}"`;
    if (!flag.write) this.operations.source(filePath, about);
    else {
      const { location, node } = this.operations.target(filePath, about);
      if (node === undefined && flag.create !== true) throw fileFailures.missing(about);
      if (node !== undefined && flag.exclusive === true) throw fileFailures.exists(String(filePath));
      if (node === undefined || flag.truncate === true) tree.write(location.path, files.join([]));
    }
    const { place, path } = tree.locate(filePath, about);
    const descriptor = String(this.#next++);
    const { read, write, append = false } = flag;
    this.#open.set(descriptor, { path, place, read, write, append, position: 0 });
    return descriptor;
  }

  #read({ fd, arrayBuffer, offset = 0, length = 0, position }: Arguments): Record<string, unknown> {
    const file = this.#file(fd);
    if (!file.read) throw fileFailures.descriptorPermission();
    if (!(arrayBuffer instanceof ArrayBuffer)) throw fileFailures.noBuffer();
    const into = whole(offset, fileFailures.offset);
    if (into > arrayBuffer.byteLength) throw fileFailures.offset();
    const wanted = whole(length, fileFailures.length);
    if (into + wanted > arrayBuffer.byteLength) throw fileFailures.length();
    const own = position === undefined || position === null;
    const start = own ? file.position : whole(position, fileFailures.position);
    const { tree, files } = this.parts;
    const content = tree.read({ place: file.place, path: file.path }, this.#node(file));
    const bytes = files.read(content, Math.min(start, content.size), Math.min(start + wanted, content.size));
    new Uint8Array(arrayBuffer).set(bytes, into);
    if (own) file.position = start + bytes.length;
    return { bytesRead: bytes.length, arrayBuffer };
  }

  #write({ fd, data, offset = 0, length, encoding, position }: Arguments): Record<string, unknown> {
    const file = this.#file(fd);
    if (!file.write) throw fileFailures.descriptorPermission();
    const { tree, files, coder } = this.parts;
    const all = bytesOf(data, encoding, coder);
    // Offset and length speak of bytes given as bytes only.
    const text = typeof data === 'string';
    const from = text ? 0 : whole(offset, fileFailures.offset);
    if (from > all.length) throw fileFailures.offset();
    const count = text || length === undefined ? all.length - from : whole(length, fileFailures.length);
    if (from + count > all.length) throw fileFailures.length();
    const bytes = all.subarray(from, from + count);
    const { content } = this.#node(file);
    const given = position === undefined || position === null ? undefined : whole(position, fileFailures.position);
    const start = file.append ? content.size : (given ?? file.position);
    const end = start + bytes.length;
    if (Math.max(end, content.size) > fileLimits.file) throw fileFailures.quota();
    const before = start <= content.size ? files.slice(content, 0, start) : resized(files, content, start);
    const after = end < content.size ? [files.slice(content, end, content.size)] : [];
    tree.write(file.path, files.join([before, bytes.slice(), ...after]));
    if (given === undefined) file.position = end;
    return { bytesWritten: bytes.length };
  }

  #file(fd: unknown): OpenFile {
    const file = this.#open.get(String(fd));
    if (file === undefined) throw fileFailures.descriptor();
    return file;
  }

  /** A file that was removed while it was open can't be used any more. */
  #node({ place, path }: OpenFile): FileNode {
    const node = this.parts.tree.find({ place, path });
    if (node === undefined || node.content === null) throw fileFailures.descriptor();
    return node;
  }
}

function whole(value: unknown, failure: () => Error): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) throw failure();
  return number;
}

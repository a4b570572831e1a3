/** ZIP archives: `unzip` into user files, and entries read without unpacking. */
import { type UnzipFileInfo, unzipSync } from 'fflate';
import { fileLimits, locate } from '../../../protocol/files';
import type { Arguments } from '../outcome';
import { decode, encodingOf } from './encoding';
import { FileFailure, fileFailures } from './failure';
import type { FileParts, Operations } from './operations';

type Bytes = Uint8Array<ArrayBuffer>;

/** Unpacks what `wanted` picks; sizes are looked at before anything is inflated. */
function unpack(parts: FileParts, operations: Operations, path: unknown, about: string, wanted: Wanted) {
  const content = operations.source(path, about);
  const archive = parts.files.read(content, 0, content.size);
  let total = 0;
  let count = 0;
  const filter = (entry: UnzipFileInfo): boolean => {
    if (!wanted(entry.name)) return false;
    total += entry.originalSize;
    count += 1;
    if (entry.originalSize > fileLimits.file || total > fileLimits.total || count > fileLimits.count) {
      throw fileFailures.quota();
    }
    return true;
  };
  try {
    return unzipSync(archive, { filter }) as Record<string, Bytes>;
  } catch (failure) {
    if (failure instanceof FileFailure) throw failure;
    throw fileFailures.unzipOpen();
  }
}

type Wanted = (name: string) => boolean;

/** Unpacks into a user folder; an entry that would leave it stops everything before the first is written. */
export function unzip(parts: FileParts, operations: Operations, { zipFilePath, targetPath }: Arguments): undefined {
  const about = `, unzip ${zipFilePath} -> ${targetPath}`;
  const { tree, files } = parts;
  const target = tree.locate(targetPath, about);
  if (target.place !== 'user') throw fileFailures.permission(about);
  const entries = unpack(parts, operations, zipFilePath, about, () => true);
  const placed = Object.entries(entries).map(([name, bytes]) => {
    const location = locate(`${target.path}/${name.replaceAll('\\', '/')}`);
    const inside = location?.place === 'user' && `${location.path}/`.startsWith(`${target.path}/`);
    if (location === undefined || !inside) throw fileFailures.unzipEntry(name);
    return { path: location.path, folder: name.endsWith('/'), bytes };
  });
  operations.ensureFolder(target.path);
  for (const { path, folder, bytes } of placed) {
    operations.ensureFolder(folder ? path : path.slice(0, path.lastIndexOf('/')));
    if (!folder) tree.write(path, files.join([bytes]));
  }
  return undefined;
}

interface Wish {
  path: string;
  encoding?: unknown;
  position?: unknown;
  length?: unknown;
}

export function readZipEntry(parts: FileParts, operations: Operations, args: Arguments): Record<string, unknown> {
  const { filePath, encoding, entries } = args;
  const wishes = entries === 'all' ? undefined : wishesOf(entries);
  const names = wishes && new Set(wishes.map(({ path }) => path));
  const wanted = (name: string) => (names === undefined ? !name.endsWith('/') : names.has(name));
  const unpacked = unpack(parts, operations, filePath, `, open "${filePath}"`, wanted);
  const list: Wish[] = wishes ?? Object.keys(unpacked).map((path) => ({ path, encoding }));
  const results = list.map((wish) => {
    const bytes = Object.hasOwn(unpacked, wish.path) ? unpacked[wish.path] : undefined;
    if (bytes === undefined) return [wish.path, { errMsg: `no such file or directory ${wish.path}` }];
    try {
      return [wish.path, { errMsg: 'readZipEntry:ok', data: contentOf(parts, wish, bytes) }];
    } catch (failure) {
      return [wish.path, { errMsg: failure instanceof Error ? failure.message : String(failure) }];
    }
  });
  return { entries: Object.fromEntries(results) };
}

function wishesOf(entries: unknown): Wish[] {
  if (!Array.isArray(entries)) throw fileFailures.argument('entries must be an array or "all"');
  return entries
    .filter((entry): entry is Wish => typeof entry === 'object' && entry !== null)
    .map((entry) => ({ ...entry, path: String(entry.path) }));
}

function contentOf(parts: FileParts, { encoding, position, length }: Wish, bytes: Bytes): string | ArrayBuffer {
  const start = Number(position ?? 0);
  if (!Number.isInteger(start) || start < 0 || (start > 0 && start >= bytes.length)) throw fileFailures.position();
  const wanted = length === undefined ? bytes.length - start : Number(length);
  if (!Number.isInteger(wanted) || wanted < 0 || start + wanted > bytes.length) throw fileFailures.length();
  const slice = bytes.slice(start, start + wanted);
  return encoding ? decode(slice, encodingOf(encoding), parts.coder) : slice.buffer;
}

/**
 * Reads the structure of a `.ma` container strictly, before anything is inflated.
 *
 * Input: the bytes of a package. Output: its entries, and where the signing block lies. Anything that the rules of
 * docs/architecture/signing.md do not allow is refused: gaps, trailing data, headers that disagree, sizes over limits.
 */
import { type Bytes, fromUtf8 } from './bytes';
import { checkClashes, faultOfPath } from './names';
import { refuse } from './refusal';

export interface ContainerEntry {
  path: string;
  deflated: boolean;
  crc: number;
  /** Inflated size in bytes, as declared. */
  size: number;
  /** Where the stored bytes lie in the package. */
  start: number;
  end: number;
}

export interface Container {
  bytes: Bytes;
  entries: ContainerEntry[];
  /** Bytes from here to `centralOffset` are the signing block; equal where there is none. */
  blockOffset: number;
  centralOffset: number;
}

export interface ContainerLimits {
  entries: number;
  fileSize: number;
  totalSize: number;
}

export const defaultLimits: ContainerLimits = {
  entries: 20_000,
  fileSize: 30 * 1024 * 1024,
  totalSize: 120 * 1024 * 1024,
};

const endRecordSize = 22;
const largestRatio = 200;
const ratioMatters = 1024 * 1024;
const magic = 'MEZZE SIG BLK 01';

export function readContainer(bytes: Bytes, limits: ContainerLimits = defaultLimits): Container {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = readEndRecord(view);
  if (end.count > limits.entries)
    refuse('limit', `the package has ${end.count} files, over the limit of ${limits.entries}`);
  const blockOffset = findBlock(bytes, view, end.centralOffset);
  const entries = readCentralDirectory(bytes, view, end);
  checkLimits(entries, limits);
  checkLayout(bytes, view, entries, blockOffset);
  checkClashes(entries.map((entry) => entry.path));
  return { bytes, entries, blockOffset, centralOffset: end.centralOffset };
}

interface EndRecord {
  count: number;
  centralOffset: number;
}

function readEndRecord(view: DataView): EndRecord {
  if (view.byteLength < endRecordSize) refuse('container', 'the file is shorter than an end record');
  const at = view.byteLength - endRecordSize;
  if (view.getUint32(at, true) !== 0x06054b50) refuse('container', 'the last 22 bytes are not an end record');
  const count = view.getUint16(at + 10, true);
  const centralSize = view.getUint32(at + 12, true);
  const centralOffset = view.getUint32(at + 16, true);
  if (view.getUint32(at + 4, true) !== 0) refuse('container', 'the end record names several disks');
  if (view.getUint16(at + 8, true) !== count)
    refuse('container', 'the end record counts its entries twice, differently');
  if (view.getUint16(at + 20, true) !== 0) refuse('container', 'the end record has a comment');
  if (count === 0xffff || centralSize === 0xffffffff || centralOffset === 0xffffffff) {
    refuse('container', 'the package is a ZIP64 file');
  }
  if (centralOffset + centralSize !== at) refuse('container', 'the central directory does not end at the end record');
  return { count, centralOffset };
}

function findBlock(bytes: Bytes, view: DataView, centralOffset: number): number {
  if (centralOffset < 32) return centralOffset;
  const found = String.fromCharCode(...bytes.subarray(centralOffset - 16, centralOffset));
  if (found !== magic) return centralOffset;
  const size = view.getBigUint64(centralOffset - 24, true);
  if (size < 24n || size + 8n > BigInt(centralOffset)) refuse('signature-block', 'its length does not fit the file');
  return centralOffset - Number(size) - 8;
}

interface CentralRecord extends ContainerEntry {
  storedSize: number;
  /** Version needed to sizes (24 bytes at offset 6 of the central, 4 of the local header), which must be equal. */
  header: Bytes;
  name: Bytes;
}

function readCentralDirectory(bytes: Bytes, view: DataView, end: EndRecord): CentralRecord[] {
  const stop = view.byteLength - endRecordSize;
  const records: CentralRecord[] = [];
  let at = end.centralOffset;
  let localOffset = 0;
  for (let index = 0; index < end.count; index += 1) {
    if (at + 46 > stop || view.getUint32(at, true) !== 0x02014b50) {
      refuse('container', `central record ${index} is missing`);
    }
    const record = readCentralRecord(bytes, view, at, stop);
    if (view.getUint32(at + 42, true) !== localOffset) {
      refuse('container', `${record.path} does not start where the entry before it ends`);
    }
    record.start = localOffset + 30 + record.name.length;
    record.end = record.start + record.storedSize;
    localOffset = record.end;
    at += 46 + record.name.length;
    records.push(record);
  }
  if (at !== stop) refuse('container', 'the central directory holds more than its records');
  return records;
}

function readCentralRecord(bytes: Bytes, view: DataView, at: number, stop: number): CentralRecord {
  const nameLength = view.getUint16(at + 28, true);
  if (at + 46 + nameLength > stop) refuse('container', 'a central record runs past the directory');
  const name = bytes.slice(at + 46, at + 46 + nameLength);
  const path = readName(name);
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const storedSize = view.getUint32(at + 20, true);
  const size = view.getUint32(at + 24, true);
  const mode = view.getUint32(at + 38, true) >>> 16;
  if (view.getUint16(at + 6, true) > 20) refuse('container', `${path} needs a newer ZIP version`);
  if (flags !== 0x0800 && !(flags === 0 && name.every((byte) => byte < 0x80))) {
    refuse('container', `${path} has flags that are not allowed`);
  }
  if (method !== 0 && method !== 8) refuse('container', `${path} is compressed in a way that is not allowed`);
  if (method === 0 && storedSize !== size) refuse('container', `${path} is stored with two different sizes`);
  if (view.getUint32(at + 30, true) !== 0) refuse('container', `${path} has an extra field or a comment`);
  if (view.getUint16(at + 34, true) !== 0) refuse('container', `${path} is on another disk`);
  if (storedSize === 0xffffffff || size === 0xffffffff) refuse('container', `${path} has ZIP64 sizes`);
  if (mode !== 0 && (mode & 0o170000) !== 0o100000) refuse('container', `${path} is not a regular file`);
  const header = bytes.slice(at + 6, at + 30);
  const crc = view.getUint32(at + 16, true);
  return { path, deflated: method === 8, crc, size, storedSize, start: 0, end: 0, header, name };
}

function readName(name: Bytes): string {
  let path: string;
  try {
    path = fromUtf8(name);
  } catch {
    return refuse('name', 'a file name is not UTF-8');
  }
  const fault = faultOfPath(path);
  if (fault !== undefined) refuse('name', `${JSON.stringify(path)} ${fault}`);
  return path;
}

function checkLayout(bytes: Bytes, view: DataView, entries: readonly CentralRecord[], blockOffset: number): void {
  for (const entry of entries) {
    const at = entry.start - entry.name.length - 30;
    if (entry.end > blockOffset) refuse('container', `${entry.path} runs into the signing block or directory`);
    if (view.getUint32(at, true) !== 0x04034b50) refuse('container', `${entry.path} has no local header`);
    const agrees =
      entry.header.every((byte, index) => byte === bytes[at + 4 + index]) &&
      view.getUint16(at + 28, true) === 0 &&
      entry.name.every((byte, index) => byte === bytes[at + 30 + index]);
    if (!agrees) refuse('container', `the two headers of ${entry.path} disagree`);
  }
  const last = entries.at(-1);
  if ((last?.end ?? 0) !== blockOffset) refuse('container', 'there are bytes between the files and the signing block');
}

function checkLimits(entries: readonly CentralRecord[], limits: ContainerLimits): void {
  let total = 0;
  for (const { path, size, storedSize } of entries) {
    if (size > limits.fileSize) refuse('limit', `${path} is ${size} bytes, over the limit of ${limits.fileSize}`);
    if (size > ratioMatters && size > storedSize * largestRatio)
      refuse('limit', `${path} is compressed over 200 times`);
    total += size;
  }
  if (total > limits.totalSize) refuse('limit', `the files are ${total} bytes, over the limit of ${limits.totalSize}`);
}

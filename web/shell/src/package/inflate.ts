/** Inflates one entry of a container: exact end, exact size, CRC-32. */
import { type Bytes, concatenate } from './bytes';
import type { ContainerEntry } from './container';
import { PackageRefusal, refuse } from './refusal';

export async function inflateEntry(package_: Bytes, entry: ContainerEntry): Promise<Bytes> {
  const stored = package_.subarray(entry.start, entry.end);
  const content = entry.deflated ? await inflate(stored, entry) : stored.slice();
  if (content.length !== entry.size) refuse('content', `${entry.path} is ${content.length} bytes, not ${entry.size}`);
  if (crc32(content) !== entry.crc) refuse('content', `${entry.path} does not match its checksum`);
  return content;
}

async function inflate(stored: Bytes, entry: ContainerEntry): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    // The stream fails on its own where the data ends early or goes on after its end.
    const stream = new Blob([stored]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    const reader = stream.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > entry.size) refuse('content', `${entry.path} inflates to more than its declared size`);
      parts.push(part.value);
    }
  } catch (failure) {
    if (failure instanceof PackageRefusal) throw failure;
    refuse('content', `${entry.path} can't be inflated: ${String(failure)}`);
  }
  return concatenate(parts);
}

const table = new Uint32Array(256).map((_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (let index = 0; index < bytes.length; index += 1) {
    value = (table[(value ^ (bytes[index] as number)) & 0xff] as number) ^ (value >>> 8);
  }
  return (value ^ 0xffffffff) >>> 0;
}

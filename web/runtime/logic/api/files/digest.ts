/** Digests of files, in parts, so that a large one does not have to be in memory. */
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { FileContent, FileHost } from '../../boot/file-host';
import { fileFailures } from './failure';

const algorithms = { md5, sha1, sha256 };
const part = 4 * 1024 * 1024;

/** Lower-case hex digits. */
export function digest(files: FileHost, content: FileContent, algorithm: unknown): string {
  const name = String(algorithm);
  if (!Object.hasOwn(algorithms, name)) throw fileFailures.argument(`digestAlgorithm "${name}" is unknown`);
  const hash = algorithms[name as keyof typeof algorithms].create();
  for (let start = 0; start < content.size; start += part) {
    hash.update(files.read(content, start, Math.min(start + part, content.size)));
  }
  return Array.from(hash.digest(), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

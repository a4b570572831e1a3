/**
 * The public log as its files say it (c2sp.org/tlog-tiles): bundles of 256 entries, each entry behind its length in two
 * bytes, big-endian. The console reads what every auditor reads.
 */
import { bytesOf } from './client';

const width = 256;

export interface LogEntry {
  index: number;
  entry: Record<string, unknown>;
}

/** The entries below `end` that share a bundle, the newest first. */
export async function entriesBelow(end: number): Promise<LogEntry[]> {
  if (end <= 0) return [];
  const bundle = Math.floor((end - 1) / width);
  const count = end - bundle * width;
  const bytes = await bytesOf(`/log/tile/entries/${tilePath(bundle)}${count === width ? '' : `.p/${count}`}`);
  return readBundle(bytes)
    .map((entry, place) => ({ index: bundle * width + place, entry }))
    .reverse();
}

/** `1234567` becomes `x001/x234/567`. */
export function tilePath(index: number): string {
  let path = String(index % 1000).padStart(3, '0');
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`;
  }
  return path;
}

export function readBundle(bytes: Uint8Array): Record<string, unknown>[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Record<string, unknown>[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 2 > bytes.length) throw new RangeError('the bundle ends within a length');
    const length = view.getUint16(at);
    const end = at + 2 + length;
    if (end > bytes.length) throw new RangeError('the bundle ends within an entry');
    const entry: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(at + 2, end)));
    if (typeof entry !== 'object' || entry === null) throw new TypeError('an entry is no object');
    entries.push(entry as Record<string, unknown>);
    at = end;
  }
  return entries;
}

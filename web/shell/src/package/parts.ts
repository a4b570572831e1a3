/**
 * Subpackages on the device: which file belongs to which, and fetching one that is not here yet.
 *
 * The rule is the platform's (crates/mezze-platform/src/delivery/deltas/parts.rs): a file belongs to the subpackage
 * whose folder it is in, below the folder of its kind; everything else is the main package, whose root is empty.
 */
import { array, object, optional, safeParse, string } from 'valibot';
import { type Bytes, fromUtf8, hex, sha256 } from './bytes';
import { readContainer } from './container';
import { inflateEntry } from './inflate';
import { refuse } from './refusal';
import type { PackageFile } from './verify';

const manifestSchema = object({
  mezze: optional(object({ subpackages: optional(array(object({ root: string() })), []) }), { subpackages: [] }),
});

/** Folders of the subpackages that a manifest lists. */
export function rootsOf(manifest: Bytes): string[] {
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(manifest));
  } catch {
    return refuse('manifest', 'manifest.json is not JSON');
  }
  const parsed = safeParse(manifestSchema, value);
  if (!parsed.success) return refuse('manifest', 'manifest.json lists its subpackages in an unknown form');
  return parsed.output.mezze.subpackages.map(({ root }) => root.replace(/^\/+|\/+$/g, ''));
}

/** The subpackage of a file of the package; the longest folder counts, where one is inside another's. */
export function rootOf(path: string, roots: readonly string[]): string {
  const below = path.slice(path.indexOf('/') + 1);
  if (below === path) return '';
  const inside = roots.filter((root) => below.startsWith(`${root}/`));
  return inside.reduce((longest, root) => (root.length > longest.length ? root : longest), '');
}

/** Fetches a part of a release: gives the bytes of its opened form. */
export type FetchPart = (root: string, progress: (received: number, total: number) => void) => Promise<Bytes>;

/** Takes out of a part what the signed list names; each content is checked against it. */
export async function contentsOf(part: Bytes, files: readonly PackageFile[]): Promise<Map<string, Bytes>> {
  const container = readContainer(part);
  const sent = new Map(container.entries.map((entry) => [entry.path, entry]));
  const contents = files.map(async (file) => {
    const entry = sent.get(`content/${file.digest}`);
    if (entry === undefined) return refuse('content', `${file.path} is not in the part that was fetched for it`);
    const content = await inflateEntry(container.bytes, entry);
    if (content.length !== file.size || hex(await sha256(content)) !== file.digest) {
      refuse('content', `${file.path} is not the content that was signed`);
    }
    return [file.path, content] as const;
  });
  return new Map(await Promise.all(contents));
}

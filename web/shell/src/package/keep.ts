/** Keeps a package, or a part of one, where there is room, or where room can be made. */
import type { Bytes } from './bytes';
import { makeRoom } from './eviction';
import { PackageRefusal } from './refusal';
import { keepContents, keepPackage, keptDigests, type ReleaseFacts, type StoredPackage } from './store';
import type { PackageFile, VerifiedPackage } from './verify';

export async function keepWithRoom(
  verified: VerifiedPackage,
  facts: ReleaseFacts,
  options: { place: string; runs: boolean },
): Promise<StoredPackage> {
  return withRoom(options.place, verified, () => keepPackage(verified, facts, options));
}

/** Contents of the package at `place`, which is kept already. */
export function keepContentsWithRoom(
  place: string,
  list: readonly PackageFile[],
  content: ReadonlyMap<string, Bytes>,
): Promise<void> {
  return withRoom(place, { list, content }, () => keepContents(list, content));
}

async function withRoom<T>(
  place: string,
  { list, content }: { list: readonly PackageFile[]; content: ReadonlyMap<string, Bytes> },
  keep: () => Promise<T>,
): Promise<T> {
  const here = await keptDigests();
  const needed = list
    .filter(({ path, digest }) => content.has(path) && !here.has(digest))
    .reduce((total, { size }) => total + size, 0);
  await makeRoom(place, needed);
  try {
    return await keep();
  } catch (failure) {
    if (!(failure instanceof PackageRefusal) || failure.check !== 'store') throw failure;
    // The browser's quota ended sooner than it estimated: twice as much goes as is needed.
    const full = { usage: needed, quota: 0 };
    if ((await makeRoom(place, needed, full)).length === 0) throw failure;
    return keep();
  }
}

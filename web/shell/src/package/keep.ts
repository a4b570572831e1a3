/** Keeps a package where there is room, or where room can be made. */
import { makeRoom } from './eviction';
import { PackageRefusal } from './refusal';
import { keepPackage, keptDigests, type ReleaseFacts, type StoredPackage } from './store';
import type { VerifiedPackage } from './verify';

export async function keepWithRoom(
  verified: VerifiedPackage,
  facts: ReleaseFacts,
  options: { place: string; runs: boolean },
): Promise<StoredPackage> {
  const here = await keptDigests();
  const needed = verified.list
    .filter(({ path, digest }) => verified.content.has(path) && !here.has(digest))
    .reduce((total, { size }) => total + size, 0);
  await makeRoom(options.place, needed);
  try {
    return await keepPackage(verified, facts, options);
  } catch (failure) {
    if (!(failure instanceof PackageRefusal) || failure.check !== 'store') throw failure;
    // The browser's quota ended sooner than it estimated: twice as much goes as is needed.
    const full = { usage: needed, quota: 0 };
    if ((await makeRoom(options.place, needed, full)).length === 0) throw failure;
    return keepPackage(verified, facts, options);
  }
}

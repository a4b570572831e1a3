/**
 * Whose an app's data on this device is. An app id is a name; who may read what lies under it is decided by the key that
 * the running release is signed with.
 *
 * | the release's signer | the data it gets |
 * |---|---|
 * | had the app on this device before | its own |
 * | an earlier signer's key vouched for it | that signer's: the key was changed, the maker is the same |
 * | anybody else | none, and what others stored stays where it is |
 *
 * An owner is the key that was first, and with it the keys that followed. Keys only ever follow by the signature of one
 * that is there already: a stranger's word for somebody's key (anybody can sign that) leads nowhere.
 */
import { type Lineage, predecessors } from '../package/lineage';
import { answer, get, transact } from './database';
import { type Owner, ownersPlace, unclaimed } from './owner-record';

export interface SignedApp {
  appId: string;
  signers: { developer: string };
  /** What the platform stated when the release was fetched. */
  lineage: Lineage;
}

/** The owner whose data a release works on; noted where it is new here. */
export async function ownerOf({ appId, signers, lineage }: SignedApp): Promise<string> {
  const { developer } = signers;
  const place = ownersPlace(appId);
  const known = find(((await get('device', place)) as Owner[] | undefined) ?? [], developer);
  if (known !== undefined) return known.name;
  const before = await predecessors(appId, developer, lineage);
  // In one transaction, on what is there by then: two tabs may open the app at once.
  return transact(['device'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('device');
    const owners = ((await answer(store.get(place))) as Owner[] | undefined) ?? [];
    const owner = find(owners, developer) ?? claim(owners, developer, before);
    store.put(owners, place);
    return owner.name;
  });
}

function claim(owners: Owner[], developer: string, before: readonly string[]): Owner {
  for (const key of before) {
    const owner = find(owners, key);
    if (owner === undefined) continue;
    owner.keys.push(developer);
    return owner;
  }
  const free = owners.find(({ name, keys }) => name === unclaimed && keys.length === 0);
  if (free !== undefined) {
    free.keys.push(developer);
    return free;
  }
  const fresh = { name: developer, keys: [developer] };
  owners.push(fresh);
  return fresh;
}

function find(owners: readonly Owner[], key: string): Owner | undefined {
  return owners.find(({ keys }) => keys.includes(key));
}

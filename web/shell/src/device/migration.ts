/**
 * Steps from older forms of the device's database, each in the transaction of the upgrade.
 *
 * | from | step |
 * |---|---|
 * | 2 | storage and files of apps lay under (user, app id, name); they go to the signer of the package that is kept |
 */
import { type Owner, ownersPlace, unclaimed } from './owner-record';

export function migrate(transaction: IDBTransaction, from: number): void {
  if (from === 1 || from === 2) bindToSigners(transaction);
}

function bindToSigners(transaction: IDBTransaction): void {
  const packages = transaction.objectStore('packages');
  const records = packages.getAll();
  const places = packages.getAllKeys();
  places.onsuccess = () => {
    const signers = signersByApp(places.result, records.result);
    const noted = new Set<string>();
    const owner = (appId: string): string => {
      const signer = signers.get(appId);
      const name = signer ?? unclaimed;
      if (!noted.has(appId)) {
        const owners: Owner[] = [{ name, keys: signer === undefined ? [] : [signer] }];
        transaction.objectStore('device').put(owners, ownersPlace(appId));
        noted.add(appId);
      }
      return name;
    };
    for (const name of ['storage', 'appFiles']) move(transaction.objectStore(name), owner);
  };
}

/** By app id: the release that opens without a version is who wrote last; else any version's. */
function signersByApp(places: readonly IDBValidKey[], records: readonly unknown[]): Map<string, string> {
  const signers = new Map<string, string>();
  for (const [index, place] of places.entries()) {
    const [appId = '', version] = String(place).split(';', 2);
    const record = records[index] as { signers?: { developer?: unknown } } | undefined;
    const signer = record?.signers?.developer;
    if (typeof signer === 'string' && (version === undefined || !signers.has(appId))) signers.set(appId, signer);
  }
  return signers;
}

/** One row at a time: together they may be larger than memory. */
function move(store: IDBObjectStore, owner: (appId: string) => string): void {
  const request = store.openCursor();
  request.onsuccess = () => {
    const cursor = request.result;
    if (cursor === null) return;
    const { key } = cursor;
    if (Array.isArray(key) && key.length === 3) {
      const [user, appId, name] = key as [string, string, string];
      store.put(cursor.value, [user, appId, owner(appId), name]);
      cursor.delete();
    }
    cursor.continue();
  };
}

/** Every answer that the user gave to any app, in one place: the account's, and this device's where it is offline. */
import { array, safeParse } from 'valibot';
import { answer, transact } from '../device/database';
import { exchangeGrants, grantsOfAll } from '../platform/client';
import { type KeptGrant, keptGrantSchema, merge } from './grants';

export interface GrantsOfApp {
  appId: string;
  /** Those that let the app do something. */
  grants: KeptGrant[];
}

/** Apps that have been allowed something, each with what. */
export async function grantsInForce(user: string): Promise<GrantsOfApp[]> {
  const known = await keptOnDevice(user);
  // Offline the device's own answers are what counts here.
  for (const { app_id, grants } of await grantsOfAll().catch(() => [])) {
    known.set(app_id, merge(grants, known.get(app_id) ?? []));
  }
  return [...known]
    .map(([appId, grants]) => ({ appId, grants: grants.filter(({ state }) => state === 'granted') }))
    .filter(({ grants }) => grants.length > 0)
    .sort((a, b) => (a.appId < b.appId ? -1 : 1));
}

/** Takes all answers of an app back; it has to ask again. An open one learns it from the account when it is next used. */
export async function takeBack(user: string, { appId, grants }: GrantsOfApp): Promise<void> {
  const now = Date.now();
  const taken = grants.map(
    (grant): KeptGrant => ({ ...grant, state: 'ask', changed_at: Math.max(now, grant.changed_at + 1) }),
  );
  const key = keyOf(user, appId);
  await transact(['settings'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('settings');
    const kept = safeParse(array(keptGrantSchema), await answer(store.get(key)));
    store.put(merge(kept.success ? kept.output : [], taken), key);
  });
  await exchangeGrants(appId, taken).catch(() => undefined);
}

function keyOf(user: string, appId: string): string {
  return `grants:${user}:${appId}`;
}

async function keptOnDevice(user: string): Promise<Map<string, KeptGrant[]>> {
  const start = keyOf(user, '');
  const range = IDBKeyRange.bound(start, `${start}\uffff`);
  const [keys, values] = await transact(['settings'], 'readonly', (transaction) => {
    const store = transaction.objectStore('settings');
    return Promise.all([answer(store.getAllKeys(range)), answer(store.getAll(range) as IDBRequest<unknown[]>)]);
  });
  const kept = new Map<string, KeptGrant[]>();
  keys.forEach((key, index) => {
    const grants = safeParse(array(keptGrantSchema), values[index]);
    if (grants.success) kept.set(String(key).slice(start.length), grants.output);
  });
  return kept;
}

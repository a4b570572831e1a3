/**
 * Packages kept on this device. Files are kept by SHA-256, each encrypted under the device's key, so that an update
 * shares what did not change; a package's record holds its signed list. A swap to a new release is one transaction.
 *
 * A release that users have is kept under the app's id. What was asked for by its version stands beside it, so that a
 * version for testers, or an older one, leaves the release alone that opens without a version.
 */
import { answer, transact } from '../device/database';
import { deviceKeys } from '../device/keys';
import { type Bytes, utf8 } from './bytes';
import type { Lineage } from './lineage';
import { PackageRefusal, refuse } from './refusal';
import type { SignedStatement, TrustedSigners } from './signing';
import { verifyStatements } from './signing';
import { filesDigest, type PackageFile, type VerifiedPackage } from './verify';

/** Why a package on the device must not be opened as it is. */
export type Due =
  /** The platform wants it updated first; where that fails it still opens. */
  | 'forced'
  /** It is below the lowest version that its maker supports: it does not open any more. */
  | 'minimum';

/** What the platform said of a release beside its signed contents. */
export interface ReleaseFacts {
  signers: TrustedSigners;
  /** Keys that vouched for the developer's, unchecked; releases from before it was stated have none. */
  lineage?: Lineage;
  development: boolean;
  /** Only testers and reviewers have it. */
  trial: boolean;
  versionCode: number;
  /** Place of the release in the public log; later ones must not be before it. */
  logIndex?: number;
}

export interface StoredPackage extends ReleaseFacts {
  appId: string;
  version: string;
  digest: string;
  list: PackageFile[];
  signed: SignedStatement[];
  keptAt: number;
  /** When the platform last said what the current release is, milliseconds since 1970. */
  checkedAt: number;
  usedAt: number;
  due?: Due;
  /** The platform took it from the users: what they read, also offline. */
  withdrawn?: { reason: string; hint?: string };
}

interface StoredFile {
  iv: Bytes;
  data: ArrayBuffer;
}

/** How often a swap is tried again where another tab removed a file in between. */
const swaps = 3;

/** Under which name a package is kept: `version` where it was asked for by name. */
export const placeOf = (appId: string, version: string | undefined): string =>
  version === undefined ? appId : `${appId};version=${version}`;

export async function findPackage(place: string): Promise<StoredPackage | undefined> {
  const record = await transact(['packages'], 'readonly', (transaction) =>
    answer(transaction.objectStore('packages').get(place) as IDBRequest<StoredPackage | undefined>),
  );
  if (record === undefined) return undefined;
  const statement = await verifyStatements(record.signed, record.signers);
  const named = place.split(';', 1)[0];
  if ((await filesDigest(record.list)) !== statement.files_digest || statement.app_id !== named) {
    refuse('store', 'the list of files kept on this device is not the one that was signed');
  }
  return record;
}

/**
 * Reads several files at once, undefined where one is not on this device; each is authenticated by the device's key and
 * bound to its digest.
 */
export async function findFiles(files: readonly PackageFile[]): Promise<(Bytes | undefined)[]> {
  const { files: key } = await deviceKeys();
  const stored = await transact(['files'], 'readonly', (transaction) => {
    const store = transaction.objectStore('files');
    return Promise.all(files.map((file) => answer(store.get(file.digest) as IDBRequest<StoredFile | undefined>)));
  });
  return Promise.all(
    files.map(async (file, index) => {
      const kept = stored[index];
      return kept === undefined ? undefined : decrypt(key, file, kept);
    }),
  );
}

/** Digests of all contents on this device. */
export async function keptDigests(): Promise<Set<string>> {
  const keys = await transact(['files'], 'readonly', (transaction) =>
    answer(transaction.objectStore('files').getAllKeys()),
  );
  return new Set(keys as string[]);
}

/** The contents among these digests that the package has on this device, for putting its next release together. */
export async function readContents(record: StoredPackage, digests: readonly string[]): Promise<Map<string, Bytes>> {
  const wanted = new Set(digests);
  const files = record.list.filter((file) => wanted.delete(file.digest));
  const contents = await findFiles(files);
  return new Map(
    files.flatMap(({ digest }, index) => {
      const content = contents[index];
      return content === undefined ? [] : [[digest, content] as const];
    }),
  );
}

async function decrypt(key: CryptoKey, file: PackageFile, kept: StoredFile): Promise<Bytes> {
  try {
    const parameters = { name: 'AES-GCM', iv: kept.iv, additionalData: utf8(file.digest) };
    return new Uint8Array(await crypto.subtle.decrypt(parameters, key, kept.data));
  } catch {
    return refuse('store', `${file.path} was changed on this device`);
  }
}

/** Where a release stays that runs while its next one takes its place. */
const runningPlace = (place: string): string => `${place};running`;

/**
 * Keeps a verified release in its place, instead of the one before it; that one's files stay until `endedRunning` where
 * it `runs` at the moment.
 */
export async function keepPackage(
  verified: VerifiedPackage,
  facts: ReleaseFacts,
  { place = verified.appId, runs = false }: { place?: string; runs?: boolean } = {},
): Promise<StoredPackage> {
  const { content, ...signed } = verified;
  const now = Date.now();
  const record: StoredPackage = { ...signed, ...facts, keptAt: now, checkedAt: now, usedAt: now };
  await write(verified.list, content, async (transaction) => {
    const store = transaction.objectStore('packages');
    if (runs && (await answer(store.count(runningPlace(place)))) === 0) {
      const before: unknown = await answer(store.get(place));
      if (before !== undefined) store.put(before, runningPlace(place));
    }
    store.put(record, place);
  });
  return record;
}

/** No release runs any more that was replaced meanwhile: what only that one had can go. */
export async function endedRunning(place: string): Promise<void> {
  const ended = runningPlace(place);
  const there = await transact(['packages'], 'readonly', (transaction) =>
    answer(transaction.objectStore('packages').count(ended)),
  );
  if (there > 0) await forgetPackage(ended);
}

/** Adds contents of a package that is kept already: a part that was fetched later. */
export async function keepContents(list: readonly PackageFile[], content: ReadonlyMap<string, Bytes>): Promise<void> {
  await write(list, content, async () => undefined);
}

/** Encrypts what is not here yet, then writes all of it and `record` in one transaction. */
async function write(
  list: readonly PackageFile[],
  content: ReadonlyMap<string, Bytes>,
  record: (transaction: IDBTransaction) => Promise<void>,
): Promise<void> {
  const { files: key } = await deviceKeys();
  const here = list.filter((file) => content.has(file.path));
  const encrypted = new Map<string, StoredFile>();
  let known = await keptDigests();
  for (let attempt = 1; ; attempt += 1) {
    const fresh = here.filter(({ digest }) => !known.has(digest) && !encrypted.has(digest));
    for (const file of fresh) encrypted.set(file.digest, await encrypt(key, file, content.get(file.path) as Bytes));
    const done = await attemptWrite(here, encrypted, record);
    if (done) return;
    if (attempt === swaps) refuse('store', 'another tab went on changing what is kept on this device');
    known = await keptDigests();
  }
}

/** False where a file that was here before is gone by now: then it has to be encrypted too. */
async function attemptWrite(
  here: readonly PackageFile[],
  encrypted: ReadonlyMap<string, StoredFile>,
  record: (transaction: IDBTransaction) => Promise<void>,
): Promise<boolean> {
  try {
    return await transact(['packages', 'files'], 'readwrite', async (transaction) => {
      const files = transaction.objectStore('files');
      const known = new Set((await answer(files.getAllKeys())) as string[]);
      if (here.some(({ digest }) => !known.has(digest) && !encrypted.has(digest))) return false;
      for (const [digest, file] of encrypted) files.put(file, digest);
      await record(transaction);
      await removeUnused(transaction);
      return true;
    });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'QuotaExceededError') {
      throw new PackageRefusal('store', 'this device has no room left for the mini app');
    }
    throw failure;
  }
}

async function encrypt(key: CryptoKey, file: PackageFile, content: Bytes): Promise<StoredFile> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const parameters = { name: 'AES-GCM', iv, additionalData: utf8(file.digest) };
  return { iv, data: await crypto.subtle.encrypt(parameters, key, content) };
}

/** Changes what is noted of a kept package; nothing where another release has its place by now. */
export async function notePackage(
  place: string,
  digest: string,
  change: (record: StoredPackage) => void,
): Promise<void> {
  await transact(['packages'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('packages');
    const record = await answer(store.get(place) as IDBRequest<StoredPackage | undefined>);
    if (record?.digest !== digest) return;
    change(record);
    store.put(record, place);
  });
}

export async function forgetPackage(...places: readonly string[]): Promise<void> {
  await transact(['packages', 'files'], 'readwrite', async (transaction) => {
    for (const place of places) transaction.objectStore('packages').delete(place);
    await removeUnused(transaction);
  });
}

/** Removes files that no package lists any more. */
async function removeUnused(transaction: IDBTransaction): Promise<void> {
  const files = transaction.objectStore('files');
  const [packages, keys] = await Promise.all([
    answer(transaction.objectStore('packages').getAll() as IDBRequest<StoredPackage[]>),
    answer(files.getAllKeys()),
  ]);
  const used = new Set(packages.flatMap((record) => record.list.map((file) => file.digest)));
  for (const key of keys) if (!used.has(String(key))) files.delete(key);
}

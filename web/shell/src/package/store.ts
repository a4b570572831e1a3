/**
 * Packages kept on this device. Files are kept by SHA-256, each encrypted under the device's key, so that an update
 * shares what did not change; a package's record holds its signed list. A swap to a new release is one transaction.
 */
import { answer, transact } from '../device/database';
import { deviceKeys } from '../device/keys';
import { type Bytes, utf8 } from './bytes';
import { PackageRefusal, refuse } from './refusal';
import type { SignedStatement, TrustedSigners } from './signing';
import { verifyStatements } from './signing';
import { filesDigest, type PackageFile, type VerifiedPackage } from './verify';

export interface StoredPackage {
  appId: string;
  version: string;
  digest: string;
  list: PackageFile[];
  signed: SignedStatement[];
  signers: TrustedSigners;
  development: boolean;
  keptAt: number;
  /** Place of the release in the public log; later ones must not be before it. */
  logIndex?: number;
}

interface StoredFile {
  iv: Bytes;
  data: ArrayBuffer;
}

export async function findPackage(appId: string): Promise<StoredPackage | undefined> {
  const record = await transact(['packages'], 'readonly', (transaction) =>
    answer(transaction.objectStore('packages').get(appId) as IDBRequest<StoredPackage | undefined>),
  );
  if (record === undefined) return undefined;
  const statement = await verifyStatements(record.signed, record.signers);
  if ((await filesDigest(record.list)) !== statement.files_digest || statement.app_id !== appId) {
    refuse('store', 'the list of files kept on this device is not the one that was signed');
  }
  return record;
}

/** Reads several files at once; each is authenticated by the device's key and bound to its digest. */
export async function readFiles(files: readonly PackageFile[]): Promise<Bytes[]> {
  const { files: key } = await deviceKeys();
  const stored = await transact(['files'], 'readonly', (transaction) => {
    const store = transaction.objectStore('files');
    return Promise.all(files.map((file) => answer(store.get(file.digest) as IDBRequest<StoredFile | undefined>)));
  });
  return Promise.all(
    files.map(async (file, index) => {
      const kept = stored[index];
      if (kept === undefined) return refuse('store', `${file.path} is missing on this device`);
      return decrypt(key, file, kept);
    }),
  );
}

/** The contents among these digests that the package has, for putting its next release together. */
export async function readContents(record: StoredPackage, digests: readonly string[]): Promise<Map<string, Bytes>> {
  const wanted = new Set(digests);
  const files = record.list.filter((file) => wanted.delete(file.digest));
  const contents = await readFiles(files);
  return new Map(files.map((file, index) => [file.digest, contents[index] as Bytes]));
}

async function decrypt(key: CryptoKey, file: PackageFile, kept: StoredFile): Promise<Bytes> {
  try {
    const parameters = { name: 'AES-GCM', iv: kept.iv, additionalData: utf8(file.digest) };
    return new Uint8Array(await crypto.subtle.decrypt(parameters, key, kept.data));
  } catch {
    return refuse('store', `${file.path} was changed on this device`);
  }
}

/** Keeps a verified release in place of the one before it. */
export async function keepPackage(
  verified: VerifiedPackage,
  signers: TrustedSigners,
  development: boolean,
  logIndex?: number,
): Promise<StoredPackage> {
  const { files: key } = await deviceKeys();
  const known = await knownDigests();
  const fresh = verified.list.filter((file) => !known.has(file.digest));
  const encrypted = await Promise.all(
    fresh.map(async (file) => [file.digest, await encrypt(key, file, verified.content.get(file.path))] as const),
  );
  const { content: _, ...rest } = verified;
  const place = logIndex === undefined ? {} : { logIndex };
  const record: StoredPackage = { ...rest, signers, development, keptAt: Date.now(), ...place };
  try {
    await transact(['packages', 'files'], 'readwrite', async (transaction) => {
      const files = transaction.objectStore('files');
      for (const [digest, file] of encrypted) files.put(file, digest);
      transaction.objectStore('packages').put(record, record.appId);
      await removeUnused(transaction);
    });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'QuotaExceededError') {
      throw new PackageRefusal('store', 'this device has no room left for the mini app');
    }
    throw failure;
  }
  return record;
}

async function encrypt(key: CryptoKey, file: PackageFile, content: Bytes | undefined): Promise<StoredFile> {
  if (content === undefined) return refuse('content', `${file.path} has no content`);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const parameters = { name: 'AES-GCM', iv, additionalData: utf8(file.digest) };
  return { iv, data: await crypto.subtle.encrypt(parameters, key, content) };
}

async function knownDigests(): Promise<Set<string>> {
  const keys = await transact(['files'], 'readonly', (transaction) =>
    answer(transaction.objectStore('files').getAllKeys()),
  );
  return new Set(keys as string[]);
}

export async function forgetPackage(appId: string): Promise<void> {
  await transact(['packages', 'files'], 'readwrite', async (transaction) => {
    transaction.objectStore('packages').delete(appId);
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

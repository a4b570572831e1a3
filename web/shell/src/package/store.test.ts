import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { answer, transact } from '../device/database';
import { fromUtf8 } from './bytes';
import { openStored } from './opened';
import { PackageRefusal } from './refusal';
import { endedRunning, findPackage, forgetPackage, keepPackage, placeOf, type StoredPackage } from './store';
import { type VerifiedPackage, verifyPackage } from './verify';

interface Vector {
  app_id: string;
  version: string;
  developer_key: string;
  platform_key: string;
  package: string;
  package_digest: string;
}
const fixture = new URL('../../../../tests/fixtures/package/vector-1.json', import.meta.url);
const vector = JSON.parse(readFileSync(fixture, 'utf8')) as Vector;
const signers = { developer: vector.developer_key, platform: vector.platform_key };
const facts = { signers, development: false, trial: false, versionCode: 1 };
const { app_id: appId, version, package_digest: digest } = vector;

function verified(): Promise<VerifiedPackage> {
  const bytes = new Uint8Array(Buffer.from(vector.package, 'base64'));
  return verifyPackage(bytes, { appId, version, digest }, signers);
}

const fileCount = () =>
  transact(['files'], 'readonly', (transaction) => answer(transaction.objectStore('files').count()));

async function change(edit: (record: StoredPackage) => void): Promise<void> {
  await transact(['packages'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('packages');
    const record = (await answer(store.get(appId))) as StoredPackage;
    edit(record);
    store.put(record, appId);
  });
}

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'not refused',
    (failure: unknown) => (failure instanceof PackageRefusal ? failure.check : String(failure)),
  );

describe('packages kept on the device', () => {
  beforeEach(async () => {
    await forgetPackage(appId);
  });

  it('come back as they were verified', async () => {
    const fresh = await verified();
    await keepPackage(fresh, facts);
    const kept = await findPackage(appId);
    if (kept === undefined) throw new Error('the package was not kept');
    const opened = openStored(kept);
    const [manifest] = await opened.read(['manifest.json']);
    expect(manifest).toEqual(fresh.content.get('manifest.json'));
    expect(opened).toMatchObject({ appId, version, digest });
    expect(await refusal(opened.read(['nowhere']))).toBe('content');
  });

  it('are not in the clear', async () => {
    await keepPackage(await verified(), facts);
    const files = await transact(['files'], 'readonly', (transaction) =>
      answer(transaction.objectStore('files').getAll() as IDBRequest<{ data: ArrayBuffer }[]>),
    );
    const text = files.map(({ data }) => Buffer.from(data).toString('latin1')).join('');
    expect(files.length).toBeGreaterThan(0);
    expect(text).not.toContain('app_id');
  });

  it('are refused with a list that was not signed', async () => {
    await keepPackage(await verified(), facts);
    await change((record) => record.list.pop());
    expect(await refusal(findPackage(appId))).toBe('store');
  });

  it('are refused with a statement that was changed', async () => {
    await keepPackage(await verified(), facts);
    await change((record) => {
      const first = record.signed[0];
      if (first !== undefined) first.bytes[40] = (first.bytes[40] ?? 0) ^ 1;
    });
    expect(await refusal(findPackage(appId))).toBe('signature');
  });

  it('are refused with a file that was changed or put in another place', async () => {
    await keepPackage(await verified(), facts);
    const kept = await findPackage(appId);
    const [one, other] = (kept?.list ?? []).filter((file) => file.size > 0);
    if (kept === undefined || one === undefined || other === undefined) throw new Error('the vector has too few files');
    await transact(['files'], 'readwrite', async (transaction) => {
      const store = transaction.objectStore('files');
      store.put(await answer(store.get(other.digest)), one.digest);
    });
    expect(await refusal(openStored(kept).read([one.path]))).toBe('store');
    const [intact] = await openStored(kept).read([other.path]);
    expect(fromUtf8(intact ?? new Uint8Array()).length).toBeGreaterThan(0);
  });

  it('leave nothing behind', async () => {
    await keepPackage(await verified(), facts);
    expect(await fileCount()).toBeGreaterThan(0);
    await forgetPackage(appId);
    expect(await fileCount()).toBe(0);
    expect(await findPackage(appId)).toBeUndefined();
  });

  it('stay whole while they run, though another release takes their place', async () => {
    const fresh = await verified();
    const running = await keepPackage(fresh, facts);
    const [, changed] = fresh.list.filter(({ path, size }) => size > 0 && path !== 'manifest.json');
    if (changed === undefined) throw new Error('the vector has too few files');
    // As if the next release had left a file out; its list need not verify for what is asked here.
    const list = fresh.list.filter(({ path }) => path !== changed.path);
    await keepPackage({ ...fresh, digest: 'next', list }, facts, { runs: true });
    expect((await openStored(running).read([changed.path]))[0]).toEqual(fresh.content.get(changed.path));
    await endedRunning(appId);
    expect(await refusal(openStored(running).read([changed.path]))).toBe('store');
  });

  it('are kept beside each other where one was asked for by its version', async () => {
    const place = placeOf(appId, version);
    await keepPackage(await verified(), { ...facts, trial: true }, { place });
    expect(await findPackage(appId)).toBeUndefined();
    expect(await findPackage(place)).toMatchObject({ version, trial: true });
    await forgetPackage(place);
  });

  it('run without the parts that are not here, which come when they are read', async () => {
    const fresh = await verified();
    const [away] = fresh.list.filter(({ path, size }) => size > 0 && path !== 'manifest.json');
    if (away === undefined) throw new Error('the vector has too few files');
    const content = new Map(fresh.content);
    content.delete(away.path);
    const kept = await keepPackage({ ...fresh, content }, facts);
    expect(await refusal(openStored(kept).read([away.path]))).toBe('store');
    const broken = openStored(kept, async () => new Uint8Array(10));
    expect(await refusal(broken.read([away.path]))).toBe('container');
    expect(await broken.holds('')).toBe(false);
    expect(await findPackage(appId)).toBeDefined();
  });
});

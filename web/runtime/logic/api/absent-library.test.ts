/** A library that is not there can be used as modules do while they load. */
import { expect, test } from 'vitest';
import { TestApp } from '../testing/app';
import { absentLibrary } from './absent-library';

test('a class extends one of its classes and keeps its own methods', () => {
  const library = absentLibrary() as Record<string, new () => object>;
  const Component = library.Component as new () => object;
  class Turning extends Component {
    turn() {
      return 'turned';
    }
  }
  expect(new Turning().turn()).toBe('turned');
});

test('what is registered or counted does nothing', () => {
  // biome-ignore lint/suspicious/noExplicitAny: the library has whatever an app names
  const library = absentLibrary() as any;
  expect(library.registerElement('turning', class {})).toBeUndefined();
  expect(library.EFilterMode.LINEAR | 1).toBe(1);
  expect(library.Vector3.createFromNumber(1, 2)).toBeUndefined();
});

test('a query of the cloud is put together and then fails', async () => {
  const { wx } = new TestApp({ modules: { 'pages/a/a.js': 'Page({})' } });
  const cloud = wx.cloud as unknown as { database(): Record<string, (...args: unknown[]) => never> };
  const cities = cloud.database().collection?.('cities') as unknown as Record<string, (...args: unknown[]) => never>;
  const query = cities.where?.({ a: 1 }) as unknown as { get(): Promise<unknown> };
  await expect(query.get()).rejects.toMatchObject({
    errMsg: expect.stringMatching(/:fail not supported on this host$/),
  });
});

test('values for queries of the cloud are put together too', async () => {
  const { wx } = new TestApp({ modules: { 'pages/a/a.js': 'Page({})' } });
  // biome-ignore lint/suspicious/noExplicitAny: members of members
  const database = (wx.cloud as any).database();
  const { command: _, Geo } = database;
  const where = { age: _.gt(1).and(_.lt(2)), name: database.RegExp({ regexp: 'a' }), at: new Geo.Point(1, 2) };
  const query = database.collection('cities').where(where);
  await expect(query.update({ data: { n: _.inc(1), at: database.serverDate() } })).rejects.toMatchObject({
    errMsg: expect.stringContaining(':fail'),
  });
  const heard: unknown[] = [];
  const watcher = query.watch({ onError: (failure: unknown) => heard.push(failure) });
  await watcher.close();
  expect(heard).toMatchObject([{ errMsg: expect.stringContaining('watch:fail not supported') }]);
});

test('an upload to the cloud is a promise where nobody calls back', async () => {
  const { wx } = new TestApp({ modules: { 'pages/a/a.js': 'Page({})' } });
  const { uploadFile } = wx.cloud as unknown as Record<string, (options: object) => Promise<unknown>>;
  await expect(uploadFile?.({ cloudPath: 'a' })).rejects.toMatchObject({
    errMsg: 'cloud.uploadFile:fail not supported on this host',
  });
  const failures: unknown[] = [];
  uploadFile?.({ cloudPath: 'a', fail: (failure: unknown) => failures.push(failure) });
  await Promise.resolve();
  expect(failures).toHaveLength(1);
});

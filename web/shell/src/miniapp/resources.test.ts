/** What pages and APIs get for a source: files of the package and of the app, `data:` URLs, declared origins. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AppConfig } from '../../../runtime/protocol';
import type { OpenedPackage } from '../package/opened';
import type { AppFiles } from './files';
import type { Gate } from './gate';
import { PackagedFiles } from './packaged-files';

// It reads modules that only the build makes.
vi.mock('./runtime-data', () => ({ runtimeData: async () => ({ error: 'none' }) }));
const { Resources } = await import('./resources');

const packaged: Record<string, string> = {
  'file/a b.png': 'picture',
  'file/lib/words.txt': 'words',
  'script/app.js': 'code',
};
const opened = {
  list: Object.entries(packaged).map(([path, text]) => ({ path, size: text.length, digest: '' })),
  has: (path: string) => Object.hasOwn(packaged, path),
  held: async () => Object.keys(packaged).map((path) => ({ path, size: 0, digest: '' })),
  read: vi.fn(async (paths: readonly string[]) => paths.map((path) => new TextEncoder().encode(packaged[path]))),
} as unknown as OpenedPackage;
const files = new Map<string, Blob>();
const kept = { find: (path: string) => files.get(path), addTemporary: vi.fn() } as unknown as AppFiles;
const gate = { mediaUrl: async (url: string) => `https://host/gate/media/${url.length}` } as unknown as Gate;
const config = { origins: { media: ['https://a.example'] } } as unknown as AppConfig;
const make = () => new Resources(opened, config, gate, kept);

const textOf = async (resolution: object) => ('blob' in resolution ? (resolution.blob as Blob).text() : resolution);

beforeEach(() => files.clear());
afterEach(() => vi.unstubAllGlobals());

it('finds files of the package by any way to write their path', async () => {
  const resources = make();
  for (const src of ['/a b.png', 'a%20b.png', './lib/../a b.png', '/a b.png?v=1']) {
    expect(await textOf(await resources.resolve(src, 'image')), src).toBe('picture');
  }
  expect(await resources.resolve('../../script/app.js', 'media')).toHaveProperty('error');
  expect(await resources.resolve('javascript:alert(1)', 'image')).toHaveProperty('error');
});

it('waits a moment for a file that logic has just written', async () => {
  const resolving = make().resolve('wxfile://usr/new.png', 'image');
  files.set('wxfile://usr/new.png', new Blob(['new']));
  expect(await textOf(await resolving)).toBe('new');
  expect(await make().resolve('wxfile://usr/none.png', 'image')).toEqual({
    error: 'wxfile://usr/none.png is no file of this app',
  });
});

it('gives APIs the content of any source', async () => {
  const resources = make();
  expect(await textOf(await resources.content('data:text/plain;base64,d29yZHM='))).toBe('words');
  expect(await textOf(await resources.content('data:image/svg+xml,%3Csvg/%3E'))).toBe('<svg/>');
  expect(await resources.content('data:text/plain;base64,%%%')).toEqual({ error: 'the data: URL is not well formed' });
  const fetched = vi.fn(async () => new Response('remote'));
  vi.stubGlobal('fetch', fetched);
  expect(await textOf(await resources.content('https://a.example/b.png'))).toBe('remote');
  expect(fetched).toHaveBeenCalledWith('https://host/gate/media/23', { credentials: 'omit' });
  expect(await resources.file('https://a.example/b.png')).toBeUndefined();
});

it('lists the package’s own files, and reads them once', async () => {
  const own = new PackagedFiles(opened);
  expect(own.index()).toEqual([
    { path: 'a b.png', size: 7 },
    { path: 'lib/words.txt', size: 5 },
  ]);
  expect(own.given).toBe(false);
  const [first, second] = await Promise.all([own.contents(), own.contents()]);
  expect(first).toBe(second);
  expect(await first[1]?.data?.text()).toBe('words');
  expect(own.given).toBe(true);
});

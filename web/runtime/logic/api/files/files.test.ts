/** The file system manager against a host that keeps bytes in memory; what the shell is told is looked at. */
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { FileChange, FilesAtStart } from '../../../protocol/files';
import { type FileHost, memoryFiles } from '../../boot/file-host';
import { Bridge } from '../../bridge/bridge';
import { FakeHost } from '../../testing/fake-host';
import { FakePort } from '../../testing/fake-port';
import { Files } from './manager';

type Manager = Record<string, (...values: unknown[]) => unknown>;

const bytes = (text: string) => new TextEncoder().encode(text);
const user = (path: string) => `wxfile://usr/${path}`;

function start(files: Partial<FilesAtStart> = {}, contents: FileHost = memoryFiles()) {
  const port = new FakePort<FileChange | { k: 'call'; id: number; api: string }>();
  const bridge = new Bridge(port, () => {});
  const host = Object.assign(new FakeHost(), { files: contents });
  const made = new Files(
    { bridge, host, reporter: { guard: (_what: string, run: () => void) => run() } as never },
    {
      kept: [],
      packaged: [],
      ...files,
    },
  );
  return { port, made, host, wx: made.apis(), fs: made.manager() as Manager };
}

const packaged = [
  { path: 'data/list.json', size: 9, data: bytes('{"a":[1]}') as unknown as Blob },
  { path: 'logo.png', size: 3, data: bytes('png') as unknown as Blob },
];

function refusal(run: () => unknown): { message: string; errno?: number } {
  try {
    run();
  } catch (failure) {
    return failure as Error;
  }
  throw new Error('nothing was refused');
}

test('what is written is read at once and told to the shell, once a turn', async () => {
  const { fs, port } = start();
  fs.writeFileSync?.(user('a.txt'), 'one');
  fs.writeFileSync?.(user('a.txt'), 'héllo');
  expect(fs.readFileSync?.(user('a.txt'), 'utf8')).toBe('héllo');
  fs.appendFileSync?.(user('a.txt'), new Uint8Array([33]).buffer);
  expect(fs.readFileSync?.(user('./x/../a.txt'), 'utf-8')).toBe('héllo!');
  expect(port.of('file')).toEqual([]);
  await Promise.resolve();
  expect(port.of('file')).toEqual([{ k: 'file', op: 'write', path: user('a.txt'), data: bytes('héllo!') }]);
});

test('a call to the shell comes behind what was written before it', () => {
  const { fs, port, made } = start();
  fs.writeFileSync?.(user('a.txt'), 'one');
  Reflect.get(made, 'context').bridge.call('uploadFile', {}, 0, () => {});
  expect(port.posted.map((message) => message.k)).toEqual(['file', 'call']);
});

test('encodings, positions and lengths', () => {
  const { fs } = start();
  fs.writeFileSync?.(user('b'), 'AAEC/w==', 'base64');
  expect(new Uint8Array(fs.readFileSync?.(user('b')) as ArrayBuffer)).toEqual(new Uint8Array([0, 1, 2, 255]));
  expect(fs.readFileSync?.(user('b'), 'hex')).toBe('000102ff');
  expect(fs.readFileSync?.(user('b'), 'base64', 1, 2)).toBe('AQI=');
  expect(fs.readFileSync?.(user('b'), 'latin1')).toBe('\u0000\u0001\u0002ÿ');
  fs.writeFileSync?.(user('c'), '菜', 'ucs2');
  expect(fs.readFileSync?.(user('c'), 'utf16le')).toBe('菜');
  expect(refusal(() => fs.readFileSync?.(user('b'), 'hex', 4))).toMatchObject({ errno: 1_301_009 });
  expect(refusal(() => fs.readFileSync?.(user('b'), 'hex', 1, 4))).toMatchObject({ errno: 1_301_006 });
  expect(refusal(() => fs.writeFileSync?.(user('b'), '€', 'base64'))).toMatchObject({ errno: 1_300_203 });
});

test('the package can be read and not be written', () => {
  const { fs } = start({ packaged });
  expect(fs.readFileSync?.('/data/list.json', 'utf8')).toBe('{"a":[1]}');
  expect(fs.readdirSync?.('/')).toEqual(['data', 'logo.png']);
  expect(fs.readFileSync?.('../../logo.png', 'utf8')).toBe('png');
  expect(refusal(() => fs.writeFileSync?.('/logo.png', 'x')).message).toBe(
    'writeFileSync:fail permission denied, open "/logo.png"',
  );
  expect(refusal(() => fs.unlinkSync?.('logo.png'))).toMatchObject({ errno: 1_300_013 });
});

test('arguments of the wrong type are refused in the original’s words', async () => {
  const { fs } = start();
  expect(refusal(() => fs.readFileSync?.())).toMatchObject({
    message: 'readFileSync:fail parameter error: parameter.filePath should be String instead of Undefined;',
    errno: 1001,
  });
  await expect(fs.rename?.({ oldPath: user('a'), newPath: 5 })).rejects.toMatchObject({
    errMsg: 'rename:fail parameter error: parameter.newPath should be String instead of Number;',
  });
});

test('no path leads out of the app', () => {
  const { fs } = start();
  for (const path of [
    'wxfile://usr/../store_a',
    'file:///etc/passwd',
    'wxfile://usr/../../a',
    'https://a.example/b',
    '',
  ]) {
    expect(refusal(() => fs.writeFileSync?.(path, 'x')).message, path).toContain('permission denied');
  }
});

test('files of the package that were not handed over are fetched by asynchronous reading', async () => {
  const { fs, port } = start({ packaged: [{ path: 'a.txt', size: 2 }] });
  expect(refusal(() => fs.readFileSync?.('a.txt')).message).toContain('still on its way');
  expect(fs.statSync?.('a.txt')).toMatchObject({ size: 2 });
  const reading = fs.readFile?.({ filePath: 'a.txt', encoding: 'utf8' });
  const call = port.of('call').find(({ api }) => api === 'readPackageFiles');
  port.deliver({
    k: 'result',
    id: call?.id,
    ok: true,
    value: { files: [{ path: 'a.txt', size: 2, data: bytes('hi') }] },
  } as never);
  expect(await reading).toEqual({ data: 'hi', errMsg: 'readFile:ok' });
  expect(fs.readFileSync?.('a.txt', 'utf8')).toBe('hi');
});

test('folders: made, listed, moved, removed', () => {
  const { fs, port } = start();
  expect(refusal(() => fs.mkdirSync?.(user('a/b'))).message).toBe(
    `mkdirSync:fail no such file or directory ${user('a/b')}`,
  );
  fs.mkdirSync?.(user('a/b'), true);
  fs.mkdirSync?.(user('a/b'), true);
  expect(refusal(() => fs.mkdirSync?.(user('a')))).toMatchObject({ errno: 1_301_005 });
  fs.writeFileSync?.(user('a/b/c.txt'), 'c');
  expect(refusal(() => fs.writeFileSync?.(user('a/none/c.txt'), 'c')).message).toBe(
    `writeFileSync:fail no such file or directory, open "${user('a/none/c.txt')}"`,
  );
  expect(refusal(() => fs.writeFileSync?.(user('a/b'), 'c'))).toMatchObject({ errno: 1_301_003 });
  fs.renameSync?.(user('a'), user('z'));
  expect(fs.readdirSync?.(user('z'))).toEqual(['b']);
  expect(fs.readFileSync?.(user('z/b/c.txt'), 'utf8')).toBe('c');
  expect(refusal(() => fs.accessSync?.(user('a')))).toMatchObject({ errno: 1_300_002 });
  expect(refusal(() => fs.rmdirSync?.(user('z'))).message).toBe('rmdirSync:fail directory not empty');
  expect(refusal(() => fs.renameSync?.(user('z'), user('z/b/y')))).toMatchObject({ errno: 1_300_001 });
  fs.rmdirSync?.(user('z'), true);
  expect(fs.readdirSync?.('wxfile://usr')).toEqual([]);
  expect(port.of('file').map(({ op }) => op)).toEqual(['directory', 'directory', 'write', 'rename', 'remove']);
});

test('stat tells sizes and kinds, of everything in a folder too', () => {
  const { fs, host } = start();
  fs.mkdirSync?.(user('d'));
  fs.writeFileSync?.(user('d/a'), '12345');
  const stat = fs.statSync?.(user('d/a')) as { size: number; isFile(): boolean; lastModifiedTime: number };
  expect([stat.size, stat.isFile(), stat.lastModifiedTime]).toEqual([5, true, Math.floor(host.time / 1000)]);
  const all = fs.statSync?.(user('d'), true) as { path: string; stats: { isDirectory(): boolean } }[];
  expect(all.map(({ path, stats }) => [path, stats.isDirectory()])).toEqual([
    ['/', true],
    ['/a', false],
  ]);
});

test('open files are read and written at positions', () => {
  const { fs } = start();
  const fd = fs.openSync?.({ filePath: user('o'), flag: 'w+' }) as string;
  expect(fs.writeSync?.({ fd, data: 'hello world' })).toEqual({ bytesWritten: 11 });
  expect(fs.writeSync?.({ fd, data: new Uint8Array([1, 72, 2]).buffer, offset: 1, length: 1, position: 0 })).toEqual({
    bytesWritten: 1,
  });
  const arrayBuffer = new ArrayBuffer(8);
  expect(fs.readSync?.({ fd, arrayBuffer, offset: 1, length: 5, position: 0 })).toMatchObject({ bytesRead: 5 });
  expect(new TextDecoder().decode(new Uint8Array(arrayBuffer, 1, 5))).toBe('Hello');
  fs.ftruncateSync?.({ fd, length: 5 });
  expect(fs.fstatSync?.({ fd })).toMatchObject({ size: 5 });
  expect(refusal(() => fs.readSync?.({ fd, arrayBuffer, length: 9 }))).toMatchObject({ errno: 1_301_006 });
  fs.closeSync?.({ fd });
  expect(refusal(() => fs.closeSync?.({ fd }))).toMatchObject({ message: 'closeSync:fail bad file descriptor' });
  expect(refusal(() => fs.openSync?.({ filePath: user('o'), flag: 'wx' }))).toMatchObject({ errno: 1_301_005 });
  expect(refusal(() => fs.openSync?.({ filePath: user('p') }))).toMatchObject({ errno: 1_300_002 });
  expect(refusal(() => fs.openSync?.({ filePath: user('o'), flag: 'q' }))).toMatchObject({ errno: 1_302_003 });
  const append = fs.openSync?.({ filePath: user('o'), flag: 'a' }) as string;
  fs.writeSync?.({ fd: append, data: '!' });
  expect(fs.readFileSync?.(user('o'), 'utf8')).toBe('Hello!');
});

test('a temporary file is saved, listed and removed', async () => {
  const { fs, port, wx } = start();
  port.deliver({ k: 'event', name: 'file.added', detail: { path: 'wxfile://tmp_1.png', data: bytes('pic') } } as never);
  const saved = fs.saveFileSync?.('wxfile://tmp_1.png') as string;
  expect(saved).toMatch(/^wxfile:\/\/store_[0-9a-f]+\.png$/);
  expect(port.of('file')).toEqual([{ k: 'file', op: 'rename', from: 'wxfile://tmp_1.png', to: saved }]);
  expect(refusal(() => fs.saveFileSync?.('wxfile://tmp_1.png'))).toMatchObject({ errno: 1_301_112 });
  expect(await fs.getSavedFileList?.()).toMatchObject({ fileList: [{ filePath: saved, size: 3 }] });
  await fs.removeSavedFile?.({ filePath: saved });
  expect(await fs.getSavedFileList?.()).toMatchObject({ fileList: [] });
  port.deliver({
    k: 'event',
    name: 'file.added',
    detail: { path: 'wxfile://tmp_2', data: new Uint8Array(11 * 1024 * 1024) },
  } as never);
  const ended: unknown[] = [];
  wx.calls.saveFile?.({ tempFilePath: 'wxfile://tmp_2' }, (result) => ended.push(result));
  expect(ended).toMatchObject([
    { ok: false, failure: { errMsg: 'saveFile:fail the maximum size of the file storage limit is exceeded' } },
  ]);
});

test('200 MB, and 100 MB a file', () => {
  // Contents that only know their size: the machine need not have them.
  const sizes: FileHost = {
    ...memoryFiles(),
    join: (parts) => ({ size: parts.reduce((total, part) => total + ('size' in part ? part.size : part.length), 0) }),
    posted: () => new Blob([]),
  };
  const { fs, made } = start({}, sizes);
  const megabyte = 1024 * 1024;
  for (const name of ['a', 'b']) {
    fs.writeFileSync?.(user(name), 'x');
    fs.truncateSync?.({ filePath: user(name), length: 90 * megabyte });
  }
  expect(refusal(() => fs.truncateSync?.({ filePath: user('a'), length: 101 * megabyte }))).toMatchObject({
    message: 'truncateSync:fail the maximum size of the file storage limit is exceeded',
    errno: 1_300_202,
  });
  expect(refusal(() => fs.copyFileSync?.(user('a'), user('c')))).toMatchObject({ errno: 1_300_202 });
  fs.unlinkSync?.(user('b'));
  fs.copyFileSync?.(user('a'), user('c'));
  expect(made.tree.used).toBe(180 * megabyte);
});

test('archives are unpacked inside their folder, and read without unpacking', async () => {
  const archive = zipSync({ 'a/b.txt': strToU8('bee'), 'c.txt': strToU8('sea') });
  const { fs } = start({ packaged: [{ path: 'z.zip', size: archive.length, data: archive as unknown as Blob }] });
  await fs.unzip?.({ zipFilePath: '/z.zip', targetPath: user('out') });
  expect(fs.readFileSync?.(user('out/a/b.txt'), 'utf8')).toBe('bee');
  const read = await fs.readZipEntry?.({
    filePath: '/z.zip',
    entries: [{ path: 'c.txt', encoding: 'utf8', position: 1 }, { path: 'none' }],
  });
  expect(read).toMatchObject({
    entries: { 'c.txt': { data: 'ea', errMsg: 'readZipEntry:ok' }, none: { errMsg: 'no such file or directory none' } },
  });
  const hostile = zipSync({ 'ok.txt': strToU8('1'), '../../x.txt': strToU8('2') });
  fs.writeFileSync?.(user('h.zip'), hostile.buffer);
  await expect(fs.unzip?.({ zipFilePath: user('h.zip'), targetPath: user('out2') })).rejects.toMatchObject({
    errMsg: 'unzip:fail unzip entry fail: ../../x.txt',
  });
  expect(refusal(() => fs.accessSync?.(user('out2')))).toMatchObject({ errno: 1_300_002 });
  fs.writeFileSync?.(user('no.zip'), 'not a zip');
  await expect(fs.unzip?.({ zipFilePath: user('no.zip'), targetPath: user('o3') })).rejects.toMatchObject({
    errCode: 1_301_102,
  });
});

test('digests, and Brotli through the shell', async () => {
  const { fs, port } = start({ packaged });
  expect(await fs.getFileInfo?.({ filePath: 'logo.png' })).toMatchObject({
    size: 3,
    digest: 'bff139fa05ac583f685a523ab3d110a0',
  });
  expect(await fs.getFileInfo?.({ filePath: 'logo.png', digestAlgorithm: 'sha1' })).toMatchObject({
    digest: '9040a7d6cdf7a0d6cab1823831c6ceb7d01af97f',
  });
  const reading = fs.readCompressedFile?.({ filePath: 'logo.png', compressionAlgorithm: 'br' });
  const call = port.of('call').find(({ api }) => api === 'inflateBrotli');
  port.deliver({ k: 'result', id: call?.id, ok: false, errMsg: 'inflateBrotli:fail' } as never);
  await expect(reading).rejects.toMatchObject({ errMsg: 'readCompressedFile:fail brotli decompress fail' });
});

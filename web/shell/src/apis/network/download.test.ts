/** Downloads: told as they come, kept where the app wants them. The gate is stood in for. */
import { beforeEach, expect, it, vi } from 'vitest';
import type { CallContext } from '../../miniapp/bridge';
import { ApiFailure } from '../../miniapp/failure';
import { downloadFile } from './download';

const answer = vi.hoisted(() => ({ value: undefined as unknown }));
vi.mock('./exchange', async (original) => ({
  ...(await original<typeof import('./exchange')>()),
  exchange: vi.fn(async () => answer.value),
}));

const event = vi.fn();
const files = { obstacle: vi.fn(() => undefined as string | undefined), put: vi.fn(() => true) };
const addTemporary = vi.fn((_blob: Blob, extension: string) => `wxfile://tmp_1.${extension}`);
const context = {
  id: 7,
  app: {
    config: { origins: { download: ['https://a.example'] } },
    bridge: { event, addTask: () => () => undefined },
    files,
    resources: { addTemporary },
    permission: { log: { contacted: () => undefined } },
  },
} as unknown as CallContext;

const url = 'https://a.example/b.png?x=1';

beforeEach(() => {
  vi.clearAllMocks();
  files.obstacle.mockReturnValue(undefined);
  const body = new Response(new Uint8Array(8)).body;
  answer.value = {
    statusCode: 200,
    header: { 'content-type': 'image/png' },
    cookies: [],
    size: 16,
    body,
    finished: vi.fn(),
  };
});

it('gives a temporary file, typed, and tells how far it is', async () => {
  expect(await downloadFile(context, { url })).toEqual({
    statusCode: 200,
    header: { 'content-type': 'image/png' },
    tempFilePath: 'wxfile://tmp_1.png',
  });
  expect(addTemporary.mock.calls[0]?.[0]).toMatchObject({ size: 8, type: 'image/png' });
  const progress = { progress: 50, totalBytesWritten: 8, totalBytesExpectedToWrite: 16 };
  expect(event.mock.calls).toMatchObject([
    ['download.headers', { statusCode: 200 }, 7],
    ['download.progress', progress, 7],
  ]);
});

it('puts the file where the app wants it', async () => {
  const filePath = 'wxfile://usr/b.png';
  expect(await downloadFile(context, { url, filePath })).toMatchObject({ filePath });
  expect(files.put).toHaveBeenCalledWith(filePath, expect.any(Blob));
  expect(addTemporary).not.toHaveBeenCalled();
});

it('fetches nothing for a place that can’t be written', async () => {
  files.obstacle.mockReturnValue('permission denied, open "/b.png"');
  await expect(downloadFile(context, { url, filePath: '/b.png' })).rejects.toThrow('permission denied, open "/b.png"');
  expect(event).not.toHaveBeenCalled();
});

it('refuses what is too large, and origins that are not declared', async () => {
  Object.assign(answer.value as object, { size: 300 * 1024 * 1024 });
  await expect(downloadFile(context, { url })).rejects.toThrow('exceed max download size 200MB');
  await expect(downloadFile(context, { url: 'https://b.example/c' })).rejects.toThrow(ApiFailure);
});

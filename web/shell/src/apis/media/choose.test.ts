/** What the user chose becomes temporary files; the picker and the reading of pictures are stood in for. */
import { beforeEach, expect, it, vi } from 'vitest';
import type { CallContext } from '../../miniapp/bridge';
import { ApiFailure } from '../../miniapp/failure';
import { chooseApis } from './choose';
import { pickFiles } from './picker';
import { redraw } from './picture';

vi.mock('./picker', () => ({ pickFiles: vi.fn() }));
vi.mock('./picture', () => ({
  pictureFacts: async () => ({ width: 30, height: 20, orientation: 'up', type: 'png' }),
  redraw: vi.fn(async () => new Blob(['s'], { type: 'image/jpeg' })),
}));
vi.mock('./clip', () => ({
  clipFacts: async () => ({ duration: 2.5, width: 64, height: 48, thumbnail: new Blob(['t'], { type: 'image/jpeg' }) }),
}));

const picked = vi.mocked(pickFiles);
const kept: string[] = [];
const context = {
  app: {
    resources: {
      addTemporary: (blob: Blob, extension: string) => {
        kept.push(`${blob.size} ${extension}`);
        return `wxfile://tmp_${kept.length}.${extension}`;
      },
    },
  },
} as unknown as CallContext;

const file = (name: string, type: string, text = 'contents') => new File([text], name, { type, lastModified: 5000 });

beforeEach(() => {
  kept.length = 0;
  picked.mockReset();
  vi.mocked(redraw).mockClear();
});

it('gives pictures as they are, or smaller where the app takes no originals', async () => {
  picked.mockResolvedValue([file('a.PNG', 'image/png'), file('b.txt', 'text/plain')]);
  expect(await chooseApis.chooseImage(context, {})).toEqual({
    tempFilePaths: ['wxfile://tmp_1.png'],
    tempFiles: [{ path: 'wxfile://tmp_1.png', size: 8 }],
  });
  expect(redraw).not.toHaveBeenCalled();
  expect(await chooseApis.chooseImage(context, { sizeType: ['compressed'] })).toMatchObject({
    tempFiles: [{ path: 'wxfile://tmp_2.jpg', size: 1 }],
  });
});

it('asks for no more than it may, from where the app says', async () => {
  picked.mockResolvedValue([file('a.png', 'image/png')]);
  await chooseApis.chooseImage(context, { count: 99, sourceType: ['camera'] });
  await chooseApis.chooseMessageFile(context, { count: -1, type: 'all' });
  expect(picked.mock.calls.map(([, wish]) => [wish.count, wish.sources, wish.accept])).toEqual([
    [20, ['camera'], 'image/*'],
    [1, ['album'], ''],
  ]);
});

it('describes videos by length, size and a picture', async () => {
  picked.mockResolvedValue([file('a.mp4', 'video/mp4'), file('b.png', 'image/png')]);
  expect(await chooseApis.chooseMedia(context, {})).toMatchObject({
    type: 'mix',
    tempFiles: [
      {
        fileType: 'video',
        duration: 2.5,
        width: 64,
        height: 48,
        thumbTempFilePath: expect.stringMatching(/^wxfile.*jpg$/),
      },
      { fileType: 'image', duration: 0, width: 30, height: 20, thumbTempFilePath: '' },
    ],
  });
  picked.mockResolvedValue([file('a.mp4', 'video/mp4')]);
  expect(await chooseApis.chooseVideo(context, {})).toMatchObject({ duration: 2.5, size: 8 });
});

it('gives files their names and times, and only those that were asked for', async () => {
  picked.mockResolvedValue([file('a.pdf', 'application/pdf'), file('b.doc', 'application/msword')]);
  expect(await chooseApis.chooseMessageFile(context, { count: 5, type: 'file', extension: ['.pdf'] })).toEqual({
    tempFiles: [{ path: 'wxfile://tmp_1.pdf', size: 8, name: 'a.pdf', type: 'file', time: 5 }],
  });
});

it('fails where nothing fits', async () => {
  picked.mockResolvedValue([file('b.txt', 'text/plain')]);
  await expect(chooseApis.chooseImage(context, {})).rejects.toThrow(ApiFailure);
  await expect(chooseApis.chooseVideo(context, {})).rejects.toThrow('the file is no video');
  await expect(chooseApis.chooseMedia(context, { mediaType: ['video'] })).rejects.toThrow('another type');
  await expect(chooseApis.chooseMessageFile(context, { type: 'image' })).rejects.toThrow('another type');
});

/** `chooseImage`, `chooseMedia`, `chooseVideo`, `chooseMessageFile`: files of the user's become temporary files. */
import type { CallContext } from '../../miniapp/bridge';
import { fail } from '../../miniapp/failure';
import { extensionOf, extensionOfType } from '../../miniapp/media-type';
import type { MiniApp } from '../../miniapp/mini-app';
import { clipFacts } from './clip';
import { pickFiles, type Wish } from './picker';
import { pictureFacts, redraw } from './picture';

type Args = Record<string, unknown>;

const mostPictures = 20;
const mostFiles = 100;
/** Longest side of a compressed picture, pixels, and its quality. */
const compressed = { side: 1440, quality: 0.8 };

export const chooseApis = {
  async chooseImage({ app }: CallContext, args: Args): Promise<Args> {
    const files = await pickFiles(app, {
      accept: 'image/*',
      count: bounded(args.count, 9, mostPictures),
      sources: sourcesOf(args.sourceType),
      camera: 'back',
      kind: 'picture',
    });
    const pictures = files.filter((file) => file.type.startsWith('image/'));
    if (pictures.length === 0) fail('the file is no picture');
    const tempFiles = await Promise.all(
      pictures.map(async (file) => {
        const blob = await sized(file, args.sizeType);
        return { path: keep(app, blob, file.name), size: blob.size };
      }),
    );
    return { tempFilePaths: tempFiles.map(({ path }) => path), tempFiles };
  },
  async chooseMedia({ app }: CallContext, args: Args): Promise<Args> {
    const wanted = listOf(args.mediaType, ['image', 'video']);
    const mix = wanted.includes('mix');
    const types = mix ? ['image', 'video'] : wanted;
    const files = await pickFiles(app, {
      accept: types.map((type) => `${type}/*`).join(','),
      count: bounded(args.count, 9, mostPictures),
      sources: sourcesOf(args.sourceType),
      camera: args.camera === 'front' ? 'front' : 'back',
      kind: types.length > 1 ? 'media' : types[0] === 'video' ? 'video' : 'picture',
      longest: bounded(args.maxDuration, 10, 60),
    });
    const tempFiles = await Promise.all(files.map((file) => medium(app, file, types, args.sizeType)));
    const kinds = new Set(tempFiles.map(({ fileType }) => fileType));
    return { tempFiles, type: kinds.size > 1 ? 'mix' : [...kinds][0] };
  },
  async chooseVideo({ app }: CallContext, args: Args): Promise<Args> {
    const [file] = await pickFiles(app, {
      accept: 'video/*',
      count: 1,
      sources: sourcesOf(args.sourceType),
      camera: args.camera === 'front' ? 'front' : 'back',
      kind: 'video',
      longest: bounded(args.maxDuration, 60, 60),
    });
    if (file === undefined || !file.type.startsWith('video/')) return fail('the file is no video');
    const { duration, width, height } = await clipFacts(file);
    return { tempFilePath: keep(app, file, file.name), size: file.size, duration, width, height };
  },
  async chooseMessageFile({ app }: CallContext, args: Args): Promise<Args> {
    const type = String(args.type ?? 'all');
    const extensions =
      type === 'file' ? listOf(args.extension, []).map((one) => one.replace(/^\./, '').toLowerCase()) : [];
    const accepted: Record<string, string> = { image: 'image/*', video: 'video/*' };
    const kind: Wish['kind'] = type === 'image' ? 'picture' : type === 'video' ? 'video' : 'file';
    const accept = accepted[type] ?? extensions.map((one) => `.${one}`).join(',');
    const count = bounded(args.count, 1, mostFiles);
    const files = await pickFiles(app, { accept, count, sources: ['album'], camera: 'back', kind });
    const fitting = files.filter((file) => {
      const wanted = type === 'all' || type === 'file' || file.type.startsWith(`${type}/`);
      return wanted && (extensions.length === 0 || extensions.includes(extensionOf(file.name)));
    });
    if (fitting.length === 0) fail('the file is of another type');
    return { tempFiles: fitting.map((file) => messageFile(app, file)) };
  },
};

async function medium(app: MiniApp, file: File, types: readonly string[], sizeType: unknown) {
  const fileType = file.type.startsWith('video/') ? 'video' : 'image';
  if (!types.includes(fileType) || !/^(image|video)\//.test(file.type)) return fail('the file is of another type');
  if (fileType === 'image') {
    const blob = await sized(file, sizeType);
    const { width, height } = await pictureFacts(blob);
    const none = { duration: 0, thumbTempFilePath: '' };
    return { tempFilePath: keep(app, blob, file.name), size: blob.size, width, height, fileType, ...none };
  }
  const { duration, width, height, thumbnail } = await clipFacts(file);
  const thumbTempFilePath = thumbnail === undefined ? '' : app.resources.addTemporary(thumbnail, 'jpg');
  const tempFilePath = keep(app, file, file.name);
  return { tempFilePath, size: file.size, duration, width, height, thumbTempFilePath, fileType };
}

function messageFile(app: MiniApp, file: File) {
  const major = file.type.split('/')[0];
  const type = major === 'image' || major === 'video' ? major : 'file';
  const time = Math.floor(file.lastModified / 1000);
  return { path: keep(app, file, file.name), size: file.size, name: file.name, type, time };
}

/** Compressed where the app does not take originals; a moving picture would stand still. */
async function sized(file: File, sizeType: unknown): Promise<Blob> {
  const wanted = listOf(sizeType, ['original', 'compressed']);
  if (wanted.includes('original') || file.type === 'image/gif' || file.type === 'image/svg+xml') return file;
  const smaller = await redraw(file, ({ width, height }) => {
    const scale = Math.min(1, compressed.side / Math.max(width, height));
    const size = { width: width * scale, height: height * scale };
    return { ...size, type: 'image/jpeg', quality: compressed.quality };
  });
  return smaller.size < file.size ? smaller : file;
}

function keep(app: MiniApp, blob: Blob, name: string): string {
  return app.resources.addTemporary(blob, extensionOfType(blob.type) || extensionOf(name));
}

function listOf(value: unknown, otherwise: readonly string[]): readonly string[] {
  const list = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
  return list.length === 0 ? otherwise : list;
}

function sourcesOf(value: unknown): ('album' | 'camera')[] {
  const known = listOf(value, ['album', 'camera']).filter((one) => one === 'album' || one === 'camera');
  return known.length === 0 ? ['album'] : (known as ('album' | 'camera')[]);
}

function bounded(value: unknown, otherwise: number, most: number): number {
  const count = Math.floor(Number(value ?? otherwise));
  return Number.isFinite(count) && count > 0 ? Math.min(count, most) : otherwise;
}

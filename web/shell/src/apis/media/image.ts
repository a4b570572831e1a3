/** `getImageInfo`, `compressImage`, `cropImage`, `editImage`: reading pictures and making new ones of them. */
import { text } from '../../localization';
import type { CallContext } from '../../miniapp/bridge';
import { fail } from '../../miniapp/failure';
import { extensionOfType } from '../../miniapp/media-type';
import type { MiniApp } from '../../miniapp/mini-app';
import { CropForm } from '../../window/forms/crop-form';
import { askForm } from '../ask-form';
import { pictureFacts, redraw } from './picture';

type Args = Record<string, unknown>;

/** `errno` of the original: target file not exists. */
const missing = 1_103_002;

/** Types that WeChat names; any other is `unknown`. */
const named = new Set(['jpeg', 'png', 'gif', 'tiff']);

export const imageApis = {
  async getImageInfo({ app }: CallContext, args: Args): Promise<Args> {
    const src = String(args.src);
    const remote = /^(https?:)?\/\/|^data:/i.test(src);
    const blob = await readPicture(app, src);
    const { width, height, orientation, type } = await pictureFacts(blob);
    const path = remote
      ? app.resources.addTemporary(blob, extensionOfType(blob.type) || (type === 'jpeg' ? 'jpg' : type))
      : src;
    return { width, height, path, orientation, type: named.has(type) ? type : 'unknown' };
  },
  async compressImage({ app }: CallContext, args: Args): Promise<Args> {
    const blob = await readPicture(app, String(args.src));
    const quality = Math.min(100, Math.max(0, Number(args.quality ?? 80))) / 100;
    const wide = lengthOf(args.compressedWidth);
    const high = lengthOf(args.compressedHeight);
    const compressed = await redraw(blob, ({ width, height }) => {
      // One given side keeps the picture's proportions.
      const size = {
        width: wide ?? (high === undefined ? width : (width * high) / height),
        height: high ?? (wide === undefined ? height : (height * wide) / width),
      };
      return { ...size, type: 'image/jpeg', quality };
    });
    return { tempFilePath: app.resources.addTemporary(compressed, 'jpg') };
  },
  cropImage: ({ app }: CallContext, args: Args): Promise<Args> =>
    crop(app, String(args.src), String(args.cropScale ?? '1:1')),
  /** Cutting and turning; drawing and writing on a picture are not offered on this host. */
  editImage: ({ app }: CallContext, args: Args): Promise<Args> => crop(app, String(args.src), undefined),
};

async function crop(app: MiniApp, src: string, scale: string | undefined): Promise<Args> {
  const form = new CropForm();
  form.picture = await readPicture(app, src);
  form.scale = scale;
  const made = await askForm(app, text('crop.title'), form);
  if (made === undefined) return fail('cancel', 1);
  return { tempFilePath: app.resources.addTemporary(made, made.type === 'image/png' ? 'png' : 'jpg') };
}

async function readPicture(app: MiniApp, src: string): Promise<Blob> {
  const content = await app.resources.content(src);
  if ('blob' in content) return content.blob;
  if (/^(https?:)?\/\//i.test(src)) return fail(`download image fail. reason: ${content.error}`);
  return fail(`file not found: ${content.error}`, missing);
}

function lengthOf(value: unknown): number | undefined {
  const length = Number(value);
  return value !== undefined && Number.isFinite(length) && length >= 1 ? Math.min(length, 16_384) : undefined;
}

/** Pictures: what they are, how large, and drawn again smaller. */
import { ApiFailure } from '../../miniapp/failure';

/** `errno` of the original. */
const decodeFailed = 1_103_003;

export type PictureType = 'jpeg' | 'png' | 'gif' | 'tiff' | 'webp' | 'bmp' | 'svg' | 'unknown';

/** How a camera was held, by the numbers 1 to 8 of Exif. */
export const orientations = [
  'up',
  'up-mirrored',
  'down',
  'down-mirrored',
  'left-mirrored',
  'right',
  'right-mirrored',
  'left',
] as const;
export type Orientation = (typeof orientations)[number];

/** Tells the type from the first bytes: names lie. */
export function pictureType(bytes: Uint8Array): PictureType {
  const text = (start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'jpeg';
  if (text(1, 4) === 'PNG') return 'png';
  if (text(0, 3) === 'GIF') return 'gif';
  if (text(0, 4) === 'II*\0' || text(0, 4) === 'MM\0*') return 'tiff';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp';
  if (text(0, 2) === 'BM') return 'bmp';
  return /^\s*(<\?xml|<svg|<!--)/i.test(text(0, 64)) ? 'svg' : 'unknown';
}

/** The orientation in a JPEG's Exif block; `up` where there is none. */
export function orientationOf(bytes: Uint8Array): Orientation {
  if (pictureType(bytes) !== 'jpeg') return 'up';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let offset = 2; offset + 4 <= view.byteLength; ) {
    const marker = view.getUint16(offset);
    const length = view.getUint16(offset + 2);
    if (marker < 0xff00 || marker === 0xffda || length < 2) break;
    if (marker === 0xffe1) {
      const found = exifOrientation(view, offset + 4, Math.min(offset + 2 + length, view.byteLength));
      if (found !== undefined) return found;
    }
    offset += 2 + length;
  }
  return 'up';
}

const orientationTag = 0x0112;

function exifOrientation(view: DataView, start: number, end: number): Orientation | undefined {
  if (start + 14 > end || view.getUint32(start) !== 0x45786966) return undefined;
  const tiff = start + 6;
  const little = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, little);
  if (directory + 2 > end) return undefined;
  const entries = view.getUint16(directory, little);
  for (let index = 0; index < entries; index += 1) {
    const entry = directory + 2 + index * 12;
    if (entry + 12 > end) return undefined;
    if (view.getUint16(entry, little) === orientationTag) return orientations[view.getUint16(entry + 8, little) - 1];
  }
  return undefined;
}

export interface PictureFacts {
  /** As stored, before any turning. */
  width: number;
  height: number;
  orientation: Orientation;
  type: PictureType;
}

/** The part of a file that its type and Exif block are in. */
const headLength = 256 * 1024;

export async function pictureFacts(blob: Blob): Promise<PictureFacts> {
  const head = new Uint8Array(await blob.slice(0, headLength).arrayBuffer());
  const orientation = orientationOf(head);
  const type = pictureType(head);
  const typed = type === 'svg' ? new Blob([blob], { type: 'image/svg+xml' }) : blob;
  const { width, height } = await withPicture(typed, ({ naturalWidth, naturalHeight }) => ({
    width: naturalWidth,
    height: naturalHeight,
  }));
  const turned = orientations.indexOf(orientation) >= 4;
  return { width: turned ? height : width, height: turned ? width : height, orientation, type };
}

/** Loads a picture, which the browser turns upright, for as long as `use` takes. */
export async function withPicture<T>(blob: Blob, use: (picture: HTMLImageElement) => T | Promise<T>): Promise<T> {
  const url = URL.createObjectURL(blob);
  try {
    const picture = new Image();
    picture.src = url;
    await picture.decode().catch(() => {
      throw new ApiFailure('image decode fail', decodeFailed);
    });
    return await use(picture);
  } finally {
    URL.revokeObjectURL(url);
  }
}

export interface Drawing {
  /** Part of the upright picture, pixels; all of it where left out. */
  area?: { left: number; top: number; width: number; height: number };
  width: number;
  height: number;
  type: 'image/jpeg' | 'image/png';
  /** 0 to 1. */
  quality: number;
}

/** Draws a picture anew; what it says of its place and camera is gone with that. */
export function redraw(blob: Blob, drawing: (picture: { width: number; height: number }) => Drawing): Promise<Blob> {
  return withPicture(blob, async (picture) => {
    const { area, width, height, type, quality } = drawing({
      width: picture.naturalWidth,
      height: picture.naturalHeight,
    });
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width));
    canvas.height = Math.max(1, Math.round(height));
    const context = canvas.getContext('2d');
    if (context === null) throw new ApiFailure('the browser can not draw the picture');
    // JPEG has no transparency: what was clear would turn black.
    if (type === 'image/jpeg') {
      context.fillStyle = '#fff';
      context.fillRect(0, 0, canvas.width, canvas.height);
    }
    const {
      left,
      top,
      width: wide,
      height: high,
    } = area ?? {
      left: 0,
      top: 0,
      width: picture.naturalWidth,
      height: picture.naturalHeight,
    };
    context.drawImage(picture, left, top, wide, high, 0, 0, canvas.width, canvas.height);
    return toBlob(canvas, type, quality);
  });
}

export function toBlob(canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new ApiFailure('the picture is too large for this browser')) : resolve(blob)),
      type,
      quality,
    );
  });
}

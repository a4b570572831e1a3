/**
 * Reads a picture for a canvas of the logic worker, which has neither network nor files: any source that `image` takes,
 * decoded by the browser's own reader (so SVG too), handed over as a bitmap.
 */
import type { Resources } from '../resources';
import { HandedOver } from './handed-over';

/** A picture without a size of its own (an SVG) gets that of a canvas without one. */
const unsized = { resizeWidth: 300, resizeHeight: 150 };

export async function readPicture(resources: Resources, src: unknown): Promise<HandedOver> {
  if (typeof src !== 'string') throw new Error('the source of the picture is no text');
  const url = await resources.resolve(src, 'image');
  const picture = new Image();
  // Without it a picture from the gate would taint every canvas that it is drawn on.
  if (/^https?:/.test(url)) picture.crossOrigin = 'anonymous';
  picture.src = url;
  await new Promise<void>((resolve, reject) => {
    picture.onload = () => resolve();
    picture.onerror = () => reject(new Error('the picture could not be read'));
  });
  const sized = picture.naturalWidth > 0 && picture.naturalHeight > 0;
  const bitmap = await createImageBitmap(picture, sized ? undefined : unsized);
  return new HandedOver({ bitmap, width: bitmap.width, height: bitmap.height }, [bitmap]);
}

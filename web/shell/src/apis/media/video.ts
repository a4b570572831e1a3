/** `getVideoInfo`, and what a browser can't do with videos. */
import type { CallContext } from '../../miniapp/bridge';
import { fail } from '../../miniapp/failure';
import { extensionOf, extensionOfType } from '../../miniapp/media-type';
import { clipFacts } from './clip';

type Args = Record<string, unknown>;

const kilobyte = 1024;

export const videoApis = {
  async getVideoInfo({ app }: CallContext, args: Args): Promise<Args> {
    const src = String(args.src);
    const blob = await app.resources.file(src);
    if (blob === undefined) return fail(`file not found: ${src}`);
    const { duration, width, height } = await clipFacts(blob);
    const seconds = Math.max(duration, 0.001);
    return {
      orientation: 'up',
      type: extensionOfType(blob.type) || extensionOf(src) || 'unknown',
      duration: Math.round(duration * 1000) / 1000,
      size: Math.round(blob.size / kilobyte),
      width,
      height,
      // No browser tells the frame rate of a file.
      fps: 0,
      bitrate: Math.round((blob.size * 8) / 1000 / seconds),
    };
  },
  checkDeviceSupportHevc: (): Args => ({
    supportHevc: document.createElement('video').canPlayType('video/mp4; codecs="hvc1.1.6.L93.B0"') !== '',
  }),
};

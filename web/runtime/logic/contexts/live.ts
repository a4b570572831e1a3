/**
 * `LivePlayerContext` and `LivePusherContext`: this host has no live streams, so every method ends as the original's
 * does where the stream can't be had.
 */
import type { Target } from './late';

const playing = [
  'play', 'stop', 'mute', 'pause', 'resume', 'requestFullScreen', 'exitFullScreen', 'exitPictureInPicture', 'snapshot',
  'requestBackgroundPlayback', 'exitBackgroundPlayback', 'startCasting', 'switchCasting', 'reconnectCasting',
  'exitCasting',
]; // biome-ignore format: one list
const pushing = [
  'start', 'stop', 'pause', 'resume', 'switchCamera', 'snapshot', 'toggleTorch', 'playBGM', 'stopBGM', 'pauseBGM',
  'resumeBGM', 'setBGMVolume', 'setMICVolume', 'startPreview', 'stopPreview', 'sendMessage', 'setZoom', 'getMaxZoom',
  'exitPictureInPicture', 'applyFilter', 'applySticker', 'applyBlusherStickMakeup', 'applyEyeBrowMakeup',
  'applyEyeShadowMakeup', 'applyFaceContourMakeup', 'applyLipStickMakeup', 'clearFilters', 'clearMakeups',
  'clearStickers', 'onCustomRendererEvent', 'createOffscreenCanvas',
]; // biome-ignore format: one list

function absentContext(target: Target, methods: readonly string[], api: string): object {
  return Object.fromEntries(
    methods.map((name) => [
      name,
      name.startsWith('on')
        ? () => undefined
        : (options?: unknown) =>
            target.end(api, options, () => Promise.reject(new Error(`${name} is not supported on this host`))),
    ]),
  );
}

export const livePlayerContext = (target: Target): object => absentContext(target, playing, 'operateLivePlayer');
export const livePusherContext = (target: Target): object => absentContext(target, pushing, 'operateLivePusher');

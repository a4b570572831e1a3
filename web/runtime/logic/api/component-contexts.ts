/** `wx.createVideoContext` and its like: objects that stand for a component on the page. */
import { CameraContext } from '../contexts/camera';
import { lateTarget } from '../contexts/late';
import { mapContext } from '../contexts/map';
import { AudioContext, VideoContext } from '../contexts/video';
import type { ApiContext, Implementations } from './context';

export function componentContextApis(context: ApiContext): Pick<Implementations, 'syncs'> {
  const byId = (tag: string, id: unknown, scope: unknown) => lateTarget(context, tag, String(id), scope);
  const cameras = new WeakMap<object, CameraContext>();
  return {
    syncs: {
      createVideoContext: (id: unknown, scope?: unknown) => new VideoContext(byId('video', id, scope)),
      createAudioContext: (id: unknown, scope?: unknown) => new AudioContext(byId('audio', id, scope)),
      createMapContext: (id: unknown, scope?: unknown) => mapContext(byId('map', id, scope)),
      // A page has one camera, and its context is one.
      createCameraContext: () => {
        const page = context.pages.current ?? context;
        const known = cameras.get(page) ?? new CameraContext(lateTarget(context, 'camera', undefined, undefined));
        cameras.set(page, known);
        return known;
      },
    },
  };
}

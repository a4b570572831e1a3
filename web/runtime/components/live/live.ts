/**
 * Media that this host can't have: live streams, calls with several, the original's own channels and shop. They keep
 * their place, say calmly that they are not here, and tell the app so by the error that it is written for.
 */
import type { ViewContext } from '../../view/context';
import type { ViewNode } from '../../view/node';
import { Component, part } from '../component';
import { type GlyphName, glyph } from '../video/glyph';

interface Face {
  picture: GlyphName;
  en: string;
  zh: string;
  /** Events that tell the app, in this order. */
  events: [type: string, detail: Record<string, unknown>][];
}

const notHere = 'not supported on this host';

const noScenes = { en: 'Three-dimensional scenes are not drawn here', zh: '此处无法显示三维场景' };

const faces: Record<string, Face> = {
  'live-player': {
    picture: 'cast',
    en: 'Live streams do not play here',
    zh: '此处无法播放直播',
    events: [
      ['statechange', { code: -2301, message: notHere }],
      ['error', { errCode: -2301, errMsg: `live-player:fail ${notHere}` }],
    ],
  },
  'live-pusher': {
    picture: 'cast',
    en: 'Live streaming is not possible here',
    zh: '此处无法推流直播',
    events: [
      ['statechange', { code: -1307, message: notHere }],
      ['error', { errCode: 10004, errMsg: `live-pusher:fail ${notHere}` }],
    ],
  },
  'voip-room': {
    picture: 'sound',
    en: 'Calls with several people are not possible here',
    zh: '此处无法进行多人通话',
    events: [['error', { errCode: -1, errMsg: `voip-room:fail ${notHere}` }]],
  },
  'channel-live': {
    picture: 'cast',
    en: 'Channel live streams open in WeChat only',
    zh: '视频号直播仅能在微信中打开',
    events: [['error', { errMsg: `channel-live:fail ${notHere}` }]],
  },
  'channel-video': {
    picture: 'play',
    en: 'Channel videos open in WeChat only',
    zh: '视频号视频仅能在微信中打开',
    events: [['error', { errMsg: `channel-video:fail ${notHere}` }]],
  },
  'store-product': shopFace('store-product'),
  'store-home': shopFace('store-home'),
  'store-gift': shopFace('store-gift'),
  'store-coupon': shopFace('store-coupon'),
  'xr-frame': {
    picture: 'small',
    ...noScenes,
    events: [['error', { errMsg: `xr-frame:fail ${notHere}` }]],
  },
  // The root of a component that xr-frame draws. A scene that is not there is never ready, and the original has no
  // event that says so.
  'xr-scene': { picture: 'small', ...noScenes, events: [] },
};

function shopFace(tag: string): Face {
  return {
    picture: 'small',
    en: 'WeChat Shop opens in WeChat only',
    zh: '微信小店仅能在微信中打开',
    events: [['error', { errMsg: `${tag}:fail ${notHere}` }]],
  };
}

export const liveTags: readonly string[] = Object.keys(faces);

const defaults = { src: '', url: '' };

export class Live extends Component<typeof defaults> {
  readonly #slot = part('mz-live-slot', this.host);
  readonly #face: Face | undefined;
  #told = false;

  constructor(node: ViewNode, host: HTMLElement, context: ViewContext) {
    super(node, host, context, defaults);
    this.#face = faces[node.tag];
    const face = part('mz-live-face');
    face.setAttribute('role', 'note');
    if (this.#face !== undefined) {
      const words = part('mz-live-words');
      words.textContent = context.locale.toLowerCase().startsWith('zh') ? this.#face.zh : this.#face.en;
      face.append(glyph(this.#face.picture), words);
    }
    host.prepend(face);
  }

  /** What an app lays over the stream still stands there. */
  override get container(): Node {
    return this.#slot;
  }

  override connected(): void {
    if (this.#told) return;
    this.#told = true;
    // After the listeners of its tag are known.
    setTimeout(() => {
      for (const [type, detail] of this.#face?.events ?? []) this.emit(type, detail);
    }, 0);
  }
}

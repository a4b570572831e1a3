/** `previewImage` and `previewMedia`: the shell's own viewer over the app. */
import type { CallContext } from '../../miniapp/bridge';
import { fail } from '../../miniapp/failure';
import type { ViewerItem } from '../../miniapp/viewer';

type Args = Record<string, unknown>;

const mostItems = 500;

export const previewApis = {
  previewImage({ app }: CallContext, args: Args): void {
    const urls = (Array.isArray(args.urls) ? args.urls : []).map(String).slice(0, mostItems);
    if (urls.length === 0) fail('parameter error: parameter.urls should have at least 1 item;');
    const items = urls.map((src): ViewerItem => ({ kind: 'image', src }));
    const current = typeof args.current === 'number' ? args.current : urls.indexOf(String(args.current ?? ''));
    app.viewer.show(items, current, args.showmenu !== false);
  },
  previewMedia({ app }: CallContext, args: Args): void {
    const sources = (Array.isArray(args.sources) ? args.sources : []).slice(0, mostItems);
    const items = sources.map((source: unknown): ViewerItem => {
      const { url, type, poster } = (typeof source === 'object' && source !== null ? source : {}) as Args;
      if (typeof url !== 'string') return fail('parameter error: parameter.sources[].url should be String;');
      return {
        kind: type === 'video' ? 'video' : 'image',
        src: url,
        ...(typeof poster === 'string' ? { poster } : {}),
      };
    });
    if (items.length === 0) fail('parameter error: parameter.sources should have at least 1 item;');
    app.viewer.show(items, Number(args.current ?? 0), args.showmenu !== false);
  },
};

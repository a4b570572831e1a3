/** What the menu's sharing offers, as an app wants it. */
import type { CallContext } from '../miniapp/bridge';
import { fail } from '../miniapp/failure';

type Args = Record<string, unknown>;

export const shareApis = {
  showShareMenu: ({ page }: CallContext, args: Args): void => {
    const menus = Array.isArray(args.menus) && args.menus.length > 0 ? args.menus : ['shareAppMessage'];
    if (menus.includes('shareTimeline') && !menus.includes('shareAppMessage')) {
      fail('menus must include shareAppMessage when it includes shareTimeline');
    }
    if (page === undefined) return;
    page.sharing = true;
    if (menus.includes('shareTimeline')) page.timeline = true;
    page.changed();
  },
  hideShareMenu: ({ page }: CallContext, args: Args): void => {
    const named = Array.isArray(args.menus) ? args.menus : [];
    const whole = named.length === 0 || named.includes('shareAppMessage');
    if (page === undefined) return;
    // The second never stands alone.
    if (whole) page.sharing = false;
    if (whole || named.includes('shareTimeline')) page.timeline = false;
    page.changed();
  },
  /** There is nothing to renew: what is shared is a link, for everyone who has it. */
  updateShareMenu: (): void => undefined,
  showShareImageMenu: (context: CallContext, args: Args) => shareFile(context, args.path, undefined),
  shareFileMessage: (context: CallContext, args: Args) => shareFile(context, args.filePath, args.fileName),
  shareVideoMessage: (context: CallContext, args: Args) => shareFile(context, args.videoPath, undefined),
};

/** Hands a file to the system's own sharing, where the browser leads there. */
async function shareFile({ app }: CallContext, path: unknown, name: unknown): Promise<void> {
  const content = await app.resources.file(String(path));
  if (content === undefined) fail('file not exists');
  const extension = /\.(\w+)$/.exec(String(path))?.[1] ?? content.type.split('/')[1] ?? 'bin';
  const shown = typeof name === 'string' && name !== '' ? name : `file.${extension}`;
  const file = new File([content], shown, { type: content.type });
  if (typeof navigator.canShare !== 'function' || !navigator.canShare({ files: [file] })) fail('not support');
  await navigator.share({ files: [file] }).catch(() => fail('cancel'));
}

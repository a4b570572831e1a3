/** What the menu's sharing offers, as an app wants it. */
import type { CallContext } from '../miniapp/bridge';
import { fail } from '../miniapp/failure';

type Args = Record<string, unknown>;

export const shareApis = {
  showShareMenu: ({ page }: CallContext): void => {
    if (page !== undefined) page.sharing = true;
  },
  hideShareMenu: ({ page }: CallContext, args: Args): void => {
    // Hiding single entries leaves the menu: there is one entry, sharing as a link.
    const named = Array.isArray(args.menus) ? args.menus : [];
    if (page !== undefined && (named.length === 0 || named.includes('shareAppMessage'))) page.sharing = false;
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

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
  async showShareImageMenu({ app }: CallContext, args: Args): Promise<void> {
    const picture = await app.resources.file(String(args.path));
    if (picture === undefined) fail('file not exists');
    const extension = picture.type === 'image/png' ? 'png' : 'jpg';
    const file = new File([picture], `picture.${extension}`, { type: picture.type || 'image/jpeg' });
    if (typeof navigator.canShare !== 'function' || !navigator.canShare({ files: [file] })) fail('not support');
    await navigator.share({ files: [file] }).catch(() => fail('cancel'));
  },
};

/** What the menu's sharing offers, as an app wants it. */
import type { CallContext } from '../miniapp/bridge';

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
  updateShareMenu: (): void => undefined,
};

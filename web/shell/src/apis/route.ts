/** Routing between the pages of an app. */
import type { CallContext } from '../miniapp/bridge';
import { type PageAddress, resolvePageUrl } from '../miniapp/page-url';
import { closeInsteadOfPage } from '../services/page';
import { takeRoute } from './page-routes';

export const routeApis = {
  navigateTo: ({ app, page }: CallContext, args: Record<string, unknown>) =>
    app.stack.navigateTo(address(page?.path, args), takeRoute(app)),
  redirectTo: ({ app, page }: CallContext, args: Record<string, unknown>) =>
    app.stack.redirectTo(address(page?.path, args)),
  reLaunch: ({ app, page }: CallContext, args: Record<string, unknown>) =>
    app.stack.reLaunch(address(page?.path, args)),
  switchTab: ({ app, page }: CallContext, args: Record<string, unknown>) =>
    app.stack.switchTab(address(page?.path, args).path),
  navigateBack: async ({ app }: CallContext, args: Record<string, unknown>): Promise<void> => {
    if (!closeInsteadOfPage(app.stack.current)) await app.stack.navigateBack(Number(args.delta ?? 1));
  },
};

function address(from: string | undefined, args: Record<string, unknown>): PageAddress {
  return resolvePageUrl(String(args.url), from ?? '');
}

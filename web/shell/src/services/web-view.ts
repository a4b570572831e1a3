/** `web-view`: checks the address, shows the page over the mini app's own, and tells the component what becomes of it. */
import { ApiFailure } from '../miniapp/failure';
import type { MiniApp } from '../miniapp/mini-app';
import type { Page } from '../miniapp/page';
import { WebView } from '../miniapp/web-view';
import type { Service, ServiceContext } from './index';

/** A page shows one at most, as in the original. */
const open = new WeakMap<Page, { node: number; view: WebView }>();

export const webViewServices: Record<string, Service> = {
  'webview.open': async (context, args) => {
    const src = addressOf(context.app, args['src']);
    await viewOf(context).open(src, args['updateTitle'] !== false);
  },
  'webview.close': ({ page, node }) => {
    if (open.get(page)?.node === node) endWebView(page);
  },
};

/** The page is about to go: what its web page posted is told before that. */
export function endWebView(page: Page): void {
  open.get(page)?.view.close();
  open.delete(page);
}

/** The app is asked what it shares, one of the moments at which it hears of messages. */
export function deliverWebMessages(page: Page): void {
  open.get(page)?.view.deliver();
}

function viewOf({ app, page, node, tell }: ServiceContext): WebView {
  const known = open.get(page);
  if (known?.node === node) return known.view;
  if (known !== undefined) throw new ApiFailure('a page shows one web-view at most');
  const view = new WebView(app, page, {
    loaded: (src) => tell('load', { src }),
    failed: (src, reason) => tell('error', { fullUrl: src, src, reason }),
    // Straight to logic: the page frame may be gone before it could hand this on.
    messages: (data) => app.bridge.event('webview.message', { pageId: page.id, node, data }),
  });
  open.set(page, { node, view });
  return view;
}

/** The address where it may be shown; otherwise why not. */
function addressOf(app: MiniApp, given: unknown): string {
  let url: URL;
  try {
    url = new URL(String(given));
  } catch {
    throw new ApiFailure(`"${String(given).slice(0, 200)}" is no address`);
  }
  const { webview } = app.config.origins;
  const anywhere = app.development && webview.includes('*');
  const loopback = ['localhost', '127.0.0.1'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(anywhere && loopback && url.protocol === 'http:')) {
    throw new ApiFailure(`only https pages can be opened, not ${url.protocol}//${url.host}`);
  }
  if (url.origin === location.origin) throw new ApiFailure('pages of the super app itself can not be opened');
  if (!anywhere && !webview.includes(url.origin)) {
    const declared = webview.length === 0 ? 'none' : webview.join(', ');
    throw new ApiFailure(`${url.origin} is not declared for web-view; declared are: ${declared}`);
  }
  return url.href;
}

/** What web pages inside the app's pages post: told by the shell, heard by `bindmessage` of their tag. */
import type { Bridge } from '../bridge/bridge';
import type { Pages } from './pages';

export function hearWebViews(bridge: Bridge, pages: Pages): void {
  bridge.onEvent('webview.message', (given) => {
    const { pageId, node, data } = (given ?? {}) as Record<string, unknown>;
    if (typeof pageId !== 'number' || typeof node !== 'number' || !Array.isArray(data)) return;
    const element = pages.find(pageId)?.backend.stream.element(node)?.__wxElement;
    element?.triggerEvent('message', { data }, { bubbles: false, composed: false });
  });
}

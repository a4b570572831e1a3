/** What the menu shares: the app is asked, and where it says nothing in time, the page is shared as it is. */

import type { MiniApp } from './mini-app';
import type { PageAddress } from './page-url';
import { resolvePageUrl } from './page-url';

/** With someone, or with everyone as a page by itself. */
export type ShareKind = 'message' | 'timeline';

export interface SharedPage {
  page: PageAddress;
  title: string;
}

/** A little longer than logic waits for the app itself; a browser lets nobody share long after a tap. */
const patience = 3300;
const longestTitle = 200;

const asked = new WeakMap<MiniApp, (answer: SharedPage | undefined) => void>();

export function askWhatToShare(app: MiniApp, to: ShareKind): Promise<SharedPage | undefined> {
  const page = app.stack.current;
  if (page === undefined || app.phase !== 'running') return Promise.resolve(undefined);
  asked.get(app)?.(undefined);
  return new Promise((resolve) => {
    const answer = (given: SharedPage | undefined) => {
      asked.delete(app);
      resolve(given);
    };
    asked.set(app, answer);
    setTimeout(() => answer(undefined), patience);
    app.bridge.event(to === 'timeline' ? 'menu.shareTimeline' : 'menu.share', { pageId: page.id });
  });
}

/** The app's answer; a page that it does not have is not shared. */
export function answerWhatToShare(app: MiniApp, { title, path }: Record<string, unknown>): void {
  const page = resolvePageUrl(`/${String(path ?? '').replace(/^\/+/, '')}`, '');
  const known = app.config.pages[page.path] !== undefined;
  asked.get(app)?.(known ? { page, title: String(title ?? '').slice(0, longestTitle) } : undefined);
}

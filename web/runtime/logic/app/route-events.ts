/** What `wx.onAppRoute` and its kin hear: before and after each change of page, with one id for each change. */
import type { PageOpen, ShellToLogic } from '../../protocol/bridge-port';
import type { AppConfig } from '../../protocol/config';
import type { OpenPage } from './page';

export interface RouteEventParts {
  config: AppConfig;
  now(): number;
  emit(name: string, detail: object): void;
  find(pageId: number): OpenPage | undefined;
}

/** `navigateBack` and `switchTab` reveal a page that was open: which it was shows by what came before. */
type Revealing = 'navigateBack' | 'switchTab' | undefined;

export class RouteEvents {
  private next = 1;
  private revealing: Revealing = 'switchTab';

  constructor(private readonly parts: RouteEventParts) {}

  /** Around the opening of a page; `open` makes it. */
  opening<T extends OpenPage>(page: PageOpen, open: () => T): T {
    const detail = this.describe(page, page.openType);
    this.parts.emit('route.before', detail);
    this.parts.emit('route.change', detail);
    this.parts.emit('page.loading', detail);
    const opened = open();
    this.parts.emit('page.loaded', { ...detail, page: opened.instance });
    opened.backend.render(() => this.parts.emit('route.done', { ...detail, timeStamp: this.parts.now() }));
    return opened;
  }

  /** A page that `app.json` does not list was asked for. */
  notFound(page: PageOpen): void {
    const detail = { ...this.describe(page, page.openType), notFound: true };
    this.parts.emit('route.before', detail);
    this.parts.emit('route.change', detail);
  }

  /** Around a message of the shell about pages that are open. */
  around(message: ShellToLogic, run: () => void): void {
    if (message.k === 'page.unload') this.unloading(message.pageId, run);
    else if (message.k === 'page.show') this.showing(message.pageId, run);
    else {
      // The page that an app comes back to was not gone to.
      if (message.k === 'app.show') this.revealing = undefined;
      run();
    }
  }

  private unloading(pageId: number, run: () => void): void {
    const page = this.parts.find(pageId);
    const detail = page && { ...this.describe(page.open, page.open.openType), page: page.instance };
    if (detail !== undefined) this.parts.emit('page.unloading', detail);
    run();
    this.revealing = 'navigateBack';
    if (detail !== undefined) this.parts.emit('page.unloaded', detail);
  }

  private showing(pageId: number, run: () => void): void {
    const page = this.parts.find(pageId);
    const { revealing } = this;
    this.revealing = 'switchTab';
    if (page === undefined || revealing === undefined) {
      run();
      return;
    }
    const isTab = this.parts.config.tabBar?.list.some(({ pagePath }) => pagePath === page.open.path) ?? false;
    const detail = this.describe(page.open, isTab ? revealing : 'navigateBack');
    this.parts.emit('route.before', detail);
    this.parts.emit('route.change', { ...detail, page: page.instance });
    run();
    this.parts.emit('route.done', { ...detail, timeStamp: this.parts.now() });
  }

  private describe({ path, query, pageId }: PageOpen, openType: string) {
    return {
      path,
      query: { ...query },
      openType,
      webviewId: pageId,
      routeEventId: `${pageId}_${this.parts.now()}_${this.next++}`,
      timeStamp: this.parts.now(),
      notFound: false,
      renderer: this.parts.config.pages[path]?.renderer ?? 'webview',
      componentFramework: 'glass-easel',
    };
  }
}

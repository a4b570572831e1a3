/**
 * The page stack of an app, with WeChat's rules: at most ten pages, tab pages live on, one navigation at a time.
 * The order of messages to logic is that of docs/architecture/bridge.md.
 */
import type { PageOpen, ShellToLogic } from '../../../runtime/protocol';
import { Observable } from '../observable';
import { comingMotion, flyOver, leavingMotion } from './crossing';
import { fail } from './failure';
import type { Page, PageRoute } from './page';
import type { PageAddress } from './page-url';
import type { Surface } from './surface';

const mostPages = 10;

/** The last frames of an app's own transition, milliseconds. */
const frames = 64;

export type OpenType = PageOpen['openType'];

export interface StackHost {
  readonly surface: Surface;
  has(path: string): boolean;
  isTab(path: string): boolean;
  /** Creates a page, loads its code package, and posts `page.open`. */
  openPage(address: PageAddress, openType: OpenType): Promise<Page>;
  post(message: ShellToLogic): void;
}

export class PageStack extends Observable {
  /** From the bottom to the top; only the bottom one may be a tab page. */
  pages: Page[] = [];
  /** Tab pages that were opened, shown or not. */
  readonly tabs = new Map<string, Page>();
  /** Closed, but still on its way out by the app's own transition. */
  readonly #leaving = new Set<Page>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly host: StackHost) {
    super();
  }

  get current(): Page | undefined {
    return this.pages.at(-1);
  }

  find(pageId: number): Page | undefined {
    const others = [...this.tabs.values(), ...this.#leaving];
    return this.pages.find((page) => page.id === pageId) ?? others.find((page) => page.id === pageId);
  }

  /** The first page, which `start` opened. */
  begin(page: Page): void {
    if (page.isTab) this.tabs.set(page.path, page);
    this.pages = [page];
    this.changed();
  }

  navigateTo(address: PageAddress, route?: PageRoute): Promise<void> {
    return this.#inTurn(async () => {
      this.#mustExist(address);
      if (this.host.isTab(address.path)) fail('can not navigateTo a tabbar page');
      if (this.pages.length >= mostPages) fail(`webview count limit exceed, at most ${mostPages} pages`);
      const below = this.current;
      this.#hide(below);
      const page = await this.host.openPage(address, 'navigateTo');
      page.route = route;
      this.#set([...this.pages, page]);
      this.#show(page, below);
    });
  }

  redirectTo(address: PageAddress): Promise<void> {
    return this.#inTurn(async () => {
      this.#mustExist(address);
      if (this.host.isTab(address.path)) fail('can not redirectTo a tabbar page');
      const replaced = this.current;
      this.#unload(replaced);
      const page = await this.host.openPage(address, 'redirectTo');
      this.#set([...this.pages.slice(0, -1), page]);
      this.#replace(page, replaced === undefined ? [] : [replaced]);
    });
  }

  navigateBack(delta: number): Promise<void> {
    return this.#inTurn(() => {
      if (this.pages.length < 2) fail('cannot navigate back at first page.');
      const count = Math.min(Math.max(1, Math.floor(delta)), this.pages.length - 1);
      const closed = this.pages.slice(-count).reverse();
      for (const page of closed) this.#unload(page);
      this.#set(this.pages.slice(0, -count));
      const revealed = this.current;
      this.#reveal(revealed);
      const [top, ...others] = closed;
      for (const page of others) this.host.surface.dismiss(page.view, undefined, 'none');
      if (top !== undefined) this.#leave(top, revealed);
      return Promise.resolve();
    });
  }

  switchTab(path: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#mustExist({ path, query: {} });
      if (!this.host.isTab(path)) fail('can not switch to no-tabBar page');
      const closed = this.pages.filter((page) => !page.isTab).reverse();
      const before = this.pages.find((page) => page.isTab);
      if (this.current?.path === path) return;
      for (const page of closed) this.#unload(page);
      if (closed.length === 0) this.#hide(before);
      const known = this.tabs.get(path);
      if (known !== undefined) {
        this.#set([known]);
        this.#reveal(known);
        this.#replace(known, closed, before);
        return;
      }
      const page = await this.host.openPage({ path, query: {} }, 'switchTab');
      this.tabs.set(path, page);
      this.#set([page]);
      this.#replace(page, closed, before);
    });
  }

  reLaunch(address: PageAddress): Promise<void> {
    return this.#inTurn(async () => {
      this.#mustExist(address);
      const closed = [...new Set([...this.pages].reverse().concat([...this.tabs.values()]))];
      for (const page of closed) this.#unload(page);
      this.tabs.clear();
      const page = await this.host.openPage(address, 'reLaunch');
      if (page.isTab) this.tabs.set(page.path, page);
      this.#set([page]);
      this.#replace(page, closed);
    });
  }

  clear(): void {
    for (const page of new Set([...this.pages, ...this.tabs.values()])) {
      page.view.frame.destroy();
      page.view.remove();
    }
    this.pages = [];
    this.tabs.clear();
    this.changed();
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #mustExist({ path }: PageAddress): void {
    if (!this.host.has(path)) fail(`page "${path}" is not found`);
  }

  #set(pages: Page[]): void {
    this.pages = pages;
    this.changed();
  }

  #hide(page: Page | undefined): void {
    if (page !== undefined) this.host.post({ k: 'page.hide', pageId: page.id });
  }

  #unload(page: Page | undefined): void {
    if (page === undefined) return;
    this.host.post({ k: 'page.unload', pageId: page.id });
  }

  #reveal(page: Page | undefined): void {
    if (page === undefined) return;
    page.setVisible(true);
    this.host.post({ k: 'page.show', pageId: page.id });
  }

  #leave(page: Page, revealed: Page | undefined): void {
    this.#leaving.add(page);
    void this.#goAway(page, revealed).finally(() => this.#leaving.delete(page));
  }

  async #goAway(page: Page, revealed: Page | undefined): Promise<void> {
    const { surface } = this.host;
    if (page.route !== undefined) {
      if (revealed !== undefined) void flyOver(page, revealed, 'pop', page.route.reverseDuration);
      await surface.dismiss(page.view, revealed?.view, page.route.reverseDuration + frames);
    } else await surface.dismiss(page.view, revealed?.view, await leavingMotion(page, revealed));
  }

  /** Waits until there is something to see, beside the call: a result must not wait for a drawing. */
  #show(page: Page, below: Page | undefined): void {
    void page.shown.then(async () => {
      if (this.current !== page) return;
      if (page.route === undefined) await this.#push(page, below);
      else await this.#showByRoute(page, below, page.route);
      if (this.current === page) below?.setVisible(false);
    });
  }

  async #push(page: Page, below: Page | undefined): Promise<void> {
    const motion = await comingMotion(page, below);
    if (this.current === page) await this.host.surface.present(page.view, below?.view, motion);
  }

  async #showByRoute(page: Page, below: Page | undefined, route: PageRoute): Promise<void> {
    const { surface } = this.host;
    if (below !== undefined) void flyOver(below, page, 'push', route.duration);
    await surface.present(page.view, undefined, 'none');
    if (!route.opaque) return;
    await new Promise((resolve) => setTimeout(resolve, route.duration + frames));
    if (this.current === page) await surface.present(page.view, below?.view, 'none');
  }

  #replace(page: Page, closed: readonly Page[], hidden?: Page): void {
    const finish = async () => {
      await this.host.surface.present(page.view, hidden === page ? undefined : hidden?.view, 'none');
      if (hidden !== page) hidden?.setVisible(false);
      for (const old of closed) await this.host.surface.dismiss(old.view, undefined, 'none');
    };
    void (page.painted ? finish() : page.shown.then(finish));
  }
}

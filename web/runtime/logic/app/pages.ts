/** The open pages, as the shell opens, shows, hides and closes them. The stack itself is the shell's. */
import type { GeneralComponent, StyleScopeManager } from 'glass-easel';
import type { PageOpen, WindowMetrics } from '../../protocol/bridge-port';
import type { ViewEvent } from '../../protocol/page-port';
import { PageBackend } from '../backend/context';
import { OperationStream } from '../backend/stream';
import type { LogicHost } from '../boot/host';
import { PageLink, type PageMessage, type Port } from '../bridge/page-link';
import type { Registry } from '../components/registry';
import { type DispatchHooks, dispatchViewEvent } from '../events/dispatch';
import { EventChannel } from '../support/event-channel';
import type { Reporter } from '../support/reporter';
import { OpenPage, type PageInstance } from './page';

export interface PagesHooks {
  host: LogicHost;
  reporter: Reporter;
  registry: Registry;
  dispatch: (page: OpenPage) => DispatchHooks;
  theme: () => string;
  /** The channel end of a page that `navigateTo` opens; any other page gets one that leads nowhere. */
  openerChannel: (open: PageOpen) => EventChannel | undefined;
  /** Whether a path is in the tab bar. */
  isTab: (path: string) => boolean;
  /** Path of the component that tab pages draw in place of the host's tab bar. */
  customTabBar: string | undefined;
}

export class Pages {
  private stack: OpenPage[] = [];
  /** Pages by the link they are drawn through, for components that ask where they are. */
  private readonly byBackend = new WeakMap<object, OpenPage>();

  constructor(private readonly hooks: PagesHooks) {}

  /** Creates a page and runs it to `onShow`. Throws where its script or template does. */
  open(open: PageOpen, port: Port): OpenPage {
    const { host, reporter, registry } = this.hooks;
    const definition = registry.ensure(open.path);
    let page: OpenPage | undefined;
    const link = new PageLink(port, host, {
      event: (event) => page && this.handleEvent(page, event),
      page: (message) => page && this.handlePageMessage(page, message),
    });
    const scopes: StyleScopeManager = registry.space.styleScopeManager;
    const backend = new PageBackend(new OperationStream(link, scopes, open.path), link, open.window, this.hooks.theme);
    const opener = this.hooks.openerChannel(open) ?? EventChannel.pair(reporter)[0];
    page = new OpenPage(open, definition, backend, reporter, opener);
    this.byBackend.set(backend, page);
    this.stack.push(page);
    if (this.hooks.customTabBar !== undefined && this.hooks.isTab(open.path)) {
      page.addTabBar(registry.ensure(this.hooks.customTabBar));
    }
    page.load();
    page.show();
    return page;
  }

  show(pageId: number): void {
    const page = this.find(pageId);
    // Tab pages are shown again without being opened again: the one that is shown is the current one.
    if (page !== undefined) this.stack = [...this.stack.filter((other) => other !== page), page];
    page?.show();
  }

  hide(pageId: number): void {
    this.find(pageId)?.hide();
  }

  unload(pageId: number): void {
    const page = this.find(pageId);
    if (page === undefined) return;
    page.unload();
    this.stack = this.stack.filter((other) => other !== page);
  }

  tabItemTap(pageId: number, detail: { index: number; pagePath: string; text: string }): void {
    this.find(pageId)?.call('onTabItemTap', detail);
  }

  resize(pageId: number, window: WindowMetrics): void {
    const page = this.find(pageId);
    if (page === undefined) return;
    page.backend.window = window;
    const size = { windowWidth: window.windowWidth, windowHeight: window.windowHeight };
    const detail = { size, deviceOrientation: window.windowWidth > window.windowHeight ? 'landscape' : 'portrait' };
    page.call('onResize', detail);
    page.component.triggerPageLifetime('resize', [detail]);
  }

  find(pageId: number): OpenPage | undefined {
    return this.stack.find((page) => page.id === pageId);
  }

  /** The page that the user sees, or the last one opened. */
  get current(): OpenPage | undefined {
    return this.stack.findLast((page) => page.visible) ?? this.stack.at(-1);
  }

  /** Every page that is open, seen or not. */
  all(): readonly OpenPage[] {
    return this.stack;
  }

  /** `getCurrentPages()`: bottom first. Tab pages that another one took the place of are kept, but not on the stack. */
  instances(): PageInstance[] {
    const tab = this.stack.findLast((page) => this.hooks.isTab(page.open.path));
    return this.stack.filter((page) => page === tab || !this.hooks.isTab(page.open.path)).map((page) => page.instance);
  }

  pageOf(component: GeneralComponent): OpenPage | undefined {
    const context = component.getBackendContext();
    return context === null ? undefined : this.byBackend.get(context);
  }

  private handleEvent(page: OpenPage, event: ViewEvent): void {
    const { stream } = page.backend;
    const element = stream.element(event.node);
    stream.handling = true;
    try {
      dispatchViewEvent(element, event, this.hooks.dispatch(page));
    } finally {
      stream.handling = false;
    }
    if (Number.isInteger(event.seq)) page.backend.link.seen(event.seq);
  }

  private handlePageMessage(page: OpenPage, message: PageMessage): void {
    const { type, detail } = message;
    if (type === 'scroll') page.call('onPageScroll', detail);
    else if (type === 'reachBottom') page.call('onReachBottom');
    else if (type === 'pullDownRefresh') page.call('onPullDownRefresh');
    if (Number.isInteger(message.seq)) page.backend.link.seen(message.seq);
  }
}

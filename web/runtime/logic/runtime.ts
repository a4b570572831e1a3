/**
 * One running app: puts the parts together when the shell says `start`, and carries the shell's messages to them.
 */
import type { GeneralComponent } from 'glass-easel';
import * as glassEasel from 'glass-easel';
import type { LaunchOptions, PageOpen, ShellToLogic, WindowMetrics } from '../protocol/bridge-port';
import type { AppConfig } from '../protocol/config';
import { ownEvents } from '../protocol/view-methods';
import type { ApiContext, Implementations } from './api/context';
import { Files } from './api/files/manager';
import { Fonts } from './api/fonts';
import { buildImplementations, buildNamespace } from './api/index';
import { Observers } from './api/observers';
import { pluginImplementations } from './api/plugin';
import { Routing } from './api/routing';
import { SelectorQuery, viewNode } from './api/selector-query';
import { StorageSpaces } from './api/storage';
import { Application } from './app/application';
import { formFieldValues } from './app/form-values';
import { handleNavigate, handleOpenType } from './app/own-events';
import type { OpenPage } from './app/page';
import { Pages } from './app/pages';
import { RouteEvents } from './app/route-events';
import { followMenu } from './app/sharing';
import { hearWebViews } from './app/web-view';
import type { LogicHost } from './boot/host';
import { tellRoute } from './boot/host-config';
import type { Bridge } from './bridge/bridge';
import type { Port } from './bridge/page-link';
import { Canvases } from './canvas/canvases';
import { nodeOf } from './components/instance';
import { Registry } from './components/registry';
import { selectAll } from './components/select';
import type { ComponentServices } from './components/services';
import { Templates } from './components/templates';
import type { DispatchHooks } from './events/dispatch';
import { Gestures } from './events/gesture';
import { templateHooks } from './events/listener';
import { type Factory, ModuleLoader } from './modules/loader';
import { Packages } from './modules/packages';
import { Plugins } from './modules/plugins';
import type { Positions } from './modules/positions';
import { type AppConsole, createConsole } from './support/console';
import { Marks } from './support/marks';
import type { Reporter } from './support/reporter';
import type { Timers } from './support/timers';
import { Worklets } from './worklet/index';
import { Routes } from './worklet/routes';

export type StartMessage = Extract<ShellToLogic, { k: 'start' }>;
export type PackageMessage = Extract<ShellToLogic, { k: 'package' }>;

export interface RuntimeParts {
  host: LogicHost;
  bridge: Bridge;
  reporter: Reporter;
  positions: Positions;
  timers: Timers;
}

export class Runtime {
  readonly pages: Pages;
  readonly scope: Record<string, unknown>;
  private readonly launched: number;
  private readonly config: AppConfig;
  private readonly application: Application;
  private readonly registry: Registry;
  private readonly loader: ModuleLoader;
  private readonly packages: Packages;
  private readonly templates: Templates;
  private readonly observers: Observers;
  private readonly routing: Routing;
  private readonly context: ApiContext;
  private readonly plugins: Plugins;
  private readonly spaces: StorageSpaces;
  private readonly implementations: Implementations;
  private readonly routeEvents: RouteEvents;
  private readonly marks: Marks;
  private readonly worklets: Worklets;
  private readonly routes: Routes;

  constructor(
    private readonly parts: RuntimeParts,
    start: StartMessage,
  ) {
    const { host, bridge, reporter } = parts;
    this.launched = parts.host.now();
    this.config = start.config;
    reporter.development = start.development;
    this.application = new Application(start.launch, reporter);
    this.marks = new Marks(() => host.now());
    this.worklets = new Worklets(host, reporter);
    this.routes = this.makeRoutes();
    const hooks = templateHooks(
      reporter,
      (callback) => host.queueMicrotask(callback),
      this.worklets.directives.set,
      this.config.styledData,
    );
    this.templates = new Templates(hooks);
    this.registry = new Registry(this.config, {
      services: this.services(),
      templates: this.templates,
      templateHooks: hooks,
      runScript: (path) => {
        tellRoute(path);
        this.loader.require(`${path}.js`);
      },
      hasScript: (path) => this.loader.has(`${path}.js`),
      loadPackageOf: (module) => this.packages.load(module),
    });
    this.pages = new Pages({
      host,
      reporter,
      registry: this.registry,
      dispatch: (page) => this.dispatchHooks(page),
      theme: () => start.host.theme,
      openerChannel: (open) => this.routing.channelFor(open),
      isTab: (path) => this.config.tabBar?.list.some((tab) => tab.pagePath === path) ?? false,
      customTabBar: this.hasOwnTabBar() ? customTabBar : undefined,
    });
    this.context = {
      config: this.config,
      snapshot: start.host,
      bridge,
      host,
      reporter,
      application: this.application,
      pages: this.pages,
      marks: this.marks,
      worklets: this.worklets,
      routes: this.routes,
      scriptsBeside: (module) => this.packages.scriptsBeside(module),
      gestures: new Gestures(host),
      canvases: new Canvases(host.canvas, this.pages, reporter),
      files: new Files(parts, start.files),
      fonts: new Fonts(bridge, this.pages, reporter, host.fonts),
      pluginsSignedIn: new Set(),
    };
    this.routeEvents = new RouteEvents({
      config: this.config,
      now: () => host.now(),
      emit: (name, detail) => bridge.emit(name, detail),
      find: (pageId) => this.pages.find(pageId),
    });
    this.observers = new Observers(this.pages, reporter);
    this.routing = new Routing(this.context, this.routes);
    this.packages = new Packages(this.config, { ...parts, marks: this.marks });
    this.spaces = new StorageSpaces(this.context, start.storage);
    this.implementations = buildImplementations(this.context, this.spaces, this.observers, this.routing);
    this.scope = this.makeScope();
    this.plugins = new Plugins({
      config: this.config,
      scope: this.scope,
      namespaceOf: (plugin) =>
        buildNamespace(this.context, pluginImplementations(this.implementations, plugin, this.context, this.spaces)),
      require: (module) => this.loader.require(module),
    });
    this.loader = new ModuleLoader({
      scope: this.scope,
      scopeOf: (module) => this.plugins.scopeOf(module),
      loadPackageOf: (module) => this.packages.load(module),
      around: (module, run) => this.registry.around(module, run),
    });
    this.followSnapshot();
    followMenu(this.context);
    hearWebViews(bridge, this.pages);
  }

  /** What joined scripts call (`__mezze__`). */
  readonly entry = {
    module: (path: string, factory: Factory) => this.loader.define(path, factory),
    template: (path: string, factory: Parameters<Templates['define']>[1]) => this.templates.define(path, factory),
    templateRuntime: (make: Parameters<Templates['setRuntime']>[0]) => this.templates.setRuntime(make),
  };

  /** An app that announces a tab bar of its own and has none gets none, as in WeChat. */
  private hasOwnTabBar(): boolean {
    return this.config.tabBar?.custom === true && this.config.components[customTabBar] !== undefined;
  }

  private makeScope(): Record<string, unknown> {
    const namespace = buildNamespace(this.context, this.implementations);
    const appConsole: AppConsole = createConsole(this.parts.reporter, this.parts.host);
    return {
      [this.config.namespace]: namespace,
      App: (members?: Record<string, unknown>) => this.application.define(members),
      Page: (members?: Record<string, unknown>) => this.registry.page(members),
      Component: (members?: Record<string, unknown>) => this.registry.component(members),
      Behavior: (members?: Record<string, unknown>) => this.registry.behavior(members),
      getApp: (options?: { allowDefault?: boolean }) => this.application.get(options),
      getCurrentPages: () => this.pages.instances(),
      requirePlugin: (name: unknown) => this.plugins.require(name),
      requireMiniProgram: () => ({}),
      console: appConsole,
      global: globalThis,
      window: undefined,
      document: undefined,
    };
  }

  /** Runs the main package, launches the app and opens its first page. */
  start(message: StartMessage, port: Port, more: readonly PackageMessage[] = []): void {
    const main = message.independent === true ? [] : [{ ...message, root: '' }];
    for (const { root, scripts, templates } of [...main, ...more]) {
      this.parts.reporter.guard(`code package "${root}"`, () => this.packages.run(root, scripts, templates));
    }
    if (main.length > 0) this.startApplication();
    this.openPage(message.page, port);
    this.parts.bridge.post({ k: 'ready' });
  }

  /** With the main package, which comes later where an independent subpackage opened first. */
  private startApplication(): void {
    if (this.loader.has('app.js')) this.parts.reporter.guard('app.js', () => this.loader.require('app.js'));
    this.application.start();
  }

  /** Handles a message of the shell that is neither a result nor an event. */
  receive(message: ShellToLogic, ports: readonly Port[]): void {
    this.routeEvents.around(message, () => this.carryOut(message, ports));
  }

  private carryOut(message: ShellToLogic, ports: readonly Port[]): void {
    const { pages, parts } = this;
    switch (message.k) {
      case 'package':
        this.packages.run(message.root, message.scripts, message.templates);
        if (message.root === '') this.startApplication();
        break;
      case 'page.open':
        if (ports[0] !== undefined) this.openPage(message.page, ports[0]);
        break;
      case 'page.show':
        pages.show(message.pageId);
        break;
      case 'page.hide':
        pages.hide(message.pageId);
        break;
      case 'page.unload':
        pages.unload(message.pageId);
        this.routes.end(message.pageId);
        break;
      case 'page.tabItemTap':
        pages.tabItemTap(message.pageId, { index: message.index, pagePath: message.pagePath, text: message.text });
        break;
      case 'page.metrics':
        this.resized(message.pageId, message.window);
        break;
      case 'app.show':
        parts.timers.show();
        this.context.canvases.show();
        this.application.show(message.options as LaunchOptions);
        break;
      case 'app.hide':
        this.application.hide();
        parts.timers.hide();
        this.context.canvases.hide();
        break;
      default:
    }
  }

  private resized(pageId: number, window: WindowMetrics): void {
    const { windowWidth, windowHeight } = window;
    const before = this.context.snapshot.window;
    this.context.snapshot.window = window;
    this.pages.resize(pageId, window);
    // The shell tells every page; `wx.onWindowResize` is told once.
    if (before.windowWidth === windowWidth && before.windowHeight === windowHeight) return;
    this.parts.bridge.emit('window.resize', { size: { windowWidth, windowHeight } });
  }

  private openPage(open: PageOpen, port: Port): void {
    const { bridge, reporter } = this.parts;
    const { pageId, path } = open;
    if (this.config.pages[path] === undefined) {
      const isEntryPage = open.openType === 'appLaunch';
      this.routeEvents.notFound(open);
      this.application.pageNotFound({ path, query: open.query, isEntryPage });
      bridge.post({
        k: 'page.failed',
        pageId,
        path,
        message: `page "${path}" is not found: app.json does not list it`,
      });
      return;
    }
    const began = this.marks.time();
    try {
      const page = this.routeEvents.opening(open, () => this.pages.open(open, port));
      this.context.fonts.opened(page);
      if (page.has('onShareTimeline')) bridge.call('offerTimeline', {}, pageId, () => {});
      page.backend.render(() => this.pageDrawn(open, began));
    } catch (error) {
      reporter.error(error, `opening ${path}`);
      const message = error instanceof Error ? error.message : String(error);
      bridge.post({ k: 'page.failed', pageId, path, message });
      return;
    }
    // Behind the first batch, which is posted at the end of this turn.
    this.parts.host.queueMicrotask(() => bridge.post({ k: 'page.ready', pageId, path }));
  }

  private pageDrawn({ pageId, path, openType }: PageOpen, began: number): void {
    this.routes.start(pageId);
    const details = { path, pageId, navigationType: openType };
    const launch = openType === 'appLaunch';
    this.marks.add(launch ? 'appLaunch' : 'route', 'navigation', launch ? this.launched : began, details);
    this.marks.add('firstRender', 'render', began, details);
  }

  private dispatchHooks(page: OpenPage): DispatchHooks {
    return {
      gestures: this.context.gestures,
      own: (event) => {
        const element = page.backend.stream.element(event.node);
        if (event.type === ownEvents.navigate) handleNavigate(this.context, page, element, event);
        else if (event.type === ownEvents.openType) handleOpenType(this.context, page, element, event);
        else if (event.type === ownEvents.canvasSize) this.context.canvases.resized(element, event.detail);
        else this.observers.report(event, page);
      },
      complete: (element, event) => {
        const tree = element.__wxElement;
        if (event.type !== 'submit' || element.tag !== 'form' || tree === undefined) return event.detail;
        const own = formFieldValues(tree);
        return { ...event.detail, value: { ...((event.detail.value ?? {}) as object), ...own } };
      },
    };
  }

  private services(): ComponentServices {
    const { reporter } = this.parts;
    const pageOf = (component: GeneralComponent) => this.pages.pageOf(component);
    const invokeAll = (instance: unknown, selector: string, method: string, args: unknown[], done?: () => void) => {
      const component = nodeOf(instance);
      const page = component && pageOf(component);
      const nodes = selectAll(component, selector)
        .map(viewNode)
        .filter((node) => node !== undefined);
      const ended = nodes.map((node) => page?.backend.link.invoke(node, method, args));
      Promise.allSettled(ended).then(() => {
        if (typeof done === 'function') reporter.guard(method, done);
      });
    };
    return {
      reporter,
      createSelectorQuery: (instance) => new SelectorQuery(instance, this.context),
      createIntersectionObserver: (instance, options) => this.observers.intersection(instance, options),
      createMediaQueryObserver: (instance) => this.observers.mediaQuery(instance),
      animate: (instance, selector, frames, duration, done) =>
        invokeAll(instance, selector, 'animate', [frames, duration], done),
      clearAnimation: (instance, selector, options, done) =>
        typeof options === 'function'
          ? invokeAll(instance, selector, 'clearAnimation', [], options as () => void)
          : invokeAll(instance, selector, 'clearAnimation', [namesOf(options)], done),
      applyAnimatedStyle: (instance, selector, make, options, done) =>
        this.worklets.applyStyle(instance, selector, make, options, done),
      clearAnimatedStyle: (instance, styles, done) => this.worklets.clearStyle(instance, styles, done),
      rendererOf: (component) => this.config.pages[pageOf(component)?.open.path ?? '']?.renderer ?? 'webview',
      tabBarOf: (component) => pageOf(component)?.tabBar ?? null,
      pageIdOf: (component) => pageOf(component)?.id ?? 0,
      routerOf: () => this.scope[this.config.namespace],
      attached: (component) => pageOf(component)?.componentAttached(component),
    };
  }

  private makeRoutes(): Routes {
    const { bridge, host, reporter } = this.parts;
    return new Routes({
      reporter,
      worklets: this.worklets,
      later: (callback) => host.queueMicrotask(callback),
      show: (pageId, style) => void bridge.call('pageStyle', { pageId, style }, pageId, () => {}),
      pop: () => void bridge.call('navigateBack', { delta: 1 }, this.pages.current?.id ?? 0, () => {}),
      pageOf: (instance) => {
        const component = nodeOf(instance);
        return component && this.pages.pageOf(component);
      },
    });
  }

  /** Network and theme as the shell reports them, for the synchronous answers. */
  private followSnapshot(): void {
    const { bridge } = this.parts;
    const { snapshot } = this.context;
    bridge.onEvent('network.change', (detail) => {
      const { isConnected, networkType } = detail as { isConnected: boolean; networkType: string };
      snapshot.network = { isConnected: isConnected === true, networkType: String(networkType) };
    });
    bridge.onEvent('menuButton.change', (detail) => {
      snapshot.menuButton = { ...snapshot.menuButton, ...(detail as object) };
    });
    bridge.onEvent('theme.change', (detail) => {
      const { theme } = detail as { theme: unknown };
      snapshot.theme = theme === 'dark' ? 'dark' : 'light';
    });
  }
}

/** Path of the component that WeChat draws instead of the host's tab bar. */
const customTabBar = 'custom-tab-bar/index';

/** CSS property names of `clearAnimation`'s options (`{ opacity: true }`), or undefined for all. */
function namesOf(options: unknown): string[] | undefined {
  if (typeof options !== 'object' || options === null) return undefined;
  return Object.entries(options)
    .filter(([, wanted]) => wanted === true)
    .map(([name]) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
}

/** Errors that glass-easel caught in lifecycle methods, observers and listeners of the app. */
export function reportComponentErrors(reporter: Reporter): void {
  glassEasel.addGlobalErrorListener((error, method, component) => {
    const where = typeof component === 'string' ? component : (component?.is ?? '');
    reporter.error(error, [where, method].filter(Boolean).join(' '));
    return false;
  });
  glassEasel.addGlobalWarningListener((message, component) => {
    // WeChat says nothing about attributes that a component does not declare, nor about relations to components that
    // the app does not use; real apps have many of both.
    if (/is not a valid property|target of relation .* is not a valid/.test(message)) return false;
    const where = typeof component === 'string' ? component : component.is;
    reporter.hint(where === '' ? message : `${message} (${where})`);
    return false;
  });
}

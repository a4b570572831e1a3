/** Starts an app against fakes: modules are given as text, templates as compiled by glass-easel's compiler. */
import type { LogicToShell, PageOpen, WindowMetrics } from '../../protocol/bridge-port';
import type { AppConfig, ComponentConfig, PageConfig } from '../../protocol/config';
import type { CanvasHost } from '../boot/canvas-host';
import { Bridge } from '../bridge/bridge';
import { Positions } from '../modules/positions';
import { Runtime, reportComponentErrors, type StartMessage } from '../runtime';
import { Reporter } from '../support/reporter';
import { Timers } from '../support/timers';
import { FakeHost, textBlob } from './fake-host';
import { FakePort } from './fake-port';
import { FakeView } from './fake-view';
import { templateRuntime } from './template-runtime';

export interface AppSource {
  /** Module path to its body. */
  modules: Record<string, string>;
  /** Template path to `G["…"]=…` as the template compiler writes it. */
  templates?: Record<string, string>;
  pages?: Record<string, Partial<PageConfig>>;
  components?: Record<string, Partial<ComponentConfig>>;
  config?: Partial<AppConfig>;
  start?: Partial<StartMessage>;
  /** What draws; nothing does unless a test brings it. */
  canvas?: CanvasHost | undefined;
}

export const windowMetrics: WindowMetrics = {
  screenWidth: 375,
  screenHeight: 812,
  windowWidth: 375,
  windowHeight: 724,
  screenTop: 88,
  statusBarHeight: 44,
  pixelRatio: 2,
  safeArea: { left: 0, top: 44, right: 375, bottom: 778, width: 375, height: 734 },
};

let errorsReported = false;

export class TestApp {
  readonly host = new FakeHost();
  readonly shell = new FakePort<LogicToShell>();
  readonly reporter: Reporter;
  readonly runtime: Runtime;
  readonly views: FakeView[] = [];
  readonly config: AppConfig;
  private nextPage = 1;

  constructor(source: AppSource) {
    this.config = configOf(source);
    this.host.canvas = source.canvas;
    const positions = new Positions();
    const bridge = new Bridge(this.shell, (message, ports) => this.runtime.receive(message, ports));
    this.reporter = new Reporter((message) => bridge.post(message), positions, this.host);
    const timers = new Timers(this.host, this.reporter);
    if (!errorsReported) {
      errorsReported = true;
      reportComponentErrors({
        error: (...args: [unknown, string]) => current?.reporter.error(...args),
        hint: (text: string) => current?.reporter.hint(text),
      } as Reporter);
    }
    current = this;
    const start = startMessage(source, this.config, this.pageOpen(this.config.entryPage, 'appLaunch'));
    this.runtime = new Runtime({ host: this.host, bridge, reporter: this.reporter, positions, timers }, start);
    this.host.entry = this.runtime.entry;
    const view = this.newView();
    this.runtime.start(start, view.port);
  }

  /** The page frame of the page opened last. */
  get view(): FakeView {
    const view = this.views.at(-1);
    if (view === undefined) throw new Error('no page was opened');
    return view;
  }

  private newView(): FakeView {
    const view = new FakeView();
    this.views.push(view);
    return view;
  }

  private pageOpen(path: string, openType: PageOpen['openType'], query: Record<string, string> = {}): PageOpen {
    return { pageId: this.nextPage++, path, query, openType, window: windowMetrics };
  }

  open(path: string, openType: PageOpen['openType'] = 'navigateTo', query: Record<string, string> = {}): FakeView {
    const view = this.newView();
    this.shell.deliver({ k: 'page.open', page: this.pageOpen(path, openType, query) }, [view.port]);
    return view;
  }

  /** Answers the last call of an API. */
  answer(api: string, value: Record<string, unknown> = {}): void {
    this.shell.deliver({ k: 'result', id: this.lastCall(api).id, ok: true, value });
  }

  refuse(api: string, errMsg: string): void {
    this.shell.deliver({ k: 'result', id: this.lastCall(api).id, ok: false, errMsg });
  }

  lastCall(api: string) {
    const call = this.shell.of('call').findLast((candidate) => candidate.api === api);
    if (call === undefined) throw new Error(`${api} was not called`);
    return call;
  }

  get wx(): Record<string, (...args: unknown[]) => unknown> {
    return this.runtime.scope.wx as never;
  }

  errors(): string[] {
    return this.shell.of('error').map((message) => message.message);
  }

  lines(): string[] {
    return this.shell.of('console').map((message) => message.text);
  }
}

let current: TestApp | undefined;

/** Lets everything that waits in microtasks happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

function configOf(source: AppSource): AppConfig {
  const component = (path: string): ComponentConfig => ({
    package: '',
    usingComponents: {},
    componentGenerics: {},
    componentPlaceholder: {},
    component: true,
    styleScope: path.replaceAll('/', '_'),
    hasScript: `${path}.js` in source.modules,
    hasTemplate: path in (source.templates ?? {}),
  });
  const pages = source.pages ?? { 'pages/a/a': {} };
  const paths = Object.keys(pages);
  const scripts = Object.entries(source.modules).map(([module, body]) => ({
    file: `script/${module}`,
    module,
    lines: body.split('\n').length + 2,
  }));
  return {
    format: 1,
    appId: 'org.example.test',
    version: '1.0.0',
    namespace: 'wx',
    entryPage: paths[0] ?? '',
    pages: Object.fromEntries(
      Object.entries(pages).map(([path, page]) => [
        path,
        { ...component(path), component: false, styleScope: null, window: {}, styles: [], ...page },
      ]),
    ),
    components: Object.fromEntries(
      Object.entries(source.components ?? {}).map(([path, own]) => [path, { ...component(path), ...own }]),
    ),
    globalComponents: {},
    window: {},
    packages: [{ root: '', name: '', independent: false, pages: paths, scripts, templates: [] }],
    preloadRule: {},
    networkTimeout: { request: 60_000, connectSocket: 60_000, uploadFile: 60_000, downloadFile: 60_000 },
    permission: {},
    requiredPrivateInfos: [],
    requiredBackgroundModes: [],
    themes: { light: {}, dark: {} },
    darkMode: false,
    componentStyle: 'v1',
    ext: {},
    origins: { request: [], upload: [], download: [], socket: [], media: [], webview: [] },
    ...source.config,
  };
}

/** A module as the compiler wraps it: one line before the body, one after. */
export function wrapModule(path: string, body: string): string {
  const names = 'wx,App,Page,Component,Behavior,getApp,getCurrentPages,console,global,window,document';
  return `__mezze__.module(${JSON.stringify(path)},function(require,module,exports,$){var {${names}}=$;\n${body}\n});\n`;
}

export function wrapTemplate(path: string, assignment: string): string {
  return `__mezze__.template(${JSON.stringify(path)},function(G,R,X,Y,Z,P,Q,D){${assignment}});\n`;
}

function startMessage(source: AppSource, config: AppConfig, page: PageOpen): StartMessage {
  const scripts = Object.entries(source.modules).map(([path, body]) => wrapModule(path, body));
  const templates = Object.entries(source.templates ?? {}).map(([path, text]) => wrapTemplate(path, text));
  return {
    k: 'start',
    config,
    host: {
      device: { brand: 'mezze', model: 'test', platform: 'web', system: 'Web 1', language: 'en', SDKVersion: '3.7.0' },
      window: windowMetrics,
      menuButton: { left: 281, top: 48, right: 368, bottom: 80, width: 87, height: 32 },
      theme: 'light',
      account: { miniProgram: { appId: config.appId, envVersion: 'develop', version: config.version } },
      network: { isConnected: true, networkType: 'wifi' },
      carried: [
        'showToast',
        'navigateTo',
        'redirectTo',
        'reLaunch',
        'switchTab',
        'navigateBack',
        'getClipboardData',
        'request',
        'connectSocket',
      ],
    },
    launch: { path: config.entryPage, query: {}, scene: 1001, referrerInfo: {} },
    storage: [],
    scripts: textBlob(scripts.join('')),
    templates: textBlob(templateRuntime + templates.join('')),
    development: true,
    page,
    ...source.start,
  };
}

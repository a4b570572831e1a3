/**
 * One open mini app: its release, its logic, its pages, and what it may do.
 *
 * It is made with a window (`Surface`) that holds its frames, opened once, and ends by `close` or `stop`.
 */
import { settleable, wait } from '../../../common/promises';
import type { AppConfig, LaunchOptions, ShellToLogic } from '../../../runtime/protocol';
import { watchDevice } from '../apis/watch-device';
import { ownerOf } from '../device/owners';
import { Observable } from '../observable';
import { ask } from '../package/ask';
import { openRelease, type Release } from '../package/release';
import { revocationOf } from '../package/revocations';
import { becomeTester } from '../package/test-link';
import { Withdrawn } from '../package/withdrawn';
import { PermissionGate } from '../permission/gate';
import { serve } from '../services';
import { closeInsteadOfPage } from '../services/page';
import { endWebView } from '../services/web-view';
import { Bridge } from './bridge';
import type { CodeBlobs } from './code';
import { readConfig } from './config';
import { DevelopmentReporter, type Position } from './development';
import type { AppFailure } from './failure';
import { failureOf } from './failure-of';
import { AppFiles } from './files';
import { followUpdate } from './follow-update';
import { FullScreen } from './full-screen';
import { Gate } from './gate';
import { Gestures } from './gestures';
import { hostSnapshot } from './host-snapshot';
import { Interactions } from './interactions';
import type { LaunchTarget } from './launch-uri';
import { leavingQuestion } from './leaving-question';
import { holdInstance } from './lock';
import { capsuleRectangle } from './metrics';
import { watchNetwork } from './network';
import type { MiniAppOptions, TrustedQuestion } from './options';
import type { Page, PageEvents } from './page';
import { PageFactory } from './page-factory';
import { PageStack, type StackHost } from './page-stack';
import type { PageAddress } from './page-url';
import { PageWatch } from './page-watch';
import { Places } from './places';
import { Resources } from './resources';
import { configOfSinglePage, ownerOfSinglePage } from './single-page';
import { AppStorage } from './storage';
import { Subpackages } from './subpackages';
import type { Surface } from './surface';
import { TabBar } from './tab-bar';
import { schemeOf, tabBarOf, windowOf } from './theme';
import { Viewer } from './viewer';
import { Watchdog } from './watchdog';

export type Phase = 'opening' | 'running' | 'failed' | 'closed';

export class MiniApp extends Observable {
  readonly id: string;
  phase: Phase = 'opening';
  /** Part of the package that arrived, 0 to 1. */
  progress = 0;
  failure: AppFailure | undefined;
  /** What no longer answers: logic, or the page in front. */
  unresponsive: 'logic' | 'page' | undefined;
  /** A newer release is kept for the next start. */
  updateReady = false;
  buildFailure: string | undefined;
  release: Release | undefined;
  tabBar: TabBar | undefined;
  inFront = true;
  /** A question of the shell's own, drawn in the trusted layer. */
  question: TrustedQuestion | undefined;

  config!: AppConfig;
  /** Whose data the app works on: it follows the key that signed the release. */
  owner = '';
  resources!: Resources;
  gate!: Gate;
  readonly storage: AppStorage;
  readonly files: AppFiles;
  readonly stack: PageStack;
  readonly bridge = new Bridge(this);
  readonly gestures = new Gestures();
  readonly interactions = new Interactions();
  readonly fullScreen = new FullScreen();
  readonly viewer = new Viewer();
  readonly places = new Places();
  readonly subpackages = new Subpackages(this);
  readonly watchdog: Watchdog;
  readonly pageWatch: PageWatch;
  readonly permission: PermissionGate;
  readonly #reporter = new DevelopmentReporter();
  readonly #endings: (() => void)[] = [];
  #factory!: PageFactory;
  #release: (() => Promise<void>) | undefined;
  /** Settles once another instance of the app may start. */
  ended: Promise<void> = Promise.resolve();
  #scheme: 'light' | 'dark' = 'light';
  /** Where logic knows the capsule to be. */
  #menuButton: ReturnType<typeof capsuleRectangle> | undefined;
  /** Settles once logic can hear events. */
  readonly #started = settleable();
  /** The version that was asked for by name, or that a link for testers led to. */
  #version: string | undefined;
  /** How the app was entered last. */
  #entry: { scene: number; referrer: LaunchOptions['referrerInfo'] };

  constructor(
    readonly surface: Surface,
    readonly options: MiniAppOptions,
  ) {
    super();
    this.id = options.target.appId;
    this.#version = options.target.version;
    this.#entry = { scene: options.scene, referrer: options.referrer ?? {} };
    const refused = (reason: string) => this.consoleLine('logic', 'warn', reason);
    this.storage = new AppStorage(options.user, this.id, refused);
    this.files = new AppFiles(options.user, this.id, refused, (path, data) =>
      this.bridge.event('file.added', { path, data }),
    );
    this.stack = new PageStack(this.#stackHost());
    this.permission = new PermissionGate(this, options.permission);
    this.watchdog = new Watchdog(
      (sequence) => this.bridge.event('ping', { sequence }),
      (unresponsive) => this.#silent('logic', unresponsive),
    );
    this.pageWatch = new PageWatch(
      () => this.stack.current,
      (unresponsive) => this.#silent('page', unresponsive),
    );
  }

  async open(): Promise<void> {
    try {
      if (!(await this.#holdInstance())) return;
      await this.#start();
    } catch (failure) {
      this.stop(failureOf(failure));
    }
  }

  post(message: ShellToLogic, transfer: Transferable[] = []): void {
    if (this.phase !== 'closed' && this.phase !== 'failed') this.surface.logic.post(message, transfer);
  }

  leave(): void {
    this.options.leave();
  }

  /** Asks the user in the trusted layer; the app can't draw there. */
  ask(question: Omit<TrustedQuestion, 'answer'>): Promise<boolean> {
    this.question?.answer(false);
    return new Promise((resolve) => {
      const answer = (agreed: boolean) => {
        this.question = undefined;
        this.changed();
        resolve(agreed);
      };
      this.question = { ...question, answer };
      this.changed();
    });
  }

  get theme(): 'light' | 'dark' {
    return this.#scheme;
  }

  /** Whether this is the release that the address leads to: a version by name stands beside the current one. */
  runs({ version, testCode, single = false }: LaunchTarget): boolean {
    if (single !== this.single) return false;
    return testCode === undefined && (version === this.#version || version === this.release?.package.version);
  }

  /** One page by itself. */
  get single(): boolean {
    return this.options.target.single === true;
  }

  get version(): string | undefined {
    return this.#version;
  }

  get trial(): boolean {
    return this.release?.package.trial === true;
  }

  get development(): boolean {
    return this.release?.package.development === true;
  }

  /** Told before the app comes to the front again: who brought it there. */
  entered(scene: number, referrer: LaunchOptions['referrerInfo'] = {}): void {
    this.#entry = { scene, referrer };
  }

  /** Calls back once, when the app ends. */
  whenEnds(callback: () => void): void {
    this.#endings.push(callback);
  }

  /** Goes to the background or comes back; both are told to the app, in its order. */
  setInFront(inFront: boolean): void {
    if (this.inFront === inFront || this.phase !== 'running') {
      this.inFront = inFront;
      return;
    }
    this.inFront = inFront;
    const current = this.stack.current;
    if (inFront) {
      current?.setVisible(true);
      this.post({ k: 'app.show', options: this.#launchOptions(current?.path ?? '', current?.query ?? {}) });
      if (current !== undefined) this.post({ k: 'page.show', pageId: current.id });
      this.#keepWatch();
    } else {
      if (current !== undefined) this.post({ k: 'page.hide', pageId: current.id });
      this.post({ k: 'app.hide' });
      current?.setVisible(false);
      this.#endWatch();
      void this.storage.flush();
      void this.files.flush();
    }
    this.changed();
  }

  /** System back inside the app. False where there is nothing left to go back to. */
  back(): boolean {
    if (this.question !== undefined) {
      this.question.answer(false);
      return true;
    }
    if (this.permission.prompt !== undefined) {
      this.permission.prompt.answer('dismissed');
      return true;
    }
    if (this.fullScreen.leave()) return true;
    if (this.interactions.dismissTopmost() || this.viewer.close() || this.places.close()) return true;
    if (this.phase === 'running' && closeInsteadOfPage(this.stack.current)) return true;
    if (this.phase !== 'running' || this.stack.pages.length < 2) return false;
    void this.goBack(1);
    return true;
  }

  /** Goes back for the user, who may first be asked by `enableAlertBeforeUnload`. */
  async goBack(delta: number): Promise<void> {
    const page = this.stack.current;
    if (closeInsteadOfPage(page)) return;
    if (page?.alertBeforeLeaving !== undefined) {
      const leave = await this.interactions.askModal(leavingQuestion(page.alertBeforeLeaving));
      if (!leave.confirm) return;
      page.alertBeforeLeaving = undefined;
    }
    await this.stack.navigateBack(delta).catch(() => undefined);
  }

  async goHome(): Promise<void> {
    await this.stack.reLaunch({ path: this.config.entryPage, query: {} }).catch(() => undefined);
  }

  async tapTab(index: number): Promise<void> {
    const item = this.tabBar?.items[index];
    const page = this.stack.current;
    if (item === undefined || page === undefined) return;
    const { pagePath, text } = item;
    if (page.path !== pagePath) await this.stack.switchTab(pagePath).catch(() => undefined);
    const shown = this.stack.current;
    if (shown?.path === pagePath) this.post({ k: 'page.tabItemTap', pageId: shown.id, index, pagePath, text });
  }

  resized(): void {
    this.#tellMenuButton();
    for (const page of new Set([...this.stack.pages, ...this.stack.tabs.values()])) {
      this.post({ k: 'page.metrics', pageId: page.id, window: this.#factory.metrics(page) });
    }
  }

  /** The capsule keeps its distance to the window's right edge. */
  #tellMenuButton(): void {
    const place = capsuleRectangle(this.surface.size());
    if (this.phase !== 'running' || JSON.stringify(place) === JSON.stringify(this.#menuButton)) return;
    this.#menuButton = place;
    this.bridge.event('menuButton.change', place);
  }

  /** The platform may take a release back while it runs. */
  async stopIfRevoked(): Promise<void> {
    const opened = this.release?.package;
    const revoked = opened && (await revocationOf(opened).catch(() => undefined));
    if (revoked !== undefined) this.stop(failureOf(new Withdrawn(revoked.reason)));
  }

  /** An app that can't go on: everything of it ends, its window says why. */
  stop(failure: AppFailure): void {
    if (this.phase === 'closed' || this.phase === 'failed') return;
    this.#end();
    this.phase = 'failed';
    this.failure = failure;
    this.changed();
  }

  close(): void {
    if (this.phase === 'closed') return;
    this.#end();
    this.phase = 'closed';
    this.changed();
  }

  /** The user gives it more time; the question comes again where it stays silent. */
  keepWaiting(): void {
    this.watchdog.rest();
    this.pageWatch.rest();
  }

  stopUnresponsive(part: 'logic' | 'page'): void {
    const detail = `${part === 'logic' ? 'logic' : 'the page'} did not answer for 5 seconds`;
    this.stop({ kind: 'unresponsive', code: part === 'logic' ? 'busy' : 'page', detail });
  }

  violated(rule: string, detail: string): void {
    this.consoleLine('view', 'error', `${rule}: ${detail}`);
    this.stop({ kind: 'stopped', code: rule, detail });
  }

  /** Reported for a page that is gone by now too: one that went on to another while it loaded was opened all the same. */
  pageReady(pageId: number, path: string): void {
    this.stack.find(pageId)?.markReady();
    this.subpackages.preload(path);
    performance.mark('mezze:page-ready', { detail: { path } });
    this.#report({ event: 'page', app_id: this.id, path, state: 'ready' });
  }

  pageFailed(pageId: number, path: string, message: string): void {
    this.stack.find(pageId)?.fail(message);
    this.#report({ event: 'page', app_id: this.id, path, state: 'failed', message });
  }

  logicReady(): void {
    performance.mark('mezze:logic-ready');
    this.#started.resolve();
  }

  consoleLine(side: 'logic' | 'view', level: string, text: string, position?: Position): void {
    const at = position === undefined ? {} : { position };
    this.#report({ event: 'console', app_id: this.id, side, level, text, ...at });
    if (this.development) console.debug(`[${this.id} ${side}] ${level}: ${text}`);
  }

  uncaught(side: 'logic' | 'view', message: string, stack: string, position?: Position): void {
    const at = position === undefined ? {} : { position };
    this.#report({ event: 'error', app_id: this.id, side, message, stack, ...at });
    if (this.development) console.debug(`[${this.id} ${side}] uncaught: ${message}\n${stack}`);
  }

  /** Applies a change of the colour scheme, for apps that know dark mode. */
  retheme(): void {
    if (this.phase !== 'running' || schemeOf(this.config) === this.#scheme) return;
    this.#scheme = schemeOf(this.config);
    for (const page of new Set([...this.stack.pages, ...this.stack.tabs.values()])) {
      page.post({ k: 'theme', theme: this.#scheme });
      page.setWindow(windowOf(this.config, page.path, this.#scheme));
    }
    const tabBar = tabBarOf(this.config, this.#scheme);
    if (tabBar !== undefined) this.tabBar?.restyle(tabBar);
    this.bridge.event('theme.change', { theme: this.#scheme });
    this.changed();
  }

  async #holdInstance(): Promise<boolean> {
    const name = `mezze:app:${this.options.user}:${this.id}`;
    const lost = () => this.stop({ kind: 'elsewhere', code: 'taken', detail: 'another tab took the app over' });
    const release = await holdInstance(name, this.options.takeOver, lost);
    if (release === undefined) {
      this.stop({ kind: 'elsewhere', code: 'held', detail: 'another tab runs the app' });
      return false;
    }
    this.#release = release;
    if (this.phase === 'opening') return true;
    this.ended = release();
    return false;
  }

  async #start(): Promise<void> {
    const { target, user } = this.options;
    const progress = (part: number) => {
      this.progress = part;
      this.changed();
    };
    const { renewSession } = this.options;
    const read = Promise.all([this.storage.read(), this.files.read()]);
    read.catch(() => undefined);
    if (target.testCode !== undefined) this.#version = await becomeTester(target.testCode, target.appId);
    const firstPage = target.path ?? '';
    const request = { appId: target.appId, version: this.#version, page: firstPage, user, progress, renewSession };
    const [release, [values, files]] = await Promise.all([openRelease(request), read]);
    if (this.phase !== 'opening') return;
    this.release = release;
    followUpdate(this, release, this.#started.promise);
    const opened = release.package;
    [this.config, this.owner] = await Promise.all([readConfig(opened), ownerOf(opened), this.permission.load()]);
    if (this.single) [this.config, this.owner] = [configOfSinglePage(this.config), ownerOfSinglePage(this.owner)];
    const storage = this.storage.open(this.owner, values);
    const kept = this.files.open(this.owner, files);
    this.#scheme = schemeOf(this.config);
    const renew = () => ask(request, opened).then(({ gate }) => gate ?? undefined);
    this.gate = new Gate(release.gate, renew, (origin) => this.#fetched(origin));
    this.resources = new Resources(opened, this.config, this.gate, this.files);
    const tabBar = tabBarOf(this.config, this.#scheme);
    if (tabBar !== undefined) this.tabBar = new TabBar(tabBar);
    this.#factory = new PageFactory(this, opened, this.#pageEvents());
    this.subpackages.factory = this.#factory;
    this.changed();

    const logic = this.surface.logic;
    logic.onMessage = (message) => this.bridge.receive(message);
    logic.onFailure = (failure) => this.stop({ kind: 'crashed', code: 'logic', detail: failure.message });
    const address = this.#entryAddress();
    const [code] = await Promise.all([this.#factory.firstCode(address.path), logic.booted]);
    const page = this.#factory.createPage(address, 'appLaunch');
    const attachment = await this.#factory.attachment(page);
    const { packagedFiles } = this.#factory;
    const packaged = code.some(({ readsFiles }) => readsFiles) ? await packagedFiles.contents() : packagedFiles.index();
    if (this.phase !== 'opening') return;
    this.#watch();
    const port = page.attach(attachment);
    this.phase = 'running';
    this.stack.begin(page);
    const main = code.find(({ root }) => root === '');
    for (const { root, scripts, templates } of code) {
      if (root !== '') this.post({ k: 'package', root, scripts, templates });
    }
    this.#postStart(page, port, main, { storage, files: { kept, packaged } });
    if (this.inFront) this.#keepWatch();
    this.changed();
    await Promise.race([page.drawn, wait(splashPatience)]);
    await this.surface.present(page.view, undefined, 'none');
    performance.mark('mezze:presented');
    this.changed();
  }

  #postStart(
    page: Page,
    port: MessagePort,
    code: CodeBlobs | undefined,
    data: Pick<Extract<ShellToLogic, { k: 'start' }>, 'storage' | 'files'>,
  ): void {
    if (this.release === undefined) return;
    const metrics = this.#factory.metrics(page);
    const menuButton = capsuleRectangle(this.surface.size());
    this.#menuButton = menuButton;
    const message: ShellToLogic = {
      k: 'start',
      config: this.config,
      host: hostSnapshot(this.release.package, metrics, menuButton, this.#scheme),
      launch: this.#launchOptions(page.path, page.query),
      ...data,
      // An independent subpackage starts without the main package, which may come later.
      scripts: code?.scripts ?? new Blob(),
      templates: code?.templates ?? new Blob(),
      ...(code === undefined ? { independent: true } : {}),
      development: this.development,
      page: page.opening(metrics),
    };
    performance.mark('mezze:started');
    this.post(message, [port]);
  }

  /** A page that is not there is opened too: logic tells the app (`onPageNotFound`), its view says so. */
  #entryAddress(): PageAddress {
    const { path, query } = this.options.target;
    return { path: path ?? this.config.entryPage, query };
  }

  #stackHost(): StackHost {
    return {
      surface: this.surface,
      has: (path) => this.config.pages[path] !== undefined,
      isTab: (path) => this.#factory.isTab(path),
      openPage: (address, openType) => this.#factory.openPage(address, openType),
      post: (message) => {
        if (message.k === 'page.unload') this.#leaving(message.pageId);
        this.post(message);
      },
    };
  }

  /** A web page inside the page is heard a last time, before logic hears that the page goes. */
  #leaving(pageId: number): void {
    const page = this.stack.find(pageId);
    if (page !== undefined) endWebView(page);
  }

  #pageEvents(): PageEvents {
    return {
      resolve: (page, id, src, kind) => {
        this.resources.resolve(src, kind).then(
          (resolution) => page.post({ k: 'resolved', id, ...resolution }),
          (failure: unknown) => page.post({ k: 'resolved', id, error: String(failure) }),
        );
      },
      gesture: (token, _type, openType) => this.gestures.add(token, openType),
      violation: (rule, detail) => this.violated(rule, detail),
      host: (page, request) => void serve(this, page, request),
      console: (_page, level, text) => this.consoleLine('view', level, text),
    };
  }

  #launchOptions(path: string, query: Record<string, string>): LaunchOptions {
    return { path, query, scene: this.#entry.scene, referrerInfo: this.#entry.referrer };
  }

  /** A picture or medium came from a server. */
  #fetched(origin: string): void {
    this.permission.log.contacted(origin);
    if (!this.config.origins.media.includes(origin)) this.permission.tolerated('media', origin);
  }

  #watch(): void {
    this.#endings.push(watchNetwork((status) => this.bridge.event('network.change', status)));
    this.#endings.push(watchDevice(this));
    const flush = () => {
      void this.storage.flush();
      void this.files.flush();
    };
    window.addEventListener('pagehide', flush);
    this.#endings.push(() => window.removeEventListener('pagehide', flush));
  }

  #keepWatch(): void {
    this.watchdog.start();
    this.pageWatch.start();
  }

  #endWatch(): void {
    this.watchdog.stop();
    this.pageWatch.stop();
  }

  /** A page that hangs keeps logic from being heard, too: then it is the page that is told of. */
  #silent(part: 'logic' | 'page', silent: boolean): void {
    if (silent) this.unresponsive = part;
    else if (this.unresponsive === part) this.unresponsive = undefined;
    this.changed();
  }

  #end(): void {
    this.#endWatch();
    this.bridge.close();
    this.question?.answer(false);
    this.permission.close();
    this.interactions.clear();
    this.fullScreen.leave();
    this.viewer.close();
    this.places.close();
    this.stack.clear();
    this.surface.logic.destroy();
    // What the app stored has to be written before the next instance reads it.
    this.ended = Promise.all([this.storage.flush(), this.files.flush()]).then(() => this.#release?.());
    this.files.clear();
    for (const ending of this.#endings.splice(0)) ending();
  }

  #report(event: Parameters<DevelopmentReporter['report']>[0]): void {
    if (this.development) this.#reporter.report(event);
  }
}

/** How long the splash stands in for a first page that does not draw, milliseconds. */
const splashPatience = 4000;

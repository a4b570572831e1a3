/**
 * The open mini apps: their windows, which one is in front, which ones live on behind. A spare window is kept booted,
 * so that an app starts without waiting for frames.
 */

import type { LaunchOptions } from '../../runtime/protocol';
import { nowPlaying } from './audio/now-playing';
import { text } from './localization';
import { watchBuilds } from './miniapp/development';
import { type LaunchTarget, printLaunchPath } from './miniapp/launch-uri';
import { askWhatToShare, type ShareKind } from './miniapp/menu-share';
import { MiniApp } from './miniapp/mini-app';
import type { PageAddress } from './miniapp/page-url';
import { singleScene, wholeScene } from './miniapp/single-page';
import { Observable } from './observable';
import { exchangeGrants, miniApp } from './platform/client';
import { allAnswer, rescue } from './rescue';
import type { Session } from './session';
import type { Dish, Table } from './table';
import { AppWindow, type WindowFacts } from './window/app-window';
import { grow } from './window/motion';

export interface OpenOptions {
  /** Where the window grows out of. */
  from?: DOMRect;
  scene?: number;
  /** The mini app that opens it, and what it hands over. */
  referrer?: LaunchOptions['referrerInfo'];
  takeOver?: boolean;
  /** Erases what the app keeps on the device before it starts again. */
  erase?: boolean;
}

interface OpenApp {
  window: AppWindow;
  app: MiniApp;
  dish: Dish;
  from: DOMRect | undefined;
  usedAt: number;
  /** The mini app that opened it last. */
  opener: string | undefined;
  endings: (() => void)[];
}

const mostAlive = 5;
/** How long a page that was left may be silent, milliseconds: nobody is asked, so it must be beyond doubt. */
const hangAfter = 10_000;
const sceneHome = 1001;
/** From another mini app, and back from one. */
const sceneOther = 1037;
const sceneReturn = 1038;
const windowRoom = 390 + 24;
/** The rail, the narrowest home, and the space around the windows. */
const homeRoom = 72 + 320 + 40;

export class Apps extends Observable {
  readonly #open = new Map<string, OpenApp>();
  #spare: AppWindow | undefined;
  /** Shown windows, the one in front last. */
  #shown: string[] = [];
  #host: HTMLElement | undefined;
  /** Stands for what is in front between the end of an instance and the start of the next. */
  #restarting: LaunchTarget | undefined;
  /** Development: the build that each app was last restarted for. */
  readonly #restartedFor = new Map<string, string>();
  /** Tells of something that the user should know, for a moment. */
  notify: (message: string) => void = () => undefined;

  constructor(
    private readonly session: Session,
    private readonly table: Table,
  ) {
    super();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      for (const { app } of this.#open.values()) app.retheme();
    });
    table.subscribe(() => this.#refreshFacts());
    session.subscribe(() => this.#refreshFacts());
    document.addEventListener('visibilitychange', () => {
      for (const id of this.#shown) this.#open.get(id)?.app.setInFront(document.visibilityState === 'visible');
    });
  }

  attach(host: HTMLElement): void {
    this.#host = host;
    this.prepare();
    new ResizeObserver(() => this.#fit()).observe(host);
  }

  /** Keeps one window booted. */
  prepare(): void {
    if (this.#spare !== undefined || this.#host === undefined) return;
    this.#spare = new AppWindow();
    this.#host.append(this.#spare);
  }

  get front(): AppWindow | undefined {
    const id = this.#shown.at(-1);
    return id === undefined ? undefined : this.#open.get(id)?.window;
  }

  get frontTarget(): LaunchTarget | undefined {
    const app = this.front?.app;
    if (app === undefined) return this.#restarting;
    const page = app.stack.current;
    const single = app.single ? { single: true } : {};
    return { appId: app.id, version: app.version, path: page?.path, query: page?.query ?? {}, ...single };
  }

  get count(): number {
    return this.#shown.length;
  }

  isAlive(appId: string): boolean {
    return this.#open.has(appId);
  }

  isOpening(appId: string): boolean {
    return this.#open.get(appId)?.app.phase === 'opening';
  }

  async open(target: LaunchTarget, options: OpenOptions = {}): Promise<void> {
    const known = this.#open.get(target.appId);
    if (known !== undefined && known.app.phase !== 'failed' && known.app.runs(target)) {
      known.from = options.from ?? known.from;
      known.app.entered(options.scene ?? sceneHome, options.referrer);
      if (options.referrer !== undefined) known.opener = options.referrer.appId;
      await this.#return(known, target);
      return;
    }
    const user = await this.session.ready;
    if (known !== undefined) {
      this.#restarting = target;
      this.#end(known);
      await known.app.ended;
      this.#restarting = undefined;
    }
    await this.#launch(target, user.id, options);
  }

  /** Leaves an app: its window goes away, the app lives on behind. */
  async close(appId: string): Promise<void> {
    const open = this.#open.get(appId);
    if (open === undefined || !this.#shown.includes(appId)) return;
    this.#shown = this.#shown.filter((id) => id !== appId);
    if (open.app.unresponsive !== undefined) open.app.stopUnresponsive(open.app.unresponsive);
    else void this.#mustAnswer(open);
    open.app.setInFront(false);
    open.app.permission.grants.endOnce();
    this.changed();
    await grow(open.window, open.from, true);
    // Opened again before it was gone: then it is in front.
    if (this.#shown.includes(appId)) return;
    open.window.state = 'back';
    if (open.app.phase === 'failed') this.#end(open);
    this.#evict();
    this.changed();
  }

  /** Ends an app and starts it again on the page it shows. */
  async restart(appId: string, options: OpenOptions = {}): Promise<void> {
    const open = this.#open.get(appId);
    if (open === undefined) return;
    const page = open.app.stack.current;
    const kept = open.app.options.target;
    const target = page === undefined ? kept : { ...kept, path: page.path, query: page.query };
    this.#restarting = target;
    this.#end(open);
    await open.app.ended;
    if (options.erase === true) await Promise.all([open.app.storage.erase(), open.app.files.erase()]);
    this.#restarting = undefined;
    await this.#launch(target, open.app.options.user, options);
  }

  /** Answers were changed elsewhere in the shell: an open app must go by them. */
  async reloadGrants(appId: string): Promise<void> {
    await this.#open.get(appId)?.app.permission.grants.load();
  }

  /** What runs and was revoked meanwhile stops, and says why. */
  async stopRevoked(): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ app }) => app.stopIfRevoked()));
  }

  focus(appId: string): void {
    if (!this.#shown.includes(appId) || this.#shown.at(-1) === appId) return;
    this.#shown = [...this.#shown.filter((id) => id !== appId), appId];
    this.changed();
  }

  async #launch(target: LaunchTarget, user: string, options: OpenOptions): Promise<void> {
    performance.mark('mezze:open', { detail: { appId: target.appId } });
    this.prepare();
    const window = this.#spare;
    if (window === undefined) return;
    this.#spare = undefined;
    const app = new MiniApp(window, {
      target,
      user,
      scene: target.single === true ? singleScene : (options.scene ?? sceneHome),
      takeOver: options.takeOver ?? false,
      leave: () => void this.close(target.appId),
      restart: () => void this.restart(target.appId),
      renewSession: () => this.session.renew(),
      share: (page, title) => this.#share(target.appId, page, title),
      permission: {
        policy: () => this.session.policy,
        sync: exchangeGrants,
        publishers: () => [this.#open.get(target.appId)?.dish.publisher ?? ''].filter((name) => name !== ''),
      },
      ...(options.referrer === undefined ? {} : { referrer: options.referrer }),
      isFavourite: () => this.table.isFavourite(target.appId),
      openOther: (other, referrer) => this.#openOther(other, referrer),
      returnToOpener: (extraData) => this.#returnToOpener(target.appId, extraData),
    });
    const summary = this.session.find(target.appId);
    const dish: Dish = summary ?? { app_id: target.appId, name: target.appId };
    const open: OpenApp = {
      window,
      app,
      dish,
      from: options.from,
      usedAt: Date.now(),
      opener: options.referrer?.appId,
      endings: [],
    };
    this.#open.set(target.appId, open);
    window.app = app;
    window.actions = this.#actions(target.appId);
    window.addEventListener('pointerdown', () => this.focus(target.appId));
    this.#refreshFacts();
    open.endings.push(
      app.subscribe(() => this.changed()),
      app.stack.subscribe(() => this.changed()),
      app.permission.subscribe(() => this.changed()),
    );
    // While the window still covers the home: nothing may move under a finger once it is seen again.
    const noted = app.subscribe(() => {
      if (app.phase !== 'running') return;
      noted();
      void this.table.opened(open.dish);
    });
    const hung = app.subscribe(() => {
      if (app.failure?.kind !== 'unresponsive') return;
      hung();
      void this.#rescueOthers(open);
    });
    this.#show(open);
    void grow(window, options.from);
    if (summary === undefined) void this.#learn(open);
    await app.open();
    performance.measure('mezze-open', {
      start: 'mezze:open',
      detail: { appId: target.appId, start: app.release?.start },
    });
    if (app.phase !== 'running') return;
    void app.release?.kept.then((kept) => {
      if (!kept) this.notify(text('note.no-room', { name: open.dish.name }));
    });
    if (app.development) this.#followBuilds(open);
    this.#whenIdle(() => this.prepare());
  }

  /** Left while its page hangs, an app would hold the next ones: it is ended instead of living on behind. */
  async #mustAnswer(open: OpenApp): Promise<void> {
    const { app, window } = open;
    if (app.phase !== 'running' || (await allAnswer(window.pageFrames, hangAfter)) || app.phase !== 'running') return;
    app.stopUnresponsive('page');
    if (!this.#shown.includes(app.id)) this.#end(open);
  }

  /** A page of the app hung and the app was closed: those that it held go on, or begin anew. */
  async #rescueOthers(hung: OpenApp): Promise<void> {
    hung.window.letGoOfFrames();
    const others = () => [...this.#open.values()].filter(({ app }) => app.phase !== 'failed');
    const frames = () => [...others().map(({ window }) => window), this.#spare].flatMap((one) => one?.pageFrames ?? []);
    const endAll = async () => {
      const ended = others();
      const shown = ended.filter(({ app }) => this.#shown.includes(app.id));
      for (const open of ended) this.#end(open);
      this.#spare?.remove();
      this.#spare = undefined;
      await Promise.all(ended.map(({ app }) => app.ended));
      return async () => {
        this.prepare();
        for (const { app } of shown) await this.#launch(app.options.target, app.options.user, {});
      };
    };
    if (await rescue({ frames, endAll })) this.notify(text('note.begun-anew'));
  }

  #show(open: OpenApp): void {
    open.usedAt = Date.now();
    open.window.state = 'front';
    this.#shown = [...this.#shown.filter((id) => id !== open.app.id), open.app.id];
    this.#fit();
    this.changed();
  }

  async #return(open: OpenApp, target: LaunchTarget): Promise<void> {
    const hidden = !this.#shown.includes(open.app.id);
    if (target.path !== undefined && open.app.phase === 'running') {
      const { path, query } = target;
      await open.app.stack.reLaunch({ path, query }).catch(() => this.notify(text('note.no-page')));
    }
    this.#show(open);
    open.app.setInFront(true);
    if (hidden) await grow(open.window, open.from);
    void this.table.opened(open.dish);
  }

  /** Shows as many windows as fit; the others stay alive behind. */
  #fit(): void {
    const host = this.#host;
    if (host === undefined) return;
    const room = matchMedia('(min-width: 900px)').matches
      ? Math.max(1, Math.floor((innerWidth - homeRoom) / windowRoom))
      : 1;
    for (const id of this.#shown.slice(0, -room)) {
      const open = this.#open.get(id);
      open?.app.setInFront(false);
      if (open !== undefined) open.window.state = 'back';
    }
    this.#shown = this.#shown.slice(-room);
    this.#evict();
  }

  /** Behind, the least recently used app ends first; one that plays on is in use. */
  #evict(): void {
    const inUse = (app: MiniApp) => this.#shown.includes(app.id) || nowPlaying.current?.app === app;
    const behind = [...this.#open.values()].filter(({ app }) => !inUse(app));
    const surplus = this.#open.size - mostAlive;
    for (const open of behind.sort((a, b) => a.usedAt - b.usedAt).slice(0, Math.max(0, surplus))) this.#end(open);
  }

  #end(open: OpenApp): void {
    for (const ending of open.endings) ending();
    open.app.close();
    open.window.remove();
    this.#open.delete(open.app.id);
    this.#shown = this.#shown.filter((id) => id !== open.app.id);
    this.changed();
  }

  #actions(appId: string): NonNullable<AppWindow['actions']> {
    return {
      close: () => void this.close(appId),
      share: () => void this.#shareFromMenu(appId, 'message'),
      sharePage: () => void this.#shareFromMenu(appId, 'timeline'),
      openWhole: () => void this.#openWhole(appId),
      toggleFavourite: () => {
        const dish = this.#open.get(appId)?.dish;
        if (dish !== undefined) void this.#toggleFavourite(appId, dish);
      },
      toggleOffline: () => void this.#toggleOffline(appId),
      restart: (takeOver) => void this.restart(appId, { takeOver }),
      erase: () => this.restart(appId, { erase: true }),
    };
  }

  async #shareFromMenu(appId: string, to: ShareKind): Promise<void> {
    const app = this.#open.get(appId)?.app;
    const shared = app && (await askWhatToShare(app, to));
    await this.#share(appId, shared?.page, shared?.title, to === 'timeline');
  }

  /** From a page by itself into the app, on the same page. */
  async #openWhole(appId: string): Promise<void> {
    const open = this.#open.get(appId);
    const page = open?.app.stack.current;
    if (open === undefined) return;
    const { single: _, ...target } = open.app.options.target;
    const address = page === undefined ? {} : { path: page.path, query: page.query };
    await this.open({ ...target, ...address }, { scene: wholeScene });
  }

  async #toggleFavourite(appId: string, dish: Dish): Promise<void> {
    await this.table.toggleFavourite(dish);
    const app = this.#open.get(appId)?.app;
    const pageId = app?.stack.current?.id;
    if (this.table.isFavourite(appId) && pageId !== undefined) app?.bridge.event('menu.favourite', { pageId });
  }

  /** Keeping an app offline means all of it: subpackages that nobody has opened yet too. */
  async #toggleOffline(appId: string): Promise<void> {
    const open = this.#open.get(appId);
    if (open === undefined) return;
    await this.table.toggleOffline(open.dish);
    if (!this.table.isKeptOffline(appId)) return;
    try {
      await open.app.subpackages.fetchAll();
      const here = await open.app.release?.package.isOnDevice();
      this.notify(text(here === true ? 'offline.kept' : 'offline.no-room', { name: open.dish.name }));
    } catch {
      this.notify(text('offline.failed', { name: open.dish.name }));
    }
  }

  async #share(appId: string, shared?: PageAddress, title?: string, single = false): Promise<void> {
    const open = this.#open.get(appId);
    if (open === undefined) return;
    const page = shared ?? open.app.stack.current;
    const target = { appId, version: undefined, path: page?.path, query: page?.query ?? {}, single };
    const url = new URL(printLaunchPath(target), location.origin).href;
    try {
      if (typeof navigator.share === 'function') await navigator.share({ title: title || open.dish.name, url });
      else {
        await navigator.clipboard.writeText(url);
        this.notify(text('share.copied'));
      }
    } catch (failure) {
      const dismissed = failure instanceof DOMException && failure.name === 'AbortError';
      if (!dismissed) this.notify(text('share.failed', { url }));
    }
  }

  /** For a mini app that opens another; the caller has asked the user. */
  async #openOther(target: LaunchTarget, referrer: LaunchOptions['referrerInfo']): Promise<boolean> {
    const known = this.session.find(target.appId) ?? (await miniApp(target.appId).catch(() => undefined));
    if (known === undefined) return false;
    void this.open(target, { scene: sceneOther, referrer });
    return true;
  }

  async #returnToOpener(appId: string, extraData: unknown): Promise<boolean> {
    const opener = this.#open.get(appId)?.opener;
    const open = opener === undefined ? undefined : this.#open.get(opener);
    if (opener === undefined || open === undefined) return false;
    const target: LaunchTarget = { appId: opener, version: open.app.version, path: undefined, query: {} };
    const referrer = { appId, ...(extraData === undefined ? {} : { extraData }) };
    void this.close(appId);
    await this.open(target, { scene: sceneReturn, referrer });
    return true;
  }

  /** An app that is not on the list, opened by a link: its name comes from the platform. */
  async #learn(open: OpenApp): Promise<void> {
    const summary = await miniApp(open.app.id).catch(() => undefined);
    if (summary === undefined) return;
    open.dish = summary;
    this.#refreshFacts();
    if (open.app.phase === 'running') await this.table.opened(open.dish);
  }

  #refreshFacts(): void {
    for (const open of this.#open.values()) {
      const facts: WindowFacts = {
        name: open.dish.name,
        iconUrl: open.dish.icon_url ?? '',
        publisher: open.dish.publisher ?? '',
        platform: this.session.facts?.name ?? '',
        favourite: this.table.isFavourite(open.app.id),
        keptOffline: this.table.isKeptOffline(open.app.id),
        userMark: this.session.user?.device_mark ?? '',
      };
      open.window.facts = facts;
    }
  }

  #followBuilds(open: OpenApp): void {
    const stop = watchBuilds(open.app.id, {
      built: (digest) => {
        const running = open.app.release?.package.digest;
        if (open.app.buildFailure !== undefined) {
          open.app.buildFailure = undefined;
          open.app.changed();
        }
        // Once for each build: a platform that goes on delivering another one must not make this a loop.
        if (digest === running || this.#restartedFor.get(open.app.id) === digest) return;
        this.#restartedFor.set(open.app.id, digest);
        void this.restart(open.app.id);
      },
      failed: (message) => {
        open.app.buildFailure = message;
        open.app.changed();
      },
    });
    open.endings.push(stop);
  }

  #whenIdle(work: () => void): void {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: 2000 });
    else setTimeout(work, 500);
  }
}

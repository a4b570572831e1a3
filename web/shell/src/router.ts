/**
 * Addresses and system back. `/` is the table; `/miniapp/…` opens an app. While an app is in front, one entry of the
 * history stands for it: going back is first offered to the app, which then gets its entry again.
 */
import type { Apps } from './apps';
import { text } from './localization';
import { type LaunchTarget, parseParts, printLaunchPath } from './miniapp/launch-uri';
import { singleScene } from './miniapp/single-page';

interface EntryState {
  mezze: 'table' | 'app';
}

const sceneLink = 1007;

export class Router {
  #inApp = false;
  #address = '/';

  constructor(private readonly apps: Apps) {}

  start(): void {
    this.#address = location.pathname;
    const target = parseParts(location.pathname, location.search);
    history.replaceState({ mezze: 'table' } satisfies EntryState, '', '/');
    window.addEventListener('popstate', (event) => this.#popped(event.state));
    this.apps.subscribe(() => this.#follow());
    if (target !== undefined) this.open(target);
    else if (this.#address !== '/') this.apps.notify(text('home.no-link'));
  }

  open(target: LaunchTarget): void {
    this.#write(printLaunchPath(target));
    void this.apps.open(target, { scene: target.single === true ? singleScene : sceneLink });
  }

  /** Writes the address of what is in front. */
  #follow(): void {
    const target = this.apps.frontTarget;
    if (target !== undefined) {
      const known = target.path === undefined && location.pathname.startsWith(`/miniapp/${target.appId}`);
      if (!known) this.#write(printLaunchPath(target));
    } else if (this.#inApp) {
      this.#inApp = false;
      history.back();
    }
  }

  #write(path: string): void {
    const state: EntryState = { mezze: 'app' };
    if (!this.#inApp) {
      this.#inApp = true;
      history.pushState(state, '', path);
    } else if (location.pathname + location.search !== path) {
      history.replaceState(state, '', path);
    }
  }

  #popped(state: unknown): void {
    const entry = typeof state === 'object' && state !== null && 'mezze' in state ? state.mezze : undefined;
    const { front } = this.apps;
    if (entry === 'app') {
      // Forward, into an app that was left: it returns.
      const target = parseParts(location.pathname, location.search);
      this.#inApp = true;
      if (target !== undefined && front === undefined) void this.apps.open({ ...target, path: undefined, query: {} });
      return;
    }
    if (front?.app === undefined) {
      this.#inApp = false;
      return;
    }
    this.#inApp = false;
    if (front.back()) this.#follow();
    else void this.apps.close(front.app.id);
  }
}

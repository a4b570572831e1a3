/** One page of an app: its frame, its port to logic, and what its bar shows. */

import { safeParse } from 'valibot';
import type { PageConfig, PageOpen, ShellToFrame, WindowConfig, WindowMetrics } from '../../../runtime/protocol';
import type { LayoutDefaults } from '../../../runtime/protocol/frame-port';
import { type FrameMessage, frameMessageSchema } from '../frames/messages';
import { Observable } from '../observable';
import { type BarMotion, noBarMotion } from './bar-motion';
import type { PageView } from './surface';

export interface PageEvents {
  resolve(page: Page, id: number, src: string, kind: 'image' | 'media' | 'font' | 'style' | 'data'): void;
  gesture(token: string, type: string, openType: string | undefined): void;
  violation(rule: string, detail: string): void;
  /** A component asks for what only the shell may do. */
  host(page: Page, message: HostRequest): void;
  console(page: Page, level: 'warn' | 'error', text: string): void;
}

export type HostRequest = Extract<FrameMessage, { k: 'host' }>;

export interface PageAttachment {
  styles: { file: string; text: string }[];
  componentStyle: 'v1' | 'v2';
  layout: LayoutDefaults;
  theme: 'light' | 'dark';
  locale: string;
  safeAreaBottom: number;
}

/** A transition of the app's own, milliseconds. */
export interface PageRoute {
  duration: number;
  reverseDuration: number;
  /** False where the page below is seen through or beside it. */
  opaque: boolean;
}

/** How long a page may take to draw before it is shown empty. */
const paintPatience = 150;

export class Page extends Observable {
  /** Settles when the page drew something, failed, or took too long for a transition to wait for. */
  readonly shown: Promise<void>;
  /** Settles when the page drew something or failed. */
  readonly drawn: Promise<void>;
  /** Effective settings of its window: defaults, its own, and what the app changed since. */
  window: WindowConfig;
  loading = false;
  barMotion: BarMotion = noBarMotion;
  homeButton: boolean | undefined;
  alertBeforeLeaving: string | undefined;
  /** The transition by which the app itself brought the page. */
  route: PageRoute | undefined;
  /** The open-container, on the page below, that it came out of and goes back into. */
  container: number | undefined;
  /** Whether the menu offers to share the page. */
  sharing = true;
  /** Whether it offers to share it with everyone, as a page by itself. */
  timeline = false;
  failure: string | undefined;
  ready = false;
  painted = false;
  /** How far it stands up for what the keyboard would cover, CSS pixels. */
  lift = 0;

  #covered = false;
  #shown: () => void = () => undefined;
  #drawn: () => void = () => undefined;

  constructor(
    readonly id: number,
    readonly path: string,
    readonly query: Record<string, string>,
    readonly openType: PageOpen['openType'],
    readonly isTab: boolean,
    readonly config: PageConfig,
    window: WindowConfig,
    readonly view: PageView,
    private readonly events: PageEvents,
  ) {
    super();
    this.window = window;
    this.shown = new Promise((resolve) => {
      this.#shown = resolve;
    });
    this.drawn = new Promise((resolve) => {
      this.#drawn = resolve;
    });
    void this.drawn.then(() => this.#shown());
    view.page = this;
    view.frame.onMessage = (message) => this.#receive(message);
    view.frame.onFailure = (failure) => events.violation('frame', failure.message);
  }

  get customNavigation(): boolean {
    return this.window.navigationStyle === 'custom';
  }

  /** Hands the frame its page; the returned port goes to logic. */
  attach(attachment: PageAttachment): MessagePort {
    const channel = new MessageChannel();
    const message: ShellToFrame = { k: 'attach', pageId: this.id, path: this.path, window: this.window, ...attachment };
    this.view.frame.post(message, [channel.port1]);
    setTimeout(() => this.#shown(), paintPatience);
    return channel.port2;
  }

  opening(metrics: WindowMetrics): PageOpen {
    return { pageId: this.id, path: this.path, query: this.query, openType: this.openType, window: metrics };
  }

  setWindow(change: WindowConfig): void {
    this.window = { ...this.window, ...change };
    this.post({ k: 'window', window: this.window });
    this.changed();
  }

  setCovered(covered: boolean): void {
    if (covered === this.#covered) return;
    this.#covered = covered;
    this.post({ k: 'covered', covered });
  }

  setVisible(visible: boolean): void {
    this.post({ k: 'visibility', visible });
  }

  post(message: ShellToFrame, transfer: Transferable[] = []): void {
    this.view.frame.post(message, transfer);
  }

  markReady(): void {
    this.ready = true;
    this.changed();
  }

  fail(message: string): void {
    this.failure = message;
    this.#drawn();
    this.changed();
  }

  #receive(message: unknown): void {
    const parsed = safeParse(frameMessageSchema, message);
    if (!parsed.success) {
      this.events.violation('message', `a page frame sent what it may not: ${parsed.issues[0].message}`);
      return;
    }
    const { output } = parsed;
    switch (output.k) {
      case 'painted':
        if (!this.painted) performance.mark('mezze:painted', { detail: { path: this.path, after: output.after } });
        this.painted = true;
        this.#drawn();
        this.changed();
        break;
      case 'gesture':
        this.events.gesture(output.token, output.type, output.openType);
        break;
      case 'resolve':
        this.events.resolve(this, output.id, output.src, output.kind);
        break;
      case 'host':
        this.events.host(this, output);
        break;
      case 'violation':
        this.events.violation(output.rule, output.detail);
        break;
      case 'console':
        this.events.console(this, output.level, output.text);
        break;
      case 'booted':
      case 'scrolledToTop':
        break;
    }
  }
}

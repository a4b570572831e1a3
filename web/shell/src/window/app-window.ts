/**
 * A window: pages, tab bar, capsule and everything that the shell draws over a mini app.
 *
 * A window is made before there is an app for it, with one logic frame and one page frame booted, and stays where it
 * is in the document: a frame that is moved would load again.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Frame } from '../frames/frame';
import { text } from '../localization';
import { tabBarHeight, type WindowSize } from '../miniapp/metrics';
import type { MiniApp } from '../miniapp/mini-app';
import type { Motion, PageView, Surface } from '../miniapp/surface';
import { controls, MezzeElement } from '../screens/base';
import { nicknameOfferOf } from '../services/nickname';
import { comes, leaves } from './motion';
import { type NoteSurroundings, notes } from './notes';
import { turnScreen } from './orientation';
import { type LeadingButton, PageElement } from './page-element';
import type { TrustedActions, TrustedPlace } from './trusted-sheet';
import './capsule-element';
import './failure-element';
import './interactions-element';
import './nickname-element';
import './place-page';
import './splash-element';
import './tab-bar-element';
import './trusted-sheet';
import './viewer-element';

export interface WindowFacts {
  name: string;
  iconUrl: string;
  publisher: string;
  /** Name of the platform that reviewed it. */
  platform: string;
  favourite: boolean;
  keptOffline: boolean;
  userMark: string;
}

export interface WindowActions {
  close(): void;
  share(): void;
  /** Shares the page with everyone, by itself. */
  sharePage(): void;
  /** From a page by itself into the app. */
  openWhole(): void;
  toggleFavourite(): void;
  toggleOffline(): void;
  restart(takeOver: boolean): void;
  /** Erases the app's data and starts it again. */
  erase(): Promise<void>;
}

@customElement('mezze-window')
export class AppWindow extends MezzeElement implements Surface {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
        overflow: hidden;
        background: var(--card);
        visibility: hidden;
        contain: strict;
      }
      :host([state='front']) {
        visibility: visible;
      }
      /* Unseen, not hidden: Chromium slows timers and animation frames of hidden frames down to one a second. */
      :host([state='spare']) {
        visibility: visible;
        opacity: 0;
        pointer-events: none;
      }
      /* What has the focus inside a page shows it there. */
      .pages iframe:focus-visible {
        outline: none;
      }
      /* The whole screen, on a desktop too, where a window is otherwise as large as a phone. */
      :host([fullscreen]) {
        position: fixed !important;
        inset: 0 !important;
        z-index: 50 !important;
        width: auto !important;
        height: auto !important;
        border-radius: 0 !important;
        translate: none !important;
      }
      .stage,
      .pages {
        position: absolute;
        inset: 0;
      }
      .stage {
        overflow: hidden;
        transition: transform var(--slow) var(--ease-in), border-radius var(--slow);
      }
      .stage.shrunken {
        transform: scale(0.92) translateY(-3%);
        border-radius: 20px;
      }
      .behind {
        position: absolute;
        inset: 0;
        background: var(--plate);
      }
      .logic {
        position: absolute;
        inset: 0;
        visibility: hidden;
        pointer-events: none;
      }
      mezze-tab-bar {
        position: absolute;
        left: 0;
        right: 0;
        z-index: 2;
        height: calc(${tabBarHeight}px + var(--inset-bottom));
      }
      .below {
        bottom: 0;
      }
      .whole {
        position: absolute;
        inset: auto 0 0;
        z-index: 2;
        display: grid;
        place-items: center;
        height: calc(${tabBarHeight}px + var(--inset-bottom));
        padding-bottom: var(--inset-bottom);
        background: var(--card);
        border-top: 1px solid var(--line);
      }
      .above {
        top: calc(44px + var(--inset-top));
        --inset-bottom: 0px;
      }
      .note {
        position: absolute;
        z-index: 45;
        left: 12px;
        right: 12px;
        bottom: calc(12px + var(--inset-bottom));
        display: flex;
        align-items: center;
        gap: 12px;
        padding: 10px 12px 10px 16px;
        border-radius: var(--corner-card);
        background: var(--card);
        box-shadow: var(--shadow);
        font-size: var(--text-13);
      }
      .note span {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .note button {
        min-height: var(--touch);
        padding: 0 12px;
        font-weight: 600;
        color: var(--olive-text);
      }
      /* On the capsule's edge, so that bars and titles stand where they do in a release. */
      .development {
        position: absolute;
        z-index: 51;
        top: calc(1px + var(--inset-top));
        right: 76px;
        padding: 0 5px;
        border-radius: var(--corner-pill);
        background: var(--saffron);
        color: #1d1b18;
        font-size: 9px;
        font-weight: 600;
        line-height: 12px;
        pointer-events: none;
      }
    `,
  ];

  readonly logic = new Frame('logic', '');
  @property({ attribute: false }) app: MiniApp | undefined;
  @property({ attribute: false }) facts: WindowFacts | undefined;
  /** `spare` and `back` are in their place but not seen. */
  @property({ reflect: true }) state: 'spare' | 'front' | 'back' = 'spare';
  @state() private trusted: TrustedPlace | undefined;
  actions: WindowActions | undefined;

  readonly #pages = document.createElement('div');
  readonly #logicHolder = document.createElement('div');
  readonly #resizing = new ResizeObserver(() => this.#resized());
  #spare: PageElement | undefined;
  #size = '';
  #presented = false;
  #viewing = false;
  readonly #whenClosed: (() => void)[] = [];

  constructor() {
    super();
    this.#pages.className = 'pages';
    this.#logicHolder.className = 'logic';
    this.#logicHolder.append(this.logic.element);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizing.observe(this);
    if (this.#spare === undefined && this.app === undefined) this.#spare = this.#makeView();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizing.disconnect();
  }

  override remove(): void {
    this.letGoOfFrames();
    super.remove();
  }

  /** The frames of its pages, the one that waits for its page among them. */
  get pageFrames(): Frame[] {
    const pages = this.app === undefined ? [] : [...this.app.stack.pages, ...this.app.stack.tabs.values()];
    const views = new Set([...pages.map(({ view }) => view), ...(this.#spare === undefined ? [] : [this.#spare])]);
    return [...views].map(({ frame }) => frame);
  }

  /** What its app needs no more: the window itself stays, to say why the app ended. */
  letGoOfFrames(): void {
    this.#spare?.remove();
    this.#spare = undefined;
    this.logic.destroy();
  }

  size(): WindowSize {
    const style = getComputedStyle(this);
    const inset = (name: string) => Number.parseFloat(style.getPropertyValue(name)) || 0;
    return {
      width: this.clientWidth,
      height: this.clientHeight,
      insetTop: inset('--measured-inset-top'),
      insetBottom: inset('--measured-inset-bottom'),
    };
  }

  takeView(): PageView {
    const view = this.#spare ?? this.#makeView();
    this.#spare = undefined;
    // The next one boots once this page had its turn.
    setTimeout(() => {
      if (this.app?.phase === 'running') this.#spare ??= this.#makeView();
    }, 400);
    return view;
  }

  async present(view: PageView, below: PageView | undefined, motion: Motion): Promise<void> {
    if (!(view instanceof PageElement)) return;
    const under = below instanceof PageElement ? below : undefined;
    this.#arrange();
    view.shown = true;
    view.preparing = false;
    this.#presented = true;
    this.requestUpdate();
    await comes(view, under, motion);
    this.#focusPage(view);
    if (under !== undefined && this.app?.stack.current?.view !== under) under.shown = false;
  }

  async dismiss(view: PageView, revealed: PageView | undefined, motion: Motion): Promise<void> {
    if (!(view instanceof PageElement)) return;
    const under = revealed instanceof PageElement ? revealed : undefined;
    this.#arrange();
    if (under !== undefined) under.shown = true;
    if (view.shown) await leaves(view, under, motion);
    view.remove();
    if (under !== undefined) this.#focusPage(under);
  }

  /** The keyboard goes where the user looks, unless it is at something that lies above the page. */
  #focusPage(view: PageElement): void {
    const above =
      this.trusted !== undefined ||
      this.app?.question !== undefined ||
      this.app?.permission.prompt !== undefined ||
      this.app?.interactions.modal !== undefined;
    const { element } = view.frame;
    // A frame that has it already keeps it: focusing it again would take it from the field that the user is typing in.
    const root = element.getRootNode();
    const there = root instanceof ShadowRoot && root.activeElement === element;
    if (this.state === 'front' && !above && !there && this.app?.stack.current?.view === view) {
      element.focus({ preventScroll: true });
    }
  }

  /** Opens a place of the trusted layer; resolves when it is closed. */
  openTrusted(place: 'settings' | 'privacy'): Promise<void> {
    this.trusted = place;
    return new Promise((resolve) => {
      this.#whenClosed.push(resolve);
    });
  }

  protected override updated(): void {
    if (this.trusted === undefined) for (const closed of this.#whenClosed.splice(0)) closed();
    this.#followViewer();
    this.#tellCovered();
    if (this.state === 'front' && this.app !== undefined) turnScreen(this.app.stack.current?.window.pageOrientation);
  }

  /** A page of the host's own lies over that of the app. */
  #tellCovered(): void {
    const { app, trusted } = this;
    const page = app?.stack.current;
    if (app === undefined || page === undefined) return;
    const opened = trusted !== undefined && trusted !== 'menu';
    page.setCovered(opened || app.viewer.viewing !== undefined || app.places.task !== undefined);
  }

  /** What was shown over the page is gone: the keyboard goes back to the page. */
  #followViewer(): void {
    const viewing = this.app?.viewer.viewing !== undefined;
    const view = this.app?.stack.current?.view;
    if (this.#viewing && !viewing && view instanceof PageElement) this.#focusPage(view);
    this.#viewing = viewing;
  }

  get name(): string {
    return this.facts?.name ?? this.app?.id ?? '';
  }

  openMenu(): void {
    this.trusted = 'menu';
  }

  /** System back: what lies on top goes first. */
  back(): boolean {
    if (this.trusted !== undefined && this.app?.question === undefined && this.app?.permission.prompt === undefined) {
      this.trusted = undefined;
      return true;
    }
    return this.app?.back() ?? false;
  }

  protected override willUpdate(): void {
    const { app } = this;
    this.observe(
      app,
      app?.permission,
      app?.fullScreen,
      app?.viewer,
      app?.places,
      app?.stack,
      app?.stack.current,
      app?.tabBar,
    );
    // A page that went away leaves no empty screen behind.
    if (app?.fullScreen.page !== undefined && app.fullScreen.page !== app.stack.current) app.fullScreen.leave();
    this.toggleAttribute('fullscreen', app?.fullScreen.page !== undefined);
    this.inert = this.state !== 'front';
    this.toggleAttribute('development', app?.development === true);
    if (app !== undefined) this.#arrange();
  }

  protected override render(): TemplateResult {
    const { app } = this;
    const trusted = this.#trustedPlace();
    const hidden = trusted !== undefined;
    return html`
      <div class="behind"></div>
      ${this.#logicHolder}
      <div class="stage ${hidden ? 'shrunken' : ''}" ?inert=${hidden}>
        ${this.#pages} ${app === undefined ? nothing : this.#tabBar(app)}
        ${app === undefined ? nothing : this.#covers(app)}
        ${app === undefined ? nothing : html`<mezze-interactions .state=${app.interactions}></mezze-interactions>`}
        ${app === undefined ? nothing : html`<mezze-viewer .app=${app}></mezze-viewer>`}
        ${app === undefined ? nothing : html`<mezze-place-page .places=${app.places}></mezze-place-page>`}
        ${app === undefined ? nothing : html`<mezze-nickname .offer=${nicknameOfferOf(app)} .page=${app.stack.current}></mezze-nickname>`}
      </div>
      ${app?.development ? html`<span class="development">${text('development.mark')}</span>` : nothing}
      ${app?.trial ? html`<span class="development">${text('trial.mark')}</span>` : nothing}
      ${app === undefined ? nothing : notes(app, this.#noteSurroundings())}
      ${app === undefined ? nothing : this.#capsule(hidden)}
      ${app === undefined || trusted === undefined ? nothing : this.#trustedSheet(app, trusted)}
    `;
  }

  /** Questions of the shell come before what the user opened. */
  #trustedPlace(): TrustedPlace | undefined {
    if (this.app?.question !== undefined) return 'question';
    return this.app?.permission.prompt === undefined ? this.trusted : 'prompt';
  }

  #capsule(inert: boolean): TemplateResult {
    return html`<mezze-capsule
      ?inert=${inert}
      ?dark=${this.#darkCapsule()}
      .onMenu=${() => this.openMenu()}
      .onClose=${() => this.actions?.close()}
    ></mezze-capsule>`;
  }

  #tabBar(app: MiniApp): TemplateResult | typeof nothing {
    const { tabBar } = app;
    if (app.fullScreen.page !== undefined) return nothing;
    if (app.single) return this.#wholeApp();
    const tabPage = app.stack.pages[0];
    if (tabBar === undefined || tabBar.custom || !tabBar.visible || tabPage?.isTab !== true) return nothing;
    return html`<mezze-tab-bar
      class=${tabBar.position === 'top' ? 'above' : 'below'}
      .tabBar=${tabBar}
      .resources=${app.resources}
      .selected=${tabPage.path}
      .onSelect=${(index: number) => void app.tapTab(index)}
    ></mezze-tab-bar>`;
  }

  /** Below a page by itself: the way into its app. */
  #wholeApp(): TemplateResult {
    return html`<div class="whole">
      <button class="secondary" @click=${() => this.actions?.openWhole()}>${text('single.open', { name: this.name })}</button>
    </div>`;
  }

  #covers(app: MiniApp): TemplateResult | typeof nothing {
    const { version } = app.options.target;
    const name = `${this.facts?.name ?? app.id}${version === undefined ? '' : ` ${version}`}`;
    if (app.failure !== undefined) {
      return html`<mezze-failure
        .failure=${app.failure}
        .name=${name}
        .onRetry=${() => this.actions?.restart(false)}
        .onTakeOver=${() => this.actions?.restart(true)}
      ></mezze-failure>`;
    }
    if (this.#presented) return nothing;
    return html`<mezze-splash
      .name=${name}
      .iconUrl=${this.facts?.iconUrl ?? ''}
      .progress=${app.progress}
    ></mezze-splash>`;
  }

  #noteSurroundings(): NoteSurroundings {
    return {
      name: this.name,
      openSettings: () => void this.openTrusted('settings'),
      restart: () => this.actions?.restart(false),
    };
  }

  #trustedSheet(app: MiniApp, place: TrustedPlace): TemplateResult {
    const { facts } = this;
    const close = () => {
      this.trusted = undefined;
      // Back to the button that opened it.
      void this.updateComplete.then(() => this.renderRoot.querySelector('mezze-capsule')?.focusMenu());
    };
    const actions: TrustedActions = {
      close,
      share: () => {
        close();
        this.actions?.share();
      },
      sharePage: () => {
        close();
        this.actions?.sharePage();
      },
      toggleFavourite: () => {
        close();
        this.actions?.toggleFavourite();
      },
      toggleOffline: () => {
        close();
        this.actions?.toggleOffline();
      },
      reload: () => {
        close();
        this.actions?.restart(false);
      },
      erase: async () => {
        close();
        await this.actions?.erase();
      },
    };
    return html`<mezze-trusted-sheet
      .app=${app}
      .actions=${actions}
      .place=${place}
      .name=${facts?.name ?? app.id}
      .iconUrl=${facts?.iconUrl ?? ''}
      .publisher=${facts?.publisher ?? ''}
      .platform=${facts?.platform ?? ''}
      .userMark=${facts?.userMark ?? ''}
      .favourite=${facts?.favourite ?? false}
      .keptOffline=${facts?.keptOffline ?? false}
    ></mezze-trusted-sheet>`;
  }

  /** Black marks on a light bar; before there is a page, by the shell's own colours. */
  #darkCapsule(): boolean {
    const page = this.app?.stack.current;
    if (page === undefined || !this.#presented || this.app?.failure !== undefined) {
      return !matchMedia('(prefers-color-scheme: dark)').matches;
    }
    return page.window.navigationBarTextStyle === 'black';
  }

  /** Puts each page where the stack has it; pages above the tab bar cover it. */
  #arrange(): void {
    const { app } = this;
    if (app === undefined) return;
    const { stack, tabBar } = app;
    const room = tabBar !== undefined && !tabBar.custom && tabBar.visible;
    for (const page of new Set([...stack.tabs.values(), ...stack.pages])) {
      const view = page.view;
      if (!(view instanceof PageElement)) continue;
      const depth = stack.pages.indexOf(page);
      view.style.zIndex = page.isTab ? '1' : String(3 + depth);
      view.fullScreen = app.fullScreen.page === page;
      const below = (app.single || (page.isTab && room && tabBar.position === 'bottom')) && !view.fullScreen;
      view.style.bottom = below ? `calc(${tabBarHeight}px + var(--inset-bottom))` : '0';
      view.leading = this.#leading(depth, page.path, page.isTab, page.homeButton);
      view.onLeading = (button) => void (button === 'back' ? app.goBack(1) : app.goHome());
      view.inert = stack.current !== page || app.viewer.viewing !== undefined;
      const above = page.isTab && room && tabBar.position === 'top' && !view.fullScreen;
      view.style.setProperty('--above', above ? `${tabBarHeight}px` : '0px');
    }
  }

  #leading(depth: number, path: string, isTab: boolean, wanted: boolean | undefined): LeadingButton {
    if (depth > 0) return 'back';
    if (this.app?.single === true) return 'none';
    const away = this.app?.config.entryPage !== path && !isTab;
    return (wanted ?? away) ? 'home' : 'none';
  }

  #makeView(): PageElement {
    const view = new PageElement();
    view.preparing = true;
    view.inert = true;
    this.#pages.append(view);
    return view;
  }

  #resized(): void {
    const { width, height } = this.size();
    const size = `${width}x${height}`;
    if (size === this.#size || this.state === 'spare') {
      this.#size = size;
      return;
    }
    this.#size = size;
    this.app?.resized();
  }
}

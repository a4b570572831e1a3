/**
 * The viewer of `previewImage` and `previewMedia`: one thing at a time over the app, below the capsule. Sideways to the
 * next, two fingers, a double tap or plus and minus to come closer, a tap or Escape to go back, a long press to save.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { download } from '../apis/media/album';
import { text } from '../localization';
import { extensionOf, extensionOfType } from '../miniapp/media-type';
import type { MiniApp } from '../miniapp/mini-app';
import type { ViewerItem, Viewing } from '../miniapp/viewer';
import { controls, MezzeElement } from '../screens/base';
import { icon } from '../screens/icon';
import { viewerStyle } from './viewer-style';
import { Zoom } from './zoom';

const longPress = 500;
/** How long a single tap waits for a second one. */
const doubleTap = 280;

interface Shown {
  url: string | undefined;
  failure: string | undefined;
}

@customElement('mezze-viewer')
export class ViewerElement extends MezzeElement {
  static override styles = [controls, viewerStyle];

  @property({ attribute: false }) app!: MiniApp;
  @state() private index = 0;
  @state() private menu = false;
  readonly #shown = new Map<ViewerItem, Shown>();
  readonly #urls: string[] = [];
  readonly #zoom = new Zoom(() => this.#picture());
  #viewing: Viewing | undefined;
  #press: ReturnType<typeof setTimeout> | undefined;
  #tap: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  protected override willUpdate(): void {
    this.observe(this.app.viewer);
    const { viewing } = this.app.viewer;
    if (viewing === this.#viewing) return;
    this.#forget();
    this.#viewing = viewing;
    this.index = viewing?.index ?? 0;
    this.menu = false;
  }

  protected override updated(changes: PropertyValues): void {
    const viewer = this.renderRoot.querySelector<HTMLElement>('.viewer');
    if (viewer === null) return;
    if (!viewer.contains((this.renderRoot as ShadowRoot).activeElement)) viewer.focus({ preventScroll: true });
    if (changes.size === 0 || !changes.has('index')) {
      const track = this.renderRoot.querySelector<HTMLElement>('.track');
      const left = (track?.clientWidth ?? 0) * this.index;
      if (track !== null && Math.abs(track.scrollLeft - left) > 1 && !this.#scrolling) track.scrollLeft = left;
    }
  }

  #scrolling = false;

  protected override render(): TemplateResult | typeof nothing {
    const viewing = this.#viewing;
    if (viewing === undefined) return nothing;
    const { items } = viewing;
    const many = items.length > 1;
    const label = text('viewer.item', { index: String(this.index + 1), count: String(items.length) });
    return html`
      <div class="viewer" role="dialog" aria-modal="true" aria-label=${text('viewer.label')} tabindex="-1" @keydown=${this.#key}>
        <div class="track" @scroll=${this.#scrolled} @scrollend=${this.#settled}>
          ${items.map((item, index) => this.#slide(item, index))}
        </div>
        ${many ? html`<p class="count" role="status" aria-live="polite">${label}</p>` : nothing}
        <button class="round close" aria-label=${text('viewer.close')} @click=${this.#close}>${icon('cross')}</button>
        ${many ? this.#arrow('previous', this.index > 0) : nothing}
        ${many ? this.#arrow('next', this.index < items.length - 1) : nothing} ${this.menu ? this.#menuSheet() : nothing}
      </div>
    `;
  }

  #slide(item: ViewerItem, index: number): TemplateResult {
    // Only what is near is loaded: an app may hand over hundreds.
    const near = Math.abs(index - this.index) <= 1;
    const shown = near ? this.#load(item) : this.#shown.get(item);
    return html`<div
      class="slide"
      ?inert=${index !== this.index}
      @pointerdown=${this.#down}
      @pointermove=${this.#move}
      @pointerup=${this.#up}
      @pointercancel=${this.#up}
      @contextmenu=${this.#context}
      @wheel=${this.#wheel}
    >
      ${this.#content(item, shown, index === this.index)}
    </div>`;
  }

  #content(item: ViewerItem, shown: Shown | undefined, current: boolean): TemplateResult | typeof nothing {
    if (shown?.failure !== undefined)
      return html`<p class="failure">${text('viewer.failed', { reason: shown.failure })}</p>`;
    if (shown?.url === undefined) return nothing;
    if (item.kind === 'image') {
      const failed = () => this.#fail(item, '');
      return html`<img src=${shown.url} alt="" draggable="false" @error=${failed} />`;
    }
    return html`<video src=${shown.url} controls playsinline ?autoplay=${current}></video>`;
  }

  #arrow(which: 'previous' | 'next', enabled: boolean): TemplateResult {
    const by = which === 'previous' ? -1 : 1;
    return html`<button
      class="round ${which}"
      aria-label=${text(`viewer.${which}`)}
      ?disabled=${!enabled}
      @click=${() => this.#go(this.index + by)}
    >
      ${icon(which === 'previous' ? 'chevronLeft' : 'chevronRight')}
    </button>`;
  }

  #menuSheet(): TemplateResult {
    const away = () => {
      this.menu = false;
    };
    return html`<div class="veil" @click=${away}>
      <div class="sheet">
        <button @click=${() => void this.#save()}>${text('viewer.save')}</button>
        <button class="cancel" @click=${away}>${text('modal.cancel')}</button>
      </div>
    </div>`;
  }

  #load(item: ViewerItem): Shown {
    const known = this.#shown.get(item);
    if (known !== undefined) return known;
    const shown: Shown = { url: undefined, failure: undefined };
    this.#shown.set(item, shown);
    const viewing = this.#viewing;
    const source = /^data:/i.test(item.src)
      ? this.app.resources.content(item.src)
      : this.app.resources.resolve(item.src, 'media');
    void source.then((resolution) => {
      if (this.#viewing !== viewing) return;
      if ('error' in resolution) shown.failure = resolution.error;
      else if ('url' in resolution) shown.url = resolution.url;
      else {
        shown.url = URL.createObjectURL(resolution.blob);
        this.#urls.push(shown.url);
      }
      this.requestUpdate();
    });
    return shown;
  }

  #fail(item: ViewerItem, reason: string): void {
    this.#shown.set(item, { url: undefined, failure: reason });
    this.requestUpdate();
  }

  #go(index: number): void {
    const track = this.renderRoot.querySelector<HTMLElement>('.track');
    if (track === null || index < 0 || index >= (this.#viewing?.items.length ?? 0)) return;
    this.#zoom.reset();
    this.index = index;
    track.scrollTo({ left: track.clientWidth * index, behavior: 'instant' });
  }

  #scrolled = (event: Event) => {
    this.#scrolling = true;
    clearTimeout(this.#press);
    const { scrollLeft, clientWidth } = event.target as HTMLElement;
    const index = Math.round(scrollLeft / Math.max(1, clientWidth));
    if (index === this.index) return;
    this.#zoom.reset();
    this.index = index;
  };

  #settled = () => {
    this.#scrolling = false;
  };

  #down = (event: PointerEvent) => {
    if (event.target instanceof HTMLVideoElement) return;
    this.#zoom.down(event);
    clearTimeout(this.#press);
    this.#press = setTimeout(() => this.#openMenu(), longPress);
  };

  #move = (event: PointerEvent) => {
    if (this.#zoom.move(event)) clearTimeout(this.#press);
  };

  #up = (event: PointerEvent) => {
    clearTimeout(this.#press);
    const tapped = this.#zoom.up(event);
    if (!tapped || event.type === 'pointercancel' || event.target instanceof HTMLVideoElement || event.button > 0)
      return;
    if (this.#tap !== undefined) {
      clearTimeout(this.#tap);
      this.#tap = undefined;
      this.#zoom.toggle(event);
      return;
    }
    this.#tap = setTimeout(() => {
      this.#tap = undefined;
      if (!this.menu) this.#close();
    }, doubleTap);
  };

  #wheel = (event: WheelEvent) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.#zoom.by(event.deltaY < 0 ? 1.1 : 1 / 1.1);
  };

  #context = (event: Event) => {
    event.preventDefault();
    this.#openMenu();
  };

  #key = (event: KeyboardEvent) => {
    const actions: Record<string, () => void> = {
      ArrowLeft: () => this.#go(this.index - 1),
      ArrowRight: () => this.#go(this.index + 1),
      Home: () => this.#go(0),
      End: () => this.#go((this.#viewing?.items.length ?? 1) - 1),
      Escape: () => {
        if (this.menu) this.menu = false;
        else this.#close();
      },
      '+': () => this.#zoom.by(1.25),
      '=': () => this.#zoom.by(1.25),
      '-': () => this.#zoom.by(0.8),
      ContextMenu: () => this.#openMenu(),
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };

  #openMenu(): void {
    clearTimeout(this.#tap);
    this.#tap = undefined;
    if (this.#viewing?.menu === true) this.menu = true;
  }

  #close = () => {
    this.app.viewer.close();
  };

  async #save(): Promise<void> {
    this.menu = false;
    const item = this.#viewing?.items[this.index];
    if (item === undefined) return;
    const content = await this.app.resources.content(item.src);
    if ('error' in content) {
      this.#fail(item, content.error);
      return;
    }
    const { blob } = content;
    const extension = extensionOfType(blob.type) || extensionOf(item.src) || (item.kind === 'video' ? 'mp4' : 'png');
    download(blob, `mezze-${Date.now()}.${extension}`);
  }

  #picture(): HTMLImageElement | null {
    return this.renderRoot.querySelector<HTMLImageElement>(`.slide:nth-of-type(${this.index + 1}) img`);
  }

  #forget(): void {
    clearTimeout(this.#press);
    clearTimeout(this.#tap);
    this.#tap = undefined;
    this.#zoom.reset();
    for (const url of this.#urls.splice(0)) URL.revokeObjectURL(url);
    this.#shown.clear();
    this.#viewing = undefined;
  }
}

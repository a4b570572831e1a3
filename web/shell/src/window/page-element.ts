/** A page in its window: the bar above it and the frame that draws it. The frame is a child that never moves. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { styleMap } from 'lit/directives/style-map.js';
import { Frame } from '../frames/frame';
import { text } from '../localization';
import type { Page } from '../miniapp/page';
import type { PageView } from '../miniapp/surface';
import { safeColour } from '../miniapp/theme';
import { controls, MezzeElement } from '../screens/base';
import { icon } from '../screens/icon';

export type LeadingButton = 'back' | 'home' | 'none';

@customElement('mezze-page')
export class PageElement extends MezzeElement implements PageView {
  static override styles = [
    controls,
    css`
      :host {
        position: absolute;
        inset: 0;
        display: flex;
        flex-direction: column;
        background: var(--page-background, #ffffff);
        visibility: hidden;
      }
      :host([shown]) {
        visibility: inherit;
      }
      /* Chromium gives a hidden frame no animation frames, so a page that waits or is about to come is there
         unseen. */
      :host([preparing]) {
        visibility: inherit;
        opacity: 0;
        pointer-events: none;
      }
      :host([flying]) {
        background: transparent;
      }
      .probe {
        position: absolute;
        inset: 0;
        visibility: hidden;
        pointer-events: none;
      }
      .bar {
        flex: none;
        display: grid;
        /* Centred while there is room; a long title takes it from the left, never from the capsule. */
        grid-template-columns: minmax(48px, 1fr) minmax(0, auto) minmax(104px, 1fr);
        align-items: center;
        height: calc(44px + var(--inset-top));
        padding-top: var(--inset-top);
      }
      .title {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 6px;
        min-width: 0;
        font-size: var(--text-17);
        font-weight: 600;
      }
      .title span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .leading {
        display: flex;
        align-items: center;
        justify-content: center;
        width: var(--touch);
        height: var(--touch);
        color: inherit;
      }
      .leading .icon svg {
        width: 24px;
        height: 24px;
      }
      .floating {
        position: absolute;
        top: var(--inset-top);
        left: 0;
        z-index: 1;
      }
      .loading {
        flex: none;
        width: 16px;
        height: 16px;
        border: 2px solid currentColor;
        border-right-color: transparent;
        border-radius: 50%;
        animation: turn 800ms linear infinite;
      }
      .frame {
        position: relative;
        flex: 1;
        min-height: 0;
        margin-top: var(--above, 0px);
      }
      /* The page stands up for the keyboard, but never over its bar. */
      :host([lifted]) .frame {
        overflow: clip;
      }
      ::slotted(iframe) {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        border: 0;
        background: transparent;
      }
      .failed {
        position: absolute;
        inset: 0;
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: 8px;
        padding: 32px;
        text-align: center;
        background: var(--paper);
        color: var(--ink);
      }
      .failed pre {
        max-width: 100%;
        max-height: 40%;
        overflow: auto;
        padding: 12px;
        border-radius: var(--corner-control);
        background: var(--plate);
        font-size: var(--text-12);
        text-align: left;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      @keyframes turn {
        to {
          transform: rotate(1turn);
        }
      }
    `,
  ];

  readonly frame = new Frame('view', '');
  @property({ attribute: false }) page: Page | undefined;
  @property({ attribute: false }) leading: LeadingButton = 'none';
  @property({ type: Boolean, reflect: true }) shown = false;
  /** In its place and drawing, but not seen yet. */
  @property({ type: Boolean, reflect: true }) preparing = false;
  /** A component of the page has the whole window: no bar. */
  @property({ type: Boolean }) fullScreen = false;
  onLeading: (button: LeadingButton) => void = () => undefined;

  /** Elements fly in the frame: it stays in its place, and what moves is the page inside it and the bar. */
  @property({ type: Boolean, reflect: true }) flying = false;

  #routeStyle: Readonly<Record<string, string>> = {};

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.frame.element.parentNode === null) this.append(this.frame.element);
  }

  cover(element: HTMLElement): void {
    this.append(element);
  }

  override remove(): void {
    this.frame.destroy();
    super.remove();
  }

  setRouteStyle(style: Readonly<Record<string, string>>): void {
    const previous = this.#routeStyle;
    this.#routeStyle = style;
    if (this.flying) this.#showVeiled();
    else this.#showWhole(previous);
  }

  setFlying(flying: boolean): void {
    if (flying === this.flying) return;
    this.flying = flying;
    if (flying) {
      const style = this.#routeStyle;
      this.#routeStyle = {};
      this.#showWhole(style);
      this.#routeStyle = style;
      this.#showVeiled();
    } else {
      this.#bar?.style.removeProperty('opacity');
      this.#bar?.style.removeProperty('transform');
      this.page?.post({ k: 'veil' });
      this.#showWhole({});
    }
  }

  frameTop(): number {
    const frame = this.renderRoot.querySelector<HTMLElement>('.frame');
    return frame?.offsetTop ?? 0;
  }

  #showWhole(previous: Readonly<Record<string, string>>): void {
    const style = this.#routeStyle;
    for (const name of Object.keys(previous)) if (!(name in style)) this.style.removeProperty(name);
    for (const [name, value] of Object.entries(style)) this.style.setProperty(name, value);
    // A bent corner or a drop of the page cuts what it shows too.
    if ('border-radius' in style) this.style.setProperty('overflow', 'hidden');
    else if (!('overflow' in style)) this.style.removeProperty('overflow');
  }

  /** The style as numbers, which the page's own frame applies to what is not flying. */
  #showVeiled(): void {
    const probe = this.renderRoot.querySelector<HTMLElement>('.probe');
    if (probe === null) return;
    probe.removeAttribute('style');
    const { opacity, transform, 'transform-origin': origin } = this.#routeStyle;
    Object.assign(probe.style, { opacity: opacity ?? '', transform: transform ?? '', transformOrigin: origin ?? '' });
    const computed = getComputedStyle(probe);
    const { a, b, c, d, e, f } = new DOMMatrix(computed.transform);
    const [x = 0, y = 0] = computed.transformOrigin.split(' ').map(Number.parseFloat);
    const matrix = [a, b, c, d, e, f];
    const bar = this.#bar;
    if (bar !== null) {
      bar.style.opacity = computed.opacity;
      bar.style.transform = `matrix(${matrix.join(',')})`;
      bar.style.transformOrigin = `${x}px ${y}px`;
    }
    this.page?.post({ k: 'veil', look: { opacity: Number(computed.opacity), matrix, x, y: y - this.frameTop() } });
  }

  get #bar(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.bar');
  }

  protected override willUpdate(): void {
    this.observe(this.page);
    const settings = this.page?.window;
    this.style.setProperty('--page-background', safeColour(settings?.backgroundColor) ?? '#ffffff');
    const lift = this.page?.lift ?? 0;
    this.toggleAttribute('lifted', lift > 0);
    this.frame.element.style.translate = lift > 0 ? `0 ${-lift}px` : '';
    this.frame.element.title = settings?.navigationBarTitleText || this.page?.path || '';
  }

  protected override render(): TemplateResult {
    const failure = this.page?.failure;
    return html`
      <div class="probe"></div>
      ${this.#navigationBar()}
      <div class="frame">
        <slot></slot>
        ${
          failure === undefined
            ? nothing
            : html`<div class="failed" role="alert">
                <h2>${text('page.failed')}</h2>
                <pre>${failure}</pre>
              </div>`
        }
      </div>
    `;
  }

  #navigationBar(): TemplateResult | typeof nothing {
    const { page } = this;
    if (page === undefined) return nothing;
    if (page.customNavigation || this.fullScreen) return nothing;
    const settings = page.window;
    const light = settings.navigationBarTextStyle === undefined || settings.navigationBarTextStyle === 'white';
    const look = {
      background: safeColour(settings.navigationBarBackgroundColor) ?? '#000000',
      color: light ? '#ffffff' : '#000000',
      transition: `background-color ${page.barMotion.duration}ms ${page.barMotion.easing}`,
    };
    return html`
      <header
        class=${classMap({ bar: true, light })}
        style=${styleMap(look)}
        @dblclick=${() => page.post({ k: 'top' })}
      >
        ${this.#leadingButton()}
        <h1 class="title" aria-live="polite">
          ${page.loading ? html`<i class="loading" role="progressbar" aria-label=${text('loading')}></i>` : nothing}
          <span>${settings.navigationBarTitleText ?? ''}</span>
        </h1>
      </header>
    `;
  }

  #leadingButton(): TemplateResult {
    const { leading } = this;
    if (leading === 'none') return html`<span></span>`;
    const name = leading === 'back' ? text('page.back') : text('page.home');
    return html`<button class="leading" aria-label=${name} @click=${() => this.onLeading(leading)}>
      ${icon(leading === 'back' ? 'chevronLeft' : 'home')}
    </button>`;
  }
}
